# Transit gateways: which route table an attachment uses, what is in it, and which attachment a packet leaves by.
#
# In:  a network with transit gateways, their attachments and route tables. Out: effective tables; a chosen route.
# Knows no sort of attachment: each says what it propagates and of which class (model/forwarding.HubAttachment).
# Sources: How AWS Transit Gateway works ("Routing", "Route evaluation order"); Reachability Analyzer's codes.
"""table_of_attachment, routes_known, choose, leads_to, propagated, withdrawn, HubRoute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from docgen.core.data import dataclass
from docgen.core.prefix_index import BlockSet, PrefixIndex
from docgen.core.prefixes import Address, Block
from docgen.core.values import later, reads_later
from docgen.model.component import Component, Key
from docgen.model.forwarding import Announcement, HubClass, attaches_to_hub
from docgen.model.network import Network
from docgen.model.trace import Candidate

ATTACHMENT_KINDS = (
    "transit_gateway_vpc_attachment",
    "vpc",
    "transit_gateway_peering_attachment",
    "vpn_connection",
    "direct_connect_gateway",
    "transit_gateway_connect",
    "transit_gateway_client_vpn_attachment",
)
"""What a table's associations, propagations and routes may name; a VPC stands for its attachment."""
TABLE_KIND = "transit_gateway_route_table"


@dataclass(frozen=True, slots=True, kw_only=True)
class HubRoute:
    """One line of a transit gateway's route table."""

    destination: Block
    attachment: Key | None
    """None is a blackhole."""
    attachment_name: str
    hub_class: HubClass
    preference: tuple[int, ...] = ()
    several: bool = False
    """Whether equal ones may share the traffic (ECMP)."""

    def __str__(self) -> str:
        return f"{self.destination} -> {self.attachment_name}"

    @property
    def words(self) -> str:
        """`10.0.0.0/16 to att-a`."""
        return f"{self.destination} to {self.attachment_name}"

    @property
    def rank(self) -> tuple[int, int, tuple[int, ...]]:
        """Longest prefix, then class, then BGP."""
        return (-self.destination.prefixlen, self.hub_class.value, self.preference)


@dataclass(frozen=True, slots=True, kw_only=True)
class HubTable:
    """A route table of a transit gateway as it stands."""

    key: Key
    name: str
    routes: tuple[HubRoute, ...]
    """In the order of evaluation."""
    by_block: PrefixIndex[HubRoute] = field(compare=False, repr=False)
    """The same, to be found by an address."""

    @property
    def words(self) -> str:
        """How a sentence begins: `Route table spokes`, `The default route table of hub`."""
        hub, _, default = self.key.path.rpartition("/")
        if default == "default" and self.name.endswith("'s default table"):
            return f"The default route table of {hub.rpartition('/')[2]}"
        return f"Route table {self.name}"


@reads_later("lost", "candidates")
@dataclass(frozen=True, slots=True)
class HubChoice:
    """The routes that a packet may take (several with ECMP), and every line that was looked at."""

    routes: tuple[HubRoute, ...]
    lost: tuple[Candidate, ...]
    """Those that contain the destination and were not chosen, the best one first."""
    candidates: tuple[Candidate, ...]


def may_change_zones(network: Network, vpc: Key) -> bool:
    """Whether a VPC is attached without appliance mode: request and answer may enter it in different zones.

    Source: Amazon VPC attachments in AWS Transit Gateway, "Appliance mode".
    """
    attached: tuple[Any, ...] = tuple(network.of_kind("transit_gateway_vpc_attachment"))
    return any(c.scope == vpc.path and not c.appliance_mode_support for c in attached)


def attachments_of(network: Network, hub: Key) -> tuple[Key, ...]:
    """Everything that is attached to a transit gateway, in order."""
    return network.derived.of("hub attachments", lambda: _attachments(network)).get(hub, ())


def _attachments(network: Network) -> Mapping[Key, tuple[Key, ...]]:
    found: dict[Key, list[Key]] = {}
    for component in network.able_to("propagates"):
        key = component.key
        if attaches_to_hub(component):
            for hub in component.hubs(network):
                found.setdefault(hub, []).append(key)
    return {hub: tuple(attached) for hub, attached in found.items()}


def attachment_in(network: Network, hub: Key, vpc: Key) -> Key | None:
    """The attachment of a VPC to a transit gateway."""
    for key in network.inside.get((vpc.path, ATTACHMENT_KINDS[0]), ()):
        component = network.get(key)
        if attaches_to_hub(component) and hub in component.hubs(network):
            return key
    return None


