"""Compare our layout with ELK layered and Graphviz on the same graphs.

`npm install --no-save elkjs@0.12.1` in this folder or above it, and a `dot` program; then `python -m
benchmarks.pictures.compare [--record]`. With `--record` the figures go to tests/diagram/baselines.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.pictures.others import Layout, dot, elk, ours
from docgen.diagram.drawing import Drawing
from tests.diagram.compared import BASELINES, pictures

FIGURES = ("crossings", "bends", "area", "through_text")


def main(arguments: Sequence[str]) -> None:
    """Print a row for each picture; record the figures of the others where asked."""
    drawn = {name: picture() for name, picture in pictures().items()}
    names = [name for name, drawing in drawn.items() if drawing.connectors]
    drawings = [drawn[name] for name in names]
    layouts: dict[str, list[Layout | None]] = {"docgen": [ours(d) for d in drawings]}
    try:
        layouts["elk"] = list(elk(drawings, Path.cwd()))
    except RuntimeError as error:
        print(f"without ELK: {error}")
    layouts["dot"] = [_tried(dot, d) for d in drawings]
    tools = list(layouts)
    print("crossings/bends a line/area in kpx/lines through text")
    print("| picture | icons, lines | " + " | ".join(tools) + " |")
    print("|---|---" + "|---" * len(tools) + "|")
    recorded = {}
    for at, name in enumerate(names):
        cells = [f"{len(drawings[at].icons)}, {len(drawings[at].connectors)}"]
        figures = {tool: laid[at].figures() for tool in tools if (laid := layouts[tool])[at]}
        cells += ["/".join(f"{figures[t][f]:g}" for f in FIGURES) if t in figures else "fails" for t in tools]
        print(f"| {name} | " + " | ".join(cells) + " |")
        size = {"icons": len(drawings[at].icons), "lines": len(drawings[at].connectors)}
        recorded[name] = {**size, **{tool: figures.get(tool) for tool in tools if tool != "docgen"}}
    if "--record" in arguments and "elk" in tools:
        lines = [f"  {json.dumps(name)}: {json.dumps(figures)}" for name, figures in recorded.items()]
        BASELINES.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def _tried(lay: Callable[[Drawing], Layout], drawing: Drawing) -> Layout | None:
    """None where the program is missing or gives up."""
    try:
        return lay(drawing)
    except RuntimeError:
        return None


if __name__ == "__main__":
    main(sys.argv[1:])
