"""What components call when they are called, and what they listen on: trees of connections, both ways."""

from __future__ import annotations

import textwrap

import pytest

from docgen.analysis.reach import reach
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.loader.to_yaml import dump
from docgen.model.architecture import When
from docgen.model.component import Key, Ref
from docgen.model.trace import Disposition, FlowReport, Leg, Verdict
from docgen.routing import resolve, tree

SHOP = """
    version: 1
    title: A shop
    region: ap-south-1
    zones: [a, b]
    users: {shopper: {}}
    internet_hosts: {payment-api: {dns_names: [api.payments.example]}}
    hosted_zones: {example.com: {www: {alias: edge}}}
    sqs_queues: {queue: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}
          data: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24]}
        nat_gateways: {nat: {subnet: public}}
        route_tables: {public: {0.0.0.0/0: igw}, private: {0.0.0.0/0: nat}}
        security_groups:
          edge: {ingress: [tcp 443 from 0.0.0.0/0]}
          app: {ingress: [tcp 8080-8081 from edge]}
          db: {ingress: [DATABASE]}
        load_balancers:
          edge: {subnets: [public], security_groups: [edge], listeners: {443: {app: 8080}}}
        instances:
          app: {subnet: app, security_groups: [app] INSTANCE}
        db_instances:
          orders: {engine: mysql, subnets: [data], multi_az: true, primary_zone: a, security_groups: [db]}
"""


def shop(instance: str = "", database: str = "tcp 3306 from app") -> str:
    return SHOP.replace("INSTANCE", f", {instance}" if instance else "").replace("DATABASE", database)


def shape(report: FlowReport) -> list[tuple[int | None, str, str, str]]:
    return [(c.parent, c.purpose, c.source_name, c.destination_name) for c in report.connections]


def test_a_flow_is_the_tree_of_what_it_leads_to(ask) -> None:
    """Look-up, load balancer, each target, and what each target calls: a path for each combination."""
    report = ask(shop("calls: [orders]"), "shopper", "www.example.com")

    assert shape(report) == [
        (None, "dns", "shopper", "www.example.com"),
        (None, "", "shopper", "edge"),
        (1, "listener", "edge", "app-a"),
        (2, "call", "app-a", "orders"),
        (1, "listener", "edge", "app-b"),
        (4, "call", "app-b", "orders"),
        (None, "", "shopper", "edge"),
        (6, "listener", "edge", "app-a"),
        (6, "listener", "edge", "app-b"),
    ]
    assert report.verdict is Verdict.ALLOWED
    assert (report.paths_working, report.paths_total) == (4, 4)


def test_what_a_component_calls_is_traced_once(ask) -> None:
    """The second connection to a component points to the first, and its paths count all the same."""
    report = ask(shop("calls: [orders, https://api.payments.example]"), "shopper", "www.example.com")
    followed = {i: c.followed_at for i, c in enumerate(report.connections) if c.followed_at is not None}

    assert followed == {9: 2, 10: 5}
    assert (report.paths_working, report.paths_total) == (8, 8)


def test_a_blocked_call_blocks_the_flow(ask) -> None:
    """The verdict is that of the connection that fails; its way from the flow's source is told."""
    report = ask(shop("calls: [orders]", "tcp 3306 from 10.0.10.0/24"), "shopper", "www.example.com")

    assert (report.verdict, report.leg, report.reason) == (Verdict.BLOCKED, Leg.FORWARD, "ENI_SG_RULES_MISMATCH")
    assert report.component == Key("db_instance", "shop/orders")
    assert (report.paths_working, report.paths_total) == (2, 4)
    assert report.text.startswith("app-b to orders, tcp 3306: stopped.")
    assert report.text.endswith("2 of 4 paths work; the first that fails goes from shopper by edge, app-b to orders.")


def test_nothing_is_called_by_what_was_not_reached(ask) -> None:
    """A connection that is stopped leads to no call."""
    report = ask(shop("calls: [orders]"), "shopper", "app-a", 8080)

    assert [c.purpose for c in report.connections] == [""]


def test_a_flow_can_be_its_connection_alone(ask) -> None:
    """`follow_calls: false` leaves calls out, and keeps what proxies open."""
    text = shop("calls: [orders]", "tcp 3306 from 192.168.0.0/16")
    alone = ask(text, "shopper", "www.example.com", follow_calls=False)

    assert alone.verdict is Verdict.ALLOWED
    assert "call" not in [c.purpose for c in alone.connections]
    assert ask(text, "shopper", "www.example.com").verdict is Verdict.BLOCKED