def table_of_attachment(network: Network, hub: Key, attachment: Key) -> HubTable | None:
    """The table that an attachment is associated with; None where it is with none."""
    associated = network.derived.of(("hub associations", hub), lambda: _associations(network, hub))
    table = associated.get(attachment)
    if table is not None:
        return _effective(network, hub, network.get(table))
    gateway: Any = network.get(hub)
    return _effective(network, hub, _default(network, hub)) if gateway.default_route_table_association else None


def _associations(network: Network, hub: Key) -> Mapping[Key, Key]:
    """Attachment to the first table that names it."""
    found: dict[Key, Key] = {}
    for table in _tables(network, hub):
        for attachment in _named(network, table, "associations", hub):
            found.setdefault(attachment, table.key)
    return found


def routes_known(network: Network, table: Component) -> tuple[str, ...]:
    """The blocks that a written table has a route to, each once."""
    hub = network.bind(table.transit_gateway, table.scope, "transit_gateway")  # type: ignore[attr-defined]
    return tuple(dict.fromkeys(str(r.destination) for r in _effective(network, hub, table).routes))


def leads_to(network: Network, hub: Key, near: Key, far: Key, blocks: Sequence[Block]) -> bool:
    """Whether the table that one attachment uses sends some of these blocks to the other."""
    table = table_of_attachment(network, hub, near)
    if table is None:
        return False
    chosen = (route for block in blocks for route in choose(table, block.network_address).routes)
    return any(route.attachment == far for route in chosen)


def propagated(network: Network, hub: Key) -> frozenset[Key]:
    """The attachments whose blocks some table of a gateway is to know."""
    gateway: Any = network.get(hub)
    if gateway.default_route_table_propagation:
        return frozenset(attachments_of(network, hub))
    return frozenset(k for table in _tables(network, hub) for k in _named(network, table, "propagations", hub))


def _tables(network: Network, hub: Key) -> Iterator[Component]:
    for table in network.of_kind(TABLE_KIND):
        if network.bind(table.transit_gateway, table.scope, "transit_gateway") == hub:  # type: ignore[attr-defined]
            yield table


def _named(network: Network, table: Any, field: str, hub: Key) -> tuple[Key, ...]:
    """The attachments that a table names in a field."""
    return tuple(a for ref in getattr(table, field) if (a := _attachment(network, table, ref, hub)) is not None)


def _attachment(network: Network, table: Any, ref: Any, hub: Key) -> Key | None:
    named = network.bind(ref, table.scope, *ATTACHMENT_KINDS)
    return attachment_in(network, hub, named) if named.kind == "vpc" else named


def _effective(network: Network, hub: Key, table: Component | None) -> HubTable:
    """A written table, or (None) the default one, with everything that is propagated into it at present."""
    asked = ("hub table", hub, table.key if table else None, network.down, network.zones_down)
    return network.derived.of(asked, lambda: _table(network, hub, table))


def _table(network: Network, hub: Key, table: Component | None) -> HubTable:
    routes = tuple(sorted(_routes(network, hub, table), key=lambda r: (*r.rank, r.attachment_name)))
    return HubTable(
        key=table.key if table else Key(TABLE_KIND, f"{hub.path}/default"),
        name=network.name(table.key) if table else f"{network.name(hub)}'s default table",
        routes=routes,
        by_block=PrefixIndex((r.destination, r) for r in routes),
    )


def _routes(network: Network, hub: Key, table: Any) -> Iterator[HubRoute]:
    gateway: Any = network.get(hub)
    propagating = set(_propagating(network, hub, table))
    for route in table.routes if table is not None else ():
        attachment = None if route.attachment is None else _attachment(network, table, route.attachment, hub)
        if not network.part_is_up(table.key, str(route.destination_cidr_block)):
            attachment = None
        yield HubRoute(
            destination=route.destination_cidr_block,
            attachment=attachment,
            attachment_name=network.name(attachment) if attachment else "blackhole",
            hub_class=HubClass.STATIC,
        )
    asked = ("hub announcements", hub, network.down, network.zones_down)
    for key, announced in network.derived.of(asked, lambda: tuple(_announcements(network, hub))):
        for one in announced if key in propagating else ():
            if table is not None and not network.part_is_up(table.key, str(one.destination)):
                continue
            yield HubRoute(
                destination=one.destination,
                attachment=key,
                attachment_name=network.name(key),
                hub_class=one.hub_class,
                preference=one.preference,
                several=one.several and (one.hub_class is not HubClass.VPN or gateway.vpn_ecmp_support),
            )


