"""A VPC endpoint: a private way to a service, as a route (gateway) or as network interfaces (interface)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from ipaddress import IPv4Address
from typing import Any, ClassVar

from docgen.core.aws_ranges import managed_prefix_list, prefix_list_name
from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.model.component import Component, InterfaceSpec, Key, Ref, refers
from docgen.model.form import Fault, limited
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Onward, is_endpoint_service
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.policy import RouteOrigin
from docgen.model.routes import ContributedRoute, Directory
from docgen.model.service import ENDPOINT_NAMES, PRINCIPALS, RESOURCES
from docgen.model.trace import Disposition
from docgen.routing.access import refused_by_endpoint
from docgen.routing.gateway_endpoints import through_gateway_endpoint
from docgen.routing.interface import leave
from docgen.routing.interface_endpoints import refuse_to_open, through_interface_endpoint

WITH_GATEWAY = ("s3", "dynamodb")
"""Services that gateway endpoints lead to."""
_DNS_NAMES = {endpoint: name for name, endpoint in ENDPOINT_NAMES.items()}


class VpcEndpointType(StrEnum):
    """EC2 API `VpcEndpointType`."""

    GATEWAY = "gateway"
    INTERFACE = "interface"


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcEndpoint(Component):
    """A VPC endpoint. Source: EC2 API `VpcEndpoint`; `AWS::EC2::VPCEndpoint`."""

    kind: ClassVar[str] = "vpc_endpoint"

    service: str = limited(pattern=r"[a-z][a-z0-9.-]*", example="s3", default="")
    """An AWS service of the VPC's Region, `s3` or `com.amazonaws.us-east-1.s3`; for Kinesis `kinesis-streams`."""
    endpoint_service: Ref | None = refers("vpc_endpoint_service", default=None)
    """Instead of `service`: somebody's own, also in another account's VPC."""
    type: VpcEndpointType | None = None
    """None: `gateway` for S3 and DynamoDB without subnets, else `interface`."""
    route_tables: tuple[Ref, ...] = refers("route_table", default=())
    """Gateway: tables that get the route to the service. Without one, no subnet uses it."""
    subnets: tuple[Ref, ...] = refers("subnet", default=())
    """Interface: where its network interfaces stand, one for each zone."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    """Interface: who may come in. None named: the VPC's default group."""
    private_dns_enabled: bool | None = None
    """Interface: whether the service's own name leads to it inside its VPC. None: on, but off for S3 and DynamoDB,
    and for somebody's own service."""
    allowed_resources: tuple[Ref, ...] = refers(*RESOURCES, default=())
    """Policy: buckets, tables, queues that may be asked for. None named: all, AWS's default."""
    allowed_principals: tuple[Ref, ...] = refers(*PRINCIPALS, default=())
    """Policy: components whose role may use it. None named: all."""
    private_ip_address: IPv4Address | None = None
    """Interface: address of the first network interface; None picks the next free one."""

    def faults(self) -> Iterator[Fault]:
        """It leads to one service; a gateway endpoint has route tables, an interface endpoint subnets."""
        if bool(self.service) == (self.endpoint_service is not None):
            hint = "write `service: s3`, or `endpoint_service:` with the id of one of the definition"
            yield Fault("endpoint_service" if self.service else "", "an endpoint leads to exactly one service", hint)
        if self.is_gateway:
            if self.service_name not in WITH_GATEWAY:
                yield Fault(
                    "type",
                    "gateway endpoints lead to S3 and DynamoDB only",
                    "write `type: interface` and its `subnets`",
                )
            for name in ("subnets", "security_groups"):
                if getattr(self, name):
                    text = f"a gateway endpoint has no `{name}`: it is a route"
                    yield Fault(name, text, "name its `route_tables`, or write `type: interface`")
        else:
            if self.route_tables:
                text = "an interface endpoint has no `route_tables`: it is reached at its address"
                yield Fault("route_tables", text, "remove them, or write `type: gateway`")
            if not self.subnets:
                text = "an interface endpoint stands in `subnets`, one for each zone"
                yield Fault("service", text, "add `subnets: [...]`")

    @property
    def is_gateway(self) -> bool:
        """Whether it is a route rather than interfaces."""
        if self.type is None:
            return self.service_name in WITH_GATEWAY and not self.subnets
        return self.type is VpcEndpointType.GATEWAY

    @property
    def service_name(self) -> str:
        """`s3`, also where the author wrote `com.amazonaws.us-east-1.s3`; `kinesis` for AWS's `kinesis-streams`."""
        name = self.service.split(".", 3)[-1] if self.service.startswith("com.amazonaws.") else self.service
        return _DNS_NAMES.get(name, name)

    @property
    def role(self) -> Role:
        """On the VPC's border as a route, in its subnets as interfaces."""
        return Role.GATEWAY if self.is_gateway else Role.WORKLOAD

    @property
    def private_dns(self) -> bool:
        """Whether it asks for the service's own name."""
        if self.private_dns_enabled is None:
            return bool(self.service) and not self.is_gateway and self.service_name not in WITH_GATEWAY
        return self.private_dns_enabled and not self.is_gateway

    def stands_for(self, service: str) -> bool:
        """Whether its interfaces lead to this AWS service."""
        return not self.is_gateway and self.service_name == service

    def overrides(self, service: str, network: Network) -> bool:
        """Whether the service's own name leads to it inside its VPC: both DNS attributes must be on."""
        vpc: Any = network.get(Key("vpc", self.scope))
        return self.private_dns and self.stands_for(service) and vpc.enable_dns_support and vpc.enable_dns_hostnames

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One for each subnet of an interface endpoint."""
        return tuple(
            InterfaceSpec(
                subnet=subnet,
                private_ip_address=self.private_ip_address if index == 0 else None,
                security_groups=self.security_groups,
            )
            for index, subnet in enumerate(self.subnets if not self.is_gateway else ())
        )

    def contributed_routes(self, directory: Directory) -> Iterable[ContributedRoute]:
        """The service's prefix list in every associated table, where it is a gateway endpoint."""
        listed = self._list(directory.components.get(Key("vpc", self.scope)))
        for ref in self.route_tables if self.is_gateway else ():
            table = directory.bind(ref, self.scope, "route_table")
            for block in managed_prefix_list(listed) if table else ():
                assert table is not None
                yield ContributedRoute(
                    table=table, destination=block, target=self.key, origin=RouteOrigin.STATIC, prefix_list=listed
                )

    def _list(self, vpc: Component | None) -> str:
        region: Ref | None = getattr(vpc, "region", None)
        return prefix_list_name(self.service_name, region.name if region else "")

    def carrier(self, network: Network) -> Key | None:
        """The endpoint service that AWS PrivateLink takes packets through; None for AWS's own services."""
        if self.endpoint_service is None:
            return None
        return network.bind(self.endpoint_service, self.scope, "vpc_endpoint_service")

    def onward(self, packet: Packet, arrival: Arrival, network: Network) -> Iterable[Onward] | Drop:
        """What the endpoint service does with a connection; AWS's own services take it without another."""
        carrier = self.carrier(network)
        service = network.get(carrier) if carrier else None
        return service.connect(packet, arrival, network) if is_endpoint_service(service) else ()

    def answering(self, network: Network, *, outside: bool = False) -> tuple[tuple[Interface, Address], ...]:
        """Its working interfaces: its name leaves out those whose zone is down, unless none is left."""
        del outside
        interfaces = network.interfaces_of(self.key)
        working = [i for i in interfaces if network.interface_is_up(i)] or list(interfaces)
        return tuple((i, i.private_ip) for i in working)

    def largest_packet(self, network: Network) -> int:
        """8500 bytes at endpoints of all types; there is no path MTU discovery."""
        del network
        return 8500

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Let the answer of one of its interfaces go; it opens nothing."""
        if interface is None or (context.expected is None and context.carried_to is None):
            return (refuse_to_open(self.key, packet, context),)
        return leave(interface, packet, context)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take a request to the service, if its policy allows that, or the service's answer back."""
        if self.is_gateway:
            vpc = Key("vpc", self.scope)
            served = managed_prefix_list(self._list(context.network.get(vpc)))
            return (self._judged(through_gateway_endpoint(self.key, vpc, served, packet, arrival, context), context),)
        taken = through_interface_endpoint(self.key, self.service_name, packet, arrival, context)
        return tuple(self._judged(decision, context) for decision in taken)

    def _judged(self, decision: Decision, context: Context) -> Decision:
        """What it does with a request once its policy has been asked."""
        if context.expected is not None or isinstance(decision, Drop):
            return decision
        denied = refused_by_endpoint(self.key, self.allowed_resources, self.allowed_principals, context)
        if denied is None:
            return decision
        kept = decision.steps[:-1]  # the last one says that it went on, or was received
        return Drop(steps=(*kept, denied), disposition=Disposition.DENIED_IN)


