"""Which lines flows and invariants exercise, told line by line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from docgen.analysis.coverage import Coverage, LineKind, percent
from docgen.cli import main
from docgen.pages.architecture_page import architecture_page
from docgen.pages.build import Build, Chapter
from docgen.pages.outline import outline_of
from docgen.pipeline import Design, open_text
from docgen.reports.coverage_text import counts_text, coverage_text

SHOP = """\
version: 1
title: A shop with more lines than questions
region: ap-south-1
zones: [a, b]
users: {shopper: {}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private, network_acl: app}
    route_tables:
      public: {0.0.0.0/0: igw}
      private: {0.0.0.0/0: nat, 10.9.0.0/16: nat}
    nat_gateways: {nat: {subnet: public}}
    network_acls:
      app:
        ingress:
          90: deny tcp 22 from 0.0.0.0/0
          100: allow tcp 8080 from 10.0.0.0/16
          110: allow tcp 1024-65535 from 0.0.0.0/0
        egress: {100: allow all to 0.0.0.0/0}
    security_groups:
      edge: {ingress: ["tcp 80,443 from 0.0.0.0/0"]}
      app:
        ingress: [tcp 8080 from edge, tcp 8080 from edge, tcp 9090 from edge]
        egress: [tcp 443 to 0.0.0.0/0]
    load_balancers:
      edge:
        subnets: [public]
        security_groups: [edge]
        listeners: {443: {app: 8080}, 80: {target_groups: [spare]}}
    target_groups: {spare: {port: 9090, targets: [app]}}
    instances: {app: {subnet: app, security_groups: [app]}, bastion: {subnet: public-a}}
"""
VISIT = "  visit: {from: shopper, to: edge, port: 443}\n"
PLAIN_VISIT = "  plain: {from: shopper, to: edge, port: 80}\n"
CALL = "  call: {from: app-a, to: 203.0.113.99, port: 443}\n"
ADMIN = "  admin: {from: bastion, to: app, port: 22}\n"


def opened(flows: str = "", rest: str = "") -> Design:
    design = open_text(SHOP + rest + (f"flows:\n{flows}" if flows else "")).value
    assert design is not None
    assert design.reports or not flows, design.diagnostics
    return design


def exercised(coverage: Coverage) -> list[str]:
    return [f"{line.holder.path.removeprefix('shop/')}: {line.text}" for line in coverage.lines if line.exercised]


VISITED = [
    "public: 0.0.0.0/0 -> igw",
    "edge: tcp 443 from 0.0.0.0/0",
    "app: tcp 8080 from edge",
    "app: 100 allow tcp 8080 from 10.0.0.0/16",
    "app: 100 allow all to 0.0.0.0/0",
    "edge: app-a:8080",
    "edge: app-b:8080",
]


@pytest.mark.parametrize(
    ("expected", "flows", "rest"),
    [
        pytest.param([], "", "", id="nothing-asked-nothing-exercised"),
        pytest.param(VISITED, VISIT, "", id="through-a-load-balancer-to-every-target"),
        pytest.param(
            [
                *("public: 0.0.0.0/0 -> igw", "edge: tcp 80 from 0.0.0.0/0", "app: tcp 9090 from edge"),
                *("app: 110 allow tcp 1024-65535 from 0.0.0.0/0", "app: 100 allow all to 0.0.0.0/0"),
                *("spare: app-a:9090", "spare: app-b:9090"),
            ],
            PLAIN_VISIT,
            "",
            id="targets-of-a-target-group-that-another-listener-forwards-to",
        ),
        pytest.param(
            [
                *("public: 0.0.0.0/0 -> igw", "private-a: 0.0.0.0/0 -> nat-a", "app: tcp 443 to 0.0.0.0/0"),
                *("app: 110 allow tcp 1024-65535 from 0.0.0.0/0", "app: 100 allow all to 0.0.0.0/0"),
            ],
            CALL,
            "",
            id="one-zone's-table-and-the-answer's-entry",
        ),
        pytest.param(
            ["app: 90 deny tcp 22 from 0.0.0.0/0"],
            ADMIN,
            "",
            id="an-entry-that-denies-is-exercised",
        ),
        pytest.param(
            [],
            "  visit: {from: shopper, to: edge, port: 443, when: {variant: v}}\n",
            "variants: {v: {changes: {vpcs: {shop: {security_groups: {edge: {description: Same}}}}}}}\n",
            id="a-variant-has-lines-of-its-own",
        ),
        pytest.param(
            [line for line in VISITED if line != "edge: app-a:8080"],
            "  visit: {from: shopper, to: edge, port: 443, when: {outage: a}}\n",
            "",
            id="an-outage-is-of-the-design-itself",
        ),
        pytest.param(
            VISITED,
            "",
            "invariants: {served: {always: {from: shopper, to: edge, ports: [443]}}}\n",
            id="an-invariant-that-follows-every-path",
        ),
    ],
)
def test_what_is_exercised(expected: list[str], flows: str, rest: str) -> None:
    """A route that was chosen, a rule that allowed, an entry that decided, a target that was chosen; no more."""
    found = exercised(opened(flows, rest).coverage)

    assert sorted(expected) == sorted(found)


def test_flows_and_invariants_are_told_apart() -> None:
    design = opened(CALL, "invariants: {served: {always: {from: shopper, to: edge, ports: [443]}}}\n")
    (route,) = [x for x in design.coverage.lines if x.text == "0.0.0.0/0 -> nat-a"]
    (rule,) = [x for x in design.coverage.lines if x.text == "tcp 443 from 0.0.0.0/0"]

    assert (True, False) == (route.by_flows, route.by_invariants)
    assert (False, True) == (rule.by_flows, rule.by_invariants)


def test_lines_that_read_alike_are_told_apart() -> None:
    """The first rule allows; its twin has nothing left to allow."""
    twins = [x for x in opened(VISIT).coverage.lines if x.text == "tcp 8080 from edge"]

    assert [True, False] == [x.exercised for x in twins]


def test_what_nobody_wrote_is_not_counted() -> None:
    """Local routes, default egress rules and the default network ACL are AWS's."""
    coverage = opened().coverage

    assert all(line.span.line > 0 for line in coverage.lines)
    assert {kind: len(coverage.of_kind(kind)) for kind in LineKind} == {
        LineKind.ROUTE: 5,
        LineKind.SECURITY_GROUP_RULE: 6,
        LineKind.NETWORK_ACL_ENTRY: 4,
        LineKind.TARGET: 4,
    }


