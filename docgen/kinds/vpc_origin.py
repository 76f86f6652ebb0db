"""A CloudFront VPC origin: the way from the edge to something in a VPC that has no public address."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, InterfaceSpec, Key, Ref, refers
from docgen.model.form import limited
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.origins import HTTP, HTTPS, OriginProtocolPolicy, port_by
from docgen.model.packet import Packet
from docgen.model.routes import Directory
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.interface import arrive, delivered, leave
from docgen.routing.public_access import OFF, blocking

ENDPOINTS = ("load_balancer", "instance")


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcOrigin(Component):
    """A VPC origin. Source: CloudFront API `VpcOriginEndpointConfig`; `AWS::CloudFront::VpcOrigin`.

    CloudFront makes its network interfaces, in the subnets of what it leads to, and one security group for the
    VPC, `CloudFront-VPCOrigins-Service-SG`, which rules may name.
    """

    kind: ClassVar[str] = "vpc_origin"
    managed_security_group: ClassVar[str] = "CloudFront-VPCOrigins-Service-SG"

    endpoint: Ref = refers(*ENDPOINTS)
    """What it leads to: an Application or Network Load Balancer, or an instance."""
    origin_protocol_policy: OriginProtocolPolicy = OriginProtocolPolicy.MATCH_VIEWER
    """What CloudFront speaks to it."""
    http_port: int = limited(minimum=1, maximum=65535, default=HTTP)
    """Where it is asked by HTTP."""
    https_port: int = limited(minimum=1, maximum=65535, default=HTTPS)
    """Where it is asked by HTTPS."""

    def wanted_interfaces(self, directory: Directory) -> tuple[InterfaceSpec, ...]:
        """One in each subnet of what it leads to."""
        key = directory.bind(self.endpoint, self.scope, *ENDPOINTS)
        endpoint = directory.components.get(key) if key is not None else None
        if endpoint is None or endpoint.scope != self.scope:
            return ()
        return tuple(
            InterfaceSpec(
                subnet=spec.subnet, security_groups=(Ref(self.managed_security_group),), source_dest_check=False
            )
            for spec in endpoint.interface_specs()
        )

    def endpoint_key(self, network: Network) -> Key:
        """The component that it leads to."""
        return network.bind(self.endpoint, self.scope, *ENDPOINTS)

    def port_for(self, viewer_port: int) -> int:
        """The port that it is asked on for a viewer who came by this one."""
        return port_by(self.origin_protocol_policy, viewer_port, self.http_port, self.https_port)

    def refusal(self, network: Network) -> str:
        """Why AWS does not let this be made, as the rest of a sentence; "" where it does.

        Source: Amazon CloudFront Developer Guide, "Restrict access with VPC origins".
        """
        vpc = network.name(Key("vpc", self.scope))
        if not network.inside.get((self.scope, "internet_gateway")):
            return f"VPC {vpc} has no internet gateway, which must be attached although nothing passes it"
        key = self.endpoint_key(network)
        endpoint = network.get(key)
        name = network.name(key)
        if endpoint.scope != self.scope:
            return f"{name} stands in another VPC than {vpc}"
        if getattr(endpoint, "is_network", False):
            if not endpoint.security_groups:  # type: ignore[attr-defined]
                return f"{name} is a Network Load Balancer without security groups"
            if any(listener.protocol == "TLS" for listener in endpoint.listeners):  # type: ignore[attr-defined]
                return f"{name} is a Network Load Balancer with a TLS listener"
        return ""

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """From CloudFront: to what it leads to, with CloudFront's address. From the VPC: only answers."""
        network, interface = context.network, arrival.interface
        if context.expected is not None:
            assert interface is not None
            entry = arrive(interface, packet, arrival, context)
            if entry.drop or context.end is None:
                return (entry.drop or delivered(interface, packet, context, entry.steps),)
            back = Arrival(previous=self.key)
            text = f"{network.name(self.key)} hands the answer to {network.name(context.end)}."
            step = self._step(network, text)
            return (Forward(next=context.end, packet=packet, arrival=back, steps=(*entry.steps, step)),)
        if arrival.from_vpc is not None:
            assert interface is not None
            entry = arrive(interface, packet, arrival, context)
            text = f"The network interfaces of {network.name(self.key)} take answers to CloudFront only."
            refused = self._drop(network, text, "NO_POSSIBLE_DESTINATION", entry.steps)
            return (entry.drop or refused,)
        why = self.refusal(network)
        if why or interface is None:
            text = f"AWS refuses the VPC origin {network.name(self.key)}: {why or 'it has no network interface'}."
            return (self._drop(network, text, "DG_INVALID_CONFIG"),)
        blocked = self._public_access(interface, network)
        if blocked is not None:
            return (blocked,)
        text = f"{network.name(self.key)} passes it on: {packet.source} is an origin-facing address of CloudFront."
        kept = Arrival(previous=arrival.previous)
        return leave(interface, packet, context, steps=(self._step(network, text),), kept=kept)

    def _public_access(self, interface: Interface, network: Network) -> Drop | None:
        """The drop by VPC Block Public Access, which counts CloudFront as the internet."""
        by, mode = blocking(network, interface.vpc, interface)
        if by is None or mode == OFF:
            return None
        name = network.name(by)
        text = (
            f"VPC Block Public Access ({mode}) lets nothing in from CloudFront at {network.name(self.key)}: neither "
            f"VPC {network.name(interface.vpc)} nor the subnet is excluded from it."
        )
        step = Step(
            check=Check.GATEWAY,
            outcome=Outcome.DROP,
            by=by,
            by_name=name,
            text=text,
            rule=mode,
            code="VPC_BLOCK_PUBLIC_ACCESS_ENABLED",
        )
        return Drop(steps=(step,), disposition=Disposition.DROPPED)

    def _drop(self, network: Network, text: str, code: str, steps: tuple[Step, ...] = ()) -> Drop:
        step = self._step(network, text, Outcome.DROP, code)
        return Drop(steps=(*steps, step), disposition=Disposition.DROPPED)

    def _step(self, network: Network, text: str, outcome: Outcome = Outcome.PASS, code: str = "") -> Step:
        name = network.name(self.key)
        return Step(check=Check.GATEWAY, outcome=outcome, by=self.key, by_name=name, text=text, code=code)


KIND = Kind(
    component=VpcOrigin,
    plural="vpc_origins",
    title="CloudFront VPC origin",
    abbreviation="VPC origin",
    cfn_type="AWS::CloudFront::VpcOrigin",
    terraform_type="aws_cloudfront_vpc_origin",
    icon="network-interface",
    role=Role.WORKLOAD,
    scope=Scope.VPC,
    contained_in=("vpc",),
    summary="Takes CloudFront's connections to a load balancer or an instance without a public address.",
    limits="Its VPC has an internet gateway; a Network Load Balancer has security groups and no TLS listener.",
    source="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html",
    example="""\
version: 1
title: A private load balancer behind CloudFront
region: ap-south-1
zones: [a, b]
cloudfront_distributions:
  site: {origins: {app: {vpc_origin: app}}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    security_groups:
      edge: {ingress: [tcp 443 from CloudFront-VPCOrigins-Service-SG]}
      app: {ingress: [tcp 8080 from edge]}
    load_balancers:
      app: {scheme: internal, subnets: [app], security_groups: [edge], listeners: {443: {web: 8080}}}
    instances: {web: {subnet: app, security_groups: [app]}}
    vpc_origins: {app: {endpoint: app}}
""",
)
