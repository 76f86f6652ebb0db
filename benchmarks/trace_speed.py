"""How many traces a second: every flow of the three-tier design, again and again, on one warm network.

Run: `python benchmarks/trace_speed.py [SECONDS]`. Prints flows and connections (there and back) a second of
processor time, so that other work on the machine does not count.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from docgen.kinds import all_kinds
from docgen.loader import load
from docgen.routing import resolve, trace

DESIGN = Path(__file__).parent.parent / "architectures" / "three-tier"


def main(seconds: float) -> None:
    """Measure for this long and print."""
    architecture = load(DESIGN).value
    assert architecture is not None
    start = time.process_time()
    network = resolve(architecture, all_kinds()).value
    resolved = time.process_time() - start
    assert network is not None
    asked = [flow for flow in architecture.flows if not flow.when.variant]
    flows = connections = 0
    start = time.process_time()
    while time.process_time() - start < seconds:
        reports = [trace(network, flow) for flow in asked]
        flows += len(reports)
        connections += sum(len(report.connections) for report in reports)
    spent = time.process_time() - start
    print(f"resolve     {resolved * 1000:8.2f} ms")
    print(f"flows       {flows / spent:8.0f} a second ({spent / flows * 1000:.2f} ms each)")
    print(
        f"connections {connections / spent:8.0f} a second ({spent / connections * 1000:.3f} ms each, there and back)"
    )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0)
