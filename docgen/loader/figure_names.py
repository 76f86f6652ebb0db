# Names of prices and latencies: which of them a text asks for, and which there are. What they are, pages tell.
"""IN_PROSE, figure_ids, known_figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FIGURES = Path(__file__).parents[1] / "pages" / "figures.yaml"
IN_PROSE = re.compile(r"\{\{ *figure: *([A-Za-z0-9._-]+) *\}\}")
"""`{{ figure:nat-gateway-hour }}` in a README.md; the group is the id."""
_ENTRY = re.compile(r"^([a-z0-9-]+):$", re.MULTILINE)


@cache
def known_figures() -> tuple[str, ...]:
    """The ids of all figures: each stands alone on its line. Reading their values would take ten times as long."""
    return tuple(_ENTRY.findall(FIGURES.read_text(encoding="utf-8")))


def figure_ids(prose: str) -> Iterable[tuple[str, int, int]]:
    """The ids that a text asks for, each with its line and column from 1."""
    for number, line in enumerate(prose.splitlines(), 1):
        for found in IN_PROSE.finditer(line):
            yield found[1], number, found.start(1) + 1
