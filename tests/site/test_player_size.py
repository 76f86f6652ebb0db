"""The flow player stays small: the files that a reader loads for it, compressed as a server sends them."""

from __future__ import annotations

import gzip
import re

LIMIT = 15_000
FILES = ("player.js", "player.css")


def test_script_and_style_stay_below_15_kb(site):
    sizes = {name: len(gzip.compress((site / "assets/docgen" / name).read_bytes(), 9)) for name in FILES}

    assert sum(sizes.values()) < LIMIT, sizes


def test_it_loads_nothing_and_asks_nobody(site):
    """No import, no request, no address of another host but the name of SVG itself."""
    script = (site / "assets/docgen/player.js").read_text(encoding="utf-8")

    assert not [word for word in ("fetch(", "XMLHttpRequest", "import(", "eval(", "WebSocket") if word in script]
    assert ["http://www.w3.org/2000/svg"] == re.findall(r"\w+://[\w./]+", script)
