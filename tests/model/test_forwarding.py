"""The contract between tracer and kinds."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from docgen.model.forwarding import Arrival


def test_an_arrival_at_another_interface_keeps_everything_else() -> None:
    """`at` names each field for speed: one that is added later must not be lost."""
    values: dict[str, Any] = {f.name: object() for f in fields(Arrival)}
    arrival = Arrival(**values)
    moved = arrival.at(None)

    assert moved.interface is None
    assert {n: v for n, v in values.items() if n != "interface"} == {
        f.name: getattr(moved, f.name) for f in fields(Arrival) if f.name != "interface"
    }
