# Two answers to each flow, the routing core's and the kernel's, as text and as plain values.
#
# In:  proofs. Out: what a terminal prints, what `json.dumps` takes. Decides nothing.
"""kernel_text, kernel_values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from docgen.core.terminal import PLAIN, Paint, visible
from docgen.kernel.verdicts import Agreement, Answer
from docgen.model.architecture import Flow
from docgen.model.trace import FlowReport, Verdict
from docgen.reports.reach_text import count_text

_COLOURS = {
    Agreement.AGREES: "green",
    Agreement.UP_TO_POLICY: "green",
    Agreement.ELSEWHERE: "yellow",
    Agreement.DISAGREES: "red",
    Agreement.NOT_KNOWN: "yellow",
    Agreement.NOT_EMULATED: "dim",
    Agreement.FAILED: "red",
}
_WORDS = {
    Agreement.AGREES: "the kernel agrees",
    Agreement.UP_TO_POLICY: "the kernel agrees, up to a policy",
    Agreement.ELSEWHERE: "blocked both, elsewhere",
    Agreement.DISAGREES: "THE KERNEL DISAGREES",
    Agreement.NOT_KNOWN: "docgen does not know",
    Agreement.NOT_EMULATED: "cannot be emulated",
    Agreement.FAILED: "THE KERNEL GAVE NO ANSWER",
}


class Proven(Protocol):
    """What is written down: the pipeline's `Proof`."""

    @property
    def design(self) -> str:
        """Slug."""
        ...

    @property
    def flow(self) -> Flow:
        """The question."""
        ...

    @property
    def report(self) -> FlowReport:
        """The routing core's answer."""
        ...

    @property
    def answer(self) -> Answer:
        """The kernel's."""
        ...

    @property
    def agreement(self) -> Agreement:
        """How they compare."""
        ...


def kernel_text(proofs: Sequence[Proven], paint: Paint = PLAIN) -> str:
    """Flow by flow, then the counts; ends in a newline."""
    lines: list[str] = []
    width = max((len(p.flow.id) for p in proofs), default=0)
    design = ""
    for proof in proofs:
        if proof.design != design:
            design = proof.design
            lines += ([""] if lines else []) + [paint(visible(design), "bold")]
        lines += _lines(proof, width, paint)
    return "\n".join([*lines, "", *_summary(proofs)]) + "\n"


def _lines(proof: Proven, width: int, paint: Paint) -> Iterator[str]:
    answer = proof.answer
    words = paint(_WORDS[proof.agreement], _COLOURS[proof.agreement])
    yield f"  {visible(proof.flow.id).ljust(width)}  {proof.report.verdict.value.ljust(7)}  {words}{_tail(answer)}"
    indent = " " * (width + 13)
    if proof.agreement in (Agreement.DISAGREES, Agreement.ELSEWHERE, Agreement.NOT_KNOWN):
        yield f"{indent}docgen: {visible(_core(proof.report))}"
        yield f"{indent}kernel: {visible(_where(answer))}"
    elif answer.verdict is Verdict.BLOCKED:
        yield f"{indent}{visible(_where(answer))}"
    if answer.packet:
        yield f"{indent}{answer.packet}"
    yield from (f"{indent}not proven: {visible(note)}" for note in answer.notes)


def _tail(answer: Answer) -> str:
    if answer.verdict is Verdict.UNKNOWN:
        return f": {visible(answer.reason)}"
    return f" ({count_text(answer.connections, 'connection')}, {count_text(answer.packets, 'try', 'tries')})"


def _where(answer: Answer) -> str:
    if answer.verdict is not Verdict.BLOCKED or answer.leg is None:
        return answer.verdict.value
    if answer.place is None:
        return f"blocked, {answer.leg.value}: no answer came, and no rule says that it dropped one"
    return f"blocked, {answer.leg.value}: {answer.place.key} {answer.place.text}"


def _core(report: FlowReport) -> str:
    if report.verdict is not Verdict.BLOCKED or report.leg is None:
        return report.verdict.value
    return f"blocked, {report.leg.value}: {report.component} ({report.reason})"


def _summary(proofs: Sequence[Proven]) -> Iterator[str]:
    counts = Counter(p.agreement for p in proofs)
    sent = len(proofs) - counts[Agreement.NOT_EMULATED] - counts[Agreement.FAILED]
    tries = sum(p.answer.packets for p in proofs)
    yield f"{count_text(len(proofs), 'flow')}, {sent} sent as real packets ({count_text(tries, 'try', 'tries')}):"
    for agreement, words in _WORDS.items():
        if counts[agreement]:
            yield f"  {counts[agreement]:>4}  {words}"
    unasked = (Agreement.NOT_EMULATED, Agreement.FAILED)
    reasons = Counter(p.answer.reason for p in proofs if p.agreement in unasked)
    for reason, count in sorted(reasons.items(), key=lambda r: (-r[1], r[0])):
        yield f"        {count:>4}  {visible(reason)}"


def kernel_values(proofs: Sequence[Proven]) -> dict[str, Any]:
    """All proofs as plain values."""
    counts = Counter(p.agreement for p in proofs)
    return {
        "version": 1,
        "flows": len(proofs),
        "counts": {agreement.value: counts[agreement] for agreement in Agreement},
        "results": [_values(proof) for proof in proofs],
    }


def _values(proof: Proven) -> dict[str, Any]:
    report, answer = proof.report, proof.answer
    return {
        "design": proof.design,
        "flow_id": proof.flow.id,
        "agreement": proof.agreement.value,
        "docgen": {
            "verdict": report.verdict.value.upper(),
            "leg": report.leg.value if report.leg else None,
            "reason": report.reason or None,
            "component": str(report.component) if report.component else None,
        },
        "kernel": {
            "verdict": answer.verdict.value.upper(),
            "leg": answer.leg.value if answer.leg else None,
            "component": str(answer.place.key) if answer.place else None,
            "because_of": [str(key) for key in answer.place.also] if answer.place else [],
            "text": answer.place.text if answer.place else None,
            "packet": answer.packet or None,
            "connections": answer.connections,
            "tries": answer.packets,
            "reason": answer.reason or None,
            "not_proven": list(answer.notes),
        },
    }
