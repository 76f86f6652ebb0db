"""Invariants: each demand held and broken, selectors, what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from docgen.analysis import invariants as proving
from docgen.analysis.invariants import InvariantReport, Standing, broken_invariants, prove
from docgen.analysis.selectors import UnclearSelectorError, select
from docgen.loader import load_text
from docgen.loader.to_yaml import dump
from docgen.model.invariant import Invariant, Selector
from docgen.model.network import Network
from docgen.pipeline import open_text
from docgen.reports.invariant_text import invariants_text
from tests.routing.cases import BASE, merged, network_of

SHOP = Path(__file__).parent / "shop.yaml"


def definition(invariants: str, patch: str = "{}") -> dict:
    base = merged(yaml.safe_load(SHOP.read_text(encoding="utf-8")), {"vpcs": {"shop": yaml.safe_load(patch)}})
    return base | {"invariants": yaml.safe_load(invariants)}


def proven(invariants: str, patch: str = "{}") -> tuple[InvariantReport, ...]:
    return prove(network_of(definition(invariants, patch)))


CASES = [
    pytest.param(
        "{never: {from: internet, to: {tier: data}}}",
        "{}",
        "{security_groups: {data: {ingress: [tcp 22 from 0.0.0.0/0]}}, route_tables: {app: {0.0.0.0/0: igw}},"
        " subnets: {data: {route_table: app}}, db_instances: {orders: {publicly_accessible: true}}}",
        id="never",
    ),
    pytest.param(
        "{never: {from: internet, to: edge, ports: [22, 8000-9000]}}",
        "{}",
        "{security_groups: {edge: {ingress: [tcp 8000-8080 from 0.0.0.0/0]}},"
        " load_balancers: {edge: {listeners: {8080: {app: 8080}}}}}",
        id="never on some ports",
    ),
    pytest.param(
        "{only: {to: orders, from: [app], ports: [5432]}}",
        "{}",
        "{security_groups: {data: {ingress: [tcp 5432 from app, tcp 5433 from app]}}}",
        id="only: another port",
    ),
    pytest.param(
        "{only: {to: orders, from: [app], ports: [5432]}}",
        "{}",
        "{security_groups: {data: {ingress: [tcp 5432 from app, tcp 5432 from edge]}}}",
        id="only: another source",
    ),
    pytest.param(
        "{only: {to: edge, from: [internet, {vpc: shop}], ports: [443]}}",
        "{}",
        "{load_balancers: {edge: {listeners: {443: {app: 8080}, 80: {app: 8080}}}},"
        " security_groups: {edge: {ingress: ['tcp 80,443 from 0.0.0.0/0']}}}",
        id="only, with the internet excepted",
    ),
    pytest.param(
        "{always: {from: app, to: internet, ports: [443]}}",
        "{}",
        "{security_groups: {app: {egress: [tcp 443 to 8.0.0.0/8]}}}",
        id="always, to every public address",
    ),
    pytest.param(
        "{always: {from: internet, to: edge, ports: [443]}}",
        "{}",
        "{security_groups: {app: {ingress: [tcp 9090 from edge]}}}",
        id="always: what a proxy opens counts",
    ),
    pytest.param(
        "{isolated: [{tier: data}, {subnet: public}]}",
        "{security_groups: {data: {egress: [tcp 443 to 203.0.113.0/24]}}}",
        "{}",
        id="isolated",
    ),
]


@pytest.mark.parametrize(("invariant", "held", "broken"), CASES)
def test_demands(invariant: str, held: str, broken: str) -> None:
    """Held in one design, broken in the other; the witness of a violation shows it."""
    (report,) = proven(f"[{invariant}]", held)
    assert (report.standing, report.violations) == (Standing.HELD, ())
    assert report.coverage.headers
    (report,) = proven(f"[{invariant}]", broken)
    assert report.standing is Standing.VIOLATED
    assert report.violations
    assert list(broken_invariants(network_of(definition(f"[{invariant}]", broken)))) == ["invariant-1"]


def test_request_without_answer_breaks_never() -> None:
    """Whoever must never get in does not get in by half either."""
    patch = """
    security_groups: {data: {ingress: [tcp 5432 from app, udp 514 from edge]}}
    subnets: {data: {network_acl: one-way}}
    network_acls: {one-way: {ingress: {100: allow all from 0.0.0.0/0}, egress: {100: deny all to 0.0.0.0/0}}}
    """
    (report,) = proven("[{never: {from: edge, to: {tier: data}}}]", patch)
    assert [v.outcome for v in report.violations] == ["arrives"]


KEPT = """
subnets: {app: {route_table: public}}
security_groups: {app: {ingress: [tcp 8080 from 0.0.0.0/0]}}
load_balancers:
  front: {type: network, subnets: [public], security_groups: [edge], listeners: {443: {app: 8080}}}
