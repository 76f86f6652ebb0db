"""What a cold `docgen render` of one view loads, and how often it does a thing: clocks lie on busy machines.

By the clock, beside `diagrams`: `python -m benchmarks.pictures.cost`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = """
import json, sys
import yaml
parsed = []
plain = yaml.parse
def counted(text, **options):
    parsed.append(text)
    return plain(text, **options)
yaml.parse = counted
from docgen.diagram import layout
lined = []
connect = layout.connect
def connected(placement, links):
    lined.append(links)
    return connect(placement, links)
layout.connect = connected
from docgen.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    code = end.code
arranged = layout._shared.cache_info()
print(json.dumps({
    "code": code,
    "modules": sorted(sys.modules),
    "parsed": len(parsed),
    "parsed twice": len(parsed) - len(set(parsed)),
    "arranged": arranged.misses,
    "drawn": arranged.hits + arranged.misses,
    "lined": len(lined),
}))
"""


@pytest.fixture(scope="module")
def spent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Counts of one process that draws the overview of the three-tier design in all three formats."""
    root = Path(__file__).parents[2]
    out = tmp_path_factory.mktemp("pictures")
    asked = ["render", "architectures/three-tier", "--view", "overview", "-o", str(out)]
    formats = ["-f", "drawio", "-f", "svg", "-f", "png"]
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *asked, *formats],
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=True,
    )
    assert ["overview.drawio", "overview.png", "overview.svg"] == sorted(path.name for path in out.iterdir())
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    assert 0 == found["code"]
    return found


def test_it_loads_only_what_it_needs(spent: dict[str, Any]) -> None:
    """No shaping library for Latin words, nothing of sites, exports, caches and other processes."""
    loaded = {name.split(".")[0] for name in spent["modules"]}
    ours = {".".join(name.split(".")[:2]) for name in spent["modules"] if name.startswith("docgen.")}

    assert set() == loaded & {"uharfbuzz", "fontTools", "mkdocs", "jinja2", "markdown", "pickle", "multiprocessing"}
    assert set() == ours & {"docgen.site", "docgen.exporters", "docgen.kernel", "docgen.pages"}
    assert ["PIL.PngImagePlugin"] == [name for name in spent["modules"] if name.endswith("ImagePlugin")]


def test_a_file_is_read_once_for_all_variants(spent: dict[str, Any]) -> None:
    """The design has four; its definition and its page are two files."""
    assert 0 == spent["parsed twice"]
    assert 2 == spent["parsed"]


def test_views_of_one_network_are_arranged_once(spent: dict[str, Any]) -> None:
    """The overview and a layer for each of fifteen flows, in the design's own state, four variants and an outage."""
    assert 16 == spent["drawn"]
    assert 6 == spent["arranged"]


def test_layers_that_do_not_fit_get_no_lines(spent: dict[str, Any]) -> None:
    """In four flows, of three variants, something stands that the overview has not, or elsewhere."""
    assert 12 == spent["lined"]
