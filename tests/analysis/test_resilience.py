"""Which flows each single failure breaks; invariants that demand survival."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from docgen.analysis.invariants import InvariantReport, prove
from docgen.analysis.resilience import Effect, Level, Resilience, failures_named, failures_of, resilience
from docgen.loader import load_text
from docgen.loader.to_yaml import dump
from docgen.model.component import Ref
from docgen.model.network import Network
from docgen.model.trace import Verdict
from docgen.pipeline import open_text
from docgen.reports.invariant_text import invariant_values, invariants_text
from docgen.reports.resilience_text import resilience_text, resilience_values
from docgen.routing import trace
from docgen.routing.outages import outage_of
from tests.routing.cases import merged, network_of

SHOP = """
version: 1
title: A shop with weaknesses
region: ap-south-1
zones: [a, b]
users: {shopper: {}}
internet_hosts: {mirror: {}}
hosted_zones: {example.com: {www: {alias: edge}}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      pub: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}
    route_tables: {public: {0.0.0.0/0: igw}, private: {0.0.0.0/0: nat}}
    nat_gateways: {nat: {subnet: pub-a}}
    security_groups: {open: {ingress: [all from 0.0.0.0/0]}}
    load_balancers: {edge: {subnets: [pub], security_groups: [open], listeners: {443: {app: 8080}}}}
    instances: {app: {subnet: app, security_groups: [open]}, tool: {subnet: app-a, security_groups: [open]}}
    db_instances: {orders: {subnets: [app], primary_zone: a, security_groups: [open]}}
flows:
  page: {from: shopper, to: www.example.com, port: 443, expect: allowed}
  orders: {from: app, to: orders, port: 3306}
  updates: {from: app, to: mirror, port: 443, expect: allowed}
  tool: {from: tool, to: app-b, port: 8080, expect: allowed}
  refused: {from: mirror, to: orders, port: 3306, expect: {blocked: true}}
  silent: {from: mirror, to: orders, port: 3306}
  zone-a: {from: shopper, to: www.example.com, port: 443, when: {outage: a}, expect: allowed}
