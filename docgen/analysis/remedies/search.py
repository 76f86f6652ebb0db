# Finds the fewest edits that open a blocked flow, and among equals those that open least besides.
#
# In:  a network, one of its flows, its report. Out: a SmallestChange, or None where no edit of the definition helps
# (what is out of order must be repaired; what is not modelled cannot be proven). Every answer is traced again.
"""smallest_change, change_or_why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from docgen.analysis.remedies import access, balancers, filters, networks, routes
from docgen.analysis.remedies.proposal import Proposal, situation
from docgen.core.collector import paused_collector
from docgen.core.data import dataclass
from docgen.model.architecture import Flow
from docgen.model.network import Network
from docgen.model.trace import Edit, FlowReport, Leg, SmallestChange, Verdict
from docgen.routing import resolve, trace

_ALL = (filters.PROPOSERS, routes.PROPOSERS, networks.PROPOSERS, balancers.PROPOSERS, access.PROPOSERS)
MOST_EDITS = 4
MOST_FOLLOWED = 8
"""Of the networks with so many edits, those that the next edit starts from."""
MOST_TRIALS = 240
"""Networks resolved for one flow: a change that takes more is a redesign."""
MOST_COMPONENTS = 24_000
"""Components resolved for one flow, over all trials: bounds the time also in large networks."""
FEWEST_TRIALS = 12
"""What is tried even in the largest."""

BY_NATURE: Mapping[str, str] = MappingProxyType(
    {
        "DG_NAT_UNSOLICITED_INBOUND": "a NAT gateway takes no connections from outside, so another entrance is "
        "needed (a load balancer, a public address)",
        "DG_EIGW_UNSOLICITED_INBOUND": "an egress-only internet gateway takes no connections from outside, so an "
        "internet gateway is needed",
        "VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS": "nothing leads through a virtual private gateway to another "
        "gateway of the VPC, so a transit gateway or a way of its own is needed",
        "DG_DXGW_NO_VGW_TO_VGW": "a Direct Connect gateway joins no VPCs, so peering or a transit gateway is needed",
        "DG_NLB_HAIRPIN": "a target cannot call itself while the client's address is kept",
    }
)
"""Codes of what no edit of the thing that refuses can change, with what it would take."""

Broken = Callable[[Network], Iterable[str]]
"""The invariants that a network breaks, in words; best one by one, as the first new one settles it."""


def _none_broken(network: Network) -> tuple[str, ...]:
    del network
    return ()


@dataclass(frozen=True, slots=True)
class _Branch:
    """Edits made so far, and what the flow does after them."""

    network: Network
    report: FlowReport
    made: tuple[Proposal, ...]


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
    return _search(network, flow, report, broken)[0]


@paused_collector()
def _search(network: Network, flow: Flow, report: FlowReport, broken: Broken) -> tuple[SmallestChange | None, int]:
    """The smallest change, and how many networks were tried."""
    if report.verdict is not Verdict.BLOCKED:
        return None, 0
    most = max(FEWEST_TRIALS, min(MOST_TRIALS, MOST_COMPONENTS // max(1, len(network.components))))
    trials = 0
    level = [_Branch(network, report, ())]
    for _ in range(MOST_EDITS):
        steps = ((branch, proposal) for branch in level for proposal in _proposals(branch, flow))
        following: list[_Branch] = []
        forbidden: list[tuple[_Branch, str]] = []
        for branch, proposal in sorted(steps, key=lambda step: _rank((*step[0].made, step[1])))[: most - trials]:
            trials += 1
            tried = _tried(branch, proposal, flow)
            if tried is None:
                continue
            if tried.report.verdict is Verdict.ALLOWED:  # no other that does is as small, unless this may not be
                new = next((name for name in broken(tried.network) if name not in broken(network)), None)
                if new is None:
                    return _answer(tried), trials
                forbidden.append((tried, new))
            elif not proposal.field or _goes_further(branch.report, tried.report):  # a new gateway waits for a route
                following.append(tried)
        if forbidden:
            return _answer(*forbidden[0]), trials
        following.sort(key=lambda b: (b.report.leg is not Leg.RETURN, *_rank(b.made)))  # the furthest first
        level = following[:MOST_FOLLOWED]
    return None, trials


def _rank(edits: tuple[Proposal, ...]) -> tuple[int, tuple[str, ...]]:
    """What is tried first: what opens least besides."""
    return sum(p.breadth for p in edits), tuple(p.text for p in edits)


def _proposals(branch: _Branch, flow: Flow) -> Iterator[Proposal]:
    where = situation(branch.network, flow, branch.report)
    if where is None:
        return
    seen = set()
    for proposers in _ALL:
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
    if after.verdict is not Verdict.BLOCKED or after.reason == "DG_INVALID_CONFIG":
        return False  # what AWS refuses is no step forward
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


def change_or_why(network: Network, flow: Flow, report: FlowReport, broken: Broken = _none_broken) -> SmallestChange:
    """The smallest change, or in words why there is none."""
    found, trials = _search(network, flow, report, broken)
    return found or _none_known(report, trials)


def _none_known(report: FlowReport, trials: int) -> SmallestChange:
    """Why nothing is proposed."""
    if report.reason in BY_NATURE:
        why = BY_NATURE[report.reason]
    elif trials:
        why = f"of {trials} that docgen tried, alone and up to {MOST_EDITS} together, none did"
    else:
        why = f"docgen knows none for {report.reason}"
    return SmallestChange(edits=(), text=f"No small edit of the definition opens it: {why}.")
