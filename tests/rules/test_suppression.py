"""What an author accepts with a reason: where it covers, what cannot be accepted, what is needless."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.core.diagnostic import Severity
from docgen.loader import dump
from docgen.pages.architecture_page import architecture_page
from docgen.pages.build import Build, Chapter
from docgen.pages.outline import outline_of
from docgen.pipeline import Design, open_design, open_text
from docgen.rules import Rule, all_rules

# One NAT gateway for two zones is DGL-20 at the route of the table `private`; nothing is public: DGL-09 at the VPC.
SHOP = """\
version: 1
title: One NAT gateway for two zones
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    {vpc}
    subnets:
      public: {{cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}}
      app: {{cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private, {subnet}}}
    nat_gateways: {{nat: {{subnet: public-a, {nat}}}}}
    route_tables:
      public: {{0.0.0.0/0: igw}}
      private: {{0.0.0.0/0: nat, {table}}}
{top}
"""
ACCEPTED = "suppress: {DGL-20: One is enough for tests}"


def opened(text: str) -> Design:
    design = open_text(text).value
    assert design is not None
    return design


def shop(**places: str) -> Design:
    return opened(SHOP.format(**{"vpc": "", "subnet": "", "nat": "", "table": "", "top": "", **places}))


def codes(design: Design) -> list[str]:
    return [d.code for d in design.diagnostics]


@pytest.mark.parametrize(
    ("accepted", "place", "text"),
    [
        pytest.param(True, "table", ACCEPTED, id="on-the-component-that-the-finding-points-at"),
        pytest.param(True, "vpc", ACCEPTED, id="on-the-vpc-that-it-stands-in"),
        pytest.param(True, "top", ACCEPTED, id="for-the-whole-design"),
        pytest.param(True, "vpc", "suppress: [{code: DGL-20, reason: Tests}]", id="as-a-list"),
        pytest.param(True, "top", "suppress: {DGL-20: {reason: Tests, for: private}}", id="for-a-component-by-name"),
        pytest.param(True, "top", "suppress: {DGL-20: {reason: Tests, for: [nat, shop/private]}}", id="by-path"),
        pytest.param(True, "top", "suppress: [{code: DGL-20, reason: Tests, for: [shop]}]", id="for-its-vpc-by-name"),
        pytest.param(False, "nat", ACCEPTED, id="not-on-a-component-beside-it"),
        pytest.param(False, "subnet", ACCEPTED, id="not-on-the-subnets"),
        pytest.param(False, "top", "suppress: {DGL-20: {reason: Tests, for: [nat]}}", id="not-for-another-one"),
        pytest.param(False, "vpc", "suppress: {DGL-21: Tests}", id="not-another-rule"),
    ],
)
def test_what_a_suppression_covers(accepted: bool, place: str, text: str) -> None:
    """The component, what stands in it, and nothing beside it; what covers nothing is reported."""
    design = shop(**{place: text})

    assert accepted == ("DGL-20" not in codes(design))
    assert accepted == ("DGS-01" not in codes(design))
    assert [("DGL-20", True)] * accepted == [(s.diagnostic.code, s.span.line > 0) for s in design.suppressed]
    assert "DGL-09" in codes(design)


def test_reason_is_kept() -> None:
    (accepted,) = shop(vpc=ACCEPTED).suppressed

    assert "One is enough for tests" == accepted.reason
    assert accepted.noted.notes[-1].text == "accepted: One is enough for tests"


@pytest.mark.parametrize(
    ("code", "text", "suppress"),
    [
        pytest.param(
            "DGS-02", "there is no rule 'DGL-2O' to suppress", "{DGL-2O: Tests}", id="a-letter-instead-of-a-digit"
        ),
        pytest.param("DGS-02", "there is no rule 'dgl-20' to suppress", "{dgl-20: Tests}", id="small-letters"),
        pytest.param("DGS-03", "DGL-33 cannot be suppressed", "{DGL-33: Tests}", id="what-AWS-refuses"),
        pytest.param("DGS-03", "DGP-01 cannot be suppressed", "{DGP-01: Tests}", id="an-expectation"),
        pytest.param("DGS-03", "DGS-01 cannot be suppressed", "{DGS-01: Tests}", id="a-suppression"),
        pytest.param(
            "DGS-04",
            "there is no component or flow 'nta' to suppress DGL-20 for",
            "{DGL-20: {reason: Tests, for: [nta]}}",
            id="a-misspelt-component",
        ),
        pytest.param("DGY-12", "`suppress` needs `reason`", "[{code: DGL-20}]", id="no-reason"),
        pytest.param("DGY-31", "DGL-20 is suppressed without a reason", "{DGL-20: ' '}", id="an-empty-reason"),
        pytest.param("DGY-14", "`suppress` wants a list, found text 'DGL-20'", "DGL-20", id="only-a-code"),
        pytest.param("DGY-12", "`for` names nothing", "{DGL-20: {reason: Tests, for: []}}", id="for-nothing"),
        pytest.param("DGY-13", "has no key 'why'", "[{code: DGL-20, reason: x, why: y}]", id="an-unknown-key"),
    ],
)
def test_wrong_suppressions(code: str, text: str, suppress: str) -> None:
    """An error with a place in the definition, and nothing is hidden."""
    found = [d for d in shop(top=f"suppress: {suppress}").diagnostics if d.code == code]

    assert len(found) == 1
    assert text in found[0].text
    assert (Severity.ERROR, 17) == (found[0].severity, found[0].span.line)


def test_closest_rule_is_suggested() -> None:
    (found,) = [d for d in shop(vpc="suppress: {DGL-2O: Tests}").diagnostics if d.code == "DGS-02"]

    assert "did you mean 'DGL-20'?" == found.hint


def test_errors_stay_errors() -> None:
    """What AWS refuses is told whatever the definition accepts."""
    design = opened(
        SHOP.format(vpc="suppress: {DGL-33: Tests}", subnet="", nat="", table="", top="").replace(
            "10.0.11.0", "10.9.0.0"
        )
    )

    assert {"DGL-33", "DGS-03"} <= set(codes(design))


TWO = """\
version: 1
title: Two spokes, each with a database in one zone
region: ap-south-1
zones: [a, b]
templates:
  spoke:
    {template}
    subnets: {{data: {{cidr_blocks: [+0.0.1.0/24, +0.0.2.0/24]}}}}
    db_instances: {{orders: {{engine: mysql, subnets: [data], {database}}}}}
