# Hand-built designs for the tests of pictures: typed components, resolved and traced, no YAML in between.
"""Small networks: isolated, public_server, load_balanced, three_tier, three_zones, long_names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Network

from docgen.kinds import all_kinds
from docgen.kinds.db_instance import DbInstance
from docgen.kinds.hosted_zone import HostedZone
from docgen.kinds.instance import Instance
from docgen.kinds.internet import Internet
from docgen.kinds.internet_gateway import InternetGateway
from docgen.kinds.internet_host import InternetHost
from docgen.kinds.load_balancer import Listener, LoadBalancer, Scheme, Target
from docgen.kinds.nat_gateway import NatGateway
from docgen.kinds.region import Region
from docgen.kinds.route_table import RouteTable
from docgen.kinds.security_group import SecurityGroup
from docgen.kinds.subnet import Subnet
from docgen.kinds.user import User
from docgen.kinds.vpc import Vpc
from docgen.model.architecture import Architecture, Flow, When
from docgen.model.component import Component, Ref
from docgen.model.network import Network
from docgen.model.packet import PortRange, Protocol
from docgen.model.policy import ANYWHERE, Route, SecurityGroupRule
from docgen.model.records import Record
from docgen.model.trace import FlowReport
from docgen.routing import resolve, trace
from docgen.routing.outages import apply_outages

REGION = "ap-south-1"
VPC = "shop"


@dataclass(frozen=True)
class Case:
    """A resolved design and the answers to its flows."""

    network: Network
    reports: Mapping[str, FlowReport]

    def network_of(self, view: str) -> Network:
        """The network that a view shows: with what is down in its flow."""
        for flow in self.network.architecture.flows:
            if view == f"flow-{flow.id}":
                return apply_outages(self.network, flow.when.outage)
        return self.network


def case(title: str, components: Iterable[Component], flows: Iterable[Flow]) -> Case:
    """Resolve and trace."""
    architecture = Architecture(
        slug="test", title=title, components=(Internet(id="internet"), *components), flows=tuple(flows)
    )
    result = resolve(architecture, all_kinds())
    assert result.value is not None, result.diagnostics
    return Case(result.value, {f.id: trace(result.value, f) for f in architecture.flows})


def flow(source: str, destination: str, port: int, *, outage: str = "", id: str = "", title: str = "") -> Flow:
    return Flow(
        id=id or f"{source}-to-{destination}-{port}",
        title=title,
        source=Ref(source),
        destination=Ref(destination),
        port=port,
        when=When(outage=(Ref(outage),)) if outage else When(),
    )


def vpc(*content: Component) -> tuple[Component, ...]:
    return (
        Region(id=REGION, group=REGION),
        Vpc(id=VPC, group=VPC, cidr_block=IPv4Network("10.0.0.0/16"), region=Ref(REGION)),
        *content,
    )


def subnets(
    group: str, first: int, zones: str = "ab", *, table: str = "", tier: str = "", title: str = ""
) -> list[Component]:
    return [
        Subnet(
            id=f"{group}-{z}",
            group=group,
            scope=VPC,
            title=title,
            cidr_block=IPv4Network(f"10.0.{first + at}.0/24"),
            availability_zone=f"{REGION}{z}",
            route_table=Ref(table.replace("*", z)) if table else None,
            tier=tier,
        )
        for at, z in enumerate(zones)
    ]


def table(id: str, target: str) -> RouteTable:
    routes = (Route(destination_cidr_block=ANYWHERE, target=Ref(target)),) if target else ()
    return RouteTable(id=id, group=id, scope=VPC, routes=routes)


def group(id: str, port: int, source: str = "") -> SecurityGroup:
    rule = SecurityGroupRule(
        protocol=Protocol.TCP,
        ports=PortRange(port, port),
        cidr=None if source else ANYWHERE,
        group=Ref(source) if source else None,
    )
    return SecurityGroup(id=id, group=id, scope=VPC, ingress=(rule,))


def servers(name: str, subnet: str, sg: str, zones: str = "ab", **fields: object) -> list[Component]:
    return [
        Instance(
            id=f"{name}-{z}",
            group=name,
            scope=VPC,
            subnet=Ref(f"{subnet}-{z}"),
            security_groups=(Ref(sg),),
            **fields,  # type: ignore[arg-type]
        )
        for z in zones
    ]


def balancer(
    id: str, subnet: str, sg: str, targets: str, ports: tuple[int, int], zones: str = "ab", **fields: object
) -> LoadBalancer:
    return LoadBalancer(
        id=id,
        group=id,
        scope=VPC,
        subnets=tuple(Ref(f"{subnet}-{z}") for z in zones),
        security_groups=(Ref(sg),),
        listeners=(
            Listener(
                port=ports[0], targets=tuple(Target(target=Ref(f"{targets}-{z}"), port=ports[1]) for z in zones)
            ),
        ),
        **fields,  # type: ignore[arg-type]
    )


GATEWAY = InternetGateway(id="igw", group="igw", scope=VPC)


@cache
def isolated() -> Case:
    """One VPC without a way in or out."""
    content = [
        *subnets("web", 0, tier="web"),
        *subnets("app", 10, tier="app"),
        *subnets("spare", 20),
        group("app", 8080, "web"),
        group("web", 80),
        *servers("web", "web", "web"),
        *servers("app", "app", "app", "a"),
    ]
    flows = [
        flow("web", "app-a", 8080),
        flow("web", "app-a", 22),
        flow("internet", "web-a", 80),
        flow("app-a", "internet", 443),
    ]
    return case("Isolated VPC", vpc(*content), flows)


@cache
def public_server() -> Case:
    """One server with a public address, a name at somebody else's DNS."""
    content = [
        GATEWAY,
        *subnets("public", 0, "a", table="public"),
        table("public", "igw"),
        group("web", 443),
        *servers("web", "public", "web", "a", elastic_ip=True, title="Web server"),
        User(id="visitor", group="visitor", title="Visitors"),
        HostedZone(
            id="example.com", group="example.com", provider="other", records=(Record(name="www", a=(Ref("web-a"),)),)
        ),
        HostedZone(id="example.net", group="example.net", records=(Record(name="www", a=(Ref("web-a"),)),)),
    ]
    flows = [
        flow("visitor", "www.example.com", 443, id="open", title="A visitor opens the page"),
        flow("visitor", "www.example.net", 443, id="open-53"),
        flow("visitor", "web-a", 22, id="ssh"),
        flow("web-a", "internet", 443, id="updates"),
    ]
    return case("Public web server", vpc(*content), flows)