@pytest.mark.parametrize(
    ("call", "port", "names", "asked"),
    [
        pytest.param("orders:3306 when called on 8081", 8080, [], "", id="not when it is called on another port"),
        pytest.param(
            "orders:3306 when called on 8081", 8081, ["orders"], "tcp 3306", id="when it is called on this port"
        ),
        pytest.param("tcp 3306 to orders", 8080, ["orders"], "tcp 3306", id="as rules are written"),
        pytest.param("mysql://orders", 8080, ["orders"], "tcp 3306", id="by a URL"),
        pytest.param("10.0.20.4:3306", 8080, ["10.0.20.4"], "tcp 3306", id="by address"),
        pytest.param("queue", 8080, ["queue"], "tcp 443", id="an AWS service is called on 443"),
        pytest.param("edge", 8080, ["edge", "app-a", "app-b"], "tcp 443", id="a load balancer with one listener"),
        pytest.param("orders", 8080, ["orders"], "tcp 3306", id="a database has its engine's port"),
        pytest.param(
            "orders:5432", 8080, ["orders"], "tcp 5432", id="a port that is written, whatever listens there"
        ),
        pytest.param("udp 3306 to orders", 8080, ["orders"], "udp 3306", id="a protocol that is written"),
        pytest.param(
            "https://api.payments.example/pay", 8080, ["payment-api"], "tcp 443", id="a host on the internet"
        ),
        pytest.param(
            "https://www.example.com", 8080, ["www.example.com", "edge"], "tcp 443", id="a name, looked up first"
        ),
        pytest.param("icmp to orders", 8080, ["orders"], "icmp 0", id="without a port"),
    ],
)
def test_forms_of_a_call(ask, call: str, port: int, names: list[str], asked: str) -> None:
    """Every way to write one."""
    text = shop(f'calls: ["{call}"]', "all from 10.0.0.0/16").replace(
        "8080-8081 from edge", "8080-8081 from 10.0.0.0/8"
    )
    report = ask(text, "app-b", "app-a", port)
    called = dict.fromkeys(c.destination_name for c in report.connections[1:])

    assert list(called)[: len(names)] == names
    assert bool(called) is bool(names)
    sent = [c.request for c in report.connections if c.purpose == "call" and c.request is not None]
    assert {asked} - {""} == {f"{p.protocol} {p.destination_ports}" for p in sent}


def test_calls_in_a_circle_end(ask) -> None:
    """A component whose calls are being followed is named and not followed again; its copies count as the same."""
    circle = """
        version: 1
        title: A circle
        region: ap-south-1
        zones: [a]
        vpcs:
          v:
            cidr_block: 10.0.0.0/16
            subnets: {s: {cidr_block: 10.0.0.0/24}}
            security_groups: {all: {ingress: [all from 10.0.0.0/8]}}
            instances:
              one: {subnet: s, security_groups: [all], calls: ["two:80"]}
              two: {subnet: s, security_groups: [all], calls: ["three:80"]}
              three: {subnet: s, security_groups: [all], calls: ["one:80", "three:81"]}
              user: {subnet: s, security_groups: [all]}
    """
    report = ask(circle, "user", "one", 80)

    assert [(c.source_name, c.destination_name, c.followed_at) for c in report.connections] == [
        ("user", "one", None),
        ("one", "two", None),
        ("two", "three", None),
        ("three", "one", 0),
        ("three", "three", 2),
    ]
    assert (report.verdict, report.paths_total) == (Verdict.ALLOWED, 2)


def chain(length: int, width: int = 1) -> str:
    calls = {i: [f"i{j}:80" for j in range(i + 1, min(i + 1 + width, length))] for i in range(length)}
    instances = "\n".join(
        f"              i{i}: {{subnet: s, security_groups: [all], calls: {calls[i]}}}" for i in range(length)
    )
    return f"""
        version: 1
        title: A chain
        region: ap-south-1
        zones: [a]
        vpcs:
          v:
            cidr_block: 10.0.0.0/16
            subnets: {{s: {{cidr_block: 10.0.0.0/20}}}}
            security_groups: {{all: {{ingress: [all from 10.0.0.0/8]}}}}
            instances:
{instances}
    """


def test_calls_out_of_calls_are_bounded(ask) -> None:
    """A chain that is too long is told, not guessed: what was traced is there."""
    report = ask(chain(80), "i0", "i1", 80)

    assert (report.verdict, report.reason) == (Verdict.UNKNOWN, "DG_TOO_MANY_CONNECTIONS")
    assert len(report.connections) == tree.MAX_DEPTH + 1
    assert "nothing is known" in report.text
    assert ask(chain(40), "i0", "i1", 80).verdict is Verdict.ALLOWED


