"""A Lambda function: outside VPCs, or attached to one by network interfaces that open connections only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.calls import Call
from docgen.model.component import InterfaceSpec, Ref, refers
from docgen.model.form import Fault
from docgen.model.forwarding import Arrival, Context, Decision, Drop
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.model.service import RegionalService
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.interface import arrive, delivered, leave
from docgen.routing.services import receive_at_service, send_from_service


@dataclass(frozen=True, slots=True, kw_only=True)
class LambdaFunction(RegionalService):
    """A function. Source: Lambda API `CreateFunction` (`VpcConfig`); `AWS::Lambda::Function`.

    Written inside a VPC it is attached to the subnets that it names; written outside it reaches public
    addresses only. Either way it is called at Lambda's own public addresses, or through an interface endpoint.
    """

    kind: ClassVar[str] = "lambda_function"
    endpoint_prefix: ClassVar[str] = "lambda"

    subnets: tuple[Ref, ...] = refers("subnet", default=())
    """Where its network interfaces stand, in its VPC; they never have a public address."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    """Of its interfaces. None named: the VPC's default group."""
    calls: tuple[Call, ...] = ()
    """What it calls in turn when it is called, `[orders:3306, https://api.example.com]`."""

    def faults(self) -> Iterator[Fault]:
        """Subnets belong to a function inside a VPC, and such a function needs them."""
        if self.scope and not self.subnets:
            yield Fault("", "a function inside a VPC names its `subnets`", "add `subnets: [app]`, or move it out")
        for name in ("subnets", "security_groups"):
            if getattr(self, name) and not self.scope:
                yield Fault(name, f"a function outside VPCs has no `{name}`", "write it inside its VPC")

    @property
    def role(self) -> Role:
        """In its subnets where it is attached."""
        return Role.WORKLOAD if self.subnets else Role.REGION_SERVICE

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One for each subnet (Lambda shares them between functions with the same groups)."""
        return tuple(
            InterfaceSpec(subnet=subnet, public=False, security_groups=self.security_groups)
            for subnet in self.subnets
        )

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Open a connection from its interface, or from Lambda's own network; answer its callers through Lambda."""
        if interface is not None:
            return leave(interface, packet, context)
        return (send_from_service(self.key, packet, context),)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take calls that reach Lambda, and answers at its interfaces; nothing else comes in there."""
        interface = arrival.interface
        if interface is None or arrival.private_link is not None:
            return (receive_at_service(self.key, packet, arrival, context),)
        entry = arrive(interface, packet, arrival, context)
        if entry.drop:
            return (entry.drop,)
        if context.expected is not None:
            return (delivered(interface, packet, context, entry.steps),)
        name = context.network.name(self.key)
        step = Step(
            check=Check.DELIVERY,
            outcome=Outcome.DROP,
            by=self.key,
            by_name=name,
            text=f"The network interfaces of {name} only open connections: callers use Lambda's API.",
            code="NO_POSSIBLE_DESTINATION",
        )
        return (Drop(steps=(*entry.steps, step), disposition=Disposition.DROPPED),)


KIND = Kind(
    component=LambdaFunction,
    plural="lambda_functions",
    title="Lambda function",
    abbreviation="Lambda",
    cfn_type="AWS::Lambda::Function",
    terraform_type="aws_lambda_function",
    icon="lambda",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    scope_note="attached to a VPC it has interfaces in subnets",
    contained_in=("", "account", "region", "vpc"),
    parent_field="region",
    endpoint=True,
    summary="Opens connections: to public addresses, or from private addresses of the VPC that it is attached to.",
    limits="Attached, it has no public address in any subnet: the internet needs a NAT gateway.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
    example="""\
version: 1
title: A function outside VPCs and one inside
region: ap-south-1
zones: [a, b]
lambda_functions: {thumbnails: {}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    security_groups:
      reports: {}
    lambda_functions:
      reports: {subnets: [app], security_groups: [reports]}
""",
)
