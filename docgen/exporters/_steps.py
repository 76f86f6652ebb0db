# Steps as a table, for markups whose lists hold no headers of packets.
"""step_table."""

from __future__ import annotations

from docgen.exporters._article import Line, Step, Steps, Table, code, joined, plain, strong


def step_table(block: Steps) -> Table:
    """A row for each step: number, way, why, header before and after."""
    return Table(
        header=(plain("Step"), plain("Way"), plain("What happens, and why"), plain("Header")),
        rows=tuple((plain(s.number), way(s), why(s), header(s)) for s in block.steps),
        numbers=frozenset({0}),
    )


def way(step: Step) -> Line:
    """`app-a → tgw`."""
    return joined([code(step.source), code(step.target)], " → ")


def why(step: Step) -> Line:
    """What decided; with a mark where the packet ends."""
    return (*strong("✕"), *plain(" "), *step.why) if step.stopped else step.why


def header(step: Step) -> Line:
    """`tcp 10.0.0.4:1024-65535 → 10.0.10.5:8080`, and what becomes of it."""
    return joined([code(step.before), code(step.after)], " becomes ")
