# What flow logs of transit gateways would show of a flow: a record for every attachment by which it enters or leaves.
#
# In:  a Network and the FlowReport of a flow in it. Out: TransitRecords, in the order in which packets pass.
# A transit gateway filters nothing: what it has no route for, or a blackhole, it counts as lost where it came in.
# Source: AWS Transit Gateway, "Transit Gateway Flow Log records".
"""transit_records, taken_by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.analysis.flow_log_examples import END, START, Examples, answered, aws_id
from docgen.model.component import Key
from docgen.model.flow_log import Direction, TransitRecord
from docgen.model.network import Network
from docgen.model.trace import Disposition, FlowReport, Hop, Trace

GATEWAY = "transit_gateway"
_LOST = {Disposition.NO_ROUTE: "packets-lost-no-route", Disposition.BLACKHOLE: "packets-lost-blackhole"}


def transit_records(network: Network, report: FlowReport) -> tuple[TransitRecord, ...]:
    """The records of every transit gateway on a flow's way, whether or not a flow log takes them; each once."""
    found: dict[tuple[object, ...], TransitRecord] = {}
    gets_answer = answered(network, report.connections)
    for index, connection in enumerate(report.connections):
        examples = Examples(network, connection, answered=gets_answer[index])
        silent = not gets_answer[index] and not connection.reason
        for trace in (connection.forward, None if silent else connection.returning):
            for record in _of_trace(network, index, trace, examples) if trace else ():
                found.setdefault((record.attachment, record.direction, record.line()), record)
    return tuple(found.values())


def taken_by(network: Network, record: TransitRecord) -> tuple[Key, ...]:
    """The flow logs of the definition that take a record, in order."""
    watched = (record.gateway, record.attachment)
    logs: Any = network.of_kind("flow_log")
    return tuple(log.key for log in logs if log.watched(network) in watched)


def _of_trace(network: Network, index: int, trace: Trace, examples: Examples) -> Iterator[TransitRecord]:
    for at, hop in enumerate(trace.hops):
        if hop.component.kind != GATEWAY or at == 0 or hop.packet_in is None:
            continue
        came_by = trace.hops[at - 1]
        left_by = trace.hops[at + 1] if at + 1 < len(trace.hops) else None
        if left_by is None and trace.disposition not in _LOST:
            continue  # its tables are not known
        packet = examples.packet(hop.packet_in)
        counted = examples.counted(trace.leg, packet)
        lost = _LOST[trace.disposition] if left_by is None else ""
        values = {
            **counted,
            "resource-type": "TransitGateway",
            "account-id": examples.account(hop.component),
            "tgw-id": aws_id("tgw", hop.component.path),
            "srcaddr": str(packet.source),
            "dstaddr": str(packet.destination),
            "srcport": str(packet.source_ports.first),
            "dstport": str(packet.destination_ports.first),
            "start": str(START),
            "end": str(END),
            "log-status": "OK",
            "type": f"IPv{packet.source.version}",
            **dict.fromkeys(_COUNTERS, "0"),
            **_end(network, examples, "src", came_by),
            **(_end(network, examples, "dst", left_by) if left_by else {}),
            **({lost: counted["packets"]} if lost else {}),
        }
        region = getattr(network.get(hop.component), "region", None)
        if region is not None:
            values["region"] = region.name
        for direction, own, other in ((Direction.INGRESS, came_by, left_by), (Direction.EGRESS, left_by, came_by)):
            if own is not None:
                yield TransitRecord(
                    connection=index,
                    leg=trace.leg,
                    gateway=hop.component,
                    attachment=own.component,
                    attachment_name=own.name,
                    direction=direction,
                    values={
                        **values,
                        "flow-direction": str(direction),
                        "tgw-attachment-id": _attachment_id(own),
                        **({"tgw-pair-attachment-id": _attachment_id(other)} if other else {}),
                    },
                )


_COUNTERS = (
    "packets-lost-no-route",
    "packets-lost-blackhole",
    "packets-lost-mtu-exceeded",
    "packets-lost-ttl-expired",
)


def _attachment_id(hop: Hop) -> str:
    return aws_id("tgw-attach", str(hop.component))


def _end(network: Network, examples: Examples, side: str, hop: Hop) -> dict[str, str]:
    """The VPC, subnet and interface of an attachment; nothing for a VPN or a peering."""
    interface = network.interfaces.get(hop.interface)
    if interface is None:
        return {}
    return {
        f"tgw-{side}-vpc-account-id": examples.account(hop.component),
        f"tgw-{side}-vpc-id": aws_id("vpc", interface.vpc.path),
        f"tgw-{side}-subnet-id": aws_id("subnet", interface.subnet.path),
        f"tgw-{side}-eni": aws_id("eni", interface.id),
    }
