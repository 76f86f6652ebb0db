# Steps as tables, for markups whose lists hold no tables of their own.
"""step_table, check_table."""

from __future__ import annotations

from docgen.exporters._article import Decision, Line, Run, Step, Steps, Table, code, joined, plain, strong


def step_table(block: Steps) -> Table:
    """A row for each step: number, way, why, header before and after."""
    return Table(
        header=(plain("Step"), plain("Way"), plain("What happens, and why"), plain("Header")),
        rows=tuple((plain(s.number), way(s), _why(s), _header(s)) for s in block.steps),
        numbers=frozenset({0}),
    )


def check_table(block: Steps) -> Table | None:
    """A row for each check of the steps that were not told before; None where none was made."""
    rows = tuple(
        (
            plain(step.number),
            plain(decision.label),
            plain(decision.mark),
            joined([decision.line, _code(decision)], " "),
        )
        for step in block.steps
        if not step.brief
        for decision in step.decisions
    )
    header = (plain("Step"), plain("Check"), plain("Passed"), plain("Why"))
    return Table(header=header, rows=rows, numbers=frozenset({0})) if rows else None


def _code(decision: Decision) -> Line:
    return (Run(text=decision.code, code=True, link=decision.code_link),) if decision.code else ()


def way(step: Step) -> Line:
    """`app-a → tgw`."""
    return joined([code(step.source), code(step.target)], " → ")


def _why(step: Step) -> Line:
    if step.brief and not step.stopped:
        passed = ", ".join(decision.label for decision in step.decisions)
        return plain(f"Passes {passed}.") if passed else ()
    return (*strong("✕ "), *step.why) if step.stopped else step.why


def _header(step: Step) -> Line:
    return joined([code(step.before), code(step.after)], " becomes ")
