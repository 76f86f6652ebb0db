# A second opinion: every flow of a design sent through the Linux kernel, laid beside what the routing core says.
#
# In:  a Design and ids of flows. Out: one Proof for each, in the design's order. The kernel's side (docgen/kernel)
# knows none of the core's decisions; here both meet.
"""Proof, prove_flows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from docgen.core.data import dataclass
from docgen.core.errors import MissingToolError
from docgen.kernel.blueprint import TooLargeError
from docgen.kernel.emulate import emulate
from docgen.kernel.run import ProvingError, ask, why_not
from docgen.kernel.verdicts import Agreement, Answer, compare, judge
from docgen.model.architecture import Flow
from docgen.model.trace import FlowReport, Verdict
from docgen.pipeline.design import Design
from docgen.routing.outages import apply_outages

MOST_WORKERS = 4


@dataclass(frozen=True, slots=True)
class Proof:
    """Two answers to one flow."""

    design: str
    """The design's slug."""
    flow: Flow
    report: FlowReport
    answer: Answer
    agreement: Agreement


def prove_flows(
    designs: Sequence[Design], flow_ids: Iterable[str] = (), told: Callable[[str], None] = lambda _: None
) -> tuple[Proof, ...]:
    """Send flows through the kernel, all of the designs' where none is named; `told` hears of progress.

    Raises:
        MissingToolError: no network can be emulated on this machine.
        UnknownNameError: a design has no such flow.
    """
    reason = why_not()
    if reason:
        raise MissingToolError(f"no network can be emulated here: {reason}")
    wanted = tuple(flow_ids)
    jobs = []
    for design in designs:
        chosen = [design.flow(i) for i in wanted] if wanted else list(design.architecture.flows)
        jobs += [(design, state) for state in _states(f for f in chosen if f.id in design.reports)]
    with ThreadPoolExecutor(max(1, min(MOST_WORKERS, os.cpu_count() or 1))) as pool:
        found: dict[tuple[str, str], Proof] = {}
        for at, proofs in enumerate(pool.map(lambda job: _prove(*job), jobs), 1):
            told(f"{at} of {len(jobs)} networks emulated")
            found |= {(p.design, p.flow.id): p for p in proofs}
    return tuple(found[d.slug, f.id] for d in designs for f in d.architecture.flows if (d.slug, f.id) in found)


def _states(flows: Iterable[Flow]) -> Iterator[tuple[Flow, ...]]:
    """Flows that one emulated network can answer: of one variant and outage."""
    groups: dict[tuple[object, ...], list[Flow]] = {}
    for flow in flows:
        outage = tuple(ref.name for ref in flow.when.outage)
        groups.setdefault((flow.when.variant, outage), []).append(flow)
    return (tuple(group) for group in groups.values())


def _prove(design: Design, flows: tuple[Flow, ...]) -> tuple[Proof, ...]:
    network = apply_outages(design.network_of(flows[0]), flows[0].when.outage)
    try:
        emulation = emulate(network, flows)
        outcomes = ask(emulation.world.plan) if emulation.world.plan.probes else ()
    except TooLargeError as error:
        return _unanswered(design, flows, Agreement.NOT_EMULATED, error)
    except ProvingError as error:
        return _unanswered(design, flows, Agreement.FAILED, error)
    answers = [judge(emulation.world, asked, outcomes) for asked in emulation.asked]
    reports = design.reports
    return tuple(
        Proof(design.slug, flow, reports[flow.id], answer, compare(answer, reports[flow.id]))
        for flow, answer in zip(flows, answers, strict=True)
    )


def _unanswered(design: Design, flows: Iterable[Flow], agreement: Agreement, error: Exception) -> tuple[Proof, ...]:
    text = next(iter(str(error).splitlines()), "it said nothing")
    return tuple(
        Proof(design.slug, f, design.reports[f.id], Answer(f.id, Verdict.UNKNOWN, reason=text), agreement)
        for f in flows
    )
