"""What holds for every format."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.core.errors import UnknownNameError
from docgen.renderers import all_renderers, render

HASHES = """
import hashlib
from docgen.diagram import draw, views
from docgen.renderers import all_renderers, render
from tests.diagram.networks import three_tier
case = three_tier()
for view in ("overview", "flow-pay", "flow-skip"):
    drawing = draw(case.network_of(view), view, case.reports)
    for name in all_renderers():
        print(view, name, hashlib.sha256(render(drawing, name)).hexdigest())
"""


def test_the_formats_are_known_by_name():
    assert ["drawio", "drawio.png", "drawio.svg", "png", "svg"] == list(all_renderers())
    assert all(r.suffix == f".{name}" for name, r in all_renderers().items())


def test_an_unknown_format_is_refused(drawing):
    with pytest.raises(UnknownNameError, match="jpeg"):
        render(drawing("public-server", "overview"), "jpeg")


@pytest.mark.parametrize("name", ["drawio", "drawio.png", "drawio.svg", "png", "svg"])
def test_the_same_drawing_gives_the_same_bytes(name, drawing):
    one, other = (hashlib.sha256(render(drawing("load-balanced", "flow-page"), name)).hexdigest() for _ in range(2))

    assert one == other


def test_other_hash_seeds_give_the_same_bytes():
    """No order of a set reaches a file."""
    root = Path(__file__).parents[2]
    answers = [
        subprocess.run(
            [sys.executable, "-c", HASHES],
            cwd=root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    ]

    assert answers[0] == answers[1]
    assert 15 == len(answers[0].splitlines())
