"""Pictures of 300 generated networks: whatever somebody designs, nothing covers anything else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from docgen.diagram import draw, views
from docgen.diagram.drawing import Drawing
from docgen.diagram.scorecard import score
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.routing import resolve, trace
from tests.diagram.generated import NETWORKS, definition

NEVER = (
    "overlaps",
    "containment",
    "through_icon",
    "through_text",
    "slanted",
    "label_on_border",
    "unequal_zones",
    "misaligned_tiers",
)
PARTS = 20


def _drawings(number: int) -> Iterator[Drawing]:
    architecture = load_text(definition(number)).value
    assert architecture is not None
    network = resolve(architecture, all_kinds()).value
    assert network is not None
    reports = {f.id: trace(network, f) for f in architecture.flows}
    known = views(network, reports)
    flows = [v for v in known if v.startswith("flow-")]
    for view in (known[0], *flows[number % 3 :: 6]):
        yield draw(network, view, reports)


@pytest.mark.parametrize("part", range(PARTS))
def test_generated_networks_are_drawn_without_faults(part: int) -> None:
    """The overview and some flows of every 20th network."""
    for number in range(part, NETWORKS, PARTS):
        for drawing in _drawings(number):
            faults = score(drawing).faults()
            found = {name: faults[name] for name in NEVER if name in faults}
            assert {} == found, f"network {number}, {drawing.view}"


def test_networks_are_what_they_claim() -> None:
    """From one VPC to forty, from one zone to six, and the same every time."""
    counts = [definition(n).count('"enable_dns_hostnames"') for n in range(NETWORKS)]
    zones = [definition(n).split('"zones": [')[1].split("]")[0].count(",") + 1 for n in range(NETWORKS)]

    assert 1 == min(counts)
    assert 30 <= max(counts) <= 40
    assert {1, 2, 3, 4, 5, 6} == set(zones)
    assert definition(7) == definition(7)