KIND = Kind(
    component=VpcEndpoint,
    plural="vpc_endpoints",
    title="VPC endpoint",
    cfn_type="AWS::EC2::VPCEndpoint",
    terraform_type="aws_vpc_endpoint",
    icon="vpc-endpoint",
    role=Role.WORKLOAD,
    scope=Scope.VPC,
    scope_note="a gateway endpoint by route table; an interface endpoint with an interface in each zone",
    across_regions=("endpoint_service",),
    across_accounts=("endpoint_service",),
    contained_in=("vpc",),
    endpoint=True,
    alias_target=True,
    summary="As gateway: a route to S3 or DynamoDB of the Region. As interface: addresses in the VPC for a service.",
    limits="Gateway: TCP and ping, from interfaces of its VPC. Interface: one for each zone; opens no connections.",
    source="https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html",
    example="""\
version: 1
title: Private ways to S3 and SQS
region: ap-south-1
zones: [a, b]
s3_buckets: {shop-logs: {}}
sqs_queues: {orders: {}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    enable_dns_hostnames: true
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}
    route_tables:
      private: {}
    security_groups:
      endpoints: {ingress: [tcp 443 from 10.0.0.0/16]}
    vpc_endpoints:
      s3: {service: s3, route_tables: [private]}
      sqs: {service: sqs, subnets: [app], security_groups: [endpoints]}
""",
)
