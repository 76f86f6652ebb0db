# Which lines of a definition its flows and invariants exercise, and which nobody has asked about.
#
# In:  a network, the answers to its flows, and what was traced to prove its invariants. Out: a Coverage.
# A line is exercised where it decided about a traced header: a route that was chosen, a rule that allowed, an entry
# that allowed or denied, a target that a load balancer chose. What security groups exclude before anything is traced
# exercises nothing, and neither do variants: they have lines of their own.
"""Observed, Coverage, CoveredLine, LineKind, cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.core.span import Span
from docgen.kinds.load_balancer import Listener, LoadBalancer
from docgen.kinds.target_group import TargetGroup
from docgen.kinds.transit_gateway_route_table import TransitGatewayRouteTable
from docgen.model.component import Key
from docgen.model.network import EffectiveRouteTable, Network
from docgen.model.policy import NetworkAclEntry, SecurityGroupRule
from docgen.model.targets import GroupTarget, Member, Target
from docgen.model.trace import Check, FlowReport, Outcome
from docgen.routing.balancing import functions_of, members_of

INGRESS, EGRESS = "ingress", "egress"


class LineKind(StrEnum):
    """What can be exercised."""

    ROUTE = "route"
    SECURITY_GROUP_RULE = "security group rule"
    NETWORK_ACL_ENTRY = "network ACL entry"
    TARGET = "target"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredLine:
    """A line that the author wrote."""

    kind: LineKind
    holder: Key
    """The route table, security group, network ACL, load balancer or target group."""
    direction: str = ""
    """`ingress` or `egress` of a rule or entry."""
    text: str
    """As it is written in the holder's table."""
    span: Span
    by_flows: bool
    by_invariants: bool

    @property
    def exercised(self) -> bool:
        """Whether anything exercises it."""
        return self.by_flows or self.by_invariants


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Every written line of a design: by kind, then in the order of the definition."""

    lines: tuple[CoveredLine, ...] = ()

    def of_kind(self, *kinds: LineKind) -> tuple[CoveredLine, ...]:
        """Those of some kinds."""
        return tuple(line for line in self.lines if line.kind in kinds)

    @property
    def covered(self) -> int:
        """How many lines are exercised."""
        return sum(line.exercised for line in self.lines)

    @property
    def percent(self) -> float:
        """Of all lines; 100 where there is none."""
        return percent(self.covered, len(self.lines))

    @property
    def uncovered(self) -> tuple[CoveredLine, ...]:
        """Lines that nothing exercises."""
        return tuple(line for line in self.lines if not line.exercised)


def percent(covered: int, total: int) -> float:
    """100 where there is nothing to cover."""
    return 100 * covered / total if total else 100.0


class Observed:
    """What traces used. Give it reports one by one."""

    def __init__(self, reports: Iterable[FlowReport] = ()) -> None:
        self._rules: dict[int, Any] = {}
        """Rules and entries by identity: two that read alike are two."""
        self._routes: set[tuple[Key, Span]] = set()
        self._blocks: set[tuple[Key, str]] = set()
        self._calls: set[tuple[Key, int, Address, int]] = set()
        self._accepted: set[tuple[Key, str]] = set()
        for report in reports:
            self.add(report)

    def add(self, report: FlowReport) -> None:
        """Note the lines that decided on its way, and the targets that load balancers chose."""
        for connection in report.connections:
            for trace in (connection.forward, connection.returning):
                for hop in trace.hops if trace is not None else ():
                    for step in hop.steps:
                        for line in step.lines:
                            self._note(line.holder, line.value)
                        if step.check is Check.LISTENER and step.outcome is Outcome.PASS:
                            self._accepted.add((step.by, step.rule))
            parent = None if connection.parent is None else report.connections[connection.parent]
            if connection.purpose == "listener" and parent and parent.request and connection.request:
                asked, sent = parent.request, connection.request
                listens, port = asked.destination_ports.first, sent.destination_ports.first
                self._calls.add((connection.source, listens, sent.destination, port))

    def _note(self, holder: Key, value: Any) -> None:
        if isinstance(value, SecurityGroupRule | NetworkAclEntry):
            self._rules[id(value)] = value
        elif getattr(value, "span", None) is not None:
            self._routes.add((holder, value.span))
        else:
            self._blocks.add((holder, str(value.destination)))

    def rule(self, rule: SecurityGroupRule | NetworkAclEntry) -> bool:
        """Whether a rule or entry decided."""
        return id(rule) in self._rules

    def route(self, table: Key, span: Span, block: str = "") -> bool:
        """Whether a route decided; one of a transit gateway is known by its block."""
        return (table, span) in self._routes or (table, block) in self._blocks

    def target(self, balancer: Key, listener_port: int, member: Member) -> bool:
        """Whether a load balancer chose a target for a connection to one of its listeners."""
        return (balancer, listener_port, member.address, member.port) in self._calls

    def listener(self, balancer: Key, rule: str) -> bool:
        """Whether a listener accepted a connection."""
        return (balancer, rule) in self._accepted


def cover(network: Network, flows: Observed, invariants: Observed) -> Coverage:
    """Which written lines of a network were used by traces of its flows, and of proofs of its invariants."""
    both = (flows, invariants)
    lines = (*_routes(network, both), *_rules(network, both), *_entries(network, both), *_targets(network, both))
    return Coverage(lines=lines)


Both = tuple[Observed, Observed]


def _routes(network: Network, both: Both) -> Iterator[CoveredLine]:
    for table in network.route_tables.values():
        for span, text in _written(table).items():
            used = tuple(o.route(table.key, span) for o in both)
            yield _line(LineKind.ROUTE, table.key, text, span, used)
    for hub in network.components.values():
        if isinstance(hub, TransitGatewayRouteTable):
            for route in hub.routes:
                block = str(route.destination_cidr_block)
                used = tuple(o.route(hub.key, route.span, block) for o in both)
                text = f"{block} -> {route.attachment or 'blackhole'}"
                yield _line(LineKind.ROUTE, hub.key, text, route.span, used)


def _written(table: EffectiveRouteTable) -> dict[Span, str]:
    """Routes that somebody wrote, in order of their places: one to a prefix list stands for all of its entries."""
    found: dict[Span, str] = {}
    for route in table.routes:
        if route.span.file:
            found.setdefault(route.span, f"{route.part} -> {route.target_name}")
    return dict(sorted(found.items()))


def _rules(network: Network, both: Both) -> Iterator[CoveredLine]:
    for group in network.groups.values():
        for direction, rules in ((INGRESS, group.ingress), (EGRESS, group.egress)):
            for rule in (r for r in rules if r.span.file):
                used = tuple(o.rule(rule) for o in both)
                text = rule.text(direction)
                yield _line(LineKind.SECURITY_GROUP_RULE, group.key, text, rule.span, used, direction)


def _entries(network: Network, both: Both) -> Iterator[CoveredLine]:
    for acl in network.acls.values():
        for direction, entries in ((INGRESS, acl.ingress), (EGRESS, acl.egress)):
            for entry in (e for e in entries if e.span.file):
                used = tuple(o.rule(entry) for o in both)
                text = f"{entry.rule_number} {entry.text(direction)}"
                yield _line(LineKind.NETWORK_ACL_ENTRY, acl.key, text, entry.span, used, direction)


def _targets(network: Network, both: Both) -> Iterator[CoveredLine]:
    balancers = [c for c in network.components.values() if isinstance(c, LoadBalancer)]
    for balancer in balancers:
        for listener in balancer.listeners:
            for target in listener.targets:
                used = tuple(
                    _used(network, o, balancer.scope, target, target.port, [(balancer, listener)]) for o in both
                )
                yield _line(LineKind.TARGET, balancer.key, f"{target.target}:{target.port}", target.span, used)
    for group in network.components.values():
        if isinstance(group, TargetGroup):
            before = [(b, x) for b in balancers for x in b.listeners if _forwards(network, b, x, group.key)]
            for registered in group.targets:
                port = registered.port or group.port
                used = tuple(_used(network, o, group.scope, registered, port, before) for o in both)
                text = f"{registered.target}:{port}" if port else str(registered.target)
                yield _line(LineKind.TARGET, group.key, text, registered.span, used)


def _forwards(network: Network, balancer: LoadBalancer, listener: Listener, group: Key) -> bool:
    return any(pool.key == group for pool in balancer.pools(listener, network))


def _used(
    network: Network,
    observed: Observed,
    scope: str,
    target: Target | GroupTarget,
    port: int,
    before: list[tuple[LoadBalancer, Listener]],
) -> bool:
    """Whether one of these listeners sent a connection to a target; a Lambda function is called by its listener."""
    if functions_of(network, scope, [(target.target, port)]):
        return any(observed.listener(b.key, f"listener {x.speaks(b.type)} {x.port}") for b, x in before)
    members = members_of(network, scope, [(target.target, port)])
    return any(observed.target(b.key, x.port, m) for b, x in before for m in members)


def _line(
    kind: LineKind, holder: Key, text: str, span: Span, used: tuple[bool, ...], direction: str = ""
) -> CoveredLine:
    by_flows, by_invariants = used
    return CoveredLine(
        kind=kind,
        holder=holder,
        direction=direction,
        text=text,
        span=span,
        by_flows=by_flows,
        by_invariants=by_invariants,
    )
