# What a change of a design does, as Markdown for the comment of a pull request: GitHub-flavoured, no attributes.
#
# In:  Differences. Out: text. Long parts are folded away.
"""difference_comment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from markupsafe import Markup

from docgen.analysis.difference import ComponentChange, Difference, FlowChange, Turn
from docgen.analysis.reach import Reached
from docgen.model.changes import Mark
from docgen.model.trace import FlowReport, Verdict
from docgen.pages.markdown import code, fence, link, table, text
from docgen.reports.difference_text import SIGNS, joined, turn_text
from docgen.reports.reach_text import count_text

_SHORT = 12
"""Rows that stand open; longer tables are folded."""
_SIGNS = {Verdict.ALLOWED: "✅", Verdict.BLOCKED: "⛔", Verdict.UNKNOWN: "❔"}
_TURNS = {Turn.OPENED: "🟢", Turn.ADDED: "🟢", Turn.CLOSED: "🔴", Turn.REMOVED: "🔴"}


def difference_comment(
    differences: Sequence[Difference],
    guarded: Collection[Reached] = (),
    pictures: Sequence[str] = (),
) -> str:
    """Every design with something to say.

    Args:
        differences: In order.
        guarded: Rows of what was opened to components that must not be opened: told first.
        pictures: Addresses of the pictures, one for each difference; none where there are none.
    """
    parts: list[str] = []
    if guarded:
        parts += ["### Newly open to guarded components", "", str(_reached(guarded)), ""]
    shown = [(at, d) for at, d in enumerate(differences) if not d.empty]
    for at, difference in shown:
        parts += _design(difference, pictures[at] if pictures else "")
    if not shown:
        parts += ["No network changed: every flow, and who reaches whom, is as it was.", ""]
    return "\n".join(parts).rstrip() + "\n"


def _design(difference: Difference, picture: str) -> Iterator[str]:
    yield f"### {text(difference.title)}"
    yield ""
    yield str(_summary(difference))
    yield ""
    if picture:
        yield f"!{link(f'What changed in {difference.title}', picture)}"
        yield ""
    if difference.turned:
        rows = [(_flow_name(f), _turn(f), _answer(f.before), _answer(f.after)) for f in difference.turned]
        yield from _folded("Flows", len(rows), str(table(("Flow", "", "Before", "Now"), rows)))
    for title, held in (("Opened", difference.opened), ("Closed", difference.closed)):
        if held:
            yield from _folded(title, len(joined(held)), str(_reached(held)))
    if difference.components:
        lines = [line for change in difference.components for line in _component(change)]
        yield from _folded("Definition", len(lines), str(fence("\n".join(lines), "diff")))


def _summary(difference: Difference) -> Markup:
    turns = [(turn, sum(1 for f in difference.flows if f.turn is turn)) for turn in Turn if turn is not Turn.SAME]
    said = [f"{count_text(count, 'flow')} {turn}" for turn, count in turns if count]
    otherwise = sum(1 for f in difference.turned if f.turn is Turn.SAME)
    said += [f"{count_text(otherwise, 'flow')} declared otherwise"] if otherwise else []
    marks = [(mark, sum(1 for c in difference.components if c.mark is mark)) for mark in Mark]
    said += [f"{count_text(count, 'component')} {mark}" for mark, count in marks if count]
    ways = ((len(joined(difference.opened)), "opened"), (len(joined(difference.closed)), "closed"))
    said += [f"{count_text(count, 'way')} {what}" for count, what in ways if count]
    return text(", ".join(said) + ".")


def _folded(title: str, rows: int, content: str) -> Iterator[str]:
    if rows <= _SHORT:
        yield from (f"**{title}**", "", content, "")
        return
    yield from (f"<details><summary>{title} ({rows})</summary>", "", content, "", "</details>", "")


def _flow_name(change: FlowChange) -> Markup:
    return text(change.flow.title) if change.flow.title else code(change.flow.id)


def _turn(change: FlowChange) -> Markup:
    return Markup("{} {}").format(_TURNS.get(change.turn, "🟡"), text(turn_text(change)))


def _answer(report: FlowReport | None) -> Markup:
    if report is None:
        return Markup("")
    sign = _SIGNS[report.verdict]
    if report.verdict is Verdict.ALLOWED:
        return Markup("{} allowed").format(sign)
    at = Markup(" at {}").format(code(report.component_name)) if report.component_name else Markup("")
    return Markup("{} {}{}: {}").format(sign, report.verdict.value, at, code(report.reason))


def _reached(rows: Collection[Reached]) -> Markup:
    cells = []
    for said, names in joined(rows).items():
        cells.append((Markup(", ").join(code(name) for name in names), text(said.removeprefix("to "))))
    return table(("From", "To"), cells)


def _component(change: ComponentChange) -> Iterator[str]:
    if not change.fields:
        yield f"{SIGNS[change.mark]} {change.kind_title} {change.name}"
        return
    yield f"  {change.kind_title} {change.name}"
    for field in change.fields:
        yield from (f"-     {field.name}: {line}" for line in field.removed)
        yield from (f"+     {field.name}: {line}" for line in field.added)