vpcs:
  prod: {{template: spoke, cidr_block: 10.1.0.0/16}}
  test: {{template: spoke, cidr_block: 10.2.0.0/16, {test}}}
"""
SINGLE = "suppress: {DGL-23: Its data can be made again}"


@pytest.mark.parametrize(
    ("kept", "place"),
    [
        pytest.param(True, "test", id="one-of-two-VPCs-made-from-a-template"),
        pytest.param(False, "template", id="the-template"),
        pytest.param(False, "database", id="a-component-of-the-template"),
    ],
)
def test_templates(kept: bool, place: str) -> None:
    """What one line makes in two VPCs has to be accepted in both."""
    design = opened(TWO.format(**{"template": "", "database": "", "test": "", place: SINGLE}))

    assert kept == ("DGL-23" in codes(design))


def test_components_per_zone() -> None:
    """A block that becomes one component per zone is accepted as a whole."""
    text = SHOP.format(vpc="", subnet="", nat="", table="", top="")
    web = "    instances: {web: {subnet: public, %s}}\n    nat_gateways:"
    plain = opened(text.replace("    nat_gateways:", web % ""))
    design = opened(text.replace("    nat_gateways:", web % "suppress: {DGL-05: A demonstration}"))

    assert "DGL-05" in codes(plain)
    assert {"DGL-05"} == {s.diagnostic.code for s in design.suppressed}
    assert not {"DGL-05", "DGS-01"} & set(codes(design))


def write(folder: Path, slug: str, text: str) -> Path:
    (folder / slug).mkdir()
    (folder / slug / "architecture.yaml").write_text(text, encoding="utf-8")
    return folder / slug


def test_extends_takes_suppressions_over(tmp_path: Path) -> None:
    """They hold in the next design; one that it no longer needs is not its fault."""
    base = SHOP.format(vpc=ACCEPTED, subnet="", nat="", table="", top="suppress: {DGL-09: Public later}")
    write(tmp_path, "one", base)
    own = "version: 1\ntitle: Next\nextends: one\n"
    two = open_design(write(tmp_path, "two", own)).value
    three = open_design(
        write(tmp_path, "three", own + "vpcs: {shop: {nat_gateways: {nat: {subnet: public}}}}\n")
    ).value
    four = open_design(write(tmp_path, "four", own + "suppress: null\n")).value
    assert two is not None
    assert three is not None
    assert four is not None

    assert {"DGL-20", "DGL-09"} == {s.diagnostic.code for s in two.suppressed}
    assert "DGS-01" not in codes(two) + codes(three)
    assert "DGL-09" in codes(four)


def test_variants_are_read_too() -> None:
    """A variant's changes may suppress; what is wrong there is told once."""
    top = "variants:\n  v: {changes: {vpcs: {shop: {suppress: {DGL-99999: Tests}}}}}"
    design = shop(top=top, vpc=ACCEPTED)

    assert 1 == codes(design).count("DGS-02")
    assert "DGL-20" not in codes(design)


