"""What installs docgen anew, with its packages: pre-commit's own environment, the Action's, the Dockerfile's.

`DOCGEN_HOOKS=1 pytest tests/hooks`, a stage of its own in CI: each takes a minute and needs a package index.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.integrations.scripts import ROOT, bash, program, tool

GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
FLOW = "port: 8080, expect: allowed"


def ran(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def git(folder: Path, *arguments: str) -> str:
    done = ran([*GIT, *arguments], folder)
    assert 0 == done.returncode, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """docgen as a repository that others name: a clone, with what is not committed yet."""
    folder = tmp_path_factory.mktemp("source") / "docgen"
    git(ROOT, "clone", "-q", str(ROOT), str(folder))
    changes = ran(["git", "diff", "--binary", "HEAD"], ROOT).stdout
    if changes:
        done = subprocess.run([*GIT, "apply", "--index"], cwd=folder, input=changes, text=True, check=False)
        assert 0 == done.returncode
        git(folder, "commit", "-qm", "what is being tried")
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, source: Path) -> Path:
    """A repository with a design, its picture and its traces, that uses the hooks."""
    folder = tmp_path_factory.mktemp("project")
    docgen = [sys.executable, "-m", "docgen"]
    for command in (
        ["new", "shop"],
        ["render", "shop", "-o", "docs/net"],
        ["trace", "shop", "-o", "docs/net"],
    ):
        assert 0 == ran([*docgen, *command], folder).returncode
    hooks = [
        {"id": "docgen-check"},
        {"id": "docgen-check-all"},
        {"id": "docgen-render-check", "args": ["shop", "-o", "docs/net"]},
        {"id": "docgen-trace-check", "args": ["shop", "-o", "docs/net"]},
    ]
    repository = {"repo": str(source), "rev": git(source, "rev-parse", "HEAD"), "hooks": hooks}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [repository]}))
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    return folder


def hooks(folder: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return ran([tool("pre-commit"), *arguments, "--color", "never"], folder, PRE_COMMIT_HOME=str(home))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments: one for all tests here."""
    return tmp_path_factory.mktemp("pre-commit")


def test_hooks(project: Path, home: Path) -> None:
    """All pass; then a flow does otherwise and a picture was edited, and each is named; a commit is refused."""
    fine = hooks(project, home, "run", "--all-files")
    assert 0 == fine.returncode, fine.stdout + fine.stderr
    assert 4 == fine.stdout.count("Passed")

    definition = project / "architectures/shop/architecture.yaml"
    written = definition.read_text()
    definition.write_text(written.replace(FLOW, FLOW.replace("8080", "80")))
    assert 0 == hooks(project, home, "install").returncode
    git(project, "add", ".")
    refused = ran([*GIT, "commit", "-qm", "second"], project, PRE_COMMIT_HOME=str(home))

    assert 1 == refused.returncode
    assert "error[DGP-01]: flow 'servers-talk'" in refused.stderr
    assert "docs/net/traces.txt: differs" in refused.stderr

    definition.write_text(written)
    (project / "docs/net/overview.svg").write_text("edited")
    git(project, "add", ".")
    edited = hooks(project, home, "run")
    assert "docs/net/overview.svg: differs" in edited.stdout
    assert 1 == edited.stdout.count("Failed")


def test_action_installs_docgen(tmp_path: Path) -> None:
    """The step's own script; what it puts on PATH is docgen."""
    (step,) = [
        s for s in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"] if s.get("id") == "install"
    ]
    program(tmp_path / "bin", "python", f'exec {sys.executable} "$@"')
    environment = {
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_PATH": str(tmp_path / "path"),
        "SOURCE": str(ROOT),
        "PYTHONPATH": "",
    }
    done = bash(step["run"], tmp_path, tmp_path / "bin", environment)
    assert 0 == done.returncode, done.stderr
    folder = (tmp_path / "path").read_text().strip()
    version = ran([f"{folder}/docgen", "--version"], tmp_path, PYTHONPATH="")

    assert (0, True) == (version.returncode, version.stdout.startswith("docgen "))


def test_dockerfile_builds_a_docgen(tmp_path: Path) -> None:
    """Its COPY and pip lines, done without Docker: what the image takes in is enough to install and to draw."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    build = lines[: lines.index("")]
    (tmp_path / "source").mkdir()
    for name in (name for line in build if line.startswith("COPY ") for name in line.split()[1:-1]):
        done = ran(["cp", "-r", str(ROOT / name), "source/"], tmp_path)
        assert 0 == done.returncode, done.stderr
    (install,) = [line.removeprefix("RUN ") for line in build if line.startswith("RUN ")]
    program(tmp_path / "bin", "python", f'exec {sys.executable} "$@"')
    script = install.replace("/opt/docgen", str(tmp_path / "docgen"))
    done = bash(script, tmp_path / "source", tmp_path / "bin", {"PYTHONPATH": ""})
    assert 0 == done.returncode, done.stderr
    docgen = str(tmp_path / "docgen/bin/docgen")

    for command in (["new", "shop"], ["check"], ["render", "shop", "-o", "net", "-f", "svg,png"]):
        done = ran([docgen, *command], tmp_path, PYTHONPATH="")
        assert 0 == done.returncode, done.stderr
    assert (tmp_path / "net/overview.png").read_bytes().startswith(b"\x89PNG")
