# Questions that several rules ask of a network. Nothing here judges.
"""Look-ups shared by rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from ipaddress import IPv4Address
from typing import Any, TypeVar

from docgen.core.prefixes import Block
from docgen.core.span import Span
from docgen.kinds.instance import Instance
from docgen.kinds.internet_gateway import InternetGateway
from docgen.kinds.load_balancer import Listener, LoadBalancer, Scheme
from docgen.kinds.subnet import Subnet
from docgen.kinds.target_group import TargetGroup
from docgen.kinds.vpc import Vpc
from docgen.model.architecture import Flow
from docgen.model.component import Component, Key, Ref
from docgen.model.network import Network
from docgen.model.packet import PortRange, Protocol
from docgen.model.policy import SecurityGroupRule
from docgen.model.targets import GroupTarget, Member, Pool, Target
from docgen.model.trace import FlowReport, Verdict
from docgen.rules._rule import Subject

C = TypeVar("C", bound=Component)
T = TypeVar("T")
OUTSIDE_KINDS = ("internet", "user", "internet_host")


def each(network: Network, kind: type[C]) -> Iterator[C]:
    """Components of one class, in the order of the definition."""
    return (c for c in network.components.values() if isinstance(c, kind))


def by_vpc(network: Network, kind: type[C]) -> Mapping[str, list[C]]:
    """Components of one class by their VPC's id; an empty list for a VPC without any. O(n), so call it once."""
    found: dict[str, list[C]] = defaultdict(list)
    for component in each(network, kind):
        found[component.scope].append(component)
    return found


def written(component: Component) -> bool:
    """Whether the author wrote it (rather than AWS making it by itself)."""
    return bool(component.span.file)


def vpc_of(network: Network, component: Component) -> Vpc | None:
    """The VPC that a component belongs to; None outside, or where the VPC could not be read."""
    vpc = network.components.get(Key("vpc", component.scope))
    return vpc if isinstance(vpc, Vpc) else None


def referred(network: Network, scope: str, value: Any, field: str) -> list[tuple[Ref, Key]]:
    """The references in a field of a component (or of a value inside one) with what they name."""
    kinds = tuple(type(value).__dataclass_fields__[field].metadata["refers"])
    content = getattr(value, field)
    refs = content if isinstance(content, tuple) else (content,)
    return [
        (ref, key)
        for ref in refs
        if ref is not None and (key := network.bound.get((scope, ref.name, kinds))) is not None
    ]


def subnets_of(network: Network, component: Component) -> list[tuple[Ref, Subnet]]:
    """The subnets that a component names in `subnets` or `subnet`."""
    field = "subnets" if hasattr(component, "subnets") else "subnet"
    found = []
    for ref, key in referred(network, component.scope, component, field):
        subnet = network.components[key]
        if isinstance(subnet, Subnet):
            found.append((ref, subnet))
    return found


def subnets_of_one_zone(network: Network, component: Component) -> Iterator[tuple[Ref, Subnet, Subnet]]:
    """The subnets that a component names besides another one of the same zone, each with that other one."""
    taken: dict[str, Subnet] = {}
    for ref, subnet in subnets_of(network, component):
        before = taken.setdefault(network.zone_of(subnet.key), subnet)
        if before is not subnet:
            yield ref, subnet, before


def listener_span(balancer: LoadBalancer, listener: Listener) -> Span:
    """The place of a listener in the definition."""
    return listener.span.or_else(balancer.span)


def registered(component: LoadBalancer | TargetGroup) -> list[Target | GroupTarget]:
    """The targets that are written in a target group, or under the listeners of a load balancer."""
    if isinstance(component, TargetGroup):
        return list(component.targets)
    return [t for listener in component.listeners for t in listener.targets]


def groups_behind(network: Network, balancer: LoadBalancer, listener: Listener) -> list[TargetGroup]:
    """The target groups that a listener forwards to."""
    found = (k for s in listener.target_groups for _, k in referred(network, balancer.scope, s, "target_group"))
    return [c for key in found if isinstance(c := network.components[key], TargetGroup)]


def targets_behind(network: Network, balancer: LoadBalancer, listener: Listener) -> list[tuple[Span, Member, Pool]]:
    """Everything that a listener's connections may go to, each with the place where it is registered."""
    holders: list[tuple[str, tuple[Target | GroupTarget, ...]]] = [(balancer.scope, listener.targets)]
    holders += [(g.scope, g.targets) for g in groups_behind(network, balancer, listener)]
    places: dict[str, Span] = {}
    for scope, targets in holders:
        for target in targets:
            span = target.span.or_else(balancer.span)
            keys = [key for _, key in referred(network, scope, target, "target")]
            for name in (target.target.name, *map(network.name, keys)):
                places.setdefault(name, span)
    return [
        (places.get(member.name, balancer.span), member, pool)
        for pool in balancer.pools(listener, network)
        for member in pool.members
    ]


