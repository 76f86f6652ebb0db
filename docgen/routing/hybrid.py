# What a data center and AWS announce to each other, over Site-to-Site VPN and Direct Connect.
#
# In:  components with their references bound (a Directory or a Network). Out: the prefixes behind each connection.
# Sources: Site-to-Site VPN, "Route priority"; Direct Connect, "Routing policies", "Allowed prefixes".
"""Prefix, prefixes_of, prefixes_behind, announced_to, untold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from typing import Any, Protocol

from docgen.core.data import dataclass
from docgen.core.prefixes import Address, Block, in_any, within
from docgen.model.component import Component, Key, Ref
from docgen.model.network import Network
from docgen.model.trace import Candidate
from docgen.routing.line_families import carried

VGW, DX_GATEWAY, VIF, VPN = "virtual_private_gateway", "direct_connect_gateway", "virtual_interface", "vpn_connection"


class Book(Protocol):
    """Components with their references bound: a Directory while a network is made, a Network afterwards."""

    @property
    def components(self) -> Mapping[Key, Component]:
        """By key."""
        ...

    @property
    def bound(self) -> Mapping[tuple[str, str, tuple[str, ...]], Key]:
        """(scope, name, kinds) to the component named."""
        ...

    def of_kind(self, *kinds: str) -> Iterator[Component]:
        """Components of these kinds, in order."""
        ...


class Source(IntEnum):
    """How a virtual private gateway learned of a prefix; the lower wins for the same block."""

    DIRECT_CONNECT = 0
    VPN_STATIC = 1
    VPN_BGP = 2

    @property
    def words(self) -> str:
        """`Direct Connect`."""
        return ("Direct Connect", "a static VPN route", "BGP over VPN")[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """A block in a data center, and the connection by which it is reached."""

    block: Block
    source: Source
    by: Key
    """The VPN connection or virtual interface that announces it."""
    next: Key
    """Who gets the packet: that connection, or its Direct Connect gateway."""
    as_path: int = 1
    med: int = 0

    @property
    def preference(self) -> tuple[int, ...]:
        """Between equal blocks the lower wins."""
        return (self.source.value, self.as_path, self.med)


def named(book: Book, component: Component, field: str) -> Key | None:
    """The component that a field names; None where it names nothing."""
    ref: Ref | None = getattr(component, field)
    if ref is None:
        return None
    kinds = tuple(type(component).__dataclass_fields__[field].metadata["refers"])
    return book.bound.get((component.scope, ref.name, kinds))


def of_kind(book: Book, *kinds: str) -> Iterator[Component]:
    """Components of these kinds, in order."""
    return book.of_kind(*kinds)


def data_center_of(book: Book, connection: Component) -> Key | None:
    """The data center at the other end of a VPN connection or a virtual interface."""
    way = "customer_gateway" if connection.kind == VPN else "connection"
    end = named(book, connection, way)
    component = book.components.get(end) if end else None
    return named(book, component, "data_center") if component is not None else None


def is_public(connection: Component) -> bool:
    """Whether it is a virtual interface to AWS's public addresses: at no gateway."""
    return connection.kind == VIF and getattr(connection, "type", "") == "public"


def site_with(book: Book, address: Address) -> Key | None:
    """The data center whose networks an address is in."""
    centers: Iterable[Any] = book.of_kind("data_center")
    return next((center.key for center in centers if in_any(address, center.cidr_blocks)), None)


def leads_in_public_only(book: Book, host: Key) -> bool:
    """Whether all lines to AWS of a host's data center are public: names mean public addresses there."""
    center = named(book, book.components[host], "data_center") if host.kind == "on_premises_host" else None
    lines = [c for c in book.of_kind(VPN, VIF) if center is not None and data_center_of(book, c) == center]
    return bool(lines) and all(map(is_public, lines))


def announced_by(book: Book, connection: Any) -> tuple[Block, ...]:
    """What the data center announces over a connection: as written, else all its blocks that it carries."""
    if connection.announces:
        written: tuple[Block, ...] = connection.announces
        return written
    key = data_center_of(book, connection)
    center: Any = book.components.get(key) if key else None
    return carried(connection, center.cidr_blocks) if center is not None else ()


def prefixes_of(book: Book, connection: Any) -> Iterator[Prefix]:
    """The prefixes that a VPN connection or a virtual interface brings to AWS."""
    if connection.kind == VPN and connection.static_routes_only:
        for block in connection.static_routes or announced_by(book, connection):
            yield Prefix(block=block, source=Source.VPN_STATIC, by=connection.key, next=connection.key)
        return
    source = Source.VPN_BGP if connection.kind == VPN else Source.DIRECT_CONNECT
    gateway = named(book, connection, DX_GATEWAY) if connection.kind == VIF else None
    for block in announced_by(book, connection):
        yield Prefix(
            block=block,
            source=source,
            by=connection.key,
            next=gateway or connection.key,
            as_path=connection.as_path_length,
            med=connection.med,
        )


def prefixes_behind(book: Book, gateway: Key) -> tuple[Prefix, ...]:
    """All that a virtual private gateway is told, over VPN and over private virtual interfaces."""
    found: list[Prefix] = []
    for connection in (*of_kind(book, VPN), *of_kind(book, VIF)):
        if named(book, connection, VGW) == gateway or named_through_gateway(book, connection, gateway):
            found += prefixes_of(book, connection)
    return tuple(found)


