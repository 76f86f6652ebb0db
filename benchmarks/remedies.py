"""How many blocked flows get a smallest change, and how long that takes.

Counts the blocked flows of the designs and of the worked questions: `python benchmarks/remedies.py [-v]`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docgen.analysis.remedies.search import smallest_change  # noqa: E402
from docgen.kinds import all_kinds  # noqa: E402
from docgen.loader import load  # noqa: E402
from docgen.model.architecture import Flow  # noqa: E402
from docgen.model.network import Network  # noqa: E402
from docgen.model.trace import FlowReport, Verdict  # noqa: E402
from docgen.routing import resolve, trace  # noqa: E402


def blocked_flows() -> Iterator[tuple[str, Network, Flow, FlowReport]]:
    """Every flow that is blocked without an outage, with its network."""
    kinds = all_kinds()
    for folder in (ROOT / "architectures", ROOT / "tests/routing/questions"):
        for file in sorted(folder.glob("*/architecture.yaml")):
            design = load(file).value
            assert design is not None
            for flow in design.flows:
                varied = load(file, variant=flow.when.variant).value if flow.when.variant else design
                assert varied is not None
                network = resolve(varied, kinds).value
                report = trace(network, flow)
                if report.verdict is Verdict.BLOCKED and not flow.when.outage:
                    yield f"{file.parent.name} {flow.id}", network, flow, report


def main() -> None:
    """Print one line for each flow that has none (with -v for all), then the sums."""
    took: list[float] = []
    without = 0
    for name, network, flow, report in blocked_flows():
        start = perf_counter()
        change = smallest_change(network, flow, report)
        took.append(perf_counter() - start)
        without += change is None or not change.edits
        if change is None or not change.edits or "-v" in sys.argv:
            print(f"{name}: {report.reason}, {took[-1]:.2f} s: {change.text if change else 'none'}")
    took.sort()
    print(f"{len(took) - without} of {len(took)} blocked flows have a smallest change")
    print(f"median {took[len(took) // 2]:.2f} s, longest {took[-1]:.2f} s")


if __name__ == "__main__":
    main()