@pytest.mark.parametrize(
    ("expected", "covered", "total"),
    [
        pytest.param(100, 0, 0, id="nothing-to-cover"),
        pytest.param(50, 2, 4, id="half"),
        pytest.param(0, 0, 3, id="none"),
    ],
)
def test_percent(expected: float, covered: int, total: int) -> None:
    assert expected == percent(covered, total)


HUB = """\
version: 1
title: A hub
region: ap-south-1
zones: [a]
transit_gateways:
  hub:
    default_route_table_association: false
    default_route_table_propagation: false
    transit_gateway_route_tables:
      all: {associations: [one, two], routes: {10.1.0.0/16: one, 10.2.0.0/16: two, 10.3.0.0/16: blackhole}}
prefix_lists: {pl-others: {entries: [10.1.0.0/16, 10.2.0.0/16]}}
vpcs:
  one:
    cidr_block: 10.1.0.0/16
    subnets: {app: {cidr_block: 10.1.1.0/24, route_table: app}}
    route_tables: {app: {pl-others: hub}}
    transit_gateway_attachments: {one-to-hub: {transit_gateway: hub, subnets: [app]}}
    instances: {one: {subnet: app}}
  two:
    cidr_block: 10.2.0.0/16
    subnets: {app: {cidr_block: 10.2.1.0/24, route_table: app}}
    route_tables: {app: {10.1.0.0/16: hub, 10.3.0.0/16: hub}}
    transit_gateway_attachments: {two-to-hub: {transit_gateway: hub, subnets: [app]}}
    instances: {two: {subnet: app}}
flows:
  ask: {from: one, to: two, port: 443}
"""


