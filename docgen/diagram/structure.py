# From a network to boxes and icons: containment, zone columns, tier rows, labels. No links, no px.
#
# In:  a Network, the pairs of icons that packets move between (for the height of what spans zones) and the
#      outside icons to show. Out: SceneBox and SceneIcon values. Knows roles and generic attributes, no kind.
"""Structure, structure_of, count_of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from docgen.core.data import dataclass
from docgen.diagram.anchors import icons_of
from docgen.diagram.drawing import State
from docgen.diagram.grid import columns_of, is_public, rows_of, subnets_of
from docgen.diagram.joints import (
    LOCATION,
    connector_level,
    hangs_on,
    joined,
    joins_of,
    location_of,
    on_premises_level,
    site_of,
)
from docgen.diagram.labels import facts_of, label_of
from docgen.diagram.lans import lan_boxes, lan_of
from docgen.diagram.regions import REGION_NAMES
from docgen.diagram.scene import Place, SceneBox, SceneIcon
from docgen.model.component import Component, Key
from docgen.model.kind import Role, Scope
from docgen.model.network import Interface, Network

CLOUD = "cloud"
_PLACES = {
    Role.OUTSIDE: Place.OUTSIDE,
    Role.GLOBAL_SERVICE: Place.EDGE,
    Role.REGION_SERVICE: Place.REGION,
    Role.GATEWAY: Place.BORDER,
    Role.PRIVATE_GATEWAY: Place.SIDE,
    Role.OFFER: Place.LINK,
    Role.CONNECTOR: Place.CONNECTOR,
    Role.ON_PREMISES: Place.SITE,
    Role.SPANNING: Place.SPINE,
    Role.EGRESS: Place.CELL,
    Role.WORKLOAD: Place.CELL,
    Role.STORE: Place.CELL,
}


@dataclass(frozen=True, slots=True)
class Structure:
    """Boxes and icons of a network; every view of it shares them."""

    boxes: tuple[SceneBox, ...]
    icons: tuple[SceneIcon, ...]


def structure_of(network: Network, moves: Collection[tuple[str, str]], outside: Collection[str]) -> Structure:
    """Everything that is drawn apart from links.

    Args:
        network: With what is down, if anything.
        moves: Icon pairs, of every flow: a load balancer stands between those who call it and its targets.
        outside: Icons outside the cloud that some flow touches; others are left out.
    """
    boxes = tuple(_boxes(network))
    icons = _ranked(tuple(_icons(network, frozenset(outside))), moves)
    rows = {b.id: b.row for b in boxes}
    heights = {i.id: rows[i.parent] for i in icons if i.place is Place.CELL}
    return Structure(boxes, tuple(_levelled(network, i, heights, rows, boxes, moves) for i in icons))


def count_of(network: Network, outside: Collection[str]) -> int:
    """How many boxes and icons `structure_of` gives, without their words."""
    return sum(1 for _ in _boxes(network)) + sum(1 for _ in _drawn(network, outside))


# -- boxes ---------------------------------------------------------------------------------------
def _boxes(network: Network) -> Iterator[SceneBox]:
    for site in network.components.values():
        if network.role_of(site.key) is Role.SITE:
            yield replace(_container(network, site, "site"), parent="")
    yield from lan_boxes(network)
    yield from _locations(network)
    containers = [c for c in network.components.values() if network.role_of(c.key) is Role.CONTAINER]
    inside = (Place.EDGE, Place.REGION, Place.CONNECTOR)
    placed = [(c, place) for c in network.components.values() if (place := _place(network, c)) in inside]
    if not containers and not placed:
        return
    yield SceneBox(id=CLOUD, parent="", component=None, style="cloud", title="AWS Cloud")
    subnets = set(network.subnet_route_table)
    vpcs = list(dict.fromkeys(network.container(k) for k in network.subnet_route_table))
    vpcs += [c.key for c in containers if c.key not in subnets and c.key not in vpcs and _holds_addresses(c)]
    outer = [c for c in containers if c.key not in subnets and c.key not in vpcs]
    parents = {_parent(network, c, place, None) for c, place in placed if place is not None}
    holding = {k for vpc in vpcs if vpc for k in _around(network, vpc)}
    holding |= {k for c in outer if str(c.key) in parents for k in (c.key, *_around(network, c.key))}
    for container in outer:
        if container.key in holding:
            yield _container(network, container, container.kind)
    owners = _owners(network, [c.key for c in containers if c.key in vpcs])
    yield from dict.fromkeys(owners.values())
    for container in containers:
        if container.key in vpcs:
            box = _container(network, container, "vpc")
            owner = owners.get(container.key)
            yield replace(box, parent=owner.id) if owner else box
            yield from _grid(network, container.key)


def _owners(network: Network, vpcs: Iterable[Key]) -> Mapping[Key, SceneBox]:
    """Boxes of accounts in Regions, where a VPC's account is not what its Region is drawn in."""
    found: dict[Key, SceneBox] = {}
    used: dict[str, str] = {}
    for vpc in vpcs:
        account = network.account_of(vpc)
        if account is None or account in _around(network, vpc):
            continue
        parent = str(network.container(vpc) or CLOUD)
        id = str(account)
        if used.setdefault(id, parent) != parent:  # an account with VPCs in several Regions
            id = f"{id}@{parent}"
        found[vpc] = replace(_container(network, network.get(account), "account"), id=id, parent=parent)
    return found


