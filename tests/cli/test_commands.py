"""check, list, show, new, render, explain, schema: what they print and how they end."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from docgen import loader
from docgen.pipeline.explanations import explanations

BROKEN = """\
version: 1
title: Broken
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.0.0/99}}
    instances: {app: {subnet: ap, secrity_groups: [x]}}
"""
WARNED = """\
version: 1
title: One database
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {data: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24]}}
    db_instances: {orders: {engine: mysql, subnets: [data]}}
"""


# -- check
def test_check_of_what_we_ship(run, root: Path) -> None:
    """All designs, from the folder that is taken where none is named; warnings do not make it fail."""
    result = run("check")

    assert 0 == result.exit_code
    assert result.stdout.splitlines()[-1].startswith(f"{len(slugs_of_index(root))} designs, ")


def test_check_reports_all_mistakes_in_one_run(run) -> None:
    """With place, excerpt and caret, on standard output, and exit code 1."""
    result = run("check", "-", text=BROKEN)

    assert 1 == result.exit_code
    assert "<stdin>:8:33: error[" in result.stdout
    assert (
        "8 |     subnets: {app: {cidr_block: 10.0.0.0/99}}\n  |                                 ^^^^^^^^^^^"
        in result.stdout
    )
    assert "did you mean 'security_groups'?" in result.stdout
    assert "1 design, 0 flows traced: " in result.stdout


@pytest.mark.parametrize(
    ("more", "code"),
    [pytest.param([], 0, id="warning-passes"), pytest.param(["--strict"], 1, id="strict-refuses-it")],
)
def test_check_warnings(run, more: list[str], code: int) -> None:
    result = run("check", "-", *more, text=WARNED)

    assert code == result.exit_code
    assert ": warning[" in result.stdout


UNMET = """\
version: 1
title: One server
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.0.0/24}}
    instances: {app: {subnet: app}}
