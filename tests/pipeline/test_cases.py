"""What was checked as test cases: one for each flow, invariant, rule and file, failing where the command does."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.core.diagnostic import has_errors
from docgen.core.junit import Case, Outcome, Suite
from docgen.pipeline import open_all, open_design
from docgen.pipeline.cases import suites_of
from docgen.rules import all_rules

SHOP = """\
version: 1
title: A shop
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    suppress: {DGL-20: One NAT gateway is enough for a test system}
    subnets:
      public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}
    nat_gateways: {nat: {subnet: public-a}}
    route_tables:
      public: {0.0.0.0/0: igw}
      private: {0.0.0.0/0: nat}
    security_groups: {app: {ingress: [tcp 8080 from app]}}
    instances: {app: {subnet: app, security_groups: [app]}}
flows:
  app-calls-out: {from: app-a, to: internet, port: 443, expect: allowed}
  app-is-private: {from: internet, to: app-a, port: 8080, expect: allowed}
  asked-only: {from: app-a, to: app-b, port: 8080}
invariants:
  private: {never: {from: internet, to: app}}
  apart: {isolated: [app-a, app-b]}
"""


def suites(folder: Path, *, strict: bool = False, **files: str) -> tuple[Suite, ...]:
    """Of designs in folders by name."""
    for name, text in files.items():
        (folder / name).mkdir()
        (folder / name / "architecture.yaml").write_text(text)
    opened = open_all(folder)
    made = suites_of(opened.designs, opened.diagnostics, opened.sources, strict=strict)
    failed = has_errors(opened.diagnostics) or (strict and bool(opened.diagnostics))
    assert failed == any(case.outcome is Outcome.FAILED for suite in made for case in suite.cases)
    return made


def cases(suite: Suite, group: str) -> dict[str, Case]:
    return {case.name: case for case in suite.cases if case.group == group}


def test_flows(tmp_path: Path) -> None:
    """As expected, otherwise, and without an expectation."""
    (suite,) = suites(tmp_path, shop=SHOP)
    flows = cases(suite, "flows")
    fine, wrong, asked = flows.values()

    assert ["app-calls-out", "app-is-private", "asked-only"] == list(flows)
    assert (Outcome.PASSED, "allowed") == (fine.outcome, fine.text.splitlines()[-1])
    assert (Outcome.FAILED, "DGP-01") == (wrong.outcome, wrong.code)
    assert f"{tmp_path}/shop/architecture.yaml:21:67: flow 'app-is-private' is blocked" in wrong.message
    assert "hint: `docgen trace " in wrong.text
    assert (Outcome.SKIPPED, "it has no `expect`; it is allowed") == (asked.outcome, asked.message)


def test_invariants(tmp_path: Path) -> None:
    (suite,) = suites(tmp_path, shop=SHOP)
    invariants = cases(suite, "invariants")

    assert Outcome.PASSED is invariants["private"].outcome
    assert invariants["private"].text.startswith("proven for ")
    assert (Outcome.FAILED, "DGP-10") == (invariants["apart"].outcome, invariants["apart"].code)


def test_rules(tmp_path: Path) -> None:
    """All of them; one that the author accepts is skipped with the reason, a warning is told but fails nothing."""
    (suite,) = suites(tmp_path, shop=SHOP)
    rules = cases(suite, "rules")
    accepted = rules["DGL-20 nat_gateway_in_another_zone"]
    told = [case for case in rules.values() if case.text and case is not accepted]

    assert [f"{rule.code} {rule.name}" for rule in all_rules()] == list(rules)
    assert (Outcome.SKIPPED, "accepted: One NAT gateway is enough for a test system") == (
        accepted.outcome,
        accepted.message,
    )
    assert {Outcome.PASSED} == {case.outcome for case in told}
    assert any(": info[" in case.text or ": warning[" in case.text for case in told)


def test_strict(tmp_path: Path) -> None:
    """Warnings and remarks fail their rules; what is accepted does not."""
    (suite,) = suites(tmp_path, strict=True, shop=SHOP)
    rules = cases(suite, "rules").values()

    assert any(case.outcome is Outcome.FAILED for case in rules)
    assert Outcome.SKIPPED is cases(suite, "rules")["DGL-20 nat_gateway_in_another_zone"].outcome


def test_unreadable_definition(tmp_path: Path) -> None:
    """Its file fails, nothing else is judged."""
    (suite,) = suites(tmp_path, shop=SHOP.replace("route_table: public}", "route_table: pubic}"))
    (file,) = cases(suite, "files").values()

    assert ("architecture.yaml", Outcome.FAILED, "DGR-01") == (file.name, file.outcome, file.code)
    assert {Outcome.SKIPPED} == {
        c.outcome for g in ("flows", "invariants", "rules") for c in cases(suite, g).values()
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [pytest.param("a: [", "shop", id="no-yaml"), pytest.param("- 1\n", "shop", id="no-mapping")],
)
def test_definition_that_cannot_be_opened(tmp_path: Path, text: str, name: str) -> None:
    (suite,) = suites(tmp_path, shop=text)

    assert (name, Outcome.FAILED) == (suite.name, suite.cases[0].outcome)


def test_folder_without_designs(tmp_path: Path) -> None:
    (suite,) = suites(tmp_path)

    assert "DGP-03" == suite.cases[0].code


def test_file_beside_the_definition(tmp_path: Path) -> None:
    """What is wrong with page.yaml fails a case of its name."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/page.yaml").write_text("teaches: 7\nodd: 1\n")
    (tmp_path / "shop/architecture.yaml").write_text(SHOP)
    (suite,) = suites(tmp_path)

    assert {"architecture.yaml": Outcome.PASSED, "page.yaml": Outcome.FAILED} == {
        name: case.outcome for name, case in cases(suite, "files").items()
    }


@pytest.mark.parametrize("slug", ["three-tier", "account-scopes", "vpc-peering"])
def test_every_diagnostic_is_told_once(root: Path, slug: str) -> None:
    """In shipped designs: no case fails, and nothing that the command prints is left out."""
    design = open_design(root / "architectures" / slug).value
    assert design is not None
    (suite,) = suites_of([design], design.diagnostics, design.architecture.sources)

    assert [] == [case.name for case in suite.cases if case.outcome is Outcome.FAILED]
    for diagnostic in design.diagnostics:
        assert 1 == sum(f"{diagnostic.span}: {diagnostic.severity}[{diagnostic.code}]" in c.text for c in suite.cases)
