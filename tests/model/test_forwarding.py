"""The contract between tracer and kinds."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from docgen.model.forwarding import Arrival
from docgen.model.sessions import Sessions


def test_an_arrival_at_another_interface_keeps_everything_else() -> None:
    """`at` names each field for speed: one that is added later must not be lost."""
    values: dict[str, Any] = {f.name: object() for f in fields(Arrival)}
    arrival = Arrival(**values)
    moved = arrival.at(None)

    assert moved.interface is None
    assert {n: v for n, v in values.items() if n != "interface"} == {
        f.name: getattr(moved, f.name) for f in fields(Arrival) if f.name != "interface"
    }


def test_a_copy_of_sessions_has_everything_and_shares_nothing() -> None:
    """A field that is added later must neither be lost nor leak from one way to another."""
    values: dict[str, Any] = {f.name: {1: 2} for f in fields(Sessions)}
    values |= {"tracked": {"web": [1]}, "answered": {1}, "passed": [1], "through": (1, None)}
    sessions = Sessions(**values)
    copied = sessions.copy()

    assert copied == sessions
    assert not [f.name for f in fields(Sessions) if f.name != "through" and values[f.name] is getattr(copied, f.name)]
    assert values["tracked"]["web"] is not copied.tracked["web"]