def test_connections_are_bounded(ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither is a tree that is too wide; a connection that fails in what was traced still decides."""
    monkeypatch.setattr(tree, "MAX_CONNECTIONS", 5)
    text = shop("calls: [orders]")

    assert ask(text, "shopper", "www.example.com").reason == "DG_TOO_MANY_CONNECTIONS"
    report = ask(shop("calls: [orders]", "udp 1 from app"), "shopper", "www.example.com")
    assert (report.verdict, report.reason) == (Verdict.BLOCKED, "ENI_SG_RULES_MISMATCH")
    assert "not all were traced" in report.text


def test_many_calls_make_many_paths_and_few_connections(ask) -> None:
    """Each component's calls are traced once, so the work is that of the calls, not of the paths."""
    report = ask(chain(24, width=2), "i0", "i1", 80)

    assert len(report.connections) == 1 + 2 * 21 + 1
    assert report.paths_total > 10_000


def test_an_outage_holds_for_calls_too(ask) -> None:
    """With the database's subnets gone the calls fail, with zone a alone the standby answers."""
    text = shop("calls: [orders]")
    gone = ask(text, "shopper", "www.example.com", when=When(outage=(Ref("orders"),)))
    zone = ask(text, "shopper", "www.example.com", when=When(outage=(Ref("a"),)))

    assert zone.verdict is Verdict.ALLOWED
    assert [c.destination_name for c in zone.connections if c.purpose == "call"] == ["orders"]
    assert gone.verdict is Verdict.ALLOWED  # a Multi-AZ database fails over


WORK = "work: {subnets: [app], security_groups: [app], calls: [orders]}"
WORKING = shop("calls: [work]") + f"        lambda_functions: {{{WORK}}}\n"


def test_a_function_calls_from_its_interfaces(ask) -> None:
    """Called through Lambda, it calls from the subnets that it is attached to, from any of them."""
    report = ask(WORKING, "edge@a", "app-a", 8080)

    assert report.verdict is Verdict.ALLOWED, report.text
    assert [(c.source_name, c.destination_name) for c in report.connections] == [
        ("edge@a", "app-a"),
        ("app-a", "work"),
        ("work", "orders"),
        ("work", "orders"),
    ]


def test_a_function_calls_from_the_interfaces_that_work(ask) -> None:
    """Here only from that in the other zone."""
    report = ask(WORKING, "edge@b", "app-b", 8080, when=When(outage=(Ref("a"),)))

    assert ["work@b"] == [c.forward.hops[0].interface for c in report.connections if c.source_name == "work"]


def test_an_instance_of_a_group_calls_from_its_own_interface(ask) -> None:
    """Whichever the load balancer chose."""
    group = shop("calls: [orders], desired_capacity: 2").replace("  instances:", "  auto_scaling_groups:")
    report = ask(group.replace("subnet: app,", "subnets: [app],"), "shopper", "edge@a")
    calls = [(c.forward.hops[0].interface, c.parent) for c in report.connections if c.purpose == "call"]

    assert len(calls) == 2
    assert all(report.connections[p or 0].forward.hops[-1].interface == i for i, p in calls), calls


@pytest.mark.parametrize(
    ("call", "code", "hint"),
    [
        pytest.param("ordres:3306", "DGR-01", "did you mean 'orders'?", id="nobody has the name"),
        pytest.param("app", "DGR-06", "`app:8080`", id="no port, and what is called says none"),
        pytest.param("10.0.20.4", "DGR-06", "`10.0.20.4:8080`", id="an address without a port"),
        pytest.param("api.payments.example", "DGR-06", "`https://api.payments.example`", id="a name without a port"),
        pytest.param("udp to orders", "DGR-06", "`orders:8080`", id="another protocol than the only port's"),
    ],
)
def test_calls_that_mean_nothing(call: str, code: str, hint: str) -> None:
    """Each is an error at its place."""
    loaded = load_text(textwrap.dedent(shop(f'calls: ["{call}"]')))
    assert loaded.value is not None, loaded.diagnostics
    (found,) = resolve(loaded.value, all_kinds()).diagnostics

    assert (found.code, found.span.line) == (code, 27)
    assert hint in found.hint


def test_a_name_is_looked_for_in_the_callers_vpc_first(ask) -> None:
    """Two VPCs may have an `orders` each."""
    vpc = """
          {name}:
            cidr_block: 10.{n}.0.0/16
            subnets: {{s: {{cidr_block: 10.{n}.0.0/24}}}}
            security_groups: {{all: {{ingress: [all from 10.0.0.0/8]}}}}
            instances:
              {name}-app: {{subnet: s, security_groups: [all], calls: ["orders:80"]}}
              orders: {{subnet: s, security_groups: [all]}}
    """
    text = "version: 1\ntitle: T\nregion: ap-south-1\nzones: [a]\nvpcs:\n" + "".join(
        textwrap.indent(textwrap.dedent(vpc.format(name=name, n=n)), "  ") for n, name in enumerate(("one", "two"))
    )
    report = ask(text, "two/orders", "two-app", 80)

    assert [c.destination for c in report.connections] == [
        Key("instance", "two/two-app"),
        Key("instance", "two/orders"),
    ]


def test_a_call_survives_the_way_back_to_yaml() -> None:
    """`docgen show` prints calls and ports in their short forms, and they load alike."""
    loaded = load_text(
        textwrap.dedent(shop('calls: ["tcp 3306 to orders when called on 8080", queue], listens: [8080]'))
    )
    assert loaded.value is not None
    written = dump(loaded.value)

    assert "calls: [tcp 3306 to orders when called on 8080, queue]" in written
    again = load_text(written).value
    assert again is not None
    assert again.components == loaded.value.components


# -- what listens ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("listens", "port", "verdict"),
    [
        pytest.param("[8080]", 8080, Verdict.ALLOWED, id="a port that something listens on"),
        pytest.param("[8080]", 8081, Verdict.BLOCKED, id="a port that nothing listens on"),
        pytest.param("[8000-8100]", 8081, Verdict.ALLOWED, id="a range"),
        pytest.param("[udp 8081, 8080]", 8081, Verdict.BLOCKED, id="another protocol's port"),
        pytest.param("[]", 8081, Verdict.ALLOWED, id="nothing is said"),
    ],
)
def test_listens(ask, listens: str, port: int, verdict: Verdict) -> None:
    """A host refuses what arrives at a port that nothing listens on."""
    report = ask(shop(f"listens: {listens}"), "edge@a", "app-a", port)

    assert report.verdict is verdict
    if verdict is Verdict.BLOCKED:
        (connection,) = report.connections
        assert (report.leg, report.reason) == (Leg.FORWARD, "DG_PORT_NOT_LISTENING")
        assert report.component == Key("instance", "shop/app-a")
        assert connection.forward.disposition is Disposition.REFUSED
        assert connection.returning is None
        assert "Nothing listens on tcp 8081 at app-a" in report.text


