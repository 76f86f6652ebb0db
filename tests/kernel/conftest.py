"""Networks in the kernel: tests that need them skip where none can be made, and fail there where CI=true."""

from __future__ import annotations

import os

import pytest

from docgen.kernel.run import why_not


@pytest.fixture(autouse=True)
def _kernel(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("kernel") is None:
        return
    reason = why_not()
    if reason and os.environ.get("CI") == "true":
        pytest.fail(f"CI needs network namespaces: {reason}")
    if reason:
        pytest.skip(f"no network namespaces: {reason}")
