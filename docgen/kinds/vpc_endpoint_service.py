"""An endpoint service: the provider's side of AWS PrivateLink, in front of a Network Load Balancer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.forwarding import Arrival, Context, Decision, Drop, Forward, Onward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcEndpointService(Component):
    """A VPC endpoint service. Source: EC2 API `ServiceConfiguration`; `AWS::EC2::VPCEndpointService`."""

    kind: ClassVar[str] = "vpc_endpoint_service"

    network_load_balancers: tuple[Ref, ...] = refers("load_balancer")
    """What answers; consumers can have endpoints in the zones of its nodes."""
    acceptance_required: bool = True
    """Whether the provider accepts each endpoint; docgen takes them as accepted but for those under `pending`."""
    pending: tuple[Ref, ...] = refers("vpc_endpoint", default=())
    """Endpoints that the provider has not accepted: they carry nothing."""
    allowed_principals: tuple[str, ...] = ()
    """Consumers in other accounts: account ids or ARNs, or `*` for everybody. The own account always may."""

    supported_regions: tuple[str, ...] = ()
    """Other Regions whose VPCs can have endpoints too (`SupportedRegions`). None named: its own Region only."""

    def zones(self, network: Network) -> tuple[str, ...]:
        """Zones in which consumers can have endpoints."""
        return tuple(dict.fromkeys(node.zone for node in self._nodes(network)))

    def connect(self, packet: Packet, arrival: Arrival, network: Network) -> tuple[Onward, ...] | Drop:
        """To the load balancer's node in the zone of the consumer's interface; the client stays who it was."""
        endpoint = arrival.interface
        assert endpoint is not None
        name = network.name(endpoint.owner)
        refused = self._refusal(endpoint.owner, network)
        if refused is not None:
            return refused
        if self.acceptance_required and endpoint.owner in self._pending(network):
            text = f"{{name}} has not accepted {name} yet: the endpoint is pending and carries nothing."
            return self._drop(network, text, "BAD_STATE")
        elsewhere = self._other_region(endpoint, network)
        if elsewhere and elsewhere not in self.supported_regions:
            text = (
                f"{{name}} is not offered in {elsewhere}, where {name} stands: `supported_regions` of the service "
                "does not name that Region."
            )
            return self._drop(network, text, "VPCE_SERVICE_NOT_INSTALLED_IN_AZ")
        nodes = self._working(network) if elsewhere else self._nodes_for(endpoint, network)
        if not nodes:
            offered = ", ".join(self.zones(network)) or "no zone"
            text = f"{{name}} is offered in {offered}: {name}'s interface in {endpoint.zone} leads nowhere."
            return self._drop(network, text, "VPCE_SERVICE_NOT_INSTALLED_IN_AZ")
        (port, _) = packet.destination_ports
        return tuple(
            Onward(
                purpose="privatelink",
                interface=endpoint,
                target=node,
                port=port,
                protocol=packet.protocol,
                address=node.private_ip,
                client=packet,
                carried=True,
            )
            for node in nodes
        )

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Carry between a consumer's endpoint and the load balancer; nothing else comes here."""
        network, other = context.network, context.carried_to
        name = network.name(self.key)
        if other is None or not network.is_up(self.key):
            code = "BAD_STATE" if other is not None else "DG_ENDPOINT_ONE_WAY"
            why = "it is out of order" if other is not None else "it takes only what consumers' endpoints bring"
            return (self._drop(network, f"{{name}} carries nothing: {why}.", code),)
        code = ""
        if context.expected is None:
            text = (
                f"Endpoint service {name} leads to {network.name(other.owner)}'s node in the same zone, {other.zone}."
            )
            came = arrival.private_link
            elsewhere = self._other_region(came, network) if came is not None else ""
            if elsewhere:
                text = (
                    f"Endpoint service {name} takes it from {elsewhere} to {network.name(other.owner)}'s node in "
                    f"{other.zone}."
                )
            elif came is not None and network.same_zone((came.vpc, came.zone), (other.vpc, other.zone)) is None:
                code = "DG_ZONE_IDS_UNKNOWN"
                text = (
                    f"Endpoint service {name} leads to the node of {network.name(other.owner)} in the same zone, "
                    f"which may be {other.zone}: the accounts give no zone ids."
                )
        else:
            text = f"Endpoint service {name} takes the answer back to endpoint {network.name(other.owner)}."
        step = Step(check=Check.GATEWAY, outcome=Outcome.PASS, by=self.key, by_name=name, text=text, code=code)
        onward = Arrival(previous=self.key, interface=other, private_link=arrival.private_link)
        return (Forward(next=other.owner, packet=packet, arrival=onward, steps=(step,)),)

    def _nodes(self, network: Network) -> Iterator[Interface]:
        for ref in self.network_load_balancers:
            yield from network.interfaces_of(network.bind(ref, self.scope, "load_balancer"))

    def _other_region(self, endpoint: Interface, network: Network) -> str:
        """The Region of a consumer's interface where that is another than the service's."""
        consumer: Any = network.get(endpoint.vpc)
        provider: Any = network.get(Key("vpc", self.scope))
        if consumer.region is None or provider.region is None or consumer.region.name == provider.region.name:
            return ""
        return str(consumer.region.name)

    def _working(self, network: Network) -> list[Interface]:
        """The nodes to which AWS may carry what comes from another Region."""
        nodes = list(self._nodes(network))
        return [n for n in nodes if network.interface_is_up(n)] or nodes

    def _nodes_for(self, endpoint: Interface, network: Network) -> list[Interface]:
        """The nodes in the zone of a consumer's interface; all that may be in it where nobody can say."""
        place = (endpoint.vpc, endpoint.zone)
        alike = [(network.same_zone(place, (node.vpc, node.zone)), node) for node in self._nodes(network)]
        return [n for known, n in alike if known] or [n for known, n in alike if known is None]

    def _pending(self, network: Network) -> tuple[Key, ...]:
        return tuple(network.bind(ref, self.scope, "vpc_endpoint") for ref in self.pending)

    def _refusal(self, endpoint: Key, network: Network) -> Drop | None:
        """Where the consumer's account may not use it."""
        consumer, provider = network.account_of(endpoint), network.account_of(self.key)
        if consumer is None or provider is None or consumer == provider or "*" in self.allowed_principals:
            return None
        account: Any = network.get(consumer)
        known = [n for n in (account.account_id, account.id) if n]
        if any(n == p or n in p.split(":") for n in known for p in self.allowed_principals):
            return None
        text = f"{{name}} does not allow account {network.name(consumer)} to use it (allowed_principals)."
        return self._drop(network, text, "DG_POLICY_DENIED")

    def _drop(self, network: Network, text: str, code: str) -> Drop:
        name = network.name(self.key)
        step = Step(
            check=Check.GATEWAY,
            outcome=Outcome.DROP,
            by=self.key,
            by_name=name,
            text=text.replace("{name}", name),
            code=code,
        )
        return Drop(steps=(step,), disposition=Disposition.DROPPED)