flows: {calls-out: {from: app, to: internet, port: 443, expect: allowed}}
"""


@pytest.mark.parametrize(
    ("called", "place"),
    [
        pytest.param("shop", "architectures/shop/architecture.yaml", id="a-design-by-its-name"),
        pytest.param("drafts/shop", "drafts/shop/architecture.yaml", id="a-folder-elsewhere-by-its-path"),
        pytest.param("'my shop.yaml'", "my shop.yaml", id="a-file-by-its-path-quoted"),
    ],
)
def test_check_names_a_command_that_works(run, tmp_path, monkeypatch, called: str, place: str) -> None:
    """The hint of a flow that does otherwise names the definition as the reader can call it."""
    monkeypatch.chdir(tmp_path)
    Path(place).parent.mkdir(parents=True, exist_ok=True)
    Path(place).write_text(UNMET)

    assert f"hint: `docgen trace {called} --flow calls-out` shows every step" in run("check", place).stdout


def test_check_as_json(run) -> None:
    result = run("check", "-", "--format", "json", text=BROKEN)
    values = json.loads(result.stdout)

    assert (1, 1, 1) == (result.exit_code, values["version"], values["designs"])
    assert {"error"} == {d["severity"] for d in values["diagnostics"]}
    assert {"<stdin>"} == {d["file"] for d in values["diagnostics"]}


def test_check_of_several(run) -> None:
    """A file, a folder and a name."""
    result = run("check", "architectures/nat-egress/architecture.yaml", "architectures/isolated-vpc", "three-tier")

    assert 0 == result.exit_code
    assert "3 designs, " in result.stdout


def test_check_without_anything_to_check(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    result = run_in(run, tmp_path, monkeypatch, "check")

    assert 2 == result.exit_code
    assert "name a definition; there is no folder 'architectures' here" in result.stderr


def run_in(run, folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str):
    monkeypatch.chdir(folder)
    return run(*arguments)


# -- list and show
def test_list(run, root: Path) -> None:
    """In index order, with the verdicts of each."""
    lines = run("list").stdout.splitlines()

    assert slugs_of_index(root) == [line.split()[0] for line in lines]
    assert all(" allowed, " in line for line in lines)


def slugs_of_index(root: Path) -> list[str]:
    index = yaml.safe_load((root / "architectures/index.yaml").read_text())
    return [slug for chapter in index["chapters"] for slug in chapter["slugs"]]


def test_list_as_json(run_json, root: Path) -> None:
    designs = run_json("list", "--format", "json")["designs"]
    titles = {design["slug"]: design["title"] for design in designs}

    assert slugs_of_index(root) == list(titles)
    assert "Three tiers in two zones" == titles["three-tier"]
    assert {"allowed", "blocked", "unknown"} == set(designs[-1]["flows"])


def test_show_loads_back(run, root: Path) -> None:
    """What `show` prints is a definition of the same network."""
    shown = run("show", "three-tier").stdout
    again = loader.load_text(shown, "three-tier").value
    first = loader.load(root / "architectures/three-tier").value

    assert again is not None
    assert first is not None
    assert [c.key for c in first.components] == [c.key for c in again.components]
    assert "app-a" in shown


def test_show_a_variant(run) -> None:
    assert run("show", "three-tier").stdout != run("show", "three-tier", "--variant", "private-web-tier").stdout


def test_show_as_json(run_json) -> None:
    """Addresses are given out, tables have their local route, defaults stand beside what was written."""
    values = run_json("show", "three-tier", "--format", "json")
    tables = {table["name"]: table for table in values["route_tables"]}
    app = next(interface for interface in values["interfaces"] if interface["id"] == "app-a")

    assert ("10.0.10.5", None, ["app"]) == (app["private_ip"], app["public_ip"], app["security_groups"])
    assert ["10.0.0.0/16", "0.0.0.0/0"] == [route["destination"] for route in tables["private-a"]["routes"]]
    assert tables["main"]["implicit"]


@pytest.mark.parametrize("command", ["show", "trace", "render"])
def test_broken_definition(run, tmp_path: Path, command: str) -> None:
    """Diagnostics on standard error, exit code 1, nothing on standard output and nothing written."""
    more = ["-o", str(tmp_path / "out")] if command == "render" else []
    result = run(command, "-", *more, text=BROKEN)

    assert (1, "") == (result.exit_code, result.stdout)
    assert "error[" in result.stderr
    assert not (tmp_path / "out").exists()


# -- render
def test_render(run, tmp_path: Path) -> None:
    """A file for each view and format, named on standard output."""
    result = run("render", "isolated-vpc", "-o", str(tmp_path), "-f", "svg,drawio", "--view", "overview")

    assert 0 == result.exit_code, result.stderr
    assert [str(tmp_path / "overview.svg"), str(tmp_path / "overview.drawio")] == result.stdout.splitlines()
    assert {"svg", "mxfile"} == {
        ElementTree.parse(path).getroot().tag.rpartition("}")[2] for path in tmp_path.iterdir()
    }


def test_render_says_where_pictures_have_no_layers(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.pipeline.drawing.MOST_IN_LAYERS", 1)

    result = run("render", "isolated-vpc", "-o", str(tmp_path), "-f", "drawio", "--view", "overview")

    assert 0 == result.exit_code
    assert "isolated-vpc: too many pictures to be layers of each other" in result.stderr


def test_render_scorecard_needs_no_folder(run) -> None:
    """Figures of each view; designs that we ship have no faults."""
    result = run("render", "isolated-vpc", "--scorecard", "--view", "overview")

    assert 0 == result.exit_code
    assert ["overview", "0"] == result.stdout.splitlines()[2].split()[:2]


def test_render_needs_a_folder_otherwise(run) -> None:
    assert 2 == run("render", "isolated-vpc").exit_code


def test_render_scales_png(run, tmp_path: Path) -> None:
    from PIL import Image

    for scale in ("1", "2"):
        run(
            "render", "isolated-vpc", "-o", str(tmp_path / scale), "-f", "png", "--view", "overview", "--scale", scale
        )
    small, large = (Image.open(tmp_path / scale / "overview.png").size for scale in ("1", "2"))

    assert large == (2 * small[0], 2 * small[1])


def test_render_of_several_gives_a_folder_each(run, tmp_path: Path) -> None:
    run("render", "isolated-vpc", "nat-egress", "-o", str(tmp_path), "--view", "overview")

    assert ["isolated-vpc", "nat-egress"] == sorted(path.name for path in tmp_path.iterdir())


# -- explain and schema
def test_explain_lists_every_code(run) -> None:
    lines = run("explain").stdout.splitlines()

    assert list(explanations()) == [line.split()[0].upper() for line in lines]


@pytest.mark.parametrize("code", ["NO_ROUTE_TO_DESTINATION", "dgl-38", "[DGR-01]", "DGP-01", "blackhole-route"])
def test_explain(run, code: str) -> None:
    """Reasons, rules and messages; as printed, with brackets or in small letters."""
    result = run("explain", code)

    assert 0 == result.exit_code
    assert result.stdout.upper().startswith(code.strip("[]").upper() + ":")
    assert len(result.stdout) > 100


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        pytest.param("NO_ROUTE_TO_DESTINATIN", "did you mean 'NO_ROUTE_TO_DESTINATION'?", id="nearly-one"),
        pytest.param("XYZ", "`docgen explain` lists all", id="nothing-like-one"),
    ],
)
def test_explain_of_what_is_no_code(run, code: str, hint: str) -> None:
    """Wrong usage, with the nearest code or the place where all stand."""
    result = run("explain", code)

    assert (2, True) == (result.exit_code, result.stderr.rstrip().endswith(f"no code {code!r}; {hint}"))


def test_explain_as_json(run_json) -> None:
    assert "NO_ROUTE_TO_DESTINATION" == run_json("explain", "NO_ROUTE_TO_DESTINATION", "--format", "json")["code"]


def test_every_code_is_explained() -> None:
    """No code stands twice, and none without a sentence."""
    for code, explanation in explanations().items():
        assert explanation.title, code
        assert len(explanation.paragraphs()) > 40, code


def test_schema(run_json) -> None:
    assert loader.json_schema() == run_json("schema")


def test_schema_of_traces(run_json) -> None:
    assert "flows" in run_json("schema", "--trace")["$defs"]


def test_explain_takes_a_choice_as_a_trace_shows_it(run) -> None:
    """With its tag in front; and a near miss gets the right name."""
    assert run("explain", "[model: blackhole-route]").stdout.startswith("blackhole-route: ")
    assert "did you mean 'blackhole-route'?" in run("explain", "blackhole-rout").stderr


# -- check --outage
def test_check_of_each_zone(run) -> None:
    """The table stands behind the findings; it is no reason to fail unless it is asked to be."""
    result = run("check", "two-tier-single-zone-database", "--outage", "each-zone")
    assert result.exit_code == 0
    assert "web-reads-orders breaks: BAD_STATE. web-b to orders" in result.stdout
    assert "The path goes from shopper by edge, web-b to orders." in result.stdout
    assert "2 single failures, 2 flows each: 2 of 4 break.\n" in result.stdout


@pytest.mark.parametrize(
    ("code", "design", "outage"),
    [
        pytest.param(1, "two-tier-single-zone-database", "each-zone", id="a zone breaks a flow"),
        pytest.param(0, "two-tier-multi-zone", "each-zone", id="no zone breaks one"),
        pytest.param(0, "two-tier-single-zone-database", "b", id="the other zone"),
        pytest.param(1, "nat-egress", "each-component", id="a component breaks one"),
    ],
)
def test_check_with_outage_fails(run, code: int, design: str, outage: str) -> None:
    """`--outage-fails` is for CI: 1 where a failure breaks a flow."""
    assert code == run("check", design, "--outage", outage, "--outage-fails").exit_code


def test_check_of_outages_as_json(run_json) -> None:
    """A table for each design; the key is there only where it was asked for."""
    answer = run_json("check", "three-tier", "--outage", "each-zone", "--outage", "nat-a", "--format", "json")
    (table,) = answer["resilience"]
    assert ("three-tier", 2) == (table["design"], table["breaks"])
    assert ["ap-south-1a", "ap-south-1b", "nat-a"] == [row["name"] for row in table["failures"]]
    assert "resilience" not in run_json("check", "three-tier", "--format", "json")


@pytest.mark.parametrize(
    ("options", "text"),
    [
        pytest.param(["--outage", "each-zon"], "did you mean 'each-zone'?", id="a level"),
        pytest.param(["--outage", "nat-c"], "did you mean 'nat-", id="a component"),
        pytest.param(["--outage-fails"], "--outage-fails needs --outage", id="nothing to fail for"),
    ],
)
def test_check_of_unknown_outages(run, options: list[str], text: str) -> None:
    result = run("check", "three-tier", *options)
    assert result.exit_code == 2
    assert text in result.stderr


def test_check_of_outages_of_designs_with_one_name(run, tmp_path: Path) -> None:
    """Two folders of one name: both have their table."""
    for folder in ("one", "two"):
        (tmp_path / folder / "shop").mkdir(parents=True)
        text = Path("architectures/isolated-vpc/architecture.yaml").read_text(encoding="utf-8")
        (tmp_path / folder / "shop/architecture.yaml").write_text(text, encoding="utf-8")
    result = run("check", str(tmp_path / "one/shop"), str(tmp_path / "two/shop"), "--outage", "each-zone")
    assert result.stdout.count("what is down") == 2, result.output
