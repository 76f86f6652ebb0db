"""`docgen check` for programs: SARIF, JUnit and annotations, to standard output and to files."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from docgen.pipeline.explanations import explanations

MISTAKES = "docs/examples/mistakes.yaml"
ACCEPTED = """\
version: 1
title: A test system with one NAT gateway
region: ap-south-1
zones: [a, b]
vpcs:
  test:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    suppress: {DGL-20: One NAT gateway is enough}
    subnets:
      public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}
    nat_gateways: {nat: {subnet: public-a}}
    route_tables: {public: {0.0.0.0/0: igw}, private: {0.0.0.0/0: nat}}
"""
HOSTILE = """\
version: 1
title: "##[error]x"
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.0.0/24, route_table: "x\\n::error file=a,line=1::forged\\e[2J</failure>"}}
"""


def sarif(text: str) -> dict:
    """The one run of a file that fulfils the standard's schema."""
    values = json.loads(text)
    schema = json.loads((Path(__file__).parents[1] / "data/sarif-schema-2.1.0.json").read_text())
    jsonschema.validate(values, schema)
    return values["runs"][0]


def test_sarif(run) -> None:
    """Exit code as always; every code has its explanation, and a rule the AWS page that says why."""
    result = run("check", MISTAKES, "--format", "sarif")
    found = sarif(result.stdout)
    known = explanations()

    assert 1 == result.exit_code
    assert ["DGR-01", "DGY-22", "DGY-13"] == [r["ruleId"] for r in found["results"]]
    for entry in found["results"]:
        rule = found["tool"]["driver"]["rules"][entry["ruleIndex"]]
        assert entry["ruleId"] == rule["id"]
        assert known[rule["id"]].title == rule["shortDescription"]["text"]
        assert rule["help"]["text"]


def test_sarif_rule_has_help(run) -> None:
    found = sarif(run("check", "-", "--format", "sarif", text=ACCEPTED).stdout)
    rule = next(r for r in found["tool"]["driver"]["rules"] if r["id"] == "DGL-20")

    assert rule["helpUri"].startswith("https://docs.aws.amazon.com/")
    assert "## Why it matters" in rule["help"]["markdown"]
    assert "nat_gateway_in_another_zone" == rule["name"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        pytest.param([], True, id="told-as-accepted"),
        pytest.param(["--show-suppressed"], True, id="asked-for"),
        pytest.param(["--hide-suppressed"], False, id="left-out-for-those-who-cannot-read-it"),
    ],
)
def test_sarif_suppressions(run, more: list[str], told: bool) -> None:
    results = sarif(run("check", "-", "--format", "sarif", *more, text=ACCEPTED).stdout)["results"]
    reasons = [s["justification"] for r in results for s in r.get("suppressions", ())]

    assert (["One NAT gateway is enough"] if told else []) == reasons


def test_sarif_fingerprints_stay_when_lines_move(run) -> None:
    first, moved = (
        sarif(run("check", "-", "--format", "sarif", text=text).stdout)["results"]
        for text in (ACCEPTED, ACCEPTED.replace("vpcs:", "# a remark\n\nvpcs:"))
    )

    assert [r["partialFingerprints"] for r in first] == [r["partialFingerprints"] for r in moved]
    assert first != moved


def test_junit(run) -> None:
    result = run("check", "isolated-vpc", "--format", "junit")
    root = ElementTree.fromstring(result.stdout)
    groups = {case.get("classname") for case in root.iter("testcase")}

    assert 0 == result.exit_code
    assert {f"isolated-vpc.{group}" for group in ("files", "flows", "invariants", "rules")} == groups
    assert "0" == root.get("failures")


def test_github(run) -> None:
    """A command for each finding, and last a line for whoever reads the log."""
    result = run("check", MISTAKES, "--format", "github")
    *commands, last = result.stdout.splitlines()

    assert 1 == result.exit_code
    assert "1 design, 0 flows traced: 3 errors" == last
    assert commands[0].startswith(
        f"::error file={MISTAKES},line=10,col=70,endColumn=75,title=DGR-01%3A unknown reference::there is no route"
    )
    assert 3 == len(commands)


@pytest.mark.parametrize("name", ["text", "json", "sarif", "junit", "github"])
def test_hostile_names_forge_nothing(run, name: str) -> None:
    """No line of the log is a command of the author's, no terminal sequence gets out, files stay what they are."""
    result = run("check", "-", "--format", name, text=HOSTILE)

    assert 1 == result.exit_code
    assert "\x1b" not in result.stdout
    assert [] == [line for line in result.stdout.splitlines() if line.lstrip().startswith("::error file=a,")]
    if name == "junit":
        assert "1" == ElementTree.fromstring(result.stdout).get("failures")
    if name == "sarif":
        assert 1 == len(sarif(result.stdout)["results"])


@pytest.mark.parametrize("name", ["json", "sarif", "junit"])
def test_same_bytes_in_every_way_to_write_them(run, tmp_path: Path, name: str) -> None:
    """Printed, as the output file, and beside another format."""
    printed = run("check", MISTAKES, "--format", name)
    written = run("check", MISTAKES, "--format", name, "-o", str(tmp_path / "deep/a"))
    beside = run("check", MISTAKES, "--report", f"{name}={tmp_path / 'b'}", "--report", f"text={tmp_path / 'c'}")

    assert {1} == {r.exit_code for r in (printed, written, beside)}
    assert printed.stdout == (tmp_path / "deep/a").read_text() == (tmp_path / "b").read_text()
    assert f"{tmp_path / 'deep/a'}: 1 design, 0 flows traced: 3 errors\n" == written.stdout
    assert beside.stdout == (tmp_path / "c").read_text()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["--report", "sarif"], "is not FORMAT=FILE", id="no-file"),
        pytest.param(["--report", "xml=a"], "is not FORMAT=FILE", id="no-such-format"),
        pytest.param(["--format", "sarif", "--coverage"], "`--report sarif=FILE`", id="no-place-for-coverage"),
        pytest.param(["--format", "junit", "--outage", "a"], "`--report junit=FILE`", id="no-place-for-outages"),
    ],
)
def test_wrong_usage(run, arguments: list[str], says: str) -> None:
    result = run("check", MISTAKES, *arguments)

    assert 2 == result.exit_code
    assert says in result.stderr


def test_output_that_cannot_be_written(run) -> None:
    """A message, not a traceback."""
    result = run("check", MISTAKES, "--report", "sarif=/dev/null/x")

    assert 2 == result.exit_code
    assert "Traceback" not in result.stderr
