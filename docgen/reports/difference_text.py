# What a change of a design does, as a person reads it in a terminal.
#
# In:  a Difference. Out: text. Decides nothing.
"""difference_text, turn_text, verdict_text, joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.analysis.difference import ComponentChange, Difference, FlowChange, Turn
from docgen.analysis.reach import Reached
from docgen.core.terminal import PLAIN, Paint, visible
from docgen.model.changes import Mark
from docgen.model.trace import FlowReport, Verdict
from docgen.reports.reach_text import count_text, remark_of, what_text

SIGNS = {Mark.ADDED: "+", Mark.REMOVED: "-", Mark.CHANGED: "~"}
_COLOURS = {Mark.ADDED: "green", Mark.REMOVED: "red", Mark.CHANGED: "yellow"}
_TURNS = {Turn.OPENED: "green", Turn.ADDED: "green", Turn.CLOSED: "red", Turn.REMOVED: "red"}


def difference_text(difference: Difference, paint: Paint = PLAIN) -> str:
    """Components, flows and reachability, each with what is different; ends in a newline."""
    lines = [paint(visible(difference.title), "bold"), ""]
    if difference.empty:
        return "\n".join([*lines, "Nothing is different.", ""])
    parts = (
        ("components", _components(difference.components, paint)),
        ("flows", _flows(difference.turned, paint)),
        ("opened, whether a flow speaks of it or not", _reached("+", "green", difference.opened, paint)),
        ("closed", _reached("-", "red", difference.closed, paint)),
    )
    for title, content in parts:
        held = list(content)
        if held:
            lines += [title, *held, ""]
    counts = [
        count_text(len(difference.components), "component"),
        count_text(len(difference.turned), "flow"),
        f"{count_text(len(joined(difference.opened)), 'way')} opened",
        f"{len(joined(difference.closed))} closed",
    ]
    return "\n".join([*lines, f"different: {', '.join(counts)}", ""])


def _components(changes: Iterable[ComponentChange], paint: Paint) -> Iterator[str]:
    for change in changes:
        name = f"{change.kind_title} {change.name}"
        yield f"  {paint(f'{SIGNS[change.mark]} {visible(name)}', _COLOURS[change.mark])}"
        for field in change.fields:
            for sign, colour, said in (("-", "red", field.removed), ("+", "green", field.added)):
                for line in said:
                    yield f"      {paint(f'{sign} {visible(field.name)}: {visible(line)}', colour)}"


def _flows(changes: Iterable[FlowChange], paint: Paint) -> Iterator[str]:
    for change in changes:
        said = f"{change.flow.id}: {turn_text(change)}"
        yield f"  {paint(visible(said), _TURNS.get(change.turn, 'yellow'))}"
        for name, report in (("before", change.before), ("now", change.after)):
            if report is not None:
                yield f"      {name.ljust(6)} {visible(verdict_text(report))}"


def turn_text(change: FlowChange) -> str:
    """What became of a flow, in a word or two, with who declares it."""
    alone = {
        Mark.ADDED: "declared now only",
        Mark.REMOVED: "declared before only",
        Mark.CHANGED: "asks something else",
    }
    plain = change.turn in (Turn.ADDED, Turn.REMOVED)
    said = [str(change.turn)] if change.turn is not Turn.SAME else []
    said += [alone[change.declared]] if change.declared and not plain else []
    return ", ".join(said)


def verdict_text(report: FlowReport) -> str:
    """`ALLOWED`, or `BLOCKED on the way there at app-a: ENI_SG_RULES_MISMATCH`."""
    if report.verdict is Verdict.ALLOWED:
        return "ALLOWED"
    leg = {"forward": " on the way there", "return": " on the way back"}.get(str(report.leg or ""), "")
    at = f" at {report.component_name}" if report.component_name else ""
    return f"{report.verdict.upper()}{leg}{at}: {report.reason}"


def _reached(sign: str, colour: str, rows: Iterable[Reached], paint: Paint) -> Iterator[str]:
    for said, names in joined(rows).items():
        yield f"  {paint(visible(f'{sign} {_list(names)} {said}'), colour)}"


def _list(names: list[str]) -> str:
    return ", ".join(names)


def joined(rows: Iterable[Reached]) -> dict[str, list[str]]:
    """What is reached and how (`to orders: tcp 3306`), with the names of all sources of which that is true."""
    by_source: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        through = f" through {row.through_name}" if row.through else ""
        whats = by_source.setdefault((row.source_name, f"to {row.destination_name}{through}", remark_of(row)), [])
        if what_text(row) not in whats:
            whats.append(what_text(row))
    found: dict[str, list[str]] = {}
    for (name, to, remark), whats in by_source.items():
        said = f"{to}: {'; '.join(whats)}" + (f" ({remark})" if remark else "")
        found.setdefault(said, []).append(name)
    return found
