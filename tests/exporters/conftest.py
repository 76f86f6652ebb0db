"""Designs that are opened, and exports that are made, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from docgen import pipeline
from docgen.pipeline.exporting import export
from tests.exporters.samples import SMALL, hostile


@pytest.fixture(scope="session")
def small() -> pipeline.Design:
    """A design that takes little time to draw."""
    return opened(SMALL)


@pytest.fixture(scope="session")
def exported(small: pipeline.Design) -> Callable[..., Mapping[str, bytes]]:
    """`exported(target, flow="")`."""
    return _remembering(small)


@pytest.fixture(scope="session")
def attacked() -> Callable[..., Mapping[str, bytes]]:
    """The same of a design whose every text field attacks the page."""
    return _remembering(opened(hostile()))


def opened(text: str) -> pipeline.Design:
    """The design of a definition without errors."""
    result = pipeline.open_text(text)
    assert result.value is not None
    assert not result.value.failed, result.diagnostics
    return result.value


def _remembering(design: pipeline.Design) -> Callable[..., Mapping[str, bytes]]:
    made: dict[tuple[str, str], Mapping[str, bytes]] = {}

    def give(target: str, flow: str = "") -> Mapping[str, bytes]:
        if (target, flow) not in made:
            made[target, flow] = export([design], target, flow=flow)
        return made[target, flow]

    return give
