# Adds the connections of a flow up to one verdict, with its sentence.
"""summed_up."""

from __future__ import annotations

from dataclasses import replace

from docgen.model.architecture import Flow
from docgen.model.trace import Connection, FlowReport, Outcome, Verdict


def summed_up(
    flow: Flow, connections: tuple[Connection, ...], remarks: tuple[str, ...], *, proxied: bool, undecided: bool
) -> FlowReport:
    """The flow's verdict: that of its first connection that is not allowed.

    Args:
        flow: The question.
        connections: What was traced, depth first.
        remarks: Codes of warnings beside those of the steps.
        proxied: Whether targets were taken to be healthy.
        undecided: Whether what the definition does not say decides between the answers that the flow's name has.
            Then the verdict is known only where it is the same for all of them.
    """
    failed = [c for c in connections if c.verdict is not Verdict.ALLOWED]
    blocked = next((c for c in failed if c.verdict is Verdict.BLOCKED), None)
    worst = blocked or (failed[0] if failed else None)
    paths = [c for i, c in enumerate(connections) if c.purpose != "dns" and _is_leaf(i, connections)]
    working = sum(1 for c in paths if c.verdict is Verdict.ALLOWED)
    warnings = (*(("DG_LB_HEALTH_UNKNOWN",) if proxied else ()), *_remarks(connections), *remarks)
    if worst is None:
        count = "Both paths work" if len(paths) == 2 else f"All {len(paths)} paths work"
        text = _only_path(connections) if len(paths) == 1 else f"{count}, there and back."
        return FlowReport(
            flow_id=flow.id,
            verdict=Verdict.ALLOWED if connections else Verdict.UNKNOWN,
            text=text if connections else "There is nothing to trace.",
            connections=connections,
            paths_working=working,
            paths_total=len(paths),
            warnings=warnings,
        )
    text = worst.text
    if len(paths) > 1:
        text += f" {working} of {len(paths)} paths work."
    report = FlowReport(
        flow_id=flow.id,
        verdict=worst.verdict,
        leg=worst.leg,
        reason=worst.reason,
        component=worst.component,
        component_name=worst.component_name,
        text=text,
        connections=connections,
        paths_working=working,
        paths_total=len(paths),
        warnings=warnings,
    )
    return _either_way(report) if undecided and working and blocked is not None else report


def _either_way(report: FlowReport) -> FlowReport:
    """Some of the answers that a name may have work, and who asks decides which one it gets."""
    text = (
        "Which answer the name has depends on where the asker is, which the definition does not say: "
        f"{report.paths_working} of {report.paths_total} paths work."
    )
    return replace(
        report,
        verdict=Verdict.UNKNOWN,
        leg=None,
        reason="DG_DNS_ANSWER_DEPENDS",
        component=None,
        component_name="",
        text=text,
    )


def _remarks(connections: tuple[Connection, ...]) -> tuple[str, ...]:
    """Codes of steps that let a packet pass with a warning, each once."""
    traces = (t for c in connections for t in (c.forward, c.returning) if t is not None)
    steps = (s for t in traces for h in t.hops for s in h.steps)
    return tuple(dict.fromkeys(s.code for s in steps if s.code and s.outcome is not Outcome.DROP))


def _only_path(connections: tuple[Connection, ...]) -> str:
    """The sentence of an allowed flow with one path, through its proxies to the last connection's end."""
    root = next((c for c in connections if c.purpose != "dns"), connections[-1])
    last = connections[-1]
    if last is root or last.purpose == "dns":
        return root.text
    return (
        f"{root.source_name} reaches {last.destination_name} through {last.source_name}: every request arrives "
        "and every answer comes back."
    )


def _is_leaf(index: int, connections: tuple[Connection, ...]) -> bool:
    return all(c.parent != index for c in connections)