"""


def shop(patch: str = "{}") -> Network:
    return network_of(merged(yaml.safe_load(SHOP), yaml.safe_load(patch)))


def effects(table: Resilience) -> dict[str, dict[str, str]]:
    """What does not simply work: failure to flow to effect, with its reason where it breaks."""
    found: dict[str, dict[str, str]] = {}
    for row in table.rows:
        for cell in row.cells:
            if cell.effect is not Effect.WORKS:
                reason = f" {cell.report.reason}" if cell.effect is Effect.BREAKS else ""
                found.setdefault(row.failure.name, {})[cell.flow.id] = f"{cell.effect}{reason}"
    return found


def test_flows_that_can_break() -> None:
    """Those in no circumstances, allowed, and not expected to be blocked."""
    table = resilience(shop(), failures_of(shop(), Level.ZONE))
    assert ["page", "orders", "updates", "tool"] == [flow.id for flow in table.flows]


@pytest.mark.parametrize(
    ("expected", "level", "patch"),
    [
        pytest.param(
            {
                "ap-south-1a": {
                    "orders": "breaks BAD_STATE",  # its destination stands in one zone only: a weakness
                    "updates": "breaks BAD_STATE_ROUTE",
                    "tool": "lost with it",  # its source is down
                },
                "ap-south-1b": {"tool": "breaks BAD_STATE"},
            },
            Level.ZONE, "{}", id="one NAT gateway and one database for two zones",
        ),
        pytest.param(
            {"ap-south-1a": {"tool": "lost with it"}, "ap-south-1b": {"tool": "breaks BAD_STATE"}},
            Level.ZONE,
            "{vpcs: {shop: {nat_gateways: {nat: {subnet: pub}}, db_instances: {orders: {multi_az: true}}}}}",
            id="a NAT gateway in each zone, a standby",
        ),
        pytest.param(
            {
                "example.com": {"page": "breaks BAD_STATE"},
                "igw": {"page": "breaks BAD_STATE_ATTACHMENT", "updates": "breaks BAD_STATE_ROUTE"},
                "nat": {"updates": "breaks BAD_STATE_ROUTE"},
                "edge": {"page": "lost with it"},
                "app-b": {"tool": "lost with it"},
                "tool": {"tool": "lost with it"},
                "orders": {"orders": "lost with it"},
            },
            Level.COMPONENT, "{}", id="each component; its own end is lost with it",
        ),
        pytest.param({}, Level.PART, "{}", id="nodes and targets have others beside them"),
        pytest.param(
            {"edge/app-a": {"page": "breaks BAD_STATE"}}, Level.PART,
            "{vpcs: {shop: {load_balancers: {edge: {listeners: {443: {app: null, app-a: 8080}}}}}}}",
            id="the only target of a load balancer",
        ),
    ],
)  # fmt: skip
def test_what_breaks(expected: dict[str, dict[str, str]], level: Level, patch: str) -> None:
    """Each single failure, with the flows that do not survive it."""
    network = shop(patch)
    table = resilience(network, failures_of(network, level))

    assert expected == effects(table)


@pytest.mark.parametrize("level", Level)
def test_every_failure_can_be_asked_for_by_its_name(level: Level) -> None:
    """`when: {outage: NAME}` with the name of a row takes down the same, and gives the same verdict."""
    network = shop()
    for row in resilience(network, failures_of(network, level)).rows:
        assert (row.failure.keys, row.failure.zones) == outage_of(network, Ref(row.failure.name))
        (same,) = failures_named(network, [row.failure.name])
        assert [c.effect for c in row.cells] == [c.effect for c in resilience(network, [same]).rows[0].cells]


@pytest.mark.parametrize("level", Level)
def test_the_table_is_what_traces_say(level: Level) -> None:
    """A cell works exactly where a trace in that state allows the flow; the same again gives the same."""
    network = shop()
    table = resilience(network, failures_of(network, level))
    for row in table.rows:
        state = network.with_outage(row.failure.keys, row.failure.zones)
        for cell in row.cells:
            assert (cell.effect is Effect.WORKS) == (trace(state, cell.flow).verdict is Verdict.ALLOWED)
    assert table == resilience(shop(), failures_of(shop(), level))


def test_as_text() -> None:
    """A line for each failure, and one for each flow that does not survive it."""
    network = shop()
    text = resilience_text(resilience(network, failures_of(network, Level.ZONE)))
    assert text == (
        "what is down        works  breaks  lost with it\n"
        "ap-south-1a   Zone      1       2             1\n"
        "    orders breaks: BAD_STATE. app-b to orders, tcp 3306: stopped. orders does not answer: zone "
        "ap-south-1a is down.\n"
        "    updates breaks: BAD_STATE_ROUTE. app-b to mirror, tcp 443: stopped. Route table private sends 0.0.0.0/0 "
        "to nat, but nat is down: the route is a blackhole.\n"
        "    tool is lost with it\n"
        "ap-south-1b   Zone      3       1             0\n"
        "    tool breaks: BAD_STATE. tool to app-b, tcp 8080: stopped. app-b does not answer: zone ap-south-1b is "
        "down.\n"
        "2 single failures, 4 flows each: 3 of 8 break.\n"
    )


def test_without_flows() -> None:
    """A design none of whose flows is allowed has nothing to lose."""
    network = shop("{flows: {page: null, orders: null, updates: null, tool: null}}")
    table = resilience(network, failures_of(network, Level.ZONE))
    assert resilience_text(table) == "No flow is allowed with everything in order, so none can break.\n"
    assert table.broken == ()


def test_as_values() -> None:
    """What `docgen check --format json` prints."""
    network = shop()
    values = resilience_values(resilience(network, failures_named(network, ["nat"])))
    assert json.loads(json.dumps(values)) == values | {"breaks": 1, "flows": ["page", "orders", "updates", "tool"]}
    (row,) = values["failures"]
    assert ("nat", "NAT gateway") == (row["name"], row["what"])
    assert [("page", "WORKS", None), ("updates", "BREAKS", "BAD_STATE_ROUTE")] == [
        (c["id"], c["effect"], c["reason"]) for c in row["flows"] if c["id"] in ("page", "updates")
    ]


# -- invariants
def proven(invariant: str, patch: str = "{}") -> InvariantReport:
    (report,) = prove(shop(json.dumps(merged(yaml.safe_load(patch), {"invariants": [yaml.safe_load(invariant)]}))))
    return report


@pytest.mark.parametrize(
    ("standing", "broken", "invariant"),
    [
        pytest.param("violated", 3, "survives: each-zone", id="every allowed flow"),
        pytest.param("held", 0, "survives: {outage: each-zone, flows: [page]}", id="one flow"),
        pytest.param("held", 0, "survives: {outage: each-zone, flows: page}", id="one flow, without a list"),
        pytest.param("violated", 1, "survives: {outage: ap-south-1a, flows: [page, orders]}", id="a zone by name"),
        pytest.param("held", 0, "survives: {outage: [b, nat], flows: [page, orders]}", id="two things by name"),
        pytest.param("violated", 1, "survives: nat", id="a component by name"),
        pytest.param("violated", 4, "survives: each-component", id="each component"),
        pytest.param("held", 0, "survives: each-part", id="each part"),
        pytest.param("held", 0, "survives: tool", id="what is lost with its own end is no weakness"),
        pytest.param("unclear", 0, "survives: each-zne", id="a level that is not there"),
        pytest.param("unclear", 0, "survives: {outage: a, flows: [pge]}", id="a flow that is not there"),
        pytest.param("unclear", 0, "survives: {outage: a, flows: [refused]}", id="a flow that is blocked anyway"),
        pytest.param("unclear", 0, "survives: {outage: a, flows: [zone-a]}", id="a flow in circumstances of its own"),
    ],
)
def test_survives(standing: str, broken: int, invariant: str) -> None:
    """Held, broken by a failure that is named, or about nothing."""
    report = proven(f"{{{invariant}}}")
    assert (standing, broken) == (report.standing, len(report.breaks))


def test_what_is_said_of_survival() -> None:
    """A held one says how much it covers; a broken one names failure, flow and reason."""
    held = invariants_text([proven("{survives: {outage: each-zone, flows: [page, orders]}}", STANDBY)])
    assert held == (
        "invariant invariant-1: HELD\n"
        "  flows page and orders survive the loss of each single zone.\n"
        "  Proven for 2 failures and 2 flows, by tracing 4 flows.\n"
    )
    report = proven("{survives: {outage: [a, nat], flows: [updates]}}")
    assert invariants_text([report]) == (
        "invariant invariant-1: VIOLATED\n"
        "  flow updates survives the loss of a and the loss of nat.\n"
        "  flow updates breaks while a is down: BAD_STATE_ROUTE. app-b to mirror, tcp 443: stopped. Route table "
        "private sends 0.0.0.0/0 to nat, but nat is down: the route is a blackhole.\n"
        "  flow updates breaks while nat is down: BAD_STATE_ROUTE. app-a to mirror, tcp 443: stopped. Route table "
        "private sends 0.0.0.0/0 to nat, but nat is down: the route is a blackhole. 0 of 2 paths work.\n"
    )
    (values,) = invariant_values([report])
    assert ["a", "nat"] == [b["outage"] for b in values["breaks"]]


STANDBY = "{vpcs: {shop: {db_instances: {orders: {multi_az: true}}}}}"


def test_the_diagnostic_of_a_broken_one() -> None:
    """At the invariant, with the trace's deciding lines, and how to see the rest."""
    text = SHOP + "invariants: {zones: {survives: {outage: each-zone, flows: [updates, orders]}}}\n"
    (found,) = [d for d in open_text(text).diagnostics if d.code == "DGP-10"]
    assert (text.count("\n"), 14) == (found.span.line, found.span.column)
    assert found.text.startswith(
        "invariant 'zones' does not hold: flows updates and orders survive the loss of each single zone; flow "
        "updates breaks while ap-south-1a is down: BAD_STATE_ROUTE."
    )
    assert "--outage ap-south-1a` shows every step" in found.hint
    assert any("nat is down: the route is a blackhole" in note.text for note in found.notes)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("DGY-12", "survives: []"),
        ("DGY-12", "survives: {flows: [page]}"),
        ("DGY-13", "survives: {outage: a, flow: page}"),
        ("DGY-14", "survives: {outage: {zone: a}}"),
        ("DGY-31", "{survives: a, never: {from: app, to: orders}}"),
        ("DGP-12", "survives: vpn/tunnel-1"),
        ("DGP-12", "survives: {outage: each-zone, flows: [pages]}"),
    ],
)
def test_mistakes_have_their_place(code: str, line: str) -> None:
    """Every mistake is a diagnostic in the invariant's line."""
    text = f"{SHOP}invariants:\n  zones: {line if line.startswith('{') else '{' + line + '}'}\n"
    found = {d.code: d.span.line for d in open_text(text).diagnostics}
    assert found.get(code) == text.count("\n")


