"""The GitHub Action: valid, without code from its inputs, and each of its scripts run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integrations.scripts import ROOT, bash, filled, program, tool

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS = {step.get("id") or step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step}


def test_fulfils_the_schema() -> None:
    schema = ["--builtin-schema", "vendor.github-actions"]
    checked = subprocess.run(
        [tool("check-jsonschema"), *schema, str(ROOT / "action.yml")], capture_output=True, text=True, check=False
    )

    assert 0 == checked.returncode, checked.stdout


def test_no_expression_stands_in_a_script() -> None:
    """There it would be code: a branch called `$(...)` would run."""
    assert [] == [name for name, step in STEPS.items() if "${{" in step["run"]]
    assert all(step["shell"] == "bash" for step in STEPS.values())


def test_every_input_is_described_and_used() -> None:
    text = (ROOT / "action.yml").read_text()

    for name, given in ACTION["inputs"].items():
        assert given["description"].endswith("."), name
        assert f"inputs.{name} " in text, name


class Runner:
    """What GitHub gives a step: files for its outputs, and the inputs of the action."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "bin"
        self.values = {f"inputs.{name}": str(given.get("default", "")) for name, given in ACTION["inputs"].items()}
        self.values |= {
            "github.action_path": str(ROOT),
            "github.repository": "shop/networks",
            "github.event.pull_request.number": "7",
        }
        program(self.programs, "docgen", f'exec {sys.executable} -m docgen "$@"')
        (folder / "temp").mkdir()

    def step(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run a step; its outputs are there for the next."""
        step = STEPS[name]
        values = self.values | {f"inputs.{key.replace('_', '-')}": value for key, value in inputs.items()}
        files = {
            key: str(self.folder / f"temp/{key}") for key in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")
        }
        for file in files.values():
            Path(file).write_text("")
        environment = {key: filled(value, values) for key, value in step["env"].items()}
        result = bash(
            step["run"],
            self.folder,
            self.programs,
            {"RUNNER_TEMP": str(self.folder / "temp"), **files, **environment},
        )
        for line in Path(files["GITHUB_OUTPUT"]).read_text().splitlines():
            key, _, value = line.partition("=")
            self.values[f"steps.{name}.outputs.{key}"] = value
        return result


@pytest.fixture
def runner(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.chdir(tmp_path)
    assert 0 == run("new", "shop").exit_code
    return Runner(tmp_path)


def sarif(path: Path) -> list[Any]:
    return list(json.loads(path.read_text())["runs"][0]["results"])


def test_check_of_a_design_that_is_fine(runner: Runner) -> None:
    done = runner.step("check", junit="docgen.xml")

    assert (0, "0", "docgen.sarif") == (
        done.returncode,
        runner.values["steps.check.outputs.code"],
        runner.values["steps.check.outputs.sarif"],
    ), done.stderr
    assert "::notice file=architectures/shop/architecture.yaml," in done.stdout
    assert ["DGL-62"] == [result["ruleId"] for result in sarif(runner.folder / "docgen.sarif")]
    assert (runner.folder / "docgen.xml").read_text().startswith("<?xml")


def test_check_with_findings(runner: Runner) -> None:
    """The step ends well, so that code scanning is given the file; the last step fails."""
    definition = runner.folder / "architectures/shop/architecture.yaml"
    definition.write_text(definition.read_text().replace("port: 8080, expect: allowed", "port: 80, expect: allowed"))
    done = runner.step("check")
    runner.values["steps.diff.outputs.code"] = ""
    last = runner.step("Result")

    assert (0, "1") == (done.returncode, runner.values["steps.check.outputs.code"])
    assert "::error file=architectures/shop/architecture.yaml,line=" in done.stdout
    assert "DGP-01" in {result["ruleId"] for result in sarif(runner.folder / "docgen.sarif")}
    assert (1, "docgen check ended with 1\n") == (last.returncode, last.stdout)


def test_strict(runner: Runner) -> None:
    runner.step("check", strict="true")

    assert "1" == runner.values["steps.check.outputs.code"]


def test_several_paths(runner: Runner, run) -> None:
    run("new", "two", "--template", "cables")
    done = runner.step("check", paths="architectures/shop architectures/two")

    assert "2 designs, " in done.stdout, done.stderr


HOSTILE = ["$(touch hit)", "`touch hit`", '"; touch hit; "', "x; touch hit", "*", "--report=text=hit", "-h"]


@pytest.mark.parametrize("text", HOSTILE)
def test_inputs_are_no_code(runner: Runner, text: str) -> None:
    """What a workflow passes on from a branch or a title is a name and nothing else, nor an option."""
    runner.step("check", paths=text, sarif=f"{text}.sarif", junit=f"{text}.xml", strict=text)

    assert not (runner.folder / "hit").exists()
    assert "2" == runner.values["steps.check.outputs.code"]


def test_file_name_of_two_lines(runner: Runner) -> None:
    """It would set outputs of its own."""
    done = runner.step("check", sarif="a\ncode=0")

    assert 2 == done.returncode
    assert "steps.check.outputs.code" not in runner.values


@pytest.fixture
def repository(runner: Runner) -> Runner:
    """The design is committed, then changed."""
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for command in (["init", "-q", "-b", "main"], ["add", "architectures"], ["commit", "-qm", "first"]):
        subprocess.run([*git, *command], cwd=runner.folder, check=True, capture_output=True)
    definition = runner.folder / "architectures/shop/architecture.yaml"
    definition.write_text(definition.read_text().replace("tcp 8080 from app]", "tcp 8080 from app, tcp 22 from app]"))
    return runner


def test_compare(repository: Runner) -> None:
    """Markdown in a file and on the run's own page."""
    done = repository.step("diff", diff_base="main")
    told = Path(repository.values["steps.diff.outputs.file"]).read_text()

    assert (0, "0") == (done.returncode, repository.values["steps.diff.outputs.code"]), done.stderr
    assert "22" in told
    assert told == (repository.folder / "temp/GITHUB_STEP_SUMMARY").read_text()


def test_guard(repository: Runner) -> None:
    """A new way to a guarded component fails the last step, not this one."""
    done = repository.step("diff", diff_base="main", guard="app-a app-b")
    repository.values["steps.check.outputs.code"] = "0"

    assert (0, "1") == (done.returncode, repository.values["steps.diff.outputs.code"]), done.stderr
    assert "docgen diff ended with 1\n" == repository.step("Result").stdout


@pytest.mark.parametrize("text", ["$(touch hit)", "--format=json", "-h"])
def test_compared_names_are_no_code(repository: Runner, text: str) -> None:
    for name in ("diff_base", "diff_path", "guard"):
        repository.step("diff", **{"diff_base": "main", name: text})
        assert "0" != repository.values["steps.diff.outputs.code"], name

    assert not (repository.folder / "hit").exists()


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        pytest.param("", ["--silent --method POST repos/shop/networks/issues/7/comments"], id="first"),
        pytest.param("11\n12", ["--silent --method PATCH repos/shop/networks/issues/comments/11"], id="again"),
    ],
)
def test_comment(runner: Runner, before: str, asked: list[str]) -> None:
    """Written once, then renewed; GitHub's program is played by a script."""
    (runner.folder / "diff.md").write_text("A **change**.\n")
    runner.values["steps.diff.outputs.file"] = str(runner.folder / "diff.md")
    (runner.folder / "before").write_text(before)
    program(
        runner.programs, "gh", f'case "$*" in *--jq*) cat {runner.folder}/before ;; *) echo "$*" >> asked ;; esac'
    )
    done = runner.step("Comment", token="t")
    body = runner.folder / "temp/docgen-comment.md"

    assert 0 == done.returncode, done.stderr
    assert [f"api {one} --field body=@{body}" for one in asked] == (runner.folder / "asked").read_text().splitlines()
    assert "<!-- docgen diff -->\nA **change**.\n" == body.read_text()


@pytest.mark.parametrize(
    ("checked", "compared", "code"),
    [("0", "", 0), ("0", "0", 0), ("1", "", 1), ("0", "1", 1), ("2", "0", 1), ("", "", 1)],
)
def test_result(runner: Runner, checked: str, compared: str, code: int) -> None:
    """Fine only where both are; a check that did not end is not fine."""
    runner.values |= {"steps.check.outputs.code": checked, "steps.diff.outputs.code": compared}

    assert code == runner.step("Result").returncode