"""


@pytest.mark.parametrize(
    ("invariant", "standing"),
    [
        ("never: {from: internet, to: app}", "violated"),
        ("never: {from: internet, to: app, ports: [8080]}", "violated"),
        ("never: {from: internet, to: app, ports: [443]}", "held"),
        ("only: {from: [internet, {vpc: shop}], to: app, ports: [8080]}", "held"),
        ("only: {from: [internet, {vpc: shop}], to: app, ports: [443]}", "violated"),
        ("only: {from: {vpc: shop}, to: app, ports: [8080]}", "violated"),
    ],
)
def test_clients_that_a_balancer_keeps_get_in_themselves(invariant: str, standing: str) -> None:
    """A network load balancer hands packets on with their client's address; the port is the target's."""
    (report,) = proven(f"[{{{invariant}}}]", KEPT)
    assert report.standing == standing


def test_clients_of_an_application_load_balancer_stay_outside() -> None:
    """It opens connections of its own."""
    (report,) = proven("[{never: {from: internet, to: app}}]")
    assert report.standing is Standing.HELD


SELECTED = [
    pytest.param((("", "app"),), {"app-a", "app-b"}, id="all that one id became"),
    pytest.param((("", "app-a"),), {"app-a"}, id="one of them"),
    pytest.param((("", "instance:app"),), {"app-a", "app-b"}, id="with its kind"),
    pytest.param((("tier", "data"),), {"orders@primary", "orders@standby"}, id="a tier"),
    pytest.param((("subnet", "public"),), {"edge@a", "edge@b", "nat-a", "nat-b"}, id="a subnet of every zone"),
    pytest.param((("subnet", "public-a"),), {"edge@a", "nat-a"}, id="one subnet: one node of the load balancer"),
    pytest.param((("security_group", "edge"),), {"edge@a", "edge@b"}, id="members of a group"),
    pytest.param((("kind", "instances"),), {"app-a", "app-b"}, id="a kind"),
    pytest.param((("vpc", "shop"), ("kind", "db_instance")), {"orders@primary", "orders@standby"}, id="both"),
    pytest.param((("zone", "a"), ("tier", "app")), {"app-a"}, id="a zone of a tier"),
]


@pytest.mark.parametrize(("terms", "expected"), SELECTED)
def test_selectors(terms: tuple[tuple[str, str], ...], expected: set[str]) -> None:
    """What each means in the shop."""
    network = network_of(definition("[]"))
    assert select(network, [Selector(terms=terms)]).interfaces == expected


def test_internet_is_users_too() -> None:
    """Their addresses are public."""
    network = network_of(definition("[]"))
    assert {k.path for k in select(network, [Selector(terms=(("", "internet"),))]).components} == {
        "internet",
        "shopper",
    }


@pytest.mark.parametrize("terms", [(("", "nowhere"),), (("tier", "dta"),), (("tier", "data"), ("kind", "instance"))])
def test_selectors_of_nothing(terms: tuple[tuple[str, str], ...]) -> None:
    """Said at the selector, not passed over: an invariant about nothing would always hold."""
    with pytest.raises(UnclearSelectorError):
        select(network_of(definition("[]")), [Selector(terms=terms)])


def test_speaks_of_no_header() -> None:
    """A NAT gateway opens no connections of its own."""
    (report,) = proven("[{never: {from: nat, to: orders}}]")
    assert report.standing is Standing.UNCLEAR


def test_what_is_isolated_from_itself() -> None:
    """Two parts that share a component."""
    (report,) = proven("[{isolated: [app, {tier: app}]}]")
    assert report.standing is Standing.UNCLEAR
    assert report.problem is not None
    assert "app-a" in report.problem.text


def test_diagnostics_name_witness_and_lines() -> None:
    """The place is the invariant; the notes are the deciding lines."""
    text = yaml.safe_dump(
        definition("{mine: {never: {from: app, to: orders, ports: [5432]}}, lost: {never: {from: zzz, to: orders}}}"),
        sort_keys=False,
    )
    found = open_text(text).diagnostics
    (violated,) = [d for d in found if d.code == "DGP-10"]
    assert violated.text == (
        "invariant 'mine' does not hold: app never reaches orders on port 5432; "
        "app-a to 10.0.20.4, tcp 5432: it connects"
    )
    assert any("tcp 5432 from app" in n.text for n in violated.notes)
    (unclear,) = [d for d in found if d.code == "DGP-12"]
    assert "zzz" in unclear.text
    assert text.splitlines()[unclear.span.line - 1].strip() == "from: zzz"


def test_invariants_text() -> None:
    """Held ones say what they cover."""
    text = invariants_text(proven("{quiet: {title: Quiet, never: {from: internet, to: orders}}}"))
    assert text.startswith("invariant quiet: Quiet: HELD\n  internet never reaches orders.\n  Proven for ")


def test_invariants_come_back_from_yaml() -> None:
    """`docgen show` loses nothing of them."""
    written = """
    a: {title: A, description: Why, never: {from: internet, to: [{tier: data}, edge]}}
    b: {only: {to: orders, from: app, protocol: tcp, ports: [5432, 6000-6001]}}
    c: {isolated: [{tier: data}, {vpc: shop, kind: load_balancer}]}
    """
    first = load_text(yaml.safe_dump(definition(written), sort_keys=False)).value
    assert first is not None
    again = load_text(dump(first)).value
    assert again is not None
    assert again.invariants == first.invariants
    assert [str(i.ports[-1]) for i in again.invariants if i.ports] == ["6000-6001"]


def test_routing_cases_have_none() -> None:
    """A definition without invariants is asked for nothing."""
    assert prove(network_of(BASE)) == ()


def test_a_network_is_asked_once_what_it_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every blocked flow of a design asks it of the same network; whoever needs one answer waits for no other."""
    proofs: list[str] = []

    def counted(network: Network, invariant: Invariant, observe: object) -> InvariantReport:
        proofs.append(invariant.id)
        return proof(network, invariant, observe)  # type: ignore[arg-type]

    proof = proving._prove
    monkeypatch.setattr(proving, "_prove", counted)
    broken = "{never: {from: internet, to: edge}}"
    network = network_of(definition(f"[{broken}, {broken}]", "{}"))

    assert next(iter(broken_invariants(network))) == "invariant-1"
    assert proofs == ["invariant-1"]
    assert list(broken_invariants(network)) == list(broken_invariants(network)) == ["invariant-1", "invariant-2"]
    assert proofs == ["invariant-1", "invariant-2"]
    told = network_of(definition(f"[{broken}, {broken}]", "{}"))
    proofs.clear()
    prove(told)
    assert list(broken_invariants(told)) == proofs == ["invariant-1", "invariant-2"]