KIND = Kind(
    component=VpcEndpointService,
    plural="vpc_endpoint_services",
    title="VPC endpoint service",
    abbreviation="PrivateLink",
    cfn_type="AWS::EC2::VPCEndpointService",
    terraform_type="aws_vpc_endpoint_service",
    icon="privatelink",
    role=Role.OFFER,
    scope=Scope.REGION,
    scope_note="in the zones of its load balancer",
    across_regions=("pending",),
    across_accounts=("pending",),
    contained_in=("vpc",),
    summary="Lets consumers' interface endpoints reach a Network Load Balancer: no route, no peering, one way only.",
    limits="In the zones of the load balancer's nodes, and in other Regions that it names; targets see the load "
    "balancer's private address.",
    source="https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html",
    example="""\
version: 1
title: A service for other VPCs
region: ap-south-1
zones: [a, b]
vpcs:
  provider:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    security_groups:
      edge: {ingress: [tcp 443 from 10.0.0.0/8]}
      app: {ingress: [tcp 8443 from edge]}
    load_balancers:
      edge: {type: network, scheme: internal, subnets: [app], security_groups: [edge], listeners: {443: {app: 8443}}}
    vpc_endpoint_services:
      orders-api: {network_load_balancers: [edge]}
    instances:
      app: {subnet: app, security_groups: [app]}
  consumer:
    cidr_block: 10.0.0.0/16
    subnets:
      web: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    security_groups:
      web: {}
      orders: {ingress: [tcp 443 from web]}
    vpc_endpoints:
      orders: {endpoint_service: orders-api, subnets: [web], security_groups: [orders]}
    instances:
      web: {subnet: web, security_groups: [web]}
flows:
  order: {from: web, to: orders, port: 443, expect: allowed}
""",
)