def test_unreadable_definition_has_no_unused_suppressions() -> None:
    """Where rules could not run, a suppression is not needless."""
    design = open_text(SHOP.format(vpc=ACCEPTED, subnet="", nat="", table="", top="").replace(": nat, ", ": nta, "))

    assert "DGS-01" not in [d.code for d in design.diagnostics]


def test_dump_keeps_them() -> None:
    """`docgen show` prints what it reads."""
    design = shop(vpc=ACCEPTED, top="suppress: {DGL-09: {reason: Public later, for: [shop]}}")
    again = opened(dump(design.architecture))

    assert {"DGL-20", "DGL-09"} == {s.diagnostic.code for s in again.suppressed}


def test_page_lists_them() -> None:
    """With the reason, escaped."""
    design = shop(vpc='suppress: {DGL-20: "<b>enough</b> | for tests"}')
    build = Build(chapters=(Chapter(title="One", designs=(outline_of(design),)),))
    page = architecture_page(build, design).markdown
    (row,) = [line for line in page.splitlines() if "enough" in line and line.startswith("|")]

    assert "Accepted risks</h2>" in page or "## Accepted risks" in page
    assert "DGL-20" in row
    assert "&#60;b&#62;enough&#60;/b&#62; &#124; for tests" in row
    assert "Accepted risks" not in architecture_page(build, shop()).markdown


QUIET = [rule for rule in all_rules() if rule.severity is not Severity.ERROR]
AT_THE_TOP = {"DGL-49"}
"""Its findings point at what is no component's."""


@pytest.mark.parametrize("rule", QUIET, ids=lambda rule: rule.name)
def test_every_warning_and_remark_can_be_accepted(rule: Rule) -> None:
    """For the whole design, and at the component or flow that it points at."""
    text = rule.flagged[0]
    plain = opened(text)
    names = [c.key for c in plain.network.components.values() if c.span.file]
    ends = ", ".join((*map(str, names), *(f.id for f in plain.architecture.flows)))
    whole = opened(f"{text}suppress: {{{rule.code}: Accepted}}\n")
    named = opened(f"{text}suppress: [{{code: {rule.code}, reason: Accepted, for: [{ends}]}}]\n")

    assert rule.code in codes(plain)
    assert rule.code not in codes(whole)
    assert (rule.code in codes(named)) == (rule.code in AT_THE_TOP)
    assert {rule.code} == {s.diagnostic.code for s in whole.suppressed}
