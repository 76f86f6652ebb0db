"""One small design, traced by hand: a web server that a shopper reaches and a database that nobody does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from ipaddress import IPv4Address, IPv4Network
from types import MappingProxyType

from docgen.analysis.coverage import Coverage
from docgen.analysis.invariants import InvariantReport
from docgen.core.diagnostic import Diagnostic, Severity, Suppressed
from docgen.core.span import Span
from docgen.kinds import all_kinds
from docgen.kinds.instance import Instance
from docgen.kinds.internet import Internet
from docgen.kinds.internet_gateway import InternetGateway
from docgen.kinds.network_acl import NetworkAcl
from docgen.kinds.route_table import RouteTable
from docgen.kinds.security_group import SecurityGroup
from docgen.kinds.subnet import Subnet
from docgen.kinds.vpc import Vpc
from docgen.model.architecture import Architecture, Expectation, Flow, When
from docgen.model.changes import Changes, compare
from docgen.model.component import Component, Key, Ref
from docgen.model.lesson import Lesson
from docgen.model.network import Network
from docgen.model.packet import EPHEMERAL, Packet, PortRange, Protocol
from docgen.model.policy import AclAction, NetworkAclEntry, Route, SecurityGroupRule
from docgen.model.trace import (
    Candidate,
    Check,
    Connection,
    Disposition,
    FlowReport,
    Hop,
    Leg,
    Outcome,
    Step,
    Trace,
    Verdict,
)
from docgen.pages import Build, Chapter, Page, Picture
from docgen.pages.architecture_page import architecture_page
from docgen.pages.outline import outline_of
from docgen.pages.write import drawn_map, parts
from docgen.routing import resolve

FILE = "architectures/shop/architecture.yaml"
TEXT = "version: 1\ntitle: A shop\nvpcs:\n  shop: {cidr_block: 10.0.0.0/16}\n"


@dataclass(frozen=True)
class SampleDesign:
    """What pages need of a design."""

    architecture: Architecture
    network: Network
    reports: dict[str, FlowReport]
    variants: dict[str, Network] = field(default_factory=dict)
    invariants: tuple[InvariantReport, ...] = ()
    base: Architecture | None = None
    changes: Changes | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    coverage: Coverage = Coverage()
    lesson: Lesson | None = None
    prose: str = "# A shop\n\nWhy it is built *like this*.\n"


def components() -> tuple[Component, ...]:
    """A VPC with a public and a private subnet."""
    zone = "ap-south-1a"
    return (
        Internet(id="internet"),
        Vpc(id="shop", cidr_block=IPv4Network("10.0.0.0/16"), zones=(zone,)),
        Subnet(
            id="public",
            scope="shop",
            cidr_block=IPv4Network("10.0.0.0/24"),
            availability_zone=zone,
            route_table=Ref("public"),
            map_public_ip_on_launch=True,
            tier="web",
        ),
        Subnet(
            id="data",
            scope="shop",
            cidr_block=IPv4Network("10.0.20.0/24"),
            availability_zone=zone,
            network_acl=Ref("data"),
            tier="data",
        ),
        InternetGateway(id="igw", scope="shop"),
        RouteTable(
            id="public",
            scope="shop",
            routes=(Route(destination_cidr_block=IPv4Network("0.0.0.0/0"), target=Ref("igw")),),
        ),
        SecurityGroup(
            id="web",
            scope="shop",
            ingress=(
                SecurityGroupRule(protocol=Protocol.TCP, ports=PortRange(443, 443), cidr=IPv4Network("0.0.0.0/0")),
            ),
        ),
        NetworkAcl(
            id="data",
            scope="shop",
            ingress=(
                NetworkAclEntry(
                    rule_number=100,
                    rule_action=AclAction.ALLOW,
                    protocol=Protocol.TCP,
                    ports=PortRange(3306, 3306),
                    cidr_block=IPv4Network("10.0.10.0/24"),
                ),
            ),
        ),
        Instance(id="web", scope="shop", subnet=Ref("public"), security_groups=(Ref("web"),)),
        Instance(id="db", scope="shop", subnet=Ref("data")),
    )


def architecture(**changes: object) -> Architecture:
    """The shop, with other values where a test wants them."""
    whole = Architecture(
        slug="shop",
        title="A shop",
        summary="One web server, one database.",
        components=components(),
        flows=(
            Flow(
                id="shopper-opens-page",
                title="A shopper opens the page",
                source=Ref("internet"),
                destination=Ref("web"),
                port=443,
                expect=Expectation(verdict=Verdict.ALLOWED),
                description="The internet gateway swaps the public address for the private one.",
            ),
            Flow(
                id="web-to-database",
                title="Web to database",
                source=Ref("web"),
                destination=Ref("db"),
                port=3306,
                expect=Expectation(verdict=Verdict.BLOCKED, reason="SUBNET_ACL_RESTRICTION"),
                when=When(outage=(Ref("a"),)),
            ),
        ),
        span=Span(FILE, 1, 1),
        sources=MappingProxyType({FILE: TEXT}),
    )
    return replace(whole, **changes)


CLIENT, PUBLIC, WEB, DB = (IPv4Address(a) for a in ("203.0.113.50", "198.51.100.0", "10.0.0.4", "10.0.20.4"))


def _packet(source: IPv4Address, destination: IPv4Address, port: int) -> Packet:
    return Packet(source, destination, Protocol.TCP, EPHEMERAL, PortRange(port, port))


def _hop(kind: str, path: str, packet_in: Packet | None, packet_out: Packet | None, *steps: Step) -> Hop:
    name = path.rpartition("/")[2]
    key = Key(kind, path)
    return Hop(component=key, name=name, packet_in=packet_in, packet_out=packet_out, steps=steps)


def _step(check: Check, kind: str, path: str, text: str, **more: object) -> Step:
    values = {"outcome": Outcome.PASS, "by_name": path.rpartition("/")[2], **more}
    return Step(check=check, by=Key(kind, path), text=text, **values)


def allowed_report() -> FlowReport:
    """From the internet through the gateway to the web server and back."""
    outside, inside = _packet(CLIENT, PUBLIC, 443), _packet(CLIENT, WEB, 443)
    there = Trace(
        leg=Leg.FORWARD,
        disposition=Disposition.ACCEPTED,
        hops=(
            _hop("internet", "internet", None, outside),
            _hop(
                "internet_gateway",
                "shop/igw",
                outside,
                inside,
                _step(Check.TRANSLATION, "internet_gateway", "shop/igw", "igw swaps 198.51.100.0 for 10.0.0.4."),
            ),
            _hop(
                "instance",
                "shop/web",
                inside,
                None,
                _step(
                    Check.SECURITY_GROUP_INGRESS,
                    "security_group",
                    "shop/web",
                    "web lets tcp 443 from 0.0.0.0/0 in.",
                    rule="tcp 443 from 0.0.0.0/0",
                ),
                _step(Check.DELIVERY, "instance", "shop/web", "web takes it.", outcome=Outcome.INFO),
            ),
        ),
    )
    back = Trace(
        leg=Leg.RETURN,
        disposition=Disposition.EXITS_NETWORK,
        hops=(
            _hop(
                "instance",
                "shop/web",
                None,
                inside.reversed(),
                _step(
                    Check.ROUTE_TABLE,
                    "route_table",
                    "shop/public",
                    "public sends 0.0.0.0/0 to igw.",
                    rule="0.0.0.0/0 -> igw",
                    candidates=(
                        Candidate(text="10.0.0.0/16 -> local", chosen=False, reason="not inside this block"),
                        Candidate(text="0.0.0.0/0 -> igw", chosen=True, reason="longest prefix that contains it"),
                    ),
                ),
            ),
            _hop(
                "internet_gateway",
                "shop/igw",
                inside.reversed(),
                outside.reversed(),
                _step(Check.TRANSLATION, "internet_gateway", "shop/igw", "igw puts 198.51.100.0 back as source."),
            ),
            _hop("internet", "internet", outside.reversed(), None),
        ),
    )
    connection = Connection(
        source=Key("internet", "internet"),
        source_name="internet",
        destination=Key("instance", "shop/web"),
        destination_name="web",
        verdict=Verdict.ALLOWED,
        text="web answers.",
        forward=there,
        returning=back,
    )
    return FlowReport(
        flow_id="shopper-opens-page",
        verdict=Verdict.ALLOWED,
        text="The page opens: request and answer pass.",
        connections=(connection,),
        paths_working=1,
        paths_total=1,
    )


def blocked_report() -> FlowReport:
    """From the web server to the database's subnet, whose ACL refuses it."""
    packet = _packet(WEB, DB, 3306)
    there = Trace(
        leg=Leg.FORWARD,
        disposition=Disposition.DENIED_IN,
        hops=(
            _hop(
                "instance",
                "shop/web",
                None,
                packet,
                _step(
                    Check.ROUTE_TABLE,
                    "route_table",
                    "shop/public",
                    "public keeps 10.0.0.0/16 local.",
                    rule="10.0.0.0/16 -> local",
                ),
            ),
            _hop(
                "instance",
                "shop/db",
                packet,
                None,
                _step(
                    Check.NETWORK_ACL_INGRESS,
                    "network_acl",
                    "shop/data",
                    "data admits 10.0.10.0/24 only, so rule * denies 10.0.0.4.",
                    outcome=Outcome.DROP,
                    rule="* deny all from 0.0.0.0/0",
                    code="SUBNET_ACL_RESTRICTION",
                    candidates=(
                        Candidate(
                            text="100 allow tcp 3306 from 10.0.10.0/24",
                            chosen=False,
                            reason="10.0.0.4 is not inside",
                        ),
                        Candidate(text="* deny all from 0.0.0.0/0", chosen=True, reason="first match: deny"),
                    ),
                ),
            ),
        ),
    )
    blocked = {
        "verdict": Verdict.BLOCKED,
        "leg": Leg.FORWARD,
        "reason": "SUBNET_ACL_RESTRICTION",
        "component": Key("network_acl", "shop/data"),
        "component_name": "data",
        "text": "The subnet's ACL refuses the web server.",
    }
    connection = Connection(
        source=Key("instance", "shop/web"),
        source_name="web",
        destination=Key("instance", "shop/db"),
        destination_name="db",
        forward=there,
        **blocked,
    )
    return FlowReport(flow_id="web-to-database", connections=(connection,), **blocked)