def is_public(network: Network, subnet: Key) -> bool:
    """Whether the subnet's table has a route to an internet gateway: what AWS calls a public subnet."""
    if subnet not in network.subnet_route_table:
        return False
    routes = network.table_of(subnet).routes
    return any(r.target is not None and r.target.kind == InternetGateway.kind for r in routes)


def vpcs_with_gateway(network: Network) -> frozenset[str]:
    """Ids of the VPCs that have an internet gateway, be it one that could not be read."""
    unread = (k.path.partition("/")[0] for k in network.architecture.broken if k.kind == InternetGateway.kind)
    return frozenset((*unread, *by_vpc(network, InternetGateway)))


def internet_facing(subject: Subject) -> frozenset[Key]:
    """Components that the design means to be reached from outside, by its flows, names and load balancers."""
    facing = {lb.key for lb in each(subject.network, LoadBalancer) if lb.scheme is Scheme.INTERNET_FACING}
    for flow, report in own_flows(subject):
        if (flow.expect.verdict if flow.expect else report.verdict) is not Verdict.ALLOWED:
            continue
        for connection in report.connections:
            if connection.source.kind in OUTSIDE_KINDS and connection.destination is not None:
                facing.add(connection.destination)
    for zone in subject.network.of_kind("hosted_zone"):
        for record in getattr(zone, "records", ()):
            facing.update(key for _, key in referred(subject.network, zone.scope, record, "a"))
    return frozenset(facing)


def forwarders(network: Network) -> frozenset[Key]:
    """Instances and interfaces that forward others' packets: NAT instances, and targets of routes."""
    targets = {r.target for t in network.route_tables.values() for r in t.routes if r.target is not None}
    for instance in each(network, Instance):
        if instance.forwards == "nat":
            targets.add(instance.key)
    for interface in network.of_kind("network_interface"):
        if interface.key in targets:
            targets.update(key for _, key in referred(network, interface.scope, interface, "attachment"))
    return frozenset(targets)


def is_world(block: Block | None) -> bool:
    """Whether a block is the whole internet (or a half of it, written to look like less), in either family."""
    return block is not None and block.prefixlen <= 1


def names_world(network: Network, entry: SecurityGroupRule) -> bool:
    """Whether a rule takes in the whole internet, itself or by its prefix list."""
    return any(is_world(block) for block in network.blocks_of_rule(entry))


def admits(protocol: Protocol, ports: PortRange, wanted: Protocol, port: int) -> bool:
    """Whether a rule's protocol and ports take in one port."""
    if protocol is Protocol.ALL:
        return True
    return protocol is wanted and ports.first <= port <= ports.last


def listed(names: Iterable[str], most: int = 4) -> str:
    """`'a'`, `'a' and 'b'`, `'a', 'b' and 3 more`."""
    quoted = [repr(n) for n in names]
    if len(quoted) > most:
        quoted = [*quoted[: most - 1], f"{len(quoted) - most + 1} more"]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def counted(number: int, noun: str) -> str:
    """`1 subnet`, `3 subnets`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def public_addresses(network: Network) -> Iterator[tuple[Component, IPv4Address]]:
    """Every public address that the author wrote, with its owner."""
    for component in network.components.values():
        for field in ("elastic_ip", "public_ip_address", "address"):
            value = getattr(component, field, None)
            if isinstance(value, IPv4Address):
                yield component, value
        for value in getattr(component, "elastic_ips", ()):
            yield component, value


def by_place(found: Iterable[tuple[Span, T]]) -> Iterator[tuple[Span, list[T]]]:
    """What was found, gathered by place: one block that became a component for each zone is told once."""
    gathered: dict[Span, list[T]] = {}
    for span, item in found:
        gathered.setdefault(span, []).append(item)
    return iter(gathered.items())


def own_flows(subject: Subject) -> Iterator[tuple[Flow, FlowReport]]:
    """Traced flows of this very design: those of its variants say nothing about it."""
    architecture = subject.network.architecture
    for flow in architecture.flows:
        report = subject.reports.get(flow.id)
        if report is not None and flow.when.variant == architecture.variant:
            yield flow, report


def verb(number: int, singular: str, plural: str) -> str:
    """`has` or `have`."""
    return singular if number == 1 else plural


def what(network: Network, key: Key) -> str:
    """A component in the middle of a sentence: `internet gateway 'igw'`, `NAT gateway 'nat'`."""
    return f"{network.kind_of(key).noun} {network.name(key)!r}"
