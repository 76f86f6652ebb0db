"""Faults are done to commands in processes of their own, as in tests/hostile."""

from __future__ import annotations

from tests.hostile.conftest import runner

__all__ = ["runner"]