def test_transit_gateways_and_prefix_lists() -> None:
    """Tables of a transit gateway count; a route to a prefix list is one line, whichever entry decides."""
    design = open_text(HUB).value
    assert design is not None
    found = {f"{x.holder.path}: {x.text}": x.exercised for x in design.coverage.of_kind(LineKind.ROUTE)}

    assert {
        "one/app: pl-others -> hub": True,
        "two/app: 10.1.0.0/16 -> hub": False,
        "two/app: 10.3.0.0/16 -> hub": False,
        "all: 10.1.0.0/16 -> one": False,
        "all: 10.2.0.0/16 -> two": True,
        "all: 10.3.0.0/16 -> blackhole": False,
    } == found


def test_text() -> None:
    """Counts by kind, then each line that nothing exercises, with its place."""
    design = opened(VISIT + PLAIN_VISIT + CALL + ADMIN)
    text = coverage_text("shop", design.network, design.coverage)

    assert text == (
        "shop: 2 of 5 routes, 5 of 6 security group rules, 4 of 4 network ACL entries, 4 of 4 targets (78.9 %)\n"
        "  <stdin>:15:33: route of private-a: 10.9.0.0/16 -> nat-a\n"
        "  <stdin>:15:17: route of private-b: 0.0.0.0/0 -> nat-b\n"
        "  <stdin>:15:33: route of private-b: 10.9.0.0/16 -> nat-b\n"
        "  <stdin>:27:39: ingress security group rule of app: tcp 8080 from edge\n"
    )
    assert "nothing to cover" == counts_text(Coverage())


@pytest.mark.parametrize(
    ("code", "least"),
    [
        pytest.param(0, "36", id="enough"),
        pytest.param(1, "37", id="too-little"),
        pytest.param(2, "101", id="no-percentage"),
    ],
)
def test_fail_under(code: int, least: str) -> None:
    """As coverage tools do; 7 of 19 lines are 36.8 %."""
    text = SHOP + "flows:\n" + VISIT
    result = CliRunner().invoke(main, ["check", "-", "--fail-under", least], input=text)

    assert code == result.exit_code
    assert (code == 2) or f"coverage: 36.8 %, {least} % wanted" in result.stdout


def test_json() -> None:
    text = SHOP + "flows:\n" + VISIT
    plain = CliRunner().invoke(main, ["check", "-", "--format", "json"], input=text)
    result = CliRunner().invoke(main, ["check", "-", "--format", "json", "--coverage"], input=text)
    (coverage,) = json.loads(result.stdout)["coverage"]

    assert "coverage" not in json.loads(plain.stdout)
    assert (7, 19, 36.84) == (coverage["covered"], coverage["total"], coverage["percent"])
    assert {"covered": 2, "total": 4} == coverage["kinds"]["target"]
    assert {
        "kind": "route",
        "holder": "public",
        "holder_kind": "route_table",
        "direction": None,
        "text": "0.0.0.0/0 -> igw",
        "file": "<stdin>",
        "line": 14,
        "column": 16,
        "by_flows": True,
        "by_invariants": False,
    } == coverage["lines"][0]


def test_page_greys_what_nothing_exercises() -> None:
    """In the tables of routes, rules and entries, with a legend that counts."""
    design = opened(VISIT)
    page = architecture_page(Build(chapters=(Chapter(title="One", designs=(outline_of(design),)),)), design).markdown
    rows = [line for line in page.splitlines() if line.startswith("|")]

    def row(*parts: str) -> str:
        return next(line for line in rows if all(part in line for part in parts))

    assert "Flows and invariants exercise 1 of 5 routes, 2 of 6 security group rules" in page
    assert "dg-idle" not in row("`0.0.0.0/0`", "`igw`")
    assert '<span class="dg-idle">`nat-a`</span>' in row("`0.0.0.0/0`", "nat-a")
    assert "dg-idle" not in row("100", "tcp 8080 from 10.0.0.0/16")
    assert '<span class="dg-idle">`tcp 22 from 0.0.0.0/0`</span>' in row("90", "Deny")
    groups = row("tcp 9090 from edge", "<br>")
    assert '<span class="dg-idle">`tcp 9090 from edge`</span>' in groups
    assert groups.count("`tcp 8080 from edge`") == 2
    assert groups.count('<span class="dg-idle">`tcp 8080 from edge`</span>') == 1
