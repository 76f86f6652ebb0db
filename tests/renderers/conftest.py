"""Drawings for the tests of renderers: small networks, and one whose every word is hostile."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from docgen.diagram import draw
from docgen.diagram.drawing import Drawing
from tests.diagram.networks import CASES, three_tier

HOSTILE = '<script>alert("1")</script> & \'"]]><!-- \u202e%id% &amp; \x07{{ x }} 東京'


def drawing_of(name: str, view: str = "overview") -> Drawing:
    case = CASES[name]()
    return draw(case.network_of(view), view, case.reports)


@pytest.fixture
def drawing() -> Callable[[str, str], Drawing]:
    """`drawing(case, view)`."""
    return drawing_of


@pytest.fixture
def hostile() -> Drawing:
    """A drawing whose titles try everything."""
    case = three_tier("ab", HOSTILE)
    return draw(case.network, "flow-page", case.reports)
