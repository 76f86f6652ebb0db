"""Numbered steps, as the page groups them."""

from __future__ import annotations

from dataclasses import replace

from docgen.pages.walk import walk
from tests.pages.shop_sample import allowed_report, blocked_report, design


def test_steps_are_numbered_there_and_again_back():
    """A line of the picture is a step; the answer starts again at 1."""
    (only,) = walk(design().network, allowed_report())

    assert [1, 2] == [step.number for step in only.forward]
    assert [1, 2] == [step.number for step in only.returning]


def test_refused_connection_stops_at_its_last_step():
    """The step that drops is marked, and there is no way back."""
    (only,) = walk(design().network, blocked_report())

    assert [True] == [step.stopped is not None for step in only.forward]
    assert () == only.returning


def test_connections_with_the_same_steps_are_parallel():
    """A second path through the same story is folded; a child of the first stands below it."""
    report = allowed_report()
    (first,) = report.connections
    twice = replace(report, connections=(first, first, replace(first, parent=1)))
    walks = walk(design().network, twice)

    assert [False, True] == [one.parallel for one in walks[:2]]
    assert [0, 0, 1] == [one.depth for one in walks]
