# What gets from whom to whom in one network and not in another: which ways a change opens, and which it closes.
#
# In:  two networks. Out: rows of `reach`, each with its witness in the network where it gets through. Interfaces are
# told by their ids, so that a change of somebody's address opens nothing by itself; a new name is somebody new.
"""opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from docgen.analysis.reach.ends import targets
from docgen.analysis.reach.explore import Cell, Outcome
from docgen.analysis.reach.proof import each_start, left_of, open_cells, places_of
from docgen.analysis.reach.results import Reached, by_header, rows
from docgen.core.collector import paused_collector
from docgen.model.network import Network

_RANK = {Outcome.BLOCKED: 0, Outcome.UNKNOWN: 1, Outcome.ARRIVES: 2, Outcome.CONNECTS: 3}
"""More is more open: a request that gets no answer came in all the same, and what is not known may."""


@paused_collector()
def opened(before: Network, after: Network) -> tuple[tuple[Reached, ...], tuple[Reached, ...]]:
    """Headers that get further in `after` than in `before`, and those that get less far; over all headers there are.

    The first are rows of `after`, the second of `before`. A header that got in without an answer and now has one is
    among the first.
    """
    old, new = _cells(before), _cells(after)
    return tuple(rows(after, _gained(old, new))), tuple(rows(before, _gained(new, old)))


def _cells(network: Network) -> list[Cell]:
    return open_cells(network, places_of(network, None, targets), each_start(network))[0]


def _gained(before: Iterable[Cell], after: Iterable[Cell]) -> Iterator[Cell]:
    """What is left of the later cells without all that got as far before."""
    old = by_header(before)
    for name, cells in by_header(after).items():
        for cell in cells:
            as_far = [c for c in old.get(name, ()) if _RANK[c.outcome] >= _RANK[cell.outcome]]
            for sources, ends, ports in left_of(cell, as_far):
                yield replace(cell, sources=sources, targets=ends, ports=ports)