def _locations(network: Network) -> Iterator[SceneBox]:
    """A box for each Direct Connect location."""
    lines = [c for c in network.components.values() if network.kinds[c.kind].scope is Scope.LOCATION]
    for id in dict.fromkeys(location_of(network, c) for c in lines):
        yield SceneBox(
            id=id,
            parent="",
            component=None,
            style="location",
            title="Direct Connect location",
            subtitle=id.removeprefix(LOCATION),
        )


def _holds_addresses(component: Component) -> bool:
    return getattr(component, "cidr_block", None) is not None


def _around(network: Network, key: Key) -> Iterator[Key]:
    parent = network.container(key)
    while parent is not None:
        yield parent
        parent = network.container(parent)


def _container(network: Network, component: Component, style: str) -> SceneBox:
    parent = network.container(component.key)
    blocks = [str(b) for b in getattr(component, "blocks", ())]
    name = network.name(component.key)
    place = REGION_NAMES.get(component.id, "")
    title = component.title or (f"{name} ({place})" if place else name)
    known = [] if not component.title or component.title == name else [name]
    return SceneBox(
        id=str(component.key),
        parent=str(parent) if parent else CLOUD,
        component=component.key,
        style=style,
        title=title,
        subtitle=" ".join(part for part in (*known, getattr(component, "account_id", ""), *blocks) if part),
        facts=facts_of(network, component),
    )


def _grid(network: Network, vpc: Key) -> Iterator[SceneBox]:
    subnets = subnets_of(network, vpc)
    zones = columns_of(network, subnets)
    for column, zone in enumerate(zones):
        yield SceneBox(
            id=_zone_id(vpc, zone),
            parent=str(vpc),
            component=None,
            style="zone",
            title=zone and f"Availability Zone {network.zone_title(vpc, zone)}",
            column=column,
            state=State.DOWN if network.place(vpc, zone) in network.zones_down else State.NORMAL,
            facts=(("zone", zone),),
        )
    for row, members in enumerate(rows_of(network, subnets)):
        for key in members:
            subnet = network.get(key)
            name = network.name(key)
            yield SceneBox(
                id=str(key),
                parent=_zone_id(vpc, network.zone_of(key)),
                component=key,
                style="public" if is_public(network, key) else "private",
                title=subnet.title or name,
                subtitle=" ".join([*([name] if subnet.title else []), *map(str, getattr(subnet, "blocks", ()))]),
                column=zones.index(network.zone_of(key)),
                row=row,
                facts=facts_of(network, subnet),
            )


def _zone_id(vpc: Key, zone: str) -> str:
    return f"zone:{vpc.path}/{zone}"


# -- icons ---------------------------------------------------------------------------------------
def _place(network: Network, component: Component) -> Place | None:
    if getattr(component, "provider", "route53") != "route53":
        return Place.OUTSIDE  # somebody else's service
    return _place_by_role(network, component)


def _place_by_role(network: Network, component: Component) -> Place | None:
    return _PLACES.get(network.role_of(component.key))


def _drawn(network: Network, outside: Collection[str]) -> Iterator[tuple[str, Component, Place, Interface | None]]:
    """What has icons: the id of each, and where it stands."""
    for component in network.components.values():
        place = _place(network, component)
        if place is None:
            continue
        for id, interface in icons_of(network, component.key).items():
            if place is not Place.OUTSIDE or id in outside:
                yield id, component, place, interface


def _icons(network: Network, outside: Collection[str]) -> Iterator[SceneIcon]:
    for id, component, place, interface in _drawn(network, outside):
        kind = network.kind_of(component.key)
        foreign = place is Place.OUTSIDE and _place_by_role(network, component) is not Place.OUTSIDE
        yield SceneIcon(
            id=id,
            parent=_parent(network, component, place, interface),
            component=component.key,
            level=on_premises_level(network, component) if place is Place.SITE else 0,
            beneath=hangs_on(network, component) if place is Place.SITE else "",
            joins=joins_of(network, component),
            artwork="dns-provider" if foreign else kind.member_icon or kind.icon,
            frame=kind.title if kind.member_icon else "",
            label=label_of(network, component, interface),
            place=place,
            outward=network.role_of(component.key) is Role.EGRESS,
            left=foreign,
            state=_state(network, component.key, interface),
            facts=facts_of(network, component, interface),
        )


