"""Fixtures for all tests, and two rules: goldens change on purpose only, CI skips nothing that needs a tool."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("docgen", deadline=None)  # a busy machine is no failure
settings.load_profile("docgen")

STAGES = {
    "browser": "DOCGEN_SITE",
    "wikis": "DOCGEN_WIKIS",
    "kernel": "DOCGEN_KERNEL",
    "hooks": "DOCGEN_HOOKS",
    "faults": "DOCGEN_FAULTS",
}
"""Folders of long tests (a built site in Chromium, foreign wikis, real packets, what installs docgen anew), each with
the variable that lets them run: stages of their own, `.ci/run browser`."""
collect_ignore = [folder for folder, variable in STAGES.items() if not os.environ.get(variable)]
if not os.environ.get("DOCGEN_LONG"):
    collect_ignore.append("hostile/test_in_chromium.py")

NEEDS_TOOL = ("browser", "drawio", "wikis")
ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files with what is made now")


class Golden:
    """Compares with a file byte for byte, or with --update-golden writes it."""

    def __init__(self, update: bool) -> None:
        self._update = update

    def check(self, path: Path, made: str | bytes) -> None:
        content = made.encode() if isinstance(made, str) else made
        if self._update:
            assert not os.environ.get("CI"), "CI never rewrites golden files"
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != content:
                path.write_bytes(content)
            return
        assert path.is_file(), f"{path} is missing; look at it after pytest --update-golden"
        recorded = path.read_bytes()
        if isinstance(made, str):
            assert recorded.decode() == made, f"{path} is not what is made now"
        assert recorded == content, f"{path} is not what is made now"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden.check(path, made)`."""
    return Golden(request.config.getoption("--update-golden"))


@pytest.fixture
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """With CI=true a test that needs a tool fails where it would skip: CI installs the tools."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    marked = [name for name in NEEDS_TOOL if item.get_closest_marker(name)]
    if marked and report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"CI=true, but this {marked[0]} test was skipped: {reason}"
