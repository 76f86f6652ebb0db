# Adds the connections of a flow up to one verdict, with its sentence.
"""summed_up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from docgen.core.values import later
from docgen.model.architecture import Flow
from docgen.model.trace import Connection, FlowReport, Outcome, Verdict
from docgen.routing.paths import count_paths, name_of_path
from docgen.routing.tree import MAX_CONNECTIONS, MAX_DEPTH

_TOO_MANY = (
    f"There are more than {MAX_CONNECTIONS} connections to trace, or more than {MAX_DEPTH} calls one out of the "
    "other: not all were traced, and of the rest nothing is known."
)


_UNSURE = "DG_ZONE_IDS_UNKNOWN"
_BY_ASKER = "Which answer the name has depends on where the asker is, which the definition does not say"
_BY_ZONE = "Which zones of the two accounts are the same place is not known, since not both give zone ids"


def summed_up(
    flow: Flow,
    connections: tuple[Connection, ...],
    remarks: tuple[str, ...],
    *,
    proxied: bool,
    undecided: bool,
    complete: bool = True,
    answered: Collection[int] = (),
) -> FlowReport:
    """The flow's verdict: that of its first connection that is not allowed.

    Args:
        flow: The question.
        connections: What was traced, depth first.
        remarks: Codes of warnings beside those of the steps.
        proxied: Whether targets were taken to be healthy.
        undecided: Whether what the definition does not say decides between the answers that the flow's name has.
            Then the verdict is known only where it is the same for all of them.
        complete: Whether that is all that there is to trace; otherwise nothing can be said to be allowed.
        answered: Connections that a proxy may answer by itself.
    """
    failed = [i for i, c in enumerate(connections) if c.verdict is not Verdict.ALLOWED]
    blocked = next((i for i in failed if connections[i].verdict is Verdict.BLOCKED), None)
    worst = blocked if blocked is not None else next(iter(failed), None)
    working, total = count_paths(connections, answered)
    warnings = (*(("DG_LB_HEALTH_UNKNOWN",) if proxied else ()), *_remarks(connections), *remarks)
    report = FlowReport(
        flow_id=flow.id,
        verdict=Verdict.ALLOWED if connections else Verdict.UNKNOWN,
        text=later(lambda: _all_work(connections, total)) if connections else "There is nothing to trace.",
        connections=connections,
        paths_working=working,
        paths_total=total,
        warnings=warnings,
    )
    if blocked is None and not complete:
        return replace(report, verdict=Verdict.UNKNOWN, reason="DG_TOO_MANY_CONNECTIONS", text=_TOO_MANY)
    if worst is None:
        return report
    first = connections[worst]
    report = replace(
        report,
        verdict=first.verdict,
        leg=first.leg,
        reason=first.reason,
        component=first.component,
        component_name=first.component_name,
        text=later(
            lambda: first.text + _how_many(connections, worst, working, total) + ("" if complete else f" {_TOO_MANY}")
        ),
    )
    if blocked is None or not working:
        return report
    if undecided:
        why = _BY_ASKER if working < total else f"{_BY_ASKER}, and some askers get none"
        return _depends(report, "DG_DNS_ANSWER_DEPENDS", why)
    unsure = all(_UNSURE in _remarks((c,)) for c in connections if c.verdict is Verdict.BLOCKED)
    return _depends(report, _UNSURE, _BY_ZONE) if unsure else report


def _how_many(connections: Sequence[Connection], worst: int, working: int, total: int) -> str:
    """` 3 of 4 paths work.`, with the way of the first that fails where its ends do not tell it."""
    name = name_of_path(connections, worst)
    if total > 1:
        return f" {working} of {total} paths work" + (f"; the first that fails goes {name}." if name else ".")
    return f" The path goes {name}." if name else ""


def _all_work(connections: tuple[Connection, ...], total: int) -> str:
    if total == 1:
        return _only_path(connections)
    return f"{'Both paths work' if total == 2 else f'All {total} paths work'}, there and back."


def _depends(report: FlowReport, code: str, why: str) -> FlowReport:
    """Some of the ways that may be taken work, and the definition does not say which one is."""
    return replace(
        report,
        verdict=Verdict.UNKNOWN,
        leg=None,
        reason=code,
        component=None,
        component_name="",
        text=f"{why}: {report.paths_working} of {report.paths_total} paths work.",
    )


def _remarks(connections: tuple[Connection, ...]) -> tuple[str, ...]:
    """Codes of steps that let a packet pass with a warning, each once."""
    traces = (t for c in connections for t in (c.forward, c.returning) if t is not None)
    steps = (s for t in traces for h in t.hops for s in h.steps)
    return tuple(dict.fromkeys(s.code for s in steps if s.code and s.outcome is not Outcome.DROP))


def _only_path(connections: tuple[Connection, ...]) -> str:
    """The sentence of an allowed flow with one path, through its proxies to the last connection's end."""
    root = next((c for c in connections if c.purpose != "dns"), connections[-1])
    last = next((c for c in reversed(connections) if c.purpose != "dns"), root)
    if last is root:
        return root.text
    return (
        f"{root.source_name} reaches {last.destination_name} through {last.source_name}: every request arrives "
        "and every answer comes back."
    )
