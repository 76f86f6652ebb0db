"""What an estate costs: loading, resolving, verdicts, explained traces, reach, memory. One table.

Run: `python benchmarks/estates/measure.py [ESTATE]...`, for example `hub-10 hub-1000 mesh-50`, or a design of
`architectures/`; without arguments those of README's table. Times are processor time, so that other work on the
machine counts little; every estate is measured in three fresh processes, and the table has the medians. Peak memory
is that of such a process.

- verdict: `trace`, and whether it is allowed, the reason and the deciding component. Every flow was asked before (a
  warm network); each sort of flow counts alike. "first" is the same for flows that were never asked before.
- explained: the same with every sentence of every step, as `docgen trace` prints it.
- beside: a verdict inside one VPC. It must not grow with the VPCs that the flow cannot touch.
- reach: everything that reaches one database (`docgen reach --to`), over all headers there are.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from docgen.model.architecture import Architecture, Flow
    from docgen.model.trace import FlowReport

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.estates.generate import (  # noqa: E402
    full_mesh,
    full_mesh_questions,
    hub_and_spoke,
    hub_and_spoke_questions,
)

ESTATES = ("three-tier", "hub-10", "hub-100", "hub-1000", "mesh-50")
RUNS = 3
ROUNDS = 5
SAME_VPC = "same VPC"
COLUMNS = (
    "components",
    "interfaces",
    "load s",
    "resolve s",
    "first ms",
    "verdict ms",
    "p95",
    "beside ms",
    "explained ms",
    "p95 of these",
    "reach s",
    "memory MB",
)
Figures = dict[str, float]


def main(estates: tuple[str, ...]) -> None:
    """Measure and print."""
    print("| estate | " + " | ".join(COLUMNS) + " |")
    print("|---|" + "---:|" * len(COLUMNS))
    for estate in estates:
        figures = _medians([_in_fresh_process(estate) for _ in range(RUNS)])
        print(f"| {estate} | " + " | ".join(_shown(name, figures[name]) for name in COLUMNS) + " |", flush=True)


def _shown(name: str, figure: float) -> str:
    if name.endswith(" s"):
        return f"{figure:.2f}"
    return f"{figure:,.0f}" if name in ("components", "interfaces", "memory MB") else f"{figure:.3f}"


def _medians(runs: list[Figures]) -> Figures:
    return {name: median(run[name] for run in runs) for name in runs[0]}


def _in_fresh_process(estate: str) -> Figures:
    run = subprocess.run([sys.executable, __file__, "--one", estate], check=True, capture_output=True, cwd=ROOT)
    figures: Figures = json.loads(run.stdout)
    return figures


def measure(estate: str) -> Figures:
    """All figures of one estate, measured in this process."""
    from docgen.analysis.reach import reach
    from docgen.kinds import all_kinds
    from docgen.loader import load_text
    from docgen.routing import resolve, trace

    text = text_of(estate)
    all_kinds()  # importing is measured apart (`docgen --version`)
    load_text(hub_and_spoke(4))
    loaded, load_time = _timed(lambda: load_text(text))
    architecture = loaded.value
    assert architecture is not None, loaded.diagnostics
    resolved, resolve_time = _timed(lambda: resolve(architecture, all_kinds()))
    network = resolved.value
    flows = flows_of(estate, architecture)
    for _, flow, _ in flows[: len(flows) // 6]:  # tables of the hub, caches of the interpreter
        trace(network, flow)

    def verdict(flow: Flow, reason: str) -> float:
        """Seconds for one verdict, which must be the one that the design gives."""
        report, seconds = _timed(lambda: trace(network, flow))
        assert reason == report.reason, (flow, report.text)
        return seconds

    first = [verdict(flow, reason) for _, flow, reason in flows[len(flows) // 6 :]]
    by_sort: dict[str, list[float]] = {}
    for sort, flow, reason in flows:
        times = [verdict(flow, reason) for _ in range(ROUNDS)]
        by_sort.setdefault(sort, []).append(median(times))
    verdicts = _alike(by_sort)
    explained: dict[str, list[float]] = {}
    for sort, flow, _ in flows:
        times = [_timed(lambda: sentences(trace(network, flow)))[1] for _ in range(ROUNDS)]  # noqa: B023
        explained.setdefault(sort, []).append(median(times))
    in_words = _alike(explained)
    database = next(c.key for c in network.of_kind("db_instance") if c.id == "orders")
    _, reach_time = _timed(lambda: reach(network, [database]))
    return {
        "components": len(network.components),
        "interfaces": len(network.interfaces),
        "load s": load_time,
        "resolve s": resolve_time,
        "first ms": median(first) * 1000,
        "verdict ms": median(verdicts) * 1000,
        "p95": _late(verdicts) * 1000,
        "beside ms": median(by_sort[SAME_VPC]) * 1000,
        "explained ms": median(in_words) * 1000,
        "p95 of these": _late(in_words) * 1000,
        "reach s": reach_time,
        "memory MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def text_of(estate: str) -> str:
    """The definition: generated, or that of a design in `architectures/`."""
    design = ROOT / "architectures" / estate / "architecture.yaml"
    if design.exists():
        return design.read_text()
    sort, _, number = estate.partition("-")
    return {"hub": hub_and_spoke, "mesh": full_mesh}[sort](int(number))


def flows_of(estate: str, architecture: Architecture) -> list[tuple[str, Flow, str]]:
    """Flows by sort, with the reason that each must give: those that a design declares, else those of the estate."""
    from docgen.model.architecture import Flow
    from docgen.model.component import Ref

    declared = [f for f in architecture.flows if not f.when.variant and not f.when.outage]
    if declared:
        return [(SAME_VPC, f, f.expect.reason if f.expect else "") for f in declared]
    sort, _, number = estate.partition("-")
    asked = {"hub": hub_and_spoke_questions, "mesh": full_mesh_questions}[sort](int(number))
    return [
        (q.sort, Flow(id=str(i), source=Ref(q.source), destination=Ref(q.destination), port=q.port), q.reason)
        for i, q in enumerate(asked)
    ]


def sentences(report: FlowReport) -> list[str]:
    """Everything that an explained trace says."""
    legs = [leg for c in report.connections for leg in (c.forward, c.returning) if leg is not None]
    steps = [step.text for leg in legs for hop in leg.hops for step in hop.steps]
    return [report.text, *(c.text for c in report.connections), *steps]


def _alike(by_sort: Mapping[str, Sequence[float]]) -> list[float]:
    """As many times of each sort, so that no sort counts for more than another."""
    number = min(map(len, by_sort.values()))
    return [t for times in by_sort.values() for t in times[:number]]


def _late(times: Sequence[float]) -> float:
    """What 95 of 100 take no longer than."""
    return sorted(times)[(len(times) * 95 - 1) // 100]


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    made = work()
    return made, time.process_time() - start


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2])))
    else:
        main(tuple(sys.argv[1:]) or ESTATES)
