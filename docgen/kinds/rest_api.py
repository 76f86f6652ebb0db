"""An API of API Gateway: ends a client's request and calls a function, or a load balancer through a VPC link."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Ref, refers
from docgen.model.form import Fault, limited
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Onward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.services import PublicService, receive_at_service


class EndpointType(StrEnum):
    """API Gateway API `EndpointConfiguration.types`."""

    REGIONAL = "regional"
    EDGE = "edge"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestApi(PublicService):
    """A REST API. Source: API Gateway API `CreateRestApi`; `AWS::ApiGateway::RestApi`."""

    kind: ClassVar[str] = "rest_api"
    endpoint_prefix: ClassVar[str] = "execute-api"

    endpoint_type: EndpointType = EndpointType.REGIONAL
    """`regional`; `edge`: behind a CloudFront of its own; `private`: through `execute-api` endpoints only."""
    integrations: tuple[Ref, ...] = refers("lambda_function", "load_balancer", default=())
    """What it calls: functions, and load balancers (internal ones through its `vpc_link`)."""
    vpc_link: Ref | None = refers("vpc_link", default=None)
    """By which it reaches load balancers inside the VPC."""
    integration_port: int = limited(minimum=1, maximum=65535, default=443)
    """The load balancers' listener that it calls."""

    def faults(self) -> Iterator[Fault]:
        """It has something to call."""
        if self.vpc_link is not None and not self.integrations:
            yield Fault(
                "vpc_link", "a VPC link leads to load balancers, and no integration names one", "add `integrations`"
            )

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take a request; a private API only through an interface endpoint."""
        private = self.endpoint_type is EndpointType.PRIVATE
        if private and context.expected is None and arrival.private_link is None:
            name = context.network.name(self.key)
            text = f"{name} is a private API: it takes requests through execute-api interface endpoints only."
            step = Step(
                check=Check.GATEWAY,
                outcome=Outcome.DROP,
                by=self.key,
                by_name=name,
                text=text,
                code="DG_POLICY_DENIED",
            )
            return (Drop(steps=(step,), disposition=Disposition.DROPPED),)
        return (receive_at_service(self.key, packet, arrival, context),)

    def onward(self, packet: Packet, arrival: Arrival, network: Network) -> tuple[Onward, ...]:
        """The calls that a request leads to: a function through Lambda, a load balancer from the link."""
        del packet, arrival
        return tuple(o for ref in self.integrations for o in self._calls(ref, network))

    def _calls(self, ref: Ref, network: Network) -> Iterator[Onward]:
        key = network.bind(ref, self.scope, "lambda_function", "load_balancer")
        if key in network.outside:
            yield Onward(purpose="integration", interface=None, target=None, address=network.outside[key], port=443)
            return
        balancer: Any = network.get(key)
        opened = network.interfaces_of(network.bind(self.vpc_link, "", "vpc_link")) if self.vpc_link else ()
        for node, address in balancer.answering(network):
            for interface in opened or (None,):
                yield Onward(
                    purpose="integration",
                    interface=interface,
                    target=node,
                    address=node.private_ip if opened else address,
                    port=self.integration_port,
                )


KIND = Kind(
    component=RestApi,
    plural="rest_apis",
    title="API Gateway REST API",
    abbreviation="API Gateway",
    cfn_type="AWS::ApiGateway::RestApi",
    terraform_type="aws_api_gateway_rest_api",
    icon="api-gateway",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    across_regions=("integrations",),
    across_accounts=("integrations",),
    contained_in=("", "account", "region"),
    parent_field="region",
    endpoint=True,
    alias_target=True,
    summary="A proxy: ends the client's request and makes its own to a function or a load balancer.",
    limits="A private API is reached through an execute-api interface endpoint only.",
    source="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html",
    example="""\
version: 1
title: An API before a function
region: ap-south-1
rest_apis: {orders: {integrations: [take-order]}}
lambda_functions: {take-order: {}}
""",
)
