"""`docgen completion`: the scripts, and what a shell offers; the words through a real bash."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from docgen.cli import main
from docgen.pipeline import open_design
from docgen.pipeline.drawing import views_of
from docgen.pipeline.explanations import explanations
from docgen.pipeline.graphs import graph_of


@pytest.fixture
def complete(run, monkeypatch: pytest.MonkeyPatch):
    """What is offered for a line, by name with the meaning."""

    def offered(line: str) -> dict[str, str]:
        _, *words, last = line.split(" ")
        monkeypatch.setenv("COMP_WORDS", line)
        items = ShellComplete(main, {}, "docgen", "_DOCGEN_COMPLETE").get_completions(words, last)
        return {item.value: item.help or "" for item in items if item.type == "plain"}

    return offered


def test_commands(complete) -> None:
    """With their lines."""
    assert {"check": "Report everything that is wrong."} == complete("docgen che")
    assert "--version" in complete("docgen --")


def test_designs(complete, root: Path) -> None:
    slugs = {path.parent.name for path in root.glob("architectures/*/architecture.yaml")}

    assert slugs == set(complete("docgen check "))
    assert {"three-tier"} == set(complete("docgen trace thr"))
    assert {"nat-egress", "nat-instance"} == set(complete("docgen render three-tier nat"))


@pytest.mark.parametrize("slug", ["three-tier", "overview"])
def test_flows_and_views_are_the_real_ones(complete, root: Path, slug: str) -> None:
    """Also of a design that takes flows over from another and takes some of them back."""
    design = open_design(root / "architectures" / slug).value
    assert design is not None

    assert {flow.id: flow.title for flow in design.architecture.flows} == complete(f"docgen trace {slug} --flow ")
    assert set(views_of(design)) == set(complete(f"docgen render {slug} --view "))
    assert {v.id for v in design.architecture.variants} == set(complete(f"docgen trace {slug} --variant "))


def test_graph_views_are_the_real_ones(complete, root: Path) -> None:
    """Each one is drawn; how definitions extend each other is asked of a folder too."""
    design = open_design(root / "architectures/isolated-vpc").value
    assert design is not None
    offered = complete("docgen graph isolated-vpc --view ")

    assert {"topology", "routes", "depends", "extends"} <= set(offered)
    assert all(graph_of(design, view) for view in offered if view != "extends")


def test_codes_are_those_that_can_be_explained(complete) -> None:
    """Read from the sources, since importing them takes a second."""
    known = {explanation.code for explanation in explanations().values()}

    assert known == set(complete("docgen explain "))
    assert {"DGL-38"} == set(complete("docgen explain dgl-38"))


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        pytest.param("docgen check three-tier --outage each-z", {"each-zone"}, id="failures"),
        pytest.param("docgen check three-tier --outage a", {"a"}, id="zones-of-the-design"),
        pytest.param(
            "docgen render three-tier -f svg,dra", {"svg,drawio", "svg,drawio.svg", "svg,drawio.png"}, id="f"
        ),
        pytest.param("docgen new x --template hy", {"hybrid"}, id="templates"),
        pytest.param("docgen completion z", {"zsh"}, id="shells"),
        pytest.param("docgen export three-tier --to markd", {"markdown"}, id="exporters"),
        pytest.param("docgen trace no-such-design --flow ", set(), id="no-design"),
    ],
)
def test_values(complete, line: str, offered: set[str]) -> None:
    assert offered == set(complete(line))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("flows: [", id="no-yaml"),
        pytest.param("- 1", id="a-list"),
        pytest.param("flows: 7\nvpcs: x\nextends: [a]", id="wrong-types"),
        pytest.param("extends: ../../etc", id="a-way-out"),
        pytest.param("extends: shop", id="a-circle"),
        pytest.param("a: " + "[" * 5000, id="deep"),
        pytest.param("a: &a {accounts: {b: *a}}\nflows: {x: {}}", id="a-block-in-itself"),
        pytest.param(
            "flows: {x: {}}\na0: &a0 {vpcs: {x: {}}}\n"
            + "".join(f"a{n}: &a{n} {{accounts: {{x: *a{n - 1}, y: *a{n - 1}}}}}\n" for n in range(1, 60))
            + "accounts: {x: *a59}",
            id="aliases-without-end",
        ),
        pytest.param('flows: {"$(touch x)": {}, "a b": {}, "*": {}, "x\\ny": {}}', id="no-plain-ids"),
    ],
)
def test_hostile_definition(complete, tmp_path: Path, text: str) -> None:
    """Nothing is offered, nothing fails."""
    (tmp_path / "architectures/shop").mkdir(parents=True)
    (tmp_path / "architectures/shop/architecture.yaml").write_text(text)
    line = f"docgen trace {tmp_path}/architectures/shop --flow "

    assert {} == complete(line)


def test_design_that_is_extended_is_a_pipe(complete, tmp_path: Path) -> None:
    """It is not waited for."""
    (tmp_path / "architectures/base").mkdir(parents=True)
    os.mkfifo(tmp_path / "architectures/base/architecture.yaml")
    (tmp_path / "architectures/shop").mkdir()
    (tmp_path / "architectures/shop/architecture.yaml").write_text("extends: base\nflows: {x: {title: y}}")

    assert {"x": "y"} == complete(f"docgen trace {tmp_path}/architectures/shop --flow ")


def test_titles_are_made_visible(complete, tmp_path: Path) -> None:
    """A title is one line of a shell's menu and no command to the terminal."""
    (tmp_path / "architecture.yaml").write_text('flows: {x: {title: "a\\nplain,y\\e[2J"}}')

    assert {"x": "a␊plain,y␛[2J"} == complete(f"docgen trace {tmp_path} --flow ")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder with `docgen` in it."""
    path = tmp_path / "bin/docgen"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nexec {sys.executable} -m docgen "$@"\n')
    path.chmod(0o755)
    return path.parent


OFFERED = pytest.mark.parametrize(
    ("words", "offered"),
    [
        pytest.param(["docgen", "che"], "check", id="command"),
        pytest.param(["docgen", "check", "isolated"], "isolated-vpc", id="design"),
        pytest.param(["docgen", "trace", "three-tier", "--flow", "shopper-to-i"], "shopper-to-inner", id="flow"),
        pytest.param(["docgen", "explain", "ENI_SG_RULES_M"], "ENI_SG_RULES_MISMATCH", id="code"),
    ],
)
IN_ZSH = r"""
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'PS1=; autoload -U compinit; compinit -u -D; source $SCRIPT; print re""ady'
zpty -r -m z said '*ready*'
zpty -w -n z "$1"$'\t'
zpty -r -m z said "*$2 *" && print -r -- found
zpty -d z
"""
"""Types a line and Tab into an interactive zsh, and waits for what it makes of it."""


def shell(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        assert os.environ.get("CI") != "true", f"CI=true, but there is no {name}"
        pytest.skip(f"no {name}")
    return path


def answer(command: list[str], root: Path, program: Path, **variables: str) -> str:
    environment = {**os.environ, "PATH": f"{program}:{os.environ['PATH']}", "HOME": str(program), **variables}
    result = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert 0 == result.returncode, result.stderr
    return result.stdout


@OFFERED
def test_in_fish(run, root: Path, program: Path, words: list[str], offered: str) -> None:
    """As fish itself completes a line, the meaning behind each word."""
    (program / "script").write_text(run("completion", "fish").stdout)
    ask = f"source {program}/script; complete -C '{' '.join(words)}'"

    told = answer([shell("fish"), "--no-config", "-c", ask], root, program)

    assert [offered] == [line.partition("\t")[0] for line in told.splitlines()]


@OFFERED
def test_in_zsh(run, root: Path, program: Path, words: list[str], offered: str) -> None:
    """As somebody who presses Tab sees it: the word is whole, and a space stands behind it."""
    (program / "script").write_text(run("completion", "zsh").stdout)
    (program / "typing").write_text(IN_ZSH)
    line, script = " ".join(words), str(program / "script")

    told = answer(
        [shell("zsh"), "-f", str(program / "typing"), line, offered], root, program, SCRIPT=script, TERM="dumb"
    )

    assert "found\n" == told


@OFFERED
def test_in_bash(run, root: Path, program: Path, words: list[str], offered: str) -> None:
    """The script is loaded, registers itself, and answers as bash asks it."""
    script = run("completion", "bash").stdout
    ask = f"""{script}
        complete -p docgen || exit 9
        COMP_WORDS=({" ".join(words)}) COMP_CWORD={len(words) - 1}
        compopt() {{ :; }}
        _docgen_completion docgen
        compgen -W "${{COMPREPLY[*]}}" -- "{words[-1]}" """

    told = answer([shell("bash"), "--norc", "-c", ask], root, program)

    assert ["complete -o nosort -F _docgen_completion docgen", offered] == told.splitlines()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script_is_understood(run, tmp_path: Path, shell: str) -> None:
    """By the shell itself, where it is there; it is a script in any case."""
    script = run("completion", shell).stdout
    (tmp_path / "script").write_text(script)

    assert f"_DOCGEN_COMPLETE={shell}_complete" in script
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    checked = subprocess.run([shell, "-n", str(tmp_path / "script")], capture_output=True, text=True, check=False)
    assert (0, "") == (checked.returncode, checked.stderr)


def test_nothing_heavy_is_imported(root: Path) -> None:
    """An answer may take as long as a key press: neither the loader nor the tracer is there."""
    watched = """
import sys
from docgen.cli import main
try:
    main()
except SystemExit:
    pass
print([m for m in sys.modules if m in ("pydantic", "docgen.loader", "docgen.routing", "docgen.rules", "mkdocs")])
"""
    environment = {
        **os.environ,
        "COMP_WORDS": "docgen trace three-tier --flow ",
        "COMP_CWORD": "4",
        "_DOCGEN_COMPLETE": "bash_complete",
    }
    result = subprocess.run(
        [sys.executable, "-c", watched], cwd=root, env=environment, capture_output=True, text=True, check=False
    )

    assert "plain,shopper-opens-page" in result.stdout, result.stderr
    assert "[]" == result.stdout.splitlines()[-1]
