"""A lab of network namespaces for each test; skips where none can be made, fails where CI=true."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

import pytest

from tests.kernel.namespaces import Lab, missing


@cache
def _why_not() -> str:
    return missing()


@pytest.fixture
def lab() -> Iterator[Lab]:
    """An empty lab, taken away afterwards."""
    reason = _why_not()
    if reason and os.environ.get("CI") == "true":
        pytest.fail(f"CI needs network namespaces: {reason}")
    if reason:
        pytest.skip(f"no network namespaces: {reason}")
    made = Lab()
    try:
        yield made
    finally:
        made.close()
