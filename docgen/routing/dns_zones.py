# Which zones and rules a resolver knows, and which of them a name belongs to.
#
# Sources: Route 53 Developer Guide, "Considerations when working with a private hosted zone", "How Resolver endpoints
#          forward DNS queries"; VPC User Guide, "DNS attributes for your VPC".
"""Look-ups of zones, Resolver rules and forwarders by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docgen.model.component import Key
from docgen.model.network import Network

AUTOMATIC = ("ec2.internal", "compute.internal")
"""Domains for which every VPC's resolver has a rule of its own: the private names of instances."""
_ANSWERS = ("data_center", "on_premises_host", "instance")
"""Kinds that answer for a zone whose `provider` is their id, to those only who ask them."""


def longest(found: Iterable[Any]) -> Any:
    """The most specific of zones or rules that cover one name; None of none."""
    return max(found, key=lambda z: len(z.domain), default=None)


def zones(network: Network) -> Iterator[Any]:
    """All hosted zones, in order."""
    return network.of_kind("hosted_zone")


def is_public(network: Network, zone: Any) -> bool:
    """Whether everybody gets answers: no private zone, and not that of a DNS server of the definition."""
    if zone.is_private:
        return False
    return all(Key(kind, zone.provider) not in network.components for kind in _ANSWERS) and not any(
        c.id == zone.provider for c in network.of_kind("instance")
    )


def private_zones(network: Network, vpc: Key) -> tuple[Any, ...]:
    """The private zones that a VPC is associated with, used or not."""
    found = network.judged.get(("private zones", vpc))
    if found is None:
        all_zones: list[Any] = [z for z in zones(network) if z.is_private]
        of_vpc = tuple(z for z in all_zones if any(network.bind(v, z.scope, "vpc") == vpc for v in z.vpcs))
        found = network.judged.keep(("private zones", vpc), of_vpc)
    return tuple(found)


def uses_private_zones(network: Network, vpc: Key) -> bool:
    """Whether a VPC's resolver answers from private zones: both DNS attributes must be on."""
    component: Any = network.get(vpc)
    return bool(component.enable_dns_support and component.enable_dns_hostnames)


def private_zone_for(network: Network, vpc: Key, name: str) -> Any:
    """The most specific private zone by which a VPC's resolver answers a name; None where there is none."""
    if not uses_private_zones(network, vpc):
        return None
    return longest(z for z in private_zones(network, vpc) if z.covers(name))


def rule_for(network: Network, vpc: Key, name: str) -> Any:
    """The most specific Resolver rule of a VPC for a name, where that one forwards it; else None."""
    rules: list[Any] = list(network.of_kind("resolver_rule"))
    rule = longest(r for r in rules if r.covers(name) and any(network.bind(v, r.scope, "vpc") == vpc for v in r.vpcs))
    return rule if rule is not None and rule.forwards else None


def automatic_domain(name: str) -> int:
    """How long the domain is for which the resolver has a rule of its own; -1 where it has none for this name."""
    wanted = name.lower().rstrip(".")
    return max((len(d) for d in AUTOMATIC if wanted.endswith(f".{d}")), default=-1)


def forwarder_for(center: Any, name: str) -> Any:
    """The most specific forwarder of a data center's DNS for a name; None where there is none."""
    found = [f for f in center.dns_forwarders if covers(f.domain_name, name)]
    return max(found, key=lambda f: len(f.domain_name), default=None)


def covers(domain: str, name: str) -> bool:
    """Whether a name is a domain's own or below it; `.` covers all."""
    top, wanted = domain.lower().rstrip("."), name.lower().rstrip(".")
    return not top or wanted == top or wanted.endswith(f".{top}")
