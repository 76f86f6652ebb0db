# A flow log's record and its fields, in AWS's words. Knows no trace: analysis/flow_log.py makes records from those.
#
# Sources: Amazon VPC User Guide, "Flow log records" (fields with their versions, default format); AWS Transit
# Gateway, "Transit Gateway Flow Log records".
"""FIELDS, TRANSIT_FIELDS, DEFAULT_FORMAT, Action, Direction, FlowLogRecord, TransitRecord."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.model.component import Key
from docgen.model.packet import Packet
from docgen.model.trace import Leg

DEFAULT_FORMAT = (
    "version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets",
    "bytes", "start", "end", "action", "log-status",
)  # fmt: skip
"""The fields of version 2, in their order."""
_LATER = {
    3: ("vpc-id", "subnet-id", "instance-id", "tcp-flags", "type", "pkt-srcaddr", "pkt-dstaddr"),
    4: ("region", "az-id", "sublocation-type", "sublocation-id"),
    5: ("pkt-src-aws-service", "pkt-dst-aws-service", "flow-direction", "traffic-path"),
    7: (
        "ecs-cluster-arn", "ecs-cluster-name", "ecs-container-instance-arn", "ecs-container-instance-id",
        "ecs-container-id", "ecs-second-container-id", "ecs-service-name", "ecs-task-definition-arn", "ecs-task-arn",
        "ecs-task-id",
    ),
    8: ("reject-reason",),
    9: ("resource-id",),
    10: ("encryption-status",),
    11: (
        "instance-tag", "instance-tag-2", "interface-tag", "interface-tag-2", "asg-tag", "asg-tag-2",
        "interface-type", "next-hop-interface-id", "next-hop-subnet-id", "next-hop-az-id", "next-hop-vpc-id",
        "next-hop-interface-type",
    ),
}  # fmt: skip
FIELDS: Mapping[str, int] = {
    **dict.fromkeys(DEFAULT_FORMAT, 2),
    **{name: version for version, names in _LATER.items() for name in names},
}
"""Every field that a VPC's flow log may hold, with the version that brought it."""
TRANSIT_FIELDS = (
    "version", "resource-type", "account-id", "tgw-id", "tgw-attachment-id", "tgw-src-vpc-account-id",
    "tgw-dst-vpc-account-id", "tgw-src-vpc-id", "tgw-dst-vpc-id", "tgw-src-subnet-id", "tgw-dst-subnet-id",
    "tgw-src-eni", "tgw-dst-eni", "tgw-src-az-id", "tgw-dst-az-id", "tgw-pair-attachment-id", "srcaddr", "dstaddr",
    "srcport", "dstport", "protocol", "packets", "bytes", "start", "end", "log-status", "type",
    "packets-lost-no-route", "packets-lost-blackhole", "packets-lost-mtu-exceeded", "packets-lost-ttl-expired",
    "tcp-flags", "region", "flow-direction", "pkt-src-aws-service", "pkt-dst-aws-service",
)  # fmt: skip
"""Every field of a transit gateway's flow log; all of them are its default format."""
NOTHING = "-"
"""What AWS writes for a field that does not apply or is not known."""


class Action(StrEnum):
    """What became of the traffic at the interface."""

    ACCEPT = "ACCEPT"
    REJECT = "REJECT"
    """A security group, a network ACL or VPC Block Public Access refused it."""


class Direction(StrEnum):
    """As the interface sees it (field `flow-direction`)."""

    INGRESS = "ingress"
    EGRESS = "egress"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowLogRecord:
    """One record: what a network interface (or a regional NAT gateway) saw of one direction of a connection.

    Ids, times and counts are examples, always the same for the same definition; everything else is as traced.
    """

    connection: int
    """Index in `FlowReport.connections`."""
    leg: Leg
    component: Key
    """The interface's owner, or the regional NAT gateway."""
    component_name: str
    interface: str
    """docgen's id of the interface (`app-a`, `edge@a`); "" for a regional NAT gateway."""
    direction: Direction
    action: Action
    packet: Packet
    """The header as it passed (fields `pkt-srcaddr`, `pkt-dstaddr`)."""
    srcaddr: Address
    """Inwards the packet's source; outwards the interface's own address."""
    dstaddr: Address
    """Inwards the interface's own address; outwards the packet's destination."""
    values: Mapping[str, str]
    """Field name to text, those that are not NOTHING."""

    def value(self, field: str) -> str:
        """The text of one field."""
        return self.values.get(field, NOTHING)

    def line(self, fields: Iterable[str] = DEFAULT_FORMAT) -> str:
        """The record as AWS writes it; `version` is the highest of the fields'."""
        wanted = tuple(fields)
        version = str(max((FIELDS.get(name, 2) for name in wanted), default=2))
        return " ".join(version if name == "version" else self.value(name) for name in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitRecord:
    """One record of a transit gateway: what entered or left by one of its attachments."""

    connection: int
    """Index in `FlowReport.connections`."""
    leg: Leg
    gateway: Key
    attachment: Key
    attachment_name: str
    direction: Direction
    """As the gateway sees it."""
    values: Mapping[str, str]
    """Field name to text, those that are not NOTHING."""

    def line(self, fields: Iterable[str] = TRANSIT_FIELDS) -> str:
        """The record as AWS writes it; fields of transit gateways are of version 6."""
        wanted = tuple(fields)
        version = str(max((FIELDS.get(name, 6) for name in wanted), default=6))
        return " ".join(version if name == "version" else self.values.get(name, NOTHING) for name in wanted)
