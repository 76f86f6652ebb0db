"""Runs the scripts of our CI files as the CI system would: its variables filled in, in bash, in their own folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")


def tool(name: str) -> str:
    """A program that came with a Python package, from where this Python's programs are.

    Skips where it is not there; with CI=true fails, since CI installs all of them.
    """
    beside = [Path(sys.executable).parent, Path(sysconfig.get_path("scripts"))]
    found = shutil.which(name, path=os.pathsep.join(map(str, beside))) or shutil.which(name)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(f"CI=true, but there is no {name}")
    if found is None:
        pytest.skip(f"no {name}; it comes with docgen[dev]")
    return found


def program(folder: Path, name: str, script: str) -> None:
    """A program of this name in a folder for PATH."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def bash(
    script: str, folder: Path, path: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a script as GitHub's `shell: bash` does, with programs of `path` first."""
    command = [shutil.which("bash") or "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    variables = {
        "PATH": f"{path}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        **(environment or {}),
    }
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)


def filled(value: Any, values: dict[str, str]) -> str:
    """A text of a workflow with its `${{ expressions }}` replaced; one that nobody gave is an error."""
    return _EXPRESSION.sub(lambda match: values[match[1]], str(value))