def design(**changes: object) -> SampleDesign:
    """The shop, resolved, with both reports and one warning."""
    after = architecture(**changes)
    before = replace(
        after, slug="empty", title="An empty VPC", components=tuple(c for c in after.components if c.id != "db")
    )
    network = resolve(after, all_kinds()).value
    assert network is not None
    return SampleDesign(
        architecture=after,
        network=network,
        reports={"shopper-opens-page": allowed_report(), "web-to-database": blocked_report()},
        base=before,
        changes=compare(before, after),
        diagnostics=(
            Diagnostic(
                "DGL-17",
                Severity.WARNING,
                Span(FILE, 4, 3, 7),
                "subnet 'public' gives public addresses",
                hint="say so",
            ),
        ),
    )


def build(**changes: object) -> Build:
    """A site of this one design."""
    pictures = {"overview": Picture(880, 520, png=True), "flow-shopper-opens-page": Picture(880, 520)}
    return Build(
        chapters=(Chapter(title="One VPC", designs=(outline_of(design(**changes)),)),),
        pictures={"shop": pictures},
    )


def written(build: Build, *designs: SampleDesign) -> tuple[Page, ...]:
    """Every page of a site."""
    write, given = drawn_map(build)
    around = (page for part in parts(build, write(*given)) for page in part.pages())
    return (*around, *(architecture_page(build, one) for one in designs))
