"""What pictures cost: layout alone, by size; and a whole design in all formats beside `diagrams` with one PNG.

`python -m benchmarks.pictures.cost`, or with `--cold` its second part alone, which starts new processes and needs the
package `diagrams` and a `dot` program; without that it says so. On a machine that does other work, `chrt -f 10` in
front keeps both parties from waiting for it.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from docgen.diagram import compose
from docgen.diagram.layout import place
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.routing import resolve, trace
from tests.diagram.generated import NETWORKS, definition

ROOT = Path(__file__).parents[2]
SIZES = (10, 20, 40, 60, 90, 150, 1000)
SAMPLE = range(0, NETWORKS, 3)
RUNS = 9


def by_size() -> None:
    """Median and most of the processor's time for the overviews of generated networks, by number of icons."""
    took: dict[int, list[tuple[float, int, int]]] = {}
    for number in SAMPLE:
        architecture = load_text(definition(number)).value
        assert architecture is not None
        network = resolve(architecture, all_kinds()).value
        scene = compose(network, "overview", {f.id: trace(network, f) for f in architecture.flows})
        start = process_time()
        drawing = place(scene)
        seconds = process_time() - start
        size = next(s for s in SIZES if len(drawing.icons) <= s)
        took.setdefault(size, []).append((seconds, len(drawing.icons), len(drawing.connectors)))
    print("| up to icons | pictures | median s | most s | of icons, lines |\n|---|---:|---:|---:|---|")
    for size, rows in sorted(took.items()):
        rows.sort()
        most = rows[-1]
        print(f"| {size} | {len(rows)} | {rows[len(rows) // 2][0]:.2f} | {most[0]:.2f} | {most[1]}, {most[2]} |")


def beside_diagrams() -> None:
    """Cold processes by turns: draw.io, SVG and PNG of the three-tier overview; the same by `diagrams`, one PNG."""
    if not shutil.which("dot"):
        print("without `diagrams`: no dot program")
        return
    with tempfile.TemporaryDirectory() as folder:
        asked = ["render", str(ROOT / "architectures/three-tier"), "--view", "overview", "-o", folder]
        formats = [part for name in ("drawio", "svg", "png") for part in ("-f", name)]
        commands = {
            "docgen: draw.io, SVG and PNG": [sys.executable, "-m", "docgen", *asked, *formats],
            "diagrams: PNG": [sys.executable, str(ROOT / "benchmarks/line_counts/three_tier_diagrams.py")],
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for turn in range(RUNS + 1):
            for name, command in commands.items():
                spent = _timed(command, folder)
                if turn:  # the first writes bytecode
                    times[name].append(spent)
    print(f"| three-tier, medians of {RUNS} | processor s | wall s |\n|---|---:|---:|")
    medians = []
    for name, some in times.items():
        processor, wall = (median(one[at] for one in some) for at in (0, 1))
        medians.append((processor, wall))
        print(f"| {name} | {processor:.3f} | {wall:.3f} |")
    ours, theirs = medians
    print(f"\nratio: {ours[0] / theirs[0]:.2f} of the processor's time, {ours[1] / theirs[1]:.2f} of the clock's")


def _timed(command: list[str], folder: str) -> tuple[float, float]:
    """Seconds of the processor, children's too, and of the clock; with bytecode, as installed packages have it."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(command, check=True, cwd=folder, env=environment, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, perf_counter() - start


if __name__ == "__main__":
    if "--cold" not in sys.argv:
        by_size()
    beside_diagrams()
