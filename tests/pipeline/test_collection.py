"""What stands beside the designs of a folder is held against them."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.pipeline import open_all

DESIGN = """\
version: 1
title: One
region: ap-south-1
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    zones: [a]
    subnets: {front: {cidr_block: 10.0.0.0/24}}
    instances: {one: {subnet: front}, two: {subnet: front}}
flows:
  talk: {from: one, to: two, port: 80}
"""
COMPARISON = """\
version: 1
title: Alpha or omega
question: Which?
answer: Alpha.
designs:
  - {design: alpha, label: Alpha, choose: it is first.}
  - {design: omega, label: Omega, choose: it is last.}
rows:
  - {aspect: An hour, values: ["{{ figure:nat-gateway-hour }}", nothing]}
  - {aspect: They talk, flows: [talk, talk]}
"""
MAP = """\
version: 1
document: Notes
about: They are old.
sections:
  - {title: Start, level: 2, tells: All of it., designs: [alpha]}
corrections:
  - said: It is so.
    judgement: dated
    truth: It was.
    sources: {https://docs.aws.amazon.com/: AWS}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for slug in ("alpha", "omega"):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "architecture.yaml").write_text(DESIGN)
    (tmp_path / "comparisons").mkdir()
    return tmp_path


def errors(folder: Path) -> list[str]:
    return [
        f"{Path(d.span.file).name}:{d.span.line}:{d.span.column} {d.code} {d.text}"
        for d in open_all(folder).diagnostics
        if Path(d.span.file).name != "architecture.yaml"
    ]


def test_all_is_well(folder: Path) -> None:
    (folder / "comparisons" / "first.yaml").write_text(COMPARISON)
    (folder / "coverage.yaml").write_text(MAP)
    collection = open_all(folder).collection

    assert [] == errors(folder)
    assert ["first"] == [c.id for c in collection.comparisons]
    assert collection.source_map is not None
    assert ["Start"] == [s.title for s in collection.source_map.sections]


def test_there_may_be_nothing(folder: Path) -> None:
    """A user's own designs need neither."""
    collection = open_all(folder).collection

    assert ((), None) == (collection.comparisons, collection.source_map)


@pytest.mark.parametrize(
    ("expected", "old", "new"),
    [
        pytest.param("6:14 DGP-05 there is no design 'alfa'", "design: alpha", "design: alfa", id="design"),
        pytest.param(
            "9:5 DGP-05 there is no figure 'gold'", "figure:nat-gateway-hour", "figure:gold", id="figure-in-a-cell"
        ),
        pytest.param(
            "10:39 DGP-05 design 'omega' has no flow 'tlak'", "[talk, talk]", "[talk, tlak]", id="flow-of-the-second"
        ),
        pytest.param("9:3 DGY-31 row 'They talk' has 1 cells for 2 designs", "[talk, talk]", "[talk]", id="too-few"),
        pytest.param("9:3 DGY-31 row 'They talk' wants either", "flows: [talk, talk]", "values: []", id="empty-row"),
    ],
)
def test_comparison_that_is_wrong(folder: Path, expected: str, old: str, new: str) -> None:
    """Each at its place."""
    assert old in COMPARISON
    (folder / "comparisons" / "first.yaml").write_text(COMPARISON.replace(old, new))

    assert [f"first.yaml:{expected}"] == [e[: len(f"first.yaml:{expected}")] for e in errors(folder)]


@pytest.mark.parametrize(
    ("expected", "old", "new"),
    [
        pytest.param("5:59 DGP-05 there is no design 'alfa'", "[alpha]", "[alfa]", id="design"),
        pytest.param("5:5 DGY-31 nothing teaches 'Start'", ", designs: [alpha]", "", id="nothing-teaches-it"),
        pytest.param("8:16 DGY-17 `judgement`", "dated", "old", id="judgement"),
        pytest.param("10:15 DGY-17 `address`", "https://docs", "ftp://docs", id="address"),
    ],
)
def test_map_that_is_wrong(folder: Path, expected: str, old: str, new: str) -> None:
    assert old in MAP
    (folder / "coverage.yaml").write_text(MAP.replace(old, new))

    assert [f"coverage.yaml:{expected}"] == [e[: len(f"coverage.yaml:{expected}")] for e in errors(folder)]


def test_design_with_errors_takes_its_comparison_along(folder: Path) -> None:
    """Its page cannot be made; the error of the design is enough."""
    (folder / "comparisons" / "first.yaml").write_text(COMPARISON)
    (folder / "omega" / "architecture.yaml").write_text("version: 1\nvpcs: [")

    assert ([], ()) == (errors(folder), open_all(folder).collection.comparisons)
