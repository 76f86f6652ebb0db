"""A Site-to-Site VPN connection: two tunnels between a customer's router and AWS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.prefixes import Block
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.form import Fault, limited
from docgen.model.forwarding import Announcement, Arrival, Context, Decision, Drop, Forward, HubClass
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import Family, Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.hybrid import named, prefixes_of
from docgen.routing.line_families import faults_of_family, wrong_family

TUNNELS = ("tunnel-1", "tunnel-2")


@dataclass(frozen=True, slots=True, kw_only=True)
class VpnConnection(Component):
    """A VPN connection. Source: EC2 API `VpnConnection`; `AWS::EC2::VPNConnection`."""

    kind: ClassVar[str] = "vpn_connection"

    customer_gateway: Ref = refers("customer_gateway")
    """The router at the other end."""
    virtual_private_gateway: Ref | None = refers("virtual_private_gateway", default=None)
    """AWS's end: a VPC's gateway,"""
    transit_gateway: Ref | None = refers("transit_gateway", default=None)
    """or a transit gateway."""
    tunnel_inside_ip_version: Family = Family.IPV4
    """What its tunnels carry, IPv4 or IPv6 and not both; `ipv6` at a transit gateway only."""
    static_routes_only: bool = False
    """Without BGP: AWS sends what `static_routes` say."""
    static_routes: tuple[Block, ...] = limited(canonical=True, default=())
    """Blocks behind it, without BGP; none written: those of the data center."""
    announces: tuple[Block, ...] = limited(canonical=True, default=())
    """Blocks that the router announces by BGP; none written: those of the data center."""
    as_path_length: int = limited(minimum=1, maximum=50, default=1)
    """Of these routes: the shorter wins between VPN connections."""
    med: int = limited(minimum=0, maximum=4_294_967_295, default=0)
    """Multi-exit discriminator: the lower wins after that."""
    tunnels: tuple[str, ...] = limited(choices=("up", "down"), default=("up", "up"))
    """State of its two tunnels: it works with one."""

    tunnel_log_enabled: bool = False
    """Whether both tunnels write logs to CloudWatch (`LogEnabled` of their options)."""
    ike_versions: tuple[str, ...] = limited(choices=("ikev1", "ikev2"), default=("ikev1", "ikev2"))
    """Versions of the key exchange that AWS's end allows."""

    def faults(self) -> Iterator[Fault]:
        """It ends at one gateway, and has two tunnels."""
        if (self.virtual_private_gateway is None) == (self.transit_gateway is None):
            text = "a VPN connection ends at a `virtual_private_gateway` or at a `transit_gateway`"
            yield Fault("", text, "write one of the two")
        if self.tunnel_inside_ip_version is Family.IPV6 and self.virtual_private_gateway is not None:
            text = "a virtual private gateway carries no IPv6 over VPN"
            yield Fault("tunnel_inside_ip_version", text, "end it at a `transit_gateway`, or leave this out")
        hint = "make a VPN connection for each family: `tunnel_inside_ip_version`"
        yield from faults_of_family(self, "announces", "static_routes", hint=hint)
        if len(self.tunnels) != 2:
            yield Fault("tunnels", "a VPN connection has two tunnels", "write `tunnels: [up, up]`")
        if self.static_routes and not self.static_routes_only:
            hint = "add `static_routes_only: true`, or write `announces`"
            yield Fault("static_routes", "static routes are for connections without BGP", hint)

    @property
    def carries(self) -> tuple[Family, ...]:
        """IPv4 or IPv6. Source: Site-to-Site VPN User Guide, "IPv4 and IPv6 traffic in AWS Site-to-Site VPN"."""
        return (self.tunnel_inside_ip_version,)

    @property
    def down_code(self) -> str:
        """Why routes to it carry nothing while it is down."""
        return "BAD_STATE_VPN" if self.transit_gateway is None else "TGW_BAD_STATE_VPN"

    def parts(self, network: Network) -> tuple[str, ...]:
        """What of it can be down by itself."""
        del network
        return TUNNELS

    def works(self, network: Network) -> bool:
        """With at least one tunnel, between a router and a gateway that work."""
        ends = ("customer_gateway", "virtual_private_gateway", "transit_gateway")
        keys = (named(network, self, end) for end in ends)
        return bool(self._up(network)) and all(network.is_up(key) for key in keys if key is not None)

    def _up(self, network: Network) -> tuple[str, ...]:
        """Its tunnels that are up."""
        both = zip(self.tunnels, TUNNELS, strict=True)
        return tuple(part for state, part in both if state == "up" and network.part_is_up(self.key, part))

    def hubs(self, network: Network) -> tuple[Key, ...]:
        """The transit gateway that it ends at."""
        hub = named(network, self, "transit_gateway")
        return (hub,) if hub else ()

    def propagates(self, network: Network, hub: Key) -> Iterator[Announcement]:
        """Its prefixes as a transit gateway takes them; without BGP somebody has to write routes there."""
        del hub
        if self.static_routes_only:
            return
        for prefix in prefixes_of(network, self):
            yield Announcement(
                destination=prefix.block,
                hub_class=HubClass.VPN,
                preference=(prefix.as_path, prefix.med),
                several=True,
            )

    def largest_packet(self, network: Network) -> int:
        """IPsec takes the rest; there is no path MTU discovery."""
        del network
        return 1446

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Through a tunnel: from AWS to the customer's router, and back."""
        network, name = context.network, context.network.name(self.key)
        near = named(network, self, "virtual_private_gateway") or named(network, self, "transit_gateway")
        router = named(network, self, "customer_gateway")
        assert near is not None
        assert router is not None
        if not network.is_up(self.key):
            end = next((key for key in (router, near) if not network.is_up(key)), self.key)
            text = f"Both tunnels of {name} are down."
            if self._up(network):
                text = f"{name} is down: {'it' if end == self.key else network.name(end)} is out of order."
            step = Step(
                check=Check.STATE, outcome=Outcome.DROP, by=self.key, by_name=name, text=text, code=self.down_code
            )
            return (Drop(steps=(step,), disposition=Disposition.DROPPED),)
        refused = wrong_family(self, packet, network)
        if refused is not None:
            return (refused,)
        onward = router if arrival.previous == near else near
        up = self._up(network)
        left = f" (only {up[0]} is up)" if len(up) == 1 else ""
        text = f"{name} carries it through a tunnel to {network.name(onward)}{left}."
        step = Step(check=Check.GATEWAY, outcome=Outcome.PASS, by=self.key, by_name=name, text=text)
        went = Arrival(previous=self.key, sender=arrival.sender)
        return (Forward(next=onward, packet=packet, arrival=went, steps=(step,)),)


KIND = Kind(
    component=VpnConnection,
    plural="vpn_connections",
    title="Site-to-Site VPN connection",
    abbreviation="VPN",
    cfn_type="AWS::EC2::VPNConnection",
    terraform_type="aws_vpn_connection",
    icon="site-to-site-vpn",
    role=Role.CONNECTOR,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    summary="Two tunnels to a customer's router; it works while one of them is up.",
    limits="1.25 Gbit/s a tunnel (5 Gbit/s for large ones), MTU 1446; IPv4, or at a transit gateway IPv6 instead.",
    source="https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html",
    example="""\
version: 1
title: A VPN at a transit gateway
region: ap-south-1
zones: [a]
data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
on_premises_hosts: {erp: {data_center: hq, ip_address: 192.168.1.5}}
customer_gateways: {hq-router: {data_center: hq}}
transit_gateways: {hub: {}}
vpn_connections: {tunnel: {customer_gateway: hq-router, transit_gateway: hub}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
    route_tables: {app: {192.168.0.0/16: hub}}
    transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}
    instances: {app: {subnet: app}}
flows:
  app-asks-erp: {from: app, to: erp, port: 443, expect: allowed}
""",
)
