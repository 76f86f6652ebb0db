# The pictures that are compared with what other layouts make of the same graphs: benchmarks/pictures draws them with
# ELK and Graphviz and records the figures in baselines.json, test_baselines.py holds ours to them.
"""pictures, BASELINES."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from docgen.diagram import draw
from docgen.diagram.drawing import Drawing
from docgen.kinds import all_kinds
from docgen.loader import load, load_text
from docgen.model.architecture import Architecture
from docgen.routing import resolve, trace
from tests.diagram.generated import NETWORKS, definition
from tests.diagram.networks import CASES, Case

BASELINES = Path(__file__).with_name("baselines.json")
DESIGNS = Path(__file__).parents[2] / "architectures"
SAMPLE = range(0, NETWORKS, 11)


def pictures() -> dict[str, Callable[[], Drawing]]:
    """Overviews of the shipped designs, the hand-built networks and a sample of the generated ones."""
    designs = sorted(file.parent for file in DESIGNS.glob("*/architecture.yaml"))
    return {
        **{f"design {folder.name}": partial(_shipped, folder) for folder in designs},
        **{f"case {name}": partial(_built, case) for name, case in CASES.items()},
        **{f"network {number}": partial(_generated, number) for number in SAMPLE},
    }


def _shipped(folder: Path) -> Drawing:
    return _overview(load(folder).value, folder)


def _built(case: Callable[[], Case]) -> Drawing:
    return draw(case().network, "overview", case().reports)


def _generated(number: int) -> Drawing:
    return _overview(load_text(definition(number)).value)


def _overview(architecture: Architecture | None, folder: Path | None = None) -> Drawing:
    assert architecture is not None
    networks = {"": resolve(architecture, all_kinds()).value}
    for flow in architecture.flows:
        if folder and flow.when.variant not in networks:
            networks[flow.when.variant] = resolve(load(folder, variant=flow.when.variant).value, all_kinds()).value
    reports = {f.id: trace(networks[f.when.variant], f) for f in architecture.flows}
    return draw(networks[""], "overview", reports)