@cache
def load_balanced(zones: str = "ab") -> Case:
    """A public load balancer before private servers."""
    content = [
        GATEWAY,
        *subnets("public", 0, zones, table="public", tier="public"),
        *subnets("web", 10, zones, tier="web"),
        table("public", "igw"),
        group("edge", 443),
        group("web", 8080, "edge"),
        *servers("web", "web", "web", zones),
        balancer("edge", "public", "edge", "web", (443, 8080), zones),
        User(id="shopper", group="shopper", title="Shoppers"),
        HostedZone(id="example.com", group="example.com", records=(Record(name="www", alias=Ref("edge")),)),
    ]
    flows = [
        flow("shopper", "www.example.com", 443, id="page"),
        flow("shopper", "web-a", 8080, id="direct"),
        flow("shopper", "www.example.com", 443, id="outage", outage="a"),
        flow("web", "internet", 443, id="updates"),
    ]
    return case("Load balanced", vpc(*content), flows)


@cache
def three_tier(zones: str = "ab", title: str = "") -> Case:
    """Public and internal load balancers, NAT gateways, a database with a standby."""
    named = {"title": title} if title else {}
    content = [
        GATEWAY,
        *subnets("public", 0, zones, table="public", tier="public", title="Public subnet"),
        *subnets("web", 10, zones, table="web", tier="web", title="Web subnet"),
        *subnets("app", 20, zones, table="private-*", tier="app", title=title or "App subnet"),
        *subnets("data", 30, zones, tier="data", title="Data subnet"),
        table("public", "igw"),
        table("web", ""),
        *(table(f"private-{z}", f"nat-{z}") for z in zones),
        *(
            NatGateway(id=f"nat-{z}", group="nat", scope=VPC, subnet=Ref(f"public-{z}"), title="NAT gateway")
            for z in zones
        ),
        group("edge", 443),
        group("web", 8443, "edge"),
        group("inner", 443, "web"),
        group("app", 8080, "inner"),
        group("db", 3306, "app"),
        balancer("edge", "public", "edge", "web", (443, 8443), zones, title=title or "Public load balancer"),
        balancer(
            "inner", "app", "inner", "app", (443, 8080), zones, scheme=Scheme.INTERNAL, title="Internal load balancer"
        ),
        *servers("web", "web", "web", zones, **{"title": "Web server", **named}),
        *servers("app", "app", "app", zones, **{"title": "App server", **named}),
        DbInstance(
            id="orders",
            group="orders",
            scope=VPC,
            title=title or "Orders database",
            subnets=tuple(Ref(f"data-{z}") for z in zones),
            multi_az=True,
            primary_zone="a",
            security_groups=(Ref("db"),),
        ),
        User(id="shopper", group="shopper", title=title or "Shoppers"),
        InternetHost(id="payment-api", group="payment-api", title="Payment API", dns_names=("api.pay.example",)),
        HostedZone(
            id="example.com", group="example.com", title=title, records=(Record(name="www", alias=Ref("edge")),)
        ),
    ]
    flows = [
        flow("shopper", "www.example.com", 443, id="page", title=title or "A shopper opens the page"),
        flow("web", "inner", 443, id="ask"),
        flow("app", "orders", 3306, id="store"),
        flow("app", "payment-api", 443, id="pay"),
        flow("web", "orders", 3306, id="skip"),
        flow("shopper", "orders", 3306, id="shopper-db"),
        flow("shopper", "inner", 443, id="shopper-inner"),
        flow("web-a", "internet", 443, id="web-out"),
        flow("shopper", "www.example.com", 443, id="outage", outage="a"),
        flow("app-b", "orders", 3306, id="outage-db", outage="a"),
    ]
    return case(title or "Three tiers", vpc(*content), flows)


@cache
def three_zones() -> Case:
    """The same in three zones: what spans zones stands in bands."""
    return three_tier("abc")


@cache
def long_names() -> Case:
    """Names longer than any box would like."""
    return three_tier("ab", "An extraordinarily long name that nobody should give a server, but somebody will")


CASES = {
    "isolated": isolated,
    "public-server": public_server,
    "load-balanced": load_balanced,
    "three-tier": three_tier,
    "three-zones": three_zones,
    "long-names": long_names,
}
