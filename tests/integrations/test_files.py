"""The other files for CI: valid, and their scripts run."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from docgen.cli import main
from tests.integrations.scripts import ROOT, bash, program, tool

GITLAB = yaml.safe_load((ROOT / "integrations/gitlab-ci.yml").read_text())
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
GUIDE = (ROOT / "site/guide/ci.md").read_text()


def checked(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([tool(name), *arguments], capture_output=True, text=True, check=False)


def test_gitlab_file_fulfils_the_schema() -> None:
    found = checked(
        "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(ROOT / "integrations/gitlab-ci.yml")
    )

    assert 0 == found.returncode, found.stdout


def test_hooks_are_a_manifest() -> None:
    found = checked("pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))

    assert 0 == found.returncode, found.stdout


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hook_runs_a_command_that_there_is(run, hook: dict[str, str]) -> None:
    """With options that it knows."""
    program_name, command, *options = hook["entry"].split()

    assert ("docgen", True) == (program_name, command in main.list_commands(None))  # type: ignore[attr-defined, arg-type]
    assert all(option in run(command, "--help").output for option in options)


@pytest.mark.parametrize(
    ("hook", "path", "starts"),
    [
        pytest.param("docgen-check", "architectures/shop/architecture.yaml", True, id="definition"),
        pytest.param("docgen-check", "docs/architecture.yaml.md", False, id="no-definition"),
        pytest.param("docgen-check-all", "architectures/shop/page.yaml", True, id="page"),
        pytest.param("docgen-check-all", "architectures/comparisons/nat.yaml", True, id="comparison"),
        pytest.param("docgen-check-all", "architectures/shop/README.md", True, id="prose"),
        pytest.param("docgen-check-all", "architectures/shop/other.yaml", False, id="other"),
        pytest.param("docgen-render-check", "docs/net/overview.svg", True, id="picture"),
        pytest.param("docgen-render-check", "README.md", False, id="no-picture"),
        pytest.param("docgen-trace-check", "expected/traces.txt", True, id="traces"),
    ],
)
def test_hook_starts_for(hook: str, path: str, starts: bool) -> None:
    (pattern,) = [each["files"] for each in HOOKS if each["id"] == hook]

    assert starts == bool(re.search(pattern, path))


@pytest.fixture
def project(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one design."""
    monkeypatch.chdir(tmp_path)
    assert 0 == run("new", "shop").exit_code
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True, capture_output=True)
    program(tmp_path / "bin", "docgen", f'exec {sys.executable} -m docgen "$@"')
    return tmp_path


def test_gitlab_jobs(project: Path) -> None:
    """Their scripts, with what GitLab sets; the artifacts that they name are there."""
    variables = {**GITLAB["variables"], "CI_MERGE_REQUEST_DIFF_BASE_SHA": "main"}
    for job in ("docgen-check", "docgen-diff"):
        done = bash("\n".join(GITLAB[job]["script"]), project, project / "bin", variables)
        assert 0 == done.returncode, done.stderr
        artifacts = GITLAB[job]["artifacts"]
        for path in (*artifacts["paths"], *artifacts.get("reports", {}).values()):
            assert (project / path).is_file(), path


def test_dockerfile_is_sound() -> None:
    found = checked("hadolint", str(ROOT / "Dockerfile"))

    assert (0, "") == (found.returncode, found.stdout)


def test_dockerfile_runs_as_nobody_and_takes_in_little() -> None:
    """The base has a tag, the user is not root, the program is docgen, and only what is built from is copied."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    bases = {line.split()[1] for line in lines if line.startswith("FROM ")}
    minimum = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    taken = {
        line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
    }

    assert [True] == [base.startswith(f"python:{minimum}.") for base in bases]
    assert "USER 10001" in lines
    assert 'ENTRYPOINT ["docgen"]' == lines[-1]
    assert taken == {name for names in copied for name in names}
    assert all((ROOT / name).exists() for name in taken)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}[^\n]*\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def test_workflow_of_the_guide_is_valid(tmp_path: Path) -> None:
    """And gives the action inputs that it has."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    flows = [text for text in blocks("yaml") if "runs-on" in text]
    for number, text in enumerate(flows):
        (tmp_path / f"{number}.yml").write_text(text)
        found = checked(
            "check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(tmp_path / f"{number}.yml")
        )
        assert 0 == found.returncode, found.stdout
    given = [
        s["with"]
        for t in flows
        for j in yaml.safe_load(t)["jobs"].values()
        for s in j["steps"]
        if "docgen" in s.get("uses", "")
    ]

    assert given
    assert [] == [name for one in given for name in one if name not in action["inputs"]]


def test_guide_names_every_input_and_hook() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())

    assert [] == [name for name in (*action["inputs"], *action["outputs"]) if f"`{name}`" not in GUIDE]
    assert [] == [hook["id"] for hook in HOOKS if f"`{hook['id']}`" not in GUIDE]


def test_pre_commit_configuration_of_the_guide(tmp_path: Path) -> None:
    (text,) = [text for text in blocks("yaml") if "repos:" in text]
    (tmp_path / "config.yaml").write_text(text)
    found = checked("pre-commit", "validate-config", str(tmp_path / "config.yaml"))

    assert 0 == found.returncode, found.stdout
    assert {h["id"] for h in yaml.safe_load(text)["repos"][0]["hooks"]} <= {hook["id"] for hook in HOOKS}
