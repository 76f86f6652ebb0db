# What VPC flow logs would show of a flow: the record of every network interface that sees it, there and back.
#
# In:  a Network and the FlowReport of a flow in it. Out: FlowLogRecords, in the order in which packets pass.
# A hop's steps say what its interface saw: a packet comes in past the subnet's border (or from the same subnet),
# and goes out past groups, border or on-link. What passes no interface leaves no record: gateways, peering
# connections, routers, gateway endpoints, AWS PrivateLink between endpoint and load balancer, the VPC's services.
# Sources: Amazon VPC User Guide, "Flow log records", "Flow log record examples", "Flow log limitations".
"""flow_log_records, captured_by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docgen.analysis.flow_log_examples import END, START, Examples, answered, aws_id, begins
from docgen.core.prefixes import Address
from docgen.model.component import Key, Ref
from docgen.model.flow_log import Action, Direction, FlowLogRecord
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Connection, FlowReport, Hop, Leg, Outcome, Step, Trace, Verdict

_REFUSES_IN = (Check.NETWORK_ACL_INGRESS, Check.SECURITY_GROUP_INGRESS)
_REFUSES_OUT = (Check.NETWORK_ACL_EGRESS, Check.SECURITY_GROUP_EGRESS)
_BLOCKED_PUBLIC_ACCESS = "VPC_BLOCK_PUBLIC_ACCESS_ENABLED"
_PATHS = {"virtual_private_gateway": "3", "internet_gateway": "8", "vpc_endpoint": "7"}
"""`traffic-path` by what gets the packet next, on a Nitro instance."""


def flow_log_records(network: Network, report: FlowReport) -> tuple[FlowLogRecord, ...]:
    """The records of a flow, whether or not a flow log captures them; each once.

    Args:
        network: The one that the flow was traced in, in its variant; an outage changes nothing here.
        report: The answer to the flow.
    """
    found: list[FlowLogRecord] = []
    seen: set[tuple[object, ...]] = set()
    gets_answer = answered(network, report.connections)
    for index, connection in enumerate(report.connections):
        for record in _Reader(network, index, connection, answered=gets_answer[index]).records():
            same = (record.interface or record.component, record.direction, record.packet, record.values["action"])
            if same not in seen:  # ways that part later share their first interfaces
                seen.add(same)
                found.append(record)
    return tuple(found)


def captured_by(network: Network, record: FlowLogRecord) -> tuple[Key, ...]:
    """The flow logs of the definition that take a record, in order."""
    return tuple(
        component.key
        for component in network.of_kind("flow_log")
        if component.takes(record.action) and _covers(network, component, record)  # type: ignore[attr-defined]
    )


def _covers(network: Network, flow_log: Any, record: FlowLogRecord) -> bool:
    resource = flow_log.watched(network)
    interface = network.interfaces.get(record.interface)
    if interface is None:
        return bool(resource == record.component)
    return resource in (record.component, interface.vpc, interface.subnet)


class _Reader:
    """Reads the records of one connection off its two traces."""

    def __init__(self, network: Network, index: int, connection: Connection, *, answered: bool) -> None:
        self._network = network
        self._index = index
        self._connection = connection
        self._answered = answered
        self._examples = Examples(network, connection, answered=answered)

    def records(self) -> Iterator[FlowLogRecord]:
        """There, then back."""
        yield from self._leg(self._connection.forward)
        returning = self._connection.returning
        silent = self._connection.verdict is Verdict.ALLOWED and not self._answered
        if returning is not None and not silent:
            yield from self._leg(returning)

    def _leg(self, trace: Trace) -> Iterator[FlowLogRecord]:
        made: list[FlowLogRecord] = []
        for at, hop in enumerate(trace.hops):
            following = trace.hops[at + 1] if at + 1 < len(trace.hops) else None
            interface = self._network.interfaces.get(hop.interface)
            if interface is not None:
                made += self._at_interface(trace.leg, hop, interface, following)
            elif _is_regional_nat(self._network, hop):
                made += self._at_regional_nat(trace.leg, hop, following)
        blocker = trace.blocker
        if blocker is not None and blocker.code == _BLOCKED_PUBLIC_ACCESS:
            self._refuse_publicly(made, trace)
        yield from made

    def _at_interface(
        self, leg: Leg, hop: Hop, interface: Interface, following: Hop | None
    ) -> Iterator[FlowLogRecord]:
        last = hop.steps[-1] if hop.steps else None
        drop = last if last is not None and last.outcome is Outcome.DROP else None
        goes_out = any(map(_is_leaving, hop.steps))
        if hop.packet_in is not None and any(map(_is_arriving, hop.steps)):
            action = Action.REJECT if drop is not None and drop.check in _REFUSES_IN else Action.ACCEPT
            # A packet that the source/destination check drops is neither accepted nor refused by a filter. [MODEL]
            if drop is None or drop.check is not Check.SOURCE_DEST_CHECK:
                yield self._record(leg, hop, interface, Direction.INGRESS, action, hop.packet_in)
        packet = hop.packet_out or hop.packet_stopped or hop.packet_in or begins(self._connection, leg)
        if goes_out and packet is not None:
            action = Action.REJECT if drop is not None and drop.check in _REFUSES_OUT else Action.ACCEPT
            yield self._record(leg, hop, interface, Direction.EGRESS, action, packet, following)

    def _at_regional_nat(self, leg: Leg, hop: Hop, following: Hop | None) -> Iterator[FlowLogRecord]:
        """What passes it comes in and goes out; what it drops is not documented to be logged. [MODEL]"""
        if hop.packet_in is not None and hop.packet_out is not None:
            yield self._record(leg, hop, None, Direction.INGRESS, Action.ACCEPT, hop.packet_in)
            yield self._record(leg, hop, None, Direction.EGRESS, Action.ACCEPT, hop.packet_out, following)

    def _refuse_publicly(self, made: list[FlowLogRecord], trace: Trace) -> None:
        """VPC Block Public Access refuses at the gateway: the interface on its inner side has the record."""
        packet = trace.hops[-1].packet_in
        if made and made[-1].direction is Direction.EGRESS:
            made[-1] = replace(made[-1], action=Action.REJECT, values=_refused(made[-1].values))
            return
        if packet is None:
            return
        interface = self._network.interface_with_public(packet.destination)
        if interface is None:
            return
        seen = replace(packet, destination=_own(interface, packet.destination))
        hop = replace(
            trace.hops[-1],
            component=interface.owner,
            name=self._network.name(interface.owner),
            interface=interface.id,
        )
        record = self._record(trace.leg, hop, interface, Direction.INGRESS, Action.REJECT, seen)
        made.append(replace(record, values=_refused(record.values)))

    def _record(
        self,
        leg: Leg,
        hop: Hop,
        interface: Interface | None,
        direction: Direction,
        action: Action,
        packet: Packet,
        following: Hop | None = None,
    ) -> FlowLogRecord:
        packet = self._examples.packet(packet)
        source, destination = packet.source, packet.destination
        if interface is not None and direction is Direction.INGRESS:
            destination = _own(interface, destination)
        elif interface is not None:
            source = _own(interface, source)
        values = {
            **self._examples.counted(leg, packet),
            "account-id": self._examples.account(hop.component),
            "interface-id": aws_id("eni", interface.id) if interface else "-",
            "srcaddr": str(source),
            "dstaddr": str(destination),
            "srcport": str(packet.source_ports.first),
            "dstport": str(packet.destination_ports.first),
            "start": str(START),
            "end": str(END),
            "action": str(action),
            "log-status": "OK",
            "type": f"IPv{packet.source.version}",
            "pkt-srcaddr": str(packet.source),
            "pkt-dstaddr": str(packet.destination),
            "flow-direction": str(direction),
            **self._place(hop, interface),
        }
        if direction is Direction.EGRESS and action is Action.ACCEPT:
            values["traffic-path"] = self._path(interface, following)
        return FlowLogRecord(
            connection=self._index,
            leg=leg,
            component=hop.component,
            component_name=hop.name,
            interface=interface.id if interface else "",
            direction=direction,
            action=action,
            packet=packet,
            srcaddr=source,
            dstaddr=destination,
            values=values,
        )

    def _place(self, hop: Hop, interface: Interface | None) -> dict[str, str]:
        network = self._network
        if interface is None:
            vpc = Key("vpc", network.get(hop.component).scope)
            return {"vpc-id": aws_id("vpc", vpc.path), "resource-id": aws_id("nat", hop.component.path)}
        values = {"vpc-id": aws_id("vpc", interface.vpc.path), "subnet-id": aws_id("subnet", interface.subnet.path)}
        region = _region(network, interface)
        if region:
            values["region"] = region
        instance = self._instance(interface)
        if instance:
            values["instance-id"] = aws_id("i", instance)
        return values

    def _instance(self, interface: Interface) -> str:
        """The instance that an interface is attached to; "" for those of services."""
        if interface.owner.kind == "auto_scaling_group":
            return interface.id
        owner = self._network.get(interface.owner)
        attachment: Ref | None = getattr(owner, "attachment", None)
        if attachment is not None:
            return self._network.bind(attachment, owner.scope, "instance").path
        return interface.owner.path if interface.owner.kind == "instance" else ""

    def _path(self, interface: Interface | None, following: Hop | None) -> str:
        """`traffic-path`: where traffic that leaves an interface goes."""
        if following is None or interface is None:
            return "-"
        if following.component.kind == "vpc_peering_connection":
            ends = {i.zone[:-1] for i in self._network.interfaces.values() if i.vpc in self._peers(following)}
            return "4" if len(ends) <= 1 else "5"
        met = self._network.interfaces.get(following.interface)
        if met is not None and met.vpc == interface.vpc:
            return "1"
        return _PATHS.get(following.component.kind, "-")

    def _peers(self, peering: Hop) -> tuple[Key, ...]:
        component: Any = self._network.get(peering.component)
        ends = (component.requester_vpc, component.accepter_vpc)
        return tuple(self._network.bind(ref, component.scope, "vpc") for ref in ends)


def _is_arriving(step: Step) -> bool:
    """Whether a step is made only where a packet comes in from the VPC: its border, or the same subnet."""
    if step.check is Check.ON_LINK:
        return step.outcome is Outcome.INFO
    return step.check is Check.NETWORK_ACL_INGRESS


def _is_leaving(step: Step) -> bool:
    """Whether a step is made only where a packet goes out: groups, border, or the same subnet."""
    if step.check is Check.ON_LINK:
        return step.outcome is Outcome.PASS
    return step.check in _REFUSES_OUT


def _is_regional_nat(network: Network, hop: Hop) -> bool:
    return hop.component.kind == "nat_gateway" and not network.owned.get(hop.component)


def _own(interface: Interface, other: Address) -> Address:
    """The interface's own address of the same family, never its public IPv4 one; `other` where it has none."""
    mine = (a for a in (interface.private_ip, interface.ipv6) if a is not None)
    return next((a for a in mine if a.version == other.version), other)


def _region(network: Network, interface: Interface) -> str:
    vpc: Any = network.get(interface.vpc)
    return vpc.region.name if vpc.region else interface.zone[:-1]


def _refused(values: Any) -> dict[str, str]:
    """The fields of a record of VPC Block Public Access, which counts no bytes."""
    without = ("bytes", "traffic-path")
    return {**{k: v for k, v in values.items() if k not in without}, "action": "REJECT", "reject-reason": "BPA"}