def named_through_gateway(book: Book, connection: Component, gateway: Key) -> bool:
    """Whether a virtual interface leads to this gateway by way of a Direct Connect gateway."""
    if connection.kind != VIF:
        return False
    hub = named(book, connection, DX_GATEWAY)
    return hub is not None and gateway in associated_with(book, hub)


def associated_with(book: Book, hub: Key) -> Mapping[Key, tuple[Block, ...]]:
    """Virtual private gateways and transit gateways of a Direct Connect gateway, with their allowed prefixes."""
    component: Any = book.components[hub]
    kinds = (VGW, "transit_gateway")
    pairs = ((book.bound.get((component.scope, a.gateway.name, kinds)), a) for a in component.associations)
    return {key: association.allowed_prefixes for key, association in pairs if key is not None}


def announced_to(network: Network, connection: Any) -> tuple[Block, ...]:
    """What AWS announces to the data center over a connection: where it can send packets."""
    return carried(connection, _announced_to(network, connection))


def _announced_to(network: Network, connection: Any) -> tuple[Block, ...]:
    vgw = named(network, connection, VGW)
    if vgw is not None:
        blocks = network.blocks_of(Key("vpc", network.get(vgw).scope))
        if connection.kind == VPN and connection.static_routes_only:
            return blocks
        others = (p for p in prefixes_behind(network, vgw) if p.by != connection.key and network.is_up(p.by))
        return (*blocks, *(p.block for p in others if VPN in (p.by.kind, connection.kind)))  # VPN CloudHub
    if connection.kind == VPN:
        hub = named(network, connection, "transit_gateway")
        return known_to_hub(network, hub, connection.key) if hub else ()
    gateway = named(network, connection, DX_GATEWAY)
    found: list[Block] = []
    for associated, allowed in (associated_with(network, gateway) if gateway else {}).items():
        if associated.kind == "transit_gateway":
            found += allowed  # exactly the list
            continue
        for block in network.blocks_of(Key("vpc", network.get(associated).scope)):
            if not allowed or any(within(block, entry) for entry in allowed):
                found.append(block)
    return tuple(found)


def untold(network: Network, connection: Any) -> Iterator[tuple[Block, Key]]:
    """What AWS does not announce over a connection while something is down: it, or another site's connection."""
    if not network.is_up(connection.key):
        yield from ((block, connection.key) for block in announced_to(network, connection))
    vgw = named(network, connection, VGW)
    for prefix in prefixes_behind(network, vgw) if vgw is not None else ():
        if prefix.by != connection.key and not network.is_up(prefix.by) and VPN in (prefix.by.kind, connection.kind):
            yield prefix.block, prefix.by


def known_to_hub(network: Network, hub: Key, attachment: Key) -> tuple[Block, ...]:
    """What a transit gateway's table for an attachment leads elsewhere."""
    from docgen.routing.transit import table_of_attachment

    table = table_of_attachment(network, hub, attachment)
    return tuple(r.destination for r in table.routes if r.attachment not in (None, attachment)) if table else ()


def best(
    prefixes: tuple[Prefix, ...], destination: Address, network: Network
) -> tuple[Prefix | None, list[Candidate]]:
    """Longest prefix, then Direct Connect, VPN static, VPN BGP, AS path, MED; what is down announces nothing."""
    ordered = sorted(prefixes, key=lambda p: (-p.block.prefixlen, *p.preference, p.by))
    live = [p for p in ordered if p.source is Source.VPN_STATIC or network.is_up(p.by)]
    chosen = next((p for p in live if destination in p.block), None)
    return chosen, [_judged(p, chosen, destination, network) for p in ordered]


def _judged(prefix: Prefix, chosen: Prefix | None, destination: Address, network: Network) -> Candidate:
    text = f"{prefix.block} -> {network.name(prefix.by)}"
    if prefix is chosen:
        return Candidate(text=text, chosen=True, reason=f"longest prefix that contains {destination}")
    if destination not in prefix.block:
        reason = f"does not contain {destination}"
        return Candidate(text=text, chosen=False, reason=reason, code="CANNOT_ROUTE")
    if not network.is_up(prefix.by):
        return Candidate(text=text, chosen=False, reason=f"{network.name(prefix.by)} is down and announces nothing")
    if chosen is not None and chosen.block.prefixlen > prefix.block.prefixlen:
        reason = f"shorter than /{chosen.block.prefixlen}"
        return Candidate(text=text, chosen=False, reason=reason, code="MORE_SPECIFIC_ROUTE")
    words = chosen.source.words if chosen else ""
    reason = (
        f"{words} beats {prefix.source.words} for the same block"
        if chosen is not None and chosen.source is not prefix.source
        else "longer AS path or higher MED"
    )
    return Candidate(text=text, chosen=False, reason=reason, code="HIGHER_PRIORITY_ROUTE")


def loser(candidates: list[Candidate]) -> str:
    """The alternative that lost, for the sentence."""
    lost = next((c for c in candidates if not c.chosen and c.code != "CANNOT_ROUTE"), None)
    return f"; {lost.text} lost ({lost.reason})" if lost else ""
