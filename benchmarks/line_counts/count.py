"""Counts what architectures/three-tier takes in docgen, in `diagrams` and in CloudFormation.

Run: python benchmarks/line_counts/count.py

Lines that are empty or only a comment do not count. Of docgen's definition two numbers are given: the network,
which is what CloudFormation says, and the whole file with its flows, variants, invariants and prose, which neither of
the others can say.
"""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
DEFINITION = HERE.parents[1] / "architectures" / "three-tier" / "architecture.yaml"
ABOUT_FLOWS = ("flows", "variants", "invariants")


def lines_of(text: str) -> int:
    return sum(1 for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))


def network_of(definition: str) -> str:
    """The definition without the top-level blocks that speak of flows."""
    blocks = re.split(r"^(?=\S)", definition, flags=re.MULTILINE)
    return "".join(block for block in blocks if block.partition(":")[0] not in ABOUT_FLOWS)


def counts() -> dict[str, int]:
    definition = DEFINITION.read_text()
    return {
        "docgen, the network": lines_of(network_of(definition)),
        "docgen, with flows and variants": lines_of(definition),
        "diagrams (a picture only)": lines_of((HERE / "three_tier_diagrams.py").read_text()),
        "CloudFormation (the network)": lines_of((HERE / "three_tier_cloudformation.yaml").read_text()),
    }


def table() -> str:
    found = counts()
    network = found["docgen, the network"]
    rows = [f"| {name} | {lines} | {lines / network:.1f} |" for name, lines in found.items()]
    return "\n".join(["| three-tier in | lines | to docgen's network |", "|---|---:|---:|", *rows])


if __name__ == "__main__":
    print(table())
