"""A flow log: writes down what network interfaces let pass and refuse."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.flow_log import DEFAULT_FORMAT, FIELDS, TRANSIT_FIELDS
from docgen.model.form import Fault, limited
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network

ATTACHMENTS = (
    "transit_gateway_vpc_attachment",
    "transit_gateway_peering_attachment",
    "vpn_connection",
    "direct_connect_gateway",
)
"""What is attached to a transit gateway."""
WITH_INTERFACES = (
    "network_interface",
    "instance",
    "auto_scaling_group",
    "load_balancer",
    "db_instance",
    "nat_gateway",
    "vpc_endpoint",
    "lambda_function",
    "client_vpn_endpoint",
    "vpc_link",
    "resolver_endpoint",
)
"""Kinds that have network interfaces of their own."""
RESOURCES = (
    "vpc",
    "subnet",
    "network_interface",
    "regional_nat_gateway",
    "transit_gateway",
    "transit_gateway_attachment",
)
"""Fields that say what is watched."""
OF_TRANSIT_GATEWAYS = ("transit_gateway", *ATTACHMENTS)
"""Kinds whose flow logs have records of their own."""


class TrafficType(StrEnum):
    """EC2 API `TrafficType`."""

    ACCEPT = "ACCEPT"
    REJECT = "REJECT"
    ALL = "ALL"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowLog(Component):
    """A flow log. Source: EC2 API `CreateFlowLogs`; `AWS::EC2::FlowLog`."""

    kind: ClassVar[str] = "flow_log"

    vpc: Ref | None = refers("vpc", default=None)
    """What it watches: all network interfaces of a VPC. Nothing named, inside a VPC: that VPC;"""
    subnet: Ref | None = refers("subnet", default=None)
    """or those of a subnet;"""
    network_interface: Ref | None = refers(*WITH_INTERFACES, default=None)
    """or those of a component;"""
    regional_nat_gateway: Ref | None = refers("nat_gateway", default=None)
    """or a NAT gateway that has none;"""
    transit_gateway: Ref | None = refers("transit_gateway", default=None)
    """or a transit gateway, with all its attachments;"""
    transit_gateway_attachment: Ref | None = refers(*ATTACHMENTS, default=None)
    """or one attachment."""
    traffic_type: TrafficType | None = None
    """Which traffic it writes down. None: `ALL`; a transit gateway's flow log takes none."""
    log_group_name: str = limited(pattern=r"[\w./#-]{0,512}", example="/vpc/shop", default="")
    """Destination: a log group of CloudWatch Logs (AWS also wants a role that may write to it),"""
    log_destination: Ref | None = refers("s3_bucket", default=None)
    """or a bucket."""
    max_aggregation_interval: int | None = None
    """Seconds that one record sums up at most, 60 or 600. None: 600, and 60 for a transit gateway's."""
    log_format: tuple[str, ...] = limited(
        choices=tuple(dict.fromkeys((*FIELDS, *TRANSIT_FIELDS))), example="pkt-srcaddr", default=()
    )
    """Fields of a record in their order. None named: the default format, which is version 2."""

    def faults(self) -> Iterator[Fault]:
        """It watches one resource, has one destination and one of two intervals."""
        named = [name for name in RESOURCES if getattr(self, name) is not None]
        if len(named) > 1:
            text = f"a flow log watches one resource, and this one names {len(named)}"
            yield Fault(named[1], text, "write a flow log for each")
        if not named and not self.scope:
            text = "a flow log watches something: `vpc`, `subnet`, `network_interface`, `transit_gateway` ..."
            yield Fault("", text, "name one, or write the flow log inside its VPC")
        if bool(self.log_group_name) == (self.log_destination is not None):
            text = "a flow log has one destination: a `log_group_name` of CloudWatch Logs, or a bucket as "
            yield Fault("", f"{text}`log_destination`", "write one of the two")
        if self.max_aggregation_interval not in (None, 60, 600):
            text = "a flow log sums up 60 or 600 seconds"
            yield Fault("max_aggregation_interval", text, "write `max_aggregation_interval: 60`")

    def watched(self, network: Network) -> Key:
        """The component that it watches."""
        for name in RESOURCES:
            ref: Ref | None = getattr(self, name)
            if ref is not None:
                return network.bind(ref, self.scope, *type(self).__dataclass_fields__[name].metadata["refers"])
        return Key("vpc", self.scope)

    def is_transit(self, network: Network) -> bool:
        """Whether its records are a transit gateway's."""
        return self.watched(network).kind in OF_TRANSIT_GATEWAYS

    def takes(self, action: str) -> bool:
        """Whether it writes down traffic that was accepted, or refused."""
        return self.traffic_type in (None, TrafficType.ALL) or self.traffic_type == action

    def record_format(self, network: Network) -> tuple[str, ...]:
        """The fields of its records: those written, else the default ones of what it watches."""
        return self.log_format or (TRANSIT_FIELDS if self.is_transit(network) else DEFAULT_FORMAT)


KIND = Kind(
    component=FlowLog,
    plural="flow_logs",
    title="Flow log",
    abbreviation="Flow log",
    cfn_type="AWS::EC2::FlowLog",
    terraform_type="aws_flow_log",
    icon="flow-log",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    across_regions=("log_destination",),
    across_accounts=("log_destination",),
    contained_in=("", "account", "region", "vpc"),
    per_zone=True,
    summary="Writes down what its network interfaces let pass and refuse, outside the way of the packets.",
    limits="Not logged: the VPC's resolver, DHCP, metadata and time; what passes no network interface.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    example="""\
version: 1
title: What was refused goes to a log group, and everything of one subnet to a bucket
region: ap-south-1
zones: [a]
s3_buckets: {network-audit: {}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}}
    instances: {app: {subnet: app}}
    flow_logs:
      refused: {traffic_type: REJECT, log_group_name: /vpc/shop}
      audit:
        subnet: app
        log_destination: network-audit
        max_aggregation_interval: 60
        log_format: [interface-id, srcaddr, dstaddr, pkt-srcaddr, pkt-dstaddr, action, flow-direction]
""",
)