def test_filters_come_before_the_host(ask) -> None:
    """A port that is filtered is blocked for that reason, whatever listens there."""
    assert ask(shop("listens: [8080]"), "edge@a", "app-a", 22).reason == "ENI_SG_RULES_MISMATCH"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        pytest.param("engine: mysql, ", "DG_PORT_NOT_LISTENING", id="an engine that is written"),
        pytest.param("port: 3307, ", "DG_PORT_NOT_LISTENING", id="a port that is written"),
        pytest.param("engine: postgres, ", "", id="the engine's port"),
        pytest.param("", "", id="no engine is written, and none is assumed"),
    ],
)
def test_a_database_listens_on_its_engines_port(ask, said: str, reason: str) -> None:
    """A client that takes it for another engine is refused."""
    text = shop(database="tcp 1-9999 from app").replace("engine: mysql, ", said)

    assert ask(text, "app-a", "orders", 5432).reason == reason


def test_what_a_host_sends_is_not_asked(ask) -> None:
    """It listens on 8080 only, and calls others, answers and the VPC's own services as before."""
    text = shop("listens: [8080]")

    assert ask(text, "app-a", "orders", 3306).verdict is Verdict.ALLOWED
    assert ask(text, "app-a", "10.0.0.2", 53, "udp").verdict is Verdict.ALLOWED


def test_reach_is_about_single_connections(network) -> None:
    """`calls` change nothing about who reaches whom; what the host refuses has arrived there."""
    plain = reach(network(shop()), [Key("instance", "shop/app-a")])
    calling = reach(network(shop("calls: [orders]")), [Key("instance", "shop/app-a")])
    listening = reach(network(shop("listens: [8080]")), [Key("instance", "shop/app-a")])

    assert [(r.source, r.outcome, r.ports) for r in calling.results] == [
        (r.source, r.outcome, r.ports) for r in plain.results
    ]
    assert {str(r.outcome) for r in plain.results} == {"connects"}
    assert {str(r.outcome) for r in listening.results} == {"connects", "arrives"}
