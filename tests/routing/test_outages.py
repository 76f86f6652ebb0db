"""Everything that can be out of order, each with a flow that it stops and one that goes on."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.kinds import all_kinds
from docgen.loader import load, load_text
from docgen.model.architecture import Flow, When
from docgen.model.component import Key, Ref
from docgen.model.network import Network
from docgen.model.trace import FlowReport
from docgen.routing import resolve, trace
from docgen.routing.outages import outage_of, parts_of
from tests.routing.cases import network_of
from tests.routing.told import told

WORLD = (Path(__file__).parent / "world.yaml").read_text(encoding="utf-8")


def ask(network: Network, ends: str, down: str) -> FlowReport:
    source, _, destination, port = ends.split()
    when = When(outage=tuple(map(Ref, down.split(", "))))
    return told(
        trace(network, Flow(id="f", source=Ref(source), destination=Ref(destination), port=int(port), when=when))
    )


ALLOWED = ("allowed", "", "")
BLACKHOLE = "BAD_STATE_ROUTE"


@pytest.mark.parametrize(
    ("expected", "ends", "down"),
    [
        # zones and Regions
        pytest.param(ALLOWED, "shopper -> www.example.com 443", "a", id="a zone by its letter leaves the other"),
        pytest.param(ALLOWED, "shopper -> edge 443", "ap-south-1a", id="a zone by its full name leaves the other"),
        pytest.param(("blocked", "BAD_STATE", "edge"), "shopper -> edge 443", "a, b", id="both zones are all"),
        pytest.param(
            ("blocked", "BAD_STATE_ATTACHMENT", "igw"), "shopper -> edge 443", "ap-south-1", id="the Region is all"
        ),
        pytest.param(("blocked", "BAD_STATE", "app-a"), "app-a -> jobs 443", "ap-south-1", id="the Region's senders"),
        # instances, groups of them, databases
        pytest.param(("blocked", "BAD_STATE", "app-a"), "app-b -> app-a 8080", "app-a", id="an instance"),
        pytest.param(ALLOWED, "app-b -> app 8080", "app-a", id="an instance of one id, the other of them answers"),
        pytest.param(("blocked", "BAD_STATE", "app-a"), "peer -> app 8080", "app", id="all of one id"),
        pytest.param(ALLOWED, "app-b -> fleet 8080", "fleet@a", id="a member of an Auto Scaling group"),
        pytest.param(("blocked", "BAD_STATE", "fleet"), "app-b -> fleet 8080", "fleet", id="an Auto Scaling group"),
        pytest.param(
            ("blocked", "BAD_STATE", "fleet"), "app-b -> fleet 8080", "fleet@a, fleet@b", id="all of its members"
        ),
        pytest.param(ALLOWED, "app-b -> orders 3306", "orders@primary", id="a primary with a standby"),
        pytest.param(ALLOWED, "app-b -> orders 3306", "orders", id="a database with a standby, as the primary"),
        pytest.param(
            ("blocked", "BAD_STATE", "orders"), "app-b -> orders 3306", "orders@primary, orders@standby",
            id="a primary and its standby",
        ),
        pytest.param(("blocked", "BAD_STATE", "prices"), "app-b -> prices 3306", "prices", id="a lone database"),
        pytest.param(("blocked", "BAD_STATE", "prices"), "app-b -> prices 3306", "a", id="a lone database's zone"),
        pytest.param(ALLOWED, "app-a -> prices 3306", "b", id="a lone database, and the other zone"),
        # gateways and routes
        pytest.param(("blocked", BLACKHOLE, "private-a"), "app-a -> mirror 443", "nat-a", id="a NAT gateway"),
        pytest.param(ALLOWED, "app-b -> mirror 443", "nat-a", id="the NAT gateway of another zone"),
        pytest.param(("blocked", BLACKHOLE, "private-a"), "app-a -> mirror 443", "nat", id="all NAT gateways"),
        pytest.param(
            ("blocked", BLACKHOLE, "private-a"), "app-a -> mirror 443", "private-a/0.0.0.0/0", id="a written route"
        ),
        pytest.param(("blocked", BLACKHOLE, "private-a"), "app-a -> peer 22", "private-a", id="a whole route table"),
        pytest.param(ALLOWED, "app-a -> mirror 443", "private-b/0.0.0.0/0", id="a route of another table"),
        pytest.param(ALLOWED, "app-a -> peer 22", "private-a/0.0.0.0/0", id="a route that another one beats"),
        pytest.param(
            ("blocked", BLACKHOLE, "public"), "app-a -> mirror 443", "shop/public/0.0.0.0/0", id="a route by its path"
        ),
        pytest.param(("blocked", "BAD_STATE_ATTACHMENT", "igw"), "shopper -> edge 443", "igw", id="internet gateway"),
        pytest.param(("blocked", BLACKHOLE, "public"), "app-a -> mirror 443", "igw", id="internet gateway, outwards"),
        # load balancers
        pytest.param(("blocked", "BAD_STATE", "edge"), "shopper -> edge 443", "edge", id="a load balancer"),
        pytest.param(ALLOWED, "shopper -> edge 443", "edge@a", id="a node of a load balancer"),
        pytest.param(("blocked", "BAD_STATE", "edge"), "shopper -> edge 443", "edge/listener-443", id="a listener"),
        pytest.param(ALLOWED, "shopper -> edge 444", "edge/listener-443", id="another listener"),
        pytest.param(ALLOWED, "shopper -> edge 443", "edge/app-a", id="a target under a listener"),
        pytest.param(ALLOWED, "shopper -> edge 444", "web/app-a", id="a target of a target group"),
        pytest.param(
            ("blocked", "BAD_STATE", "edge"), "shopper -> edge 444", "web/app-a, web/app-b", id="all targets of one"
        ),
        pytest.param(("blocked", "BAD_STATE", "edge"), "shopper -> edge 444", "web", id="a whole target group"),
        pytest.param(ALLOWED, "shopper -> edge 443", "web/app-a, web/app-b", id="targets of another target group"),
        pytest.param(ALLOWED, "app-b -> app-a 8080", "web/app-a", id="an unhealthy target is still a host"),
        pytest.param(
            ("blocked", "BAD_STATE", "example.com"), "shopper -> www.example.com 443", "example.com",
            id="a hosted zone",
        ),
        # endpoints, peering, transit gateways
        pytest.param(ALLOWED, "app-a -> jobs 443", "queue@a", id="an interface of an endpoint"),
        pytest.param(("blocked", "BAD_STATE", "queue"), "app-a -> jobs 443", "queue", id="an interface endpoint"),
        pytest.param(("blocked", "BAD_STATE", "jobs"), "app-a -> jobs 443", "jobs", id="a service's resource"),
        pytest.param(("blocked", BLACKHOLE, "private-a"), "app-a -> peer 22", "link", id="a peering connection"),
        pytest.param(
            ("blocked", "BAD_STATE_ATTACHMENT", "private-a"), "app-a -> remote 22", "to-hub", id="an attachment"
        ),
        pytest.param(
            ("blocked", "BAD_STATE_ATTACHMENT", "all"), "app-a -> remote 22", "far-hub", id="the attachment beyond"
        ),
        pytest.param(
            ("blocked", "BAD_STATE_ATTACHMENT", "private-a"), "app-a -> remote 22", "hub", id="a transit gateway"
        ),
        pytest.param(
            ("blocked", "TGW_ROUTE_AZ_RESTRICTION", "to-hub"), "app-a -> remote 22", "to-hub@a",
            id="the attachment's interface in the sender's zone",
        ),
        pytest.param(ALLOWED, "app-b -> remote 22", "to-hub@a", id="the attachment's interface in another zone"),
        pytest.param(
            ("blocked", "TGW_RTB_BAD_STATE_ROUTE", "all"), "app-a -> remote 22", "all/10.1.0.0/16",
            id="a route of a transit gateway",
        ),
        pytest.param(
            ("blocked", "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", "all"), "app-a -> remote 22", "all/10.0.0.0/16",
            id="a propagated route of a transit gateway is gone",
        ),
        # on-premises
        pytest.param(ALLOWED, "app-a -> erp 443", "line", id="a Direct Connect line with a VPN beside it"),
        pytest.param(ALLOWED, "app-a -> erp 443", "vif", id="a virtual interface with a VPN beside it"),
        pytest.param(ALLOWED, "app-a -> erp 443", "vif/bgp", id="a BGP session with a VPN beside it"),
        pytest.param(ALLOWED, "app-a -> erp 443", "vpn", id="a VPN beside Direct Connect"),
        pytest.param(ALLOWED, "app-a -> erp 443", "line, vpn/tunnel-1", id="one of two tunnels"),
        pytest.param(ALLOWED, "erp -> app-a 22", "line, vpn/tunnel-2", id="the other tunnel, inwards"),
        pytest.param(
            ("blocked", "BAD_STATE", "vif"), "erp -> app-a 22", "line, vpn/tunnel-1, vpn/tunnel-2",
            id="the line and both tunnels, inwards",
        ),
        pytest.param(("blocked", BLACKHOLE, "private-a"), "app-a -> erp 443", "vgw", id="a virtual private gateway"),
        pytest.param(("blocked", "BAD_STATE", "vif"), "erp -> app-a 22", "vgw", id="the same, inwards"),
        pytest.param(ALLOWED, "app-a -> erp 443", "hq-router", id="the on-premises router, with a line beside it"),
        pytest.param(
            ("blocked", "BAD_STATE", "vif"), "erp -> app-a 22", "hq-router, line", id="the router and the line"
        ),
        pytest.param(("blocked", "BAD_STATE", "erp"), "erp -> app-a 22", "hq", id="the data center, outwards"),
        pytest.param(("blocked", "BAD_STATE", "erp"), "app-a -> erp 443", "erp", id="a host in the data center"),
    ],
)  # fmt: skip
def test_what_is_down(world: Network, expected: tuple[str, str, str], ends: str, down: str) -> None:
    """Each fault stops what passes it, and nothing else; every flow here is allowed in working order."""
    report = ask(world, ends, down)
    intact = trace(world, Flow(id="f", source=Ref(ends.split()[0]), destination=Ref(ends.split()[2]),
                               port=int(ends.split()[3])))  # fmt: skip

    assert expected == (report.verdict, report.reason, report.component_name), report.text
    assert "allowed" == intact.verdict, intact.text


@pytest.mark.parametrize(
    ("text", "hint", "down"),
    [
        pytest.param("there is no zone or component called 'nat-c'", "did you mean 'nat-", "nat-c", id="a component"),
        pytest.param("there is no zone or component called 'c'", "known: ", "c", id="a zone that nobody uses"),
        pytest.param(
            "there is no zone or component called 'ap-south-2'", "did you mean 'ap-south-1'?", "ap-south-2",
            id="a Region that nobody uses",
        ),
        pytest.param(
            "'vpn' (Site-to-Site VPN connection) has no part 'tunnel-3' that can be down by itself",
            "did you mean 'vpn/tunnel-2'?", "vpn/tunnel-3", id="a third tunnel",
        ),
        pytest.param(
            "'private-a' (Route table) has no part '10.0.0.0/16' that can be down by itself", "private-a/10.",
            "private-a/10.0.0.0/16", id="a local route never fails",
        ),
        pytest.param(
            "'web' (Target group) has no part 'app-c' that can be down by itself", "web/app-", "web/app-c",
            id="a target that is not registered",
        ),
        pytest.param(
            "'edge' (Application Load Balancer) has no part 'c' that can be down by itself", "edge@", "edge@c",
            id="a node that is not there",
        ),
        pytest.param("'open' (Security group) is a policy: nothing of it can be down", "", "open", id="a policy"),
        pytest.param(
            "'igw' (Internet gateway) has no parts that can be down by themselves", "'igw'", "igw/a", id="no parts"
        ),
    ],
)  # fmt: skip
def test_names_of_nothing(text: str, hint: str, down: str) -> None:
    """A name that nothing has is an error at its place, with what may have been meant."""
    flow = f"\nflows:\n  f: {{from: app-a, to: app-b, port: 22, when: {{outage: [{down}]}}}}\n"
    loaded = load_text(WORLD + flow)
    assert loaded.value is not None

    (found,) = resolve(loaded.value, all_kinds()).diagnostics

    line = WORLD.count("\n") + 3
    assert ("DGR-05", text, line) == (found.code, found.text, found.span.line)
    assert hint in found.hint


def test_a_name_of_several_kinds_takes_what_packets_reach() -> None:
    """A subnet and an instance of one id: the instance; the subnet by its kind."""
    definition = yaml.safe_load(WORLD)

    network = network_of(definition)

    assert frozenset({Key("instance", "shop/app-a")}) == (outage_of(network, Ref("app-a")) or [None])[0]
    assert frozenset({Key("subnet", "shop/app-a")}) == (outage_of(network, Ref("subnet:app-a")) or [None])[0]


@pytest.mark.parametrize("name", [pytest.param(n, id=n) for n in all_kinds()])
def test_nothing_passes_what_is_down_in_examples(name: str) -> None:
    """The same for the example of every kind, with flows between all its ends."""
    loaded = load_text(all_kinds()[name].example)
    assert loaded.value is not None
    network = resolve(loaded.value, all_kinds()).value
    ends = [k.path for k in network.components if network.kinds[k.kind].endpoint][:12]
    flows = [
        Flow(id=f"{one}-{two}", source=Ref(one), destination=Ref(two), port=port)
        for one, two in permutations(ends, 2)
        for port in (22, 443, 8080)
    ]
    _nothing_passes(network, [*network.architecture.flows, *flows])


def _definitions() -> list[Any]:
    here = Path(__file__).parent / "questions"
    designs = Path(__file__).parents[2] / "architectures"
    return [
        pytest.param(path, id=path.parent.name)
        for path in (*sorted(here.glob("*/architecture.yaml")), *sorted(designs.glob("*/architecture.yaml")))
    ]


@pytest.mark.parametrize("path", _definitions())
def test_nothing_passes_what_is_down(path: Path) -> None:
    """Whatever is down: no leg that arrives passes it, for every flow of every definition and question."""
    loaded = load(path)
    assert loaded.value is not None
    network = resolve(loaded.value, all_kinds()).value
    _nothing_passes(network, [f for f in network.architecture.flows if not f.when.variant])


def _nothing_passes(network: Network, flows: list[Flow]) -> None:
    passed = {key for flow in flows for key in _passed(trace(network, flow))}
    for key in sorted(passed):
        state = network.with_outage([key])
        if state.is_up(key):  # its standby lives
            continue
        for flow in flows:
            assert key not in _passed(trace(state, flow)), (str(key), flow.id)


def _passed(report: FlowReport) -> set[Key]:
    """What the legs that arrive pass; sources may leave out members that are down."""
    legs = [leg for c in report.connections if c.purpose != "dns" for leg in (c.forward, c.returning) if leg]
    return {hop.component for leg in legs if leg.delivered for hop in leg.hops}


def test_every_part_can_be_named(world: Network) -> None:
    """Each part of each component is named by the component's path and its own."""
    for component in world.components.values():
        for part, key in parts_of(world, component):
            assert frozenset({key}) == (outage_of(world, Ref(f"{component.key.path}{part}")) or [None])[0], part


def test_a_gateway_endpoint_is_no_end() -> None:
    """It is a route: a flow that ends there is unknown, not a crash."""
    network = network_of(yaml.safe_load(all_kinds()["vpc_endpoint"].example))
    for source, destination in (("internet", "s3"), ("s3", "internet")):
        report = trace(network, Flow(id="f", source=Ref(source), destination=Ref(destination), port=443))
        assert ("unknown", "UNKNOWN_RESOURCE") == (report.verdict, report.reason)
        assert "has no address at which a flow could start or end" in report.text
