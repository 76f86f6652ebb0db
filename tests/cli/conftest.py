"""`run`: a command as a user types it, in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from docgen.cli import main

ROOT = Path(__file__).parents[2]
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Standing in the checkout, without colour: `run("check", "three-tier", input=None)`."""
    monkeypatch.chdir(ROOT)
    for name in ("NO_COLOR", "FORCE_COLOR", "DOCGEN_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def invoke(*arguments: str, text: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, list(arguments), input=text)

    return invoke


@pytest.fixture
def run_json(run: Run) -> Callable[..., Any]:
    """The same for a command that succeeds and prints JSON."""

    def invoke(*arguments: str, text: str | bytes | None = None) -> Any:
        result = run(*arguments, text=text)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return invoke