def test_dumped_and_read_again_it_is_the_same() -> None:
    """`docgen show` prints it so that it can be read."""
    text = SHOP + "invariants: {one: {survives: each-zone}, two: {survives: {outage: [a, nat], flows: [page]}}}\n"
    first: Any = load_text(text).value
    assert load_text(dump(first)).value.invariants == first.invariants


LAN = """
version: 1
title: Two LANs
switches: {floor: {}}
hosts:
  ann: {switch: floor, vlan: 10, ip_address: 10.10.0.5/24, default_gateway: 10.10.0.1}
  bob: {switch: floor, vlan: 20, ip_address: 10.20.0.5/24, default_gateway: 10.20.0.1}
routers:
  core:
    interfaces:
      one: {switch: floor, vlan: 10, ip_address: 10.10.0.1/24}
      two: {switch: floor, vlan: 20, ip_address: 10.20.0.1/24}
flows:
  letter: {from: ann, to: bob, port: 80, expect: allowed}
  ping: {from: ann, to: core, protocol: icmp, expect: allowed}
"""


def test_a_router_fails_like_a_switch() -> None:
    """It can be an end of flows, and yet carries what others send; a frame that nobody answers says why."""
    network = network_of(yaml.safe_load(LAN))
    table = resilience(network, failures_of(network, Level.COMPONENT))

    assert effects(table) == {
        "floor": {"letter": "breaks DG_L2_NO_ARP_REPLY", "ping": "breaks DG_L2_NO_ARP_REPLY"},
        "core": {"letter": "breaks DG_L2_NO_ARP_REPLY", "ping": "lost with it"},
    }
    texts = {row.failure.name: row.cells[0].report.text for row in table.rows}
    assert "core has it, behind floor, which is out of order" in texts["floor"]
    assert "core has it, and is out of order" in texts["core"]
