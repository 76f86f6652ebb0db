"""`run`: a command as a user types it, as in tests/cli; and the programs that scripts of CI files need."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.cli.conftest import run

__all__ = ["run"]


@pytest.fixture(autouse=True)
def _programs() -> None:
    """Scripts run in bash, and in a repository; with CI=true both have to be there."""
    missing = [name for name in ("bash", "git") if shutil.which(name) is None]
    if missing and os.environ.get("CI") != "true":
        pytest.skip(f"no {' and no '.join(missing)}")
