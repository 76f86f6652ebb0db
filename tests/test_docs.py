"""What the documents say is so: commands print what is shown, folder guides name every file, files stay small.

A block marked `console` holds one command after `$ ` and then its output, whole; a line that is only `...` stands for
any lines. `pytest --update-golden` writes the output anew, keeping lines that `...` leaves out where it stood last.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from docgen.cli import main
from docgen.pipeline import open_design, open_text

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("site/**/*.md")]
)
BLOCK = re.compile(r"^```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL)
MOST_LINES = 400
SHOWN_LINES = 36


def blocks() -> list[object]:
    return [
        pytest.param(path, found["command"], id=f"{path.name}:{found['command']}")
        for path in DOCUMENTS
        if path.name != "tutorial.md"  # its commands build on each other: test_tutorial.py
        for found in BLOCK.finditer(path.read_text())
    ]


def output_of(command: str) -> str:
    program, *arguments = shlex.split(command)
    assert program == "docgen", "only docgen's own commands are run"
    return CliRunner().invoke(main, arguments).output


def shortened(output: str) -> str:
    """At most so many lines, with `...` for those in the middle."""
    lines = output.splitlines()
    if len(lines) > SHOWN_LINES:
        lines = [*lines[: SHOWN_LINES - 12], "...", *lines[-5:]]
    return "".join(line + "\n" for line in lines)


@pytest.mark.parametrize(("path", "command"), blocks())
def test_commands_print_what_the_documents_show(
    path: Path, command: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who types the command sees what stands below it."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")
    made = output_of(command)
    text = path.read_text()
    block = next(found for found in BLOCK.finditer(text) if found["command"] == command)
    if request.config.getoption("--update-golden"):
        path.write_text(text[: block.start("output")] + shortened(made) + text[block.end("output") :])
        return
    parts = block["output"].split("...\n")

    assert made.startswith(parts[0])
    assert made.endswith(parts[-1])
    assert len(parts) > 1 or made == parts[0]


def test_readme_definition_does_as_it_says() -> None:
    """The definition on README's page opens without an error or a warning."""
    (block,) = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    opened = open_text(block)

    assert opened.value is not None
    assert [] == [str(d) for d in opened.diagnostics if d.severity != "info"]


def test_readme_python_example_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (block,) = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    scope: dict[str, object] = {}
    exec(block, scope)

    assert re.findall(r"# (.+)", block) == capsys.readouterr().out.splitlines()
    assert str(scope["svg"]).startswith("b'<")


def test_line_counts_are_current() -> None:
    """README's table is what the script counts."""
    scope: dict[str, object] = {"__file__": str(ROOT / "benchmarks/line_counts/count.py"), "__name__": "count"}
    exec((ROOT / "benchmarks/line_counts/count.py").read_text(), scope)

    assert scope["table"]() in (ROOT / "README.md").read_text()  # type: ignore[operator]


def test_compared_files_describe_the_same_network() -> None:
    """The CloudFormation template has the subnets, groups, servers and routes of the definition, no more, no less."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda loader, suffix, node: f"{suffix} {node.value}")
    text = (ROOT / "benchmarks/line_counts/three_tier_cloudformation.yaml").read_text()
    resources = yaml.load(text, Loader)["Resources"].values()
    of_type = {
        kind: [r.get("Properties", {}) for r in resources if r["Type"].endswith(f"::{kind}")]
        for kind in (
            "Subnet",
            "Route",
            "SecurityGroup",
            "Instance",
            "NatGateway",
            "LoadBalancer",
            "DBInstance",
            "EIP",
        )
    }
    design = open_design(ROOT / "architectures/three-tier").value
    assert design is not None
    network = design.network
    written = [table for table in network.route_tables.values() if not table.implicit]

    assert sorted(s["CidrBlock"] for s in of_type["Subnet"]) == sorted(
        str(s.cidr_block) for s in network.of_kind("subnet")
    )
    assert len(of_type["Route"]) == sum(1 for t in written for r in t.routes if r.target is not None)
    assert len(of_type["SecurityGroup"]) == sum(1 for group in network.groups.values() if not group.implicit)
    for kind, cfn in (("instance", "Instance"), ("nat_gateway", "NatGateway"), ("load_balancer", "LoadBalancer")):
        assert len(of_type[cfn]) == len(list(network.of_kind(kind)))


@pytest.mark.parametrize("folder", sorted({p.parent for p in (ROOT / "docgen").rglob("*.py")}), ids=lambda p: p.name)
def test_folder_guide_names_every_file(folder: Path) -> None:
    """A guide that leaves a file out sends the reader astray; one that names a file that is gone as well."""
    guide = folder / "README.md"
    if folder == ROOT / "docgen":
        guide = ROOT / "CONTRIBUTING.md"
    files = {p.name for p in folder.iterdir() if p.is_file() and p.name not in ("README.md", "py.typed")}
    if folder != ROOT / "docgen":
        files.discard("__init__.py")
    text = guide.read_text()

    assert set() == {name for name in files if name not in text}
    if folder != ROOT / "docgen":
        named = set(re.findall(r"^\| `?([\w.-]+\.\w+)`? \|", text, re.MULTILINE))
        assert set() == {name for name in named if not (folder / name).exists()}


def test_modules_are_small() -> None:
    """No module over 400 lines: it would hold more than one idea."""
    paths = [p for folder in ("docgen", "tests", "benchmarks") for p in (ROOT / folder).rglob("*.py")]
    lengths = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in paths}

    assert {} == {name: length for name, length in lengths.items() if length > MOST_LINES}


def test_links_between_documents_lead_somewhere() -> None:
    """Every relative link of the documents in the repository."""
    broken = []
    for path in [p for p in DOCUMENTS if ROOT / "site" not in p.parents]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text()):
            if not (path.parent / target).exists():
                broken.append(f"{path.name}: {target}")

    assert [] == broken
