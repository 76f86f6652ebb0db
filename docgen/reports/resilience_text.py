# Which flows each single failure breaks: a table for the terminal, values for JSON.
#
# In:  a Resilience. Out: text, plain values. Decides nothing.
"""resilience_text, resilience_values, effect_counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.analysis.resilience import Cell, Effect, Resilience, Row
from docgen.core.terminal import PLAIN, Paint, visible

_COLOURS = {Effect.BREAKS: "red", Effect.UNKNOWN: "yellow", Effect.LOST: "dim"}
_HEADER = ("what is down", "", "works", "breaks", "lost with it")


def effect_counts(table: Resilience) -> str:
    """`11 single failures, 4 flows each: 5 of 44 break`, a sentence without its period."""
    failures, flows, broken = len(table.rows), len(table.flows), len(table.broken)
    each = f"{_count(failures, 'single failure')}, {_count(flows, 'flow')} each"
    return f"{each}: {f'{broken} of {failures * flows} break' if broken else 'nothing breaks'}"


def resilience_text(table: Resilience, paint: Paint = PLAIN) -> str:
    """A line for each failure with how many flows it leaves, then one for each flow that it does not leave."""
    if not table.flows:
        return "No flow is allowed with everything in order, so none can break.\n"
    rows = [_HEADER, *(_line(row) for row in table.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADER))]
    lines = [paint(_aligned(_HEADER, widths), "bold")]
    for row, line in zip(table.rows, rows[1:], strict=True):
        lines.append(_aligned(line, widths))
        lines += (paint(visible(text), _COLOURS[effect]) for effect, text in _details(row))
    return "".join(f"{line}\n" for line in (*lines, f"{effect_counts(table)}."))


def _line(row: Row) -> tuple[str, ...]:
    counts = (str(len(row.having(effect))) for effect in (Effect.WORKS, Effect.BREAKS, Effect.LOST))
    return (visible(row.failure.name), row.failure.title, *counts)


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    words = (cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True))
    numbers = (cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True))
    return "  ".join((*words, *numbers))


def _details(row: Row) -> Iterator[tuple[Effect, str]]:
    for cell in row.cells:
        if cell.effect in (Effect.BREAKS, Effect.UNKNOWN):
            yield cell.effect, f"    {cell.flow.id} {_verb(cell)}: {cell.report.reason}. {cell.report.text}"
        elif cell.effect is Effect.LOST:
            yield cell.effect, f"    {cell.flow.id} is lost with it"


def _verb(cell: Cell) -> str:
    return "breaks" if cell.effect is Effect.BREAKS else "is unknown"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def resilience_values(table: Resilience) -> dict[str, Any]:
    """The table as plain values for `json.dumps`."""
    return {
        "flows": [flow.id for flow in table.flows],
        "breaks": len(table.broken),
        "failures": [
            {
                "name": row.failure.name,
                "what": row.failure.title,
                "flows": [
                    {
                        "id": cell.flow.id,
                        "effect": cell.effect.name,
                        "reason": cell.report.reason or None,
                        "component": cell.report.component_name or None,
                        "leg": cell.report.leg,
                        "text": cell.report.text,
                    }
                    for cell in row.cells
                ],
            }
            for row in table.rows
        ],
    }
