"""One design through all stages before drawing."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.core.errors import UnknownNameError
from docgen.model.component import Key
from docgen.model.trace import Verdict
from docgen.pipeline import Design, open_all, open_design, open_text

BASE = """\
version: 1
title: Base
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}, data: {cidr_block: 10.0.20.0/24}}
    security_groups: {app: {ingress: []}, db: {ingress: [tcp 3306 from app]}}
    instances: {app: {subnet: app, security_groups: [app]}, db: {subnet: data, security_groups: [db]}}
variants:
  closed: {title: Closed, changes: {vpcs: {shop: {security_groups: {db: {ingress: []}}}}}}
flows:
  query: {from: app, to: db, port: 3306, expect: allowed}
  query-closed: {from: app, to: db, port: 3306, when: {variant: closed}, expect: {blocked: SG_HAS_NO_RULES}}
  query-while-a-is-down: {from: app, to: db, port: 3306, when: {outage: a}}
"""
NEXT = """\
version: 1
title: Next
extends: base
vpcs: {shop: {instances: {db: null, cache: {subnet: data, security_groups: [db]}}}}
flows: {query: null, query-closed: null, query-while-a-is-down: null}
"""


def write(folder: Path, **designs: str) -> Path:
    for slug, text in designs.items():
        (folder / slug).mkdir(parents=True)
        (folder / slug / "architecture.yaml").write_text(text)
    return folder


def opened(path: Path) -> Design:
    result = open_design(path)
    assert result.value is not None, result.diagnostics
    return result.value


def codes(design: Design) -> list[str]:
    return [d.code for d in design.diagnostics if d.severity == "error"]


def test_each_flow_is_traced_in_its_circumstances(tmp_path: Path) -> None:
    """In the design, in a variant of it, and with something down."""
    design = opened(write(tmp_path, base=BASE) / "base")

    assert {
        "query": Verdict.ALLOWED,
        "query-closed": Verdict.BLOCKED,
        "query-while-a-is-down": Verdict.BLOCKED,
    } == {flow: report.verdict for flow, report in design.reports.items()}
    assert not design.failed


def test_networks_of_flows(tmp_path: Path) -> None:
    design = opened(write(tmp_path, base=BASE) / "base")

    assert design.network is design.network_of(design.flow("query"))
    assert design.variants["closed"] is design.network_of(design.flow("query-closed"))


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        pytest.param(lambda design: design.flow("qery"), "no flow 'qery'; did you mean 'query'?", id="flow"),
        pytest.param(lambda design: design.network_in("open"), "no variant 'open'", id="variant"),
    ],
)
def test_unknown_names(tmp_path: Path, ask, message: str) -> None:
    design = opened(write(tmp_path, base=BASE) / "base")

    with pytest.raises(UnknownNameError, match=message.replace("?", r"\?")):
        ask(design)


def test_unmet_expectation_is_an_error_where_it_stands(tmp_path: Path) -> None:
    design = opened(
        write(tmp_path, base=BASE.replace("expect: allowed", "expect: {blocked: NO_ROUTE_TO_DESTINATION}")) / "base"
    )
    wanted = [d for d in design.diagnostics if d.code == "DGP-01"]

    assert ["flow 'query' is allowed; expected blocked with NO_ROUTE_TO_DESTINATION"] == [d.text for d in wanted]
    assert 14 == wanted[0].span.line
    assert design.failed


@pytest.mark.parametrize(
    ("expect", "met"),
    [
        pytest.param("allowed", False, id="other-verdict"),
        pytest.param("blocked", True, id="any-reason"),
        pytest.param("{blocked: SG_HAS_NO_RULES}", True, id="that-reason"),
        pytest.param("{blocked: SG_HAS_NO_RULES, leg: forward}", True, id="that-reason-and-leg"),
        pytest.param("{blocked: SG_HAS_NO_RULES, leg: return}", False, id="other-leg"),
        pytest.param("{blocked: NO_ROUTE_TO_DESTINATION}", False, id="other-reason"),
    ],
)
def test_expectations(expect: str, met: bool) -> None:
    text = BASE.replace("{blocked: SG_HAS_NO_RULES}", expect)
    design = open_text(text).value
    assert design is not None

    assert met == ("DGP-01" not in codes(design))


def test_changes_since_the_base(tmp_path: Path) -> None:
    """What is new, gone and different since the design that it extends."""
    design = opened(write(tmp_path, base=BASE, next=NEXT) / "next")

    assert design.base is not None
    assert design.changes is not None
    assert "base" == design.changes.before
    assert (Key("instance", "shop/cache"),) == design.changes.added
    assert (Key("instance", "shop/db"),) == design.changes.removed


def test_design_without_base_has_no_changes(tmp_path: Path) -> None:
    assert None is opened(write(tmp_path, base=BASE) / "base").changes


def test_broken_variant_is_reported_with_the_design(tmp_path: Path) -> None:
    """Its flows are not traced; those of the design are."""
    text = BASE.replace("{db: {ingress: []}}}}}}", "{db: {ingress: [tcp 1 from nobody]}}}}}}")
    result = open_design(write(tmp_path, base=text) / "base")

    assert any(d.severity == "error" and "nobody" in d.text for d in result.diagnostics)
    assert result.value is not None
    assert ["query", "query-while-a-is-down"] == list(result.value.reports)


def test_diagnostics_come_once_and_by_place(tmp_path: Path) -> None:
    """A variant repeats what the design has to say; the reader hears it once."""
    design = opened(
        write(tmp_path, base=BASE.replace("ingress: []}, db", "ingress: [tcp 22 from 0.0.0.0/0]}, db")) / "base"
    )

    assert len(design.diagnostics) == len(set(design.diagnostics))
    assert list(design.diagnostics) == sorted(design.diagnostics, key=lambda d: d.sort_key)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("version: 1\nvpcs: [", id="no-yaml"),
    ],
)
def test_no_network_no_design(text: str) -> None:
    result = open_text(text)

    assert None is result.value
    assert result.failed


def test_mistakes_of_later_stages_are_told_beside_unknown_references() -> None:
    """One run finds a reference to nothing and a block that AWS would refuse; no flow is traced."""
    text = BASE.replace("subnet: app", "subnet: nowhere").replace("10.0.0.0/16", "10.0.0.0/8")
    result = open_text(text)

    assert result.value is not None
    assert result.value.failed
    assert dict(result.value.reports) == {}
    assert {"DGR-01", "DGL-101"} <= {d.code for d in result.diagnostics}


def test_open_all_keeps_the_order_of_the_index(tmp_path: Path) -> None:
    folder = write(tmp_path, alpha=BASE, omega=BASE)
    (folder / "index.yaml").write_text(
        "version: 1\nchapters:\n- {title: One, slugs: [omega]}\n- {title: Two, slugs: [alpha]}\n"
    )
    designs = open_all(folder)

    assert [("One", ["omega"]), ("Two", ["alpha"])] == [
        (c.title, [d.slug for d in c.designs]) for c in designs.chapters
    ]


def test_open_all_without_index_goes_by_name(tmp_path: Path) -> None:
    assert ["alpha", "omega"] == [d.slug for d in open_all(write(tmp_path, omega=BASE, alpha=BASE)).designs]


def test_open_all_opens_what_it_can(tmp_path: Path) -> None:
    """A broken design is told with its text and does not hide the others."""
    designs = open_all(write(tmp_path, good=BASE, broken="version: 1\nvpcs: ["))

    assert ["good"] == [d.slug for d in designs.designs]
    assert 2 == designs.count
    assert designs.failed
    assert "vpcs: [" in designs.sources[str(tmp_path / "broken" / "architecture.yaml")]


def test_open_all_of_an_empty_folder(tmp_path: Path) -> None:
    designs = open_all(tmp_path)

    assert ["DGP-03"] == [d.code for d in designs.diagnostics]