def _ranked(icons: tuple[SceneIcon, ...], moves: Collection[tuple[str, str]]) -> tuple[SceneIcon, ...]:
    """Whoever opens connections stands above the way in, the others beside."""
    callers = {a for a, _ in moves}
    outside = [i.id for i in icons if i.place is Place.OUTSIDE and not i.left]
    outside.sort(key=lambda id: id not in callers)
    services = {i.id for i in icons if i.place in (Place.REGION, Place.EDGE)}
    to_services = {end for move in moves if services & set(move) for end in move}
    to_others = {end for move in moves if not services & set(move) and set(outside) & set(move) for end in move}
    aside = {i.id for i in icons if i.place is Place.BORDER and i.id in to_services - to_others}
    near = {i.id: tuple(sorted(a for a, b in moves if b == i.id and a in aside)) for i in icons if i.id in services}
    return tuple(
        replace(
            i,
            rank=outside.index(i.id) if i.id in outside else i.rank,
            aside=i.id in aside,
            near=near.get(i.id, ()),
        )
        for i in icons
    )


def _levelled(
    network: Network,
    icon: SceneIcon,
    heights: Mapping[str, int],
    rows: Mapping[str, int],
    boxes: Iterable[SceneBox],
    moves: Collection[tuple[str, str]],
) -> SceneIcon:
    """The icon with its height, where it stands across zones; connectors with their distance from VPCs."""
    if icon.place is Place.CONNECTOR:
        return replace(icon, level=connector_level(network, icon.component))
    if icon.place is Place.SIDE:
        met = sorted(heights[end] for move in moves if icon.id in move for end in move if end in heights)
        return replace(icon, level=2 * met[len(met) // 2]) if met else icon
    if icon.place is not Place.SPINE:
        return icon
    zones = sum(1 for b in boxes if b.style == "zone" and b.parent == icon.parent)
    level = spine_level(
        sources=[heights[a] for a, b in moves if b == icon.id and a in heights],
        targets=[heights[b] for a, b in moves if a == icon.id and b in heights],
        nodes=[rows[str(i.subnet)] for i in network.interfaces_of(icon.component)],
        odd=zones % 2 == 1,
    )
    return replace(icon, level=level)


def _parent(network: Network, component: Component, place: Place, interface: Interface | None) -> str:
    if place is Place.OUTSIDE:
        return ""
    if place is Place.SITE:
        return site_of(network, component) or lan_of(network, component)
    if place is Place.CONNECTOR:
        return _home(network, component) or CLOUD
    if interface is not None and place is Place.CELL:
        return str(interface.subnet)
    watched: Any = getattr(component, "watched", None)
    if watched is not None:  # a flow log stands in the Region of what it watches, outside its VPC
        around = (k for k in _around(network, watched(network)) if k.kind not in ("vpc", "subnet"))
        parent = next(around, None)
    else:
        parent = network.container(component.key)
    if parent is not None and place is Place.EDGE and network.kinds[parent.kind].scope is Scope.REGION:
        parent = network.container(parent)  # what is global stands in no Region
    return str(parent) if parent else CLOUD


def _home(network: Network, component: Component) -> str:
    """The innermost box around all that a regional connector joins; "" for the cloud."""
    own = network.container(component.key)
    if own is not None:
        return str(own)
    if network.kind_of(component.key).scope not in (Scope.REGION, Scope.VPC):
        return ""
    chains = [
        [str(k) for k in _around(network, key) if k.kind not in ("vpc", "subnet")]
        for key in joined(network, component)
        if network.container(key) is not None
    ]
    return next((k for k in chains[0] if all(k in chain for chain in chains)), "") if chains else ""


def _state(network: Network, key: Key, interface: Interface | None) -> State:
    up = network.interface_is_up(interface) if interface else network.is_up(key)
    return State.NORMAL if up else State.DOWN


def spine_level(sources: Iterable[int], targets: Iterable[int], nodes: Iterable[int], odd: bool) -> int:
    """Height of what spans zones, in half rows: 2r is level with row r, 2r + 1 is the gap below it.

    Args:
        sources: Rows of those in the VPC who call it.
        targets: Rows of those it calls.
        nodes: Rows of its own subnets.
        odd: Whether the number of zones is odd: then it takes a band above its targets.
    """
    own = min(nodes, default=0)
    below = min(targets, default=own)
    if odd:
        return 2 * below - 1
    above = max((r for r in sources if r < below), default=None)
    if above is not None:
        return 2 * above + 1
    return 2 * min(own, below)
