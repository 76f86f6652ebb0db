# Finds the fewest edits that open a blocked flow, and among equals those that open least besides.
#
# In:  a network, one of its flows, its report. Out: a SmallestChange, or None where no edit of the definition helps
# (what is out of order must be repaired; what is not modelled cannot be proven). Every answer is traced again.
"""smallest_change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from docgen.analysis.remedies import balancers, filters, routes
from docgen.analysis.remedies.proposal import Proposal, situation
from docgen.model.architecture import Flow
from docgen.model.network import Network
from docgen.model.trace import Edit, FlowReport, SmallestChange, Verdict
from docgen.routing import resolve, trace

MOST_EDITS = 4
MOST_TRIALS = 120
"""Networks resolved for one flow: bounds the time, and a change that takes more is a redesign."""

Broken = Callable[[Network], tuple[str, ...]]
"""The invariants that a network breaks, in words."""


def _none_broken(network: Network) -> tuple[str, ...]:
    del network
    return ()


@dataclass(frozen=True, slots=True)
class _Branch:
    """Edits made so far, and what the flow does after them."""

    network: Network
    report: FlowReport
    made: tuple[Proposal, ...]

    @property
    def rank(self) -> tuple[int, tuple[str, ...]]:
        return sum(p.breadth for p in self.made), tuple(p.text for p in self.made)


def smallest_change(
    network: Network, flow: Flow, report: FlowReport, broken: Broken = _none_broken
) -> SmallestChange | None:
    """The smallest change of a definition after which the flow is ALLOWED.

    Args:
        network: The network that blocks it, without the flow's outage.
        flow: The question.
        report: Its answer there.
        broken: Which invariants a network breaks; a change that breaks one more is refused, and where only such
            changes help, the answer says which invariant forbids it.

    Returns:
        The edits, or None where nothing that docgen knows of helps.
    """
    if report.verdict is not Verdict.BLOCKED:
        return None
    before = set(broken(network))
    trials = 0
    level = [_Branch(network, report, ())]
    forbidden: list[tuple[_Branch, str]] = []
    for _ in range(MOST_EDITS):
        following: list[_Branch] = []
        opened: list[_Branch] = []
        for branch in level:
            for proposal in _proposals(branch, flow):
                if trials >= MOST_TRIALS:
                    break
                trials += 1
                tried = _tried(branch, proposal, flow)
                if tried is None:
                    continue
                if tried.report.verdict is Verdict.ALLOWED:
                    opened.append(tried)
                elif not proposal.field or _goes_further(
                    branch.report, tried.report
                ):  # a new gateway waits for a route
                    following.append(tried)
        for candidate in sorted(opened, key=lambda b: b.rank):
            news = [name for name in broken(candidate.network) if name not in before]
            if not news:
                return _answer(candidate)
            forbidden.append((candidate, news[0]))
        if forbidden:
            return _answer(*forbidden[0])
        level = sorted(following, key=lambda b: b.rank)[:8]
    return None


def _proposals(branch: _Branch, flow: Flow) -> Iterator[Proposal]:
    where = situation(branch.network, flow, branch.report)
    if where is None:
        return
    seen = set()
    for proposers in (filters.PROPOSERS, routes.PROPOSERS, balancers.PROPOSERS):
        for propose in proposers.get(where.step.code, ()):
            for proposal in propose(where):
                if proposal.text not in seen:
                    seen.add(proposal.text)
                    yield proposal


def _tried(branch: _Branch, proposal: Proposal, flow: Flow) -> _Branch | None:
    """The flow after one more edit; None where the edit makes no sound network."""
    made = resolve(proposal.applied(branch.network.architecture), branch.network.kinds)
    if made.failed:
        return None
    network = made.value
    return _Branch(network, trace(network, flow), (*branch.made, proposal))


def _goes_further(before: FlowReport, after: FlowReport) -> bool:
    """Whether an edit moved the obstacle: more paths work, or another thing stops it."""
    if after.verdict is not Verdict.BLOCKED:
        return False
    return after.paths_working > before.paths_working or (after.reason, after.leg, after.component, after.text) != (
        before.reason,
        before.leg,
        before.component,
        before.text,
    )


def _answer(branch: _Branch, forbidden_by: str = "") -> SmallestChange:
    edits = tuple(
        Edit(
            component=p.edited.key,
            component_name=branch.network.name(p.edited.key),
            field=p.field,
            text=p.text,
        )
        for p in branch.made
    )
    words = _listed([e.text for e in edits])
    if forbidden_by:
        return SmallestChange(
            edits=(),
            text=f"Nothing should open it: {forbidden_by} forbids it (it would take: {words}).",
            forbidden_by=forbidden_by,
        )
    return SmallestChange(edits=edits, text=f"To open it, {words}.")


def _listed(texts: list[str]) -> str:
    """`a`, `a and b`, `a, b, and c`."""
    if len(texts) < 3:
        return " and ".join(texts)
    return f"{', '.join(texts[:-1])}, and {texts[-1]}"


def with_smallest_change(
    network: Network, flow: Flow, report: FlowReport, broken: Broken = _none_broken
) -> FlowReport:
    """The report with the smallest change in it, where the flow is blocked and nothing is out of order."""
    if flow.when.outage:
        return report
    found = smallest_change(network, flow, report, broken)
    return replace(report, smallest_change=found) if found else report
