# Which of a zone's records answer, as Route 53's routing policies and health checks say.
#
# In:  a zone, the records of one name, the state of the network. Out: the records that may be given, in words too.
# Source: Route 53 Developer Guide, "Choosing a routing policy", "How Amazon Route 53 chooses records when health
#         checking is configured".
"""Choice, choose, choices, is_healthy, target_of, kinds_of, full_name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Any

from docgen.core.data import dataclass
from docgen.model.component import Key, Ref
from docgen.model.network import Network
from docgen.model.records import Failover, Record, RoutingPolicy, is_watched
from docgen.routing.binding import is_address

MOST_VALUES = 8
"""Records that a multivalue answer gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What Route 53 gives for one name."""

    records: tuple[Record, ...]
    """Those that it may give, or gives together."""
    words: str
    """How it chose, for a sentence: `alias of blue or of green, by weight 90 and 10`."""
    open: bool = False
    """Whether what the definition does not say decides: how far the asker is from a Region, where it stands."""
    leaves_out: bool = False
    """Whether some askers may get no answer: those of no location that a healthy record names."""


def choose(network: Network, zone: Any, records: tuple[Record, ...]) -> Choice:
    """The records that may answer a name that has these."""
    policy = records[0].policy
    if policy is RoutingPolicy.FAILOVER:
        return _failover(network, zone, records)
    healthy = _healthy(network, zone, records)
    if policy is RoutingPolicy.WEIGHTED:
        return _weighted(records, healthy)
    if policy is RoutingPolicy.MULTIVALUE:  # of more than eight it gives others each time
        given = healthy or records
        number = min(len(given), MOST_VALUES)
        return Choice(records=given, words=f"multivalue answer of {number} of {len(records)} records")
    if policy is RoutingPolicy.SIMPLE:
        return Choice(records=records, words=" and ".join(dict.fromkeys(r.sort for r in records)))
    given = healthy or records
    if policy is RoutingPolicy.GEOLOCATION:
        default = any(r.geo_location == "*" for r in given)
        words = f"{_any_of(given)}, by where the asker is"
        return Choice(records=given, words=words, open=len(given) > 1 or not default, leaves_out=not default)
    words = f"{_any_of(given)}, by which Region is nearest to the asker"
    return Choice(records=given, words=words, open=len(given) > 1)


def choices(network: Network, zone: Any, records: tuple[Record, ...]) -> Iterator[Choice]:
    """What is chosen for a name, and once for each name of the zone that an alias among it leads to."""
    found: set[str] = set()
    waiting = [records]
    while waiting:
        choice = choose(network, zone, waiting.pop())
        yield choice
        for name in dict.fromkeys(r.alias_record for r in choice.records if r.alias_record not in {"", *found}):
            found.add(name)
            others = zone.records_for(full_name(zone, name))
            waiting += [others] if others else []


def _failover(network: Network, zone: Any, records: tuple[Record, ...]) -> Choice:
    """The primary while it is healthy, then the secondary; where neither is, the primary."""
    primary = [r for r in records if r.failover is Failover.PRIMARY]
    secondary = [r for r in records if r.failover is Failover.SECONDARY]
    fine = _healthy(network, zone, primary)
    if fine:
        return Choice(records=fine[:1], words=f"{fine[0].sort}, the primary")
    spare = _healthy(network, zone, secondary)
    if spare:
        why = ", since the primary is unhealthy" if primary else ""
        return Choice(records=spare[:1], words=f"{spare[0].sort}, the secondary{why}")
    last = (*primary, *secondary)[:1]
    return Choice(records=last, words=f"{last[0].sort}, since neither primary nor secondary is healthy")


def _weighted(records: tuple[Record, ...], healthy: tuple[Record, ...]) -> Choice:
    """Healthy ones with a weight; else healthy ones of weight 0; where none is healthy, all count as such."""
    pool = healthy or records
    given = tuple(r for r in pool if r.weight) or pool
    weights = " and ".join(str(r.weight) for r in given)
    return Choice(records=given, words=f"{_any_of(given)}, by weight {weights}")


def _any_of(records: tuple[Record, ...]) -> str:
    return " or ".join(r.set_identifier or r.sort for r in records)


def _healthy(network: Network, zone: Any, records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(r for r in records if is_healthy(network, zone, r))


def is_healthy(network: Network, zone: Any, record: Record, known: dict[str, bool] | None = None) -> bool:
    """Whether Route 53 takes a record for healthy: always, where neither a check nor its target is asked.

    `known` are the names that aliases were followed to already; one in a circle counts as healthy.
    """
    if record.alias is not None and record.evaluate_target_health:
        return works(network, target_of(network, zone, record))
    if record.alias_record and record.evaluate_target_health:
        found = {} if known is None else known
        if record.alias_record not in found:
            found[record.alias_record] = True
            others = zone.records_for(full_name(zone, record.alias_record))
            found[record.alias_record] = any(is_healthy(network, zone, r, found) for r in others)
        return found[record.alias_record]
    if record.health_check:
        named = [_works(network, zone, ref, field) for field in ("a", "aaaa") for ref in getattr(record, field)]
        aliased = record.alias is not None and works(network, target_of(network, zone, record))
        return aliased or any(named) or not (named or record.alias)
    return True


def _works(network: Network, zone: Any, ref: Ref, field: str) -> bool:
    if not is_address(ref.name):
        return works(network, network.bind(ref, zone.scope, *kinds_of(field)))
    interface = network.interface_with_public(ip_address(ref.name))
    return interface is None or network.interface_is_up(interface)


def works(network: Network, key: Key) -> bool:
    """Whether what a record names is in order, as its kind sees it (a load balancer: has a healthy target)."""
    component = network.get(key)
    return component.is_healthy(network) if is_watched(component) else network.is_up(key)


def target_of(network: Network, zone: Any, record: Record) -> Key:
    """What an alias points to."""
    assert record.alias is not None
    return network.bind(record.alias, zone.scope, *kinds_of("alias"))


def kinds_of(field: str) -> tuple[str, ...]:
    """The kinds that a field of a record may name."""
    return tuple(Record.__dataclass_fields__[field].metadata["refers"])


def full_name(zone: Any, label: str) -> str:
    """The name of a record of a zone in full."""
    return str(zone.domain) if label == "@" else f"{label}.{zone.domain}"