def _announcements(network: Network, hub: Key) -> Iterator[tuple[Key, tuple[Announcement, ...]]]:
    """What every attachment propagates at present; the second of two overlapping VPCs is attached, no more."""
    vpcs = BlockSet()
    for key in attachments_of(network, hub):
        component = network.get(key)
        if not attaches_to_hub(component) or not network.is_up(key):
            continue  # what is down propagates nothing
        announced = tuple(a for a in component.propagates(network, hub) if _down(a, key, network) is None)
        own = [a.destination for a in announced if a.hub_class is HubClass.VPC]
        if not any(map(vpcs.overlaps, own)):
            yield key, announced
            for block in own:
                vpcs.add(block)


def withdrawn(network: Network, hub: Key, attachment: Key, destination: Address) -> tuple[Block, Key] | None:
    """The longest block that the table of an attachment would know of this address, and who is down that tells it."""
    written = network.derived.of(("hub associations", hub), lambda: _associations(network, hub)).get(attachment)
    asked = ("hub withdrawn", hub, written, network.down, network.zones_down)
    gone = network.derived.of(asked, lambda: tuple(_gone(network, hub, written)))
    return max((g for g in gone if destination in g[0]), key=lambda g: g[0].prefixlen, default=None)


def _gone(network: Network, hub: Key, written: Key | None) -> Iterator[tuple[Block, Key]]:
    table = network.get(written) if written else _default(network, hub)
    for key in _propagating(network, hub, table):
        component = network.get(key)
        for one in component.propagates(network, hub) if attaches_to_hub(component) else ():
            down = _down(one, key, network)
            if down is not None:
                yield one.destination, down


def _down(announcement: Announcement, attachment: Key, network: Network) -> Key | None:
    """Who does not tell it at present, since he is out of order: who announces it, or the attachment."""
    tellers = (announcement.announced_by, attachment)
    return next((key for key in tellers if key is not None and not network.is_up(key)), None)


def _propagating(network: Network, hub: Key, table: Any) -> tuple[Key, ...]:
    """The attachments that propagate into a table (None: the default one)."""
    gateway: Any = network.get(hub)
    if table is _default(network, hub) and gateway.default_route_table_propagation:
        return attachments_of(network, hub)
    return _named(network, table, "propagations", hub) if table is not None else ()


def _default(network: Network, hub: Key) -> Component | None:
    """The table that its author marked as the default one; None for the one that every gateway has anyway."""
    return next((t for t in _tables(network, hub) if getattr(t, "default", False)), None)


def choose(table: HubTable, destination: Address) -> HubChoice:
    """Longest prefix, then class, then BGP; equal ones share the traffic where AWS shares it.

    A static route hides a propagated one of the same block, also where the static one is a blackhole.
    """
    fitting = table.by_block.containing(destination)
    best = fitting[0] if fitting else None
    chosen = tuple(r for r in fitting if r is best or (best and r.several and best.several and r.rank == best.rank))
    return HubChoice(
        chosen,
        later(lambda: tuple(_judged(r, chosen, destination) for r in fitting if r not in chosen)),
        later(lambda: tuple(_judged(r, chosen, destination) for r in table.routes)),
    )


def _judged(route: HubRoute, chosen: tuple[HubRoute, ...], destination: Address) -> Candidate:
    text = str(route)
    if route in chosen:
        return Candidate(text=text, chosen=True, reason=f"longest prefix that contains {destination}")
    if destination not in route.destination:
        reason = f"does not contain {destination}"
        return Candidate(text=text, chosen=False, reason=reason, code="TGW_RTB_CANNOT_ROUTE")
    best = chosen[0]
    if best.destination.prefixlen > route.destination.prefixlen:
        reason = f"shorter than /{best.destination.prefixlen}"
        return Candidate(text=text, chosen=False, reason=reason, code="TGW_RTB_MORE_SPECIFIC_ROUTE")
    reason = f"{best.attachment_name} is preferred to {route.attachment_name} for the same block"
    if best.hub_class is not route.hub_class:
        reason = f"{best.hub_class.words} beats {route.hub_class.words} of the same block"
    elif best.preference != route.preference:
        reason = "longer AS path or higher MED"
    return Candidate(text=text, chosen=False, reason=reason, code="TGW_RTB_HIGHER_PRIORITY_ROUTE")


def describe_loser(choice: HubChoice) -> str:
    """The alternative that lost, for the sentence; "" where there was none."""
    return "".join(f"; {lost.text} lost ({lost.reason})" for lost in choice.lost[:1])
