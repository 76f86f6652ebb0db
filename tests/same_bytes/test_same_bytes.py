"""Same input, same bytes: every output, whatever the hash seed, locale, time zone, umask, working folder and number of cores.

By default two surroundings and a small design; `.ci/run same_bytes` (DOCGEN_LONG=1): all of them, and a large one too.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONG = bool(os.environ.get("DOCGEN_LONG"))
DESIGNS = ("public-web-server", "three-tier") if LONG else ("public-web-server",)
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "render": (
        "render",
        "{design}",
        "-o",
        "out/pictures",
        "-f",
        "svg,png,drawio,drawio.svg,drawio.png,mermaid,dot",
        "--theme",
        "both",
    ),
    "export-bundle": ("export", "{design}", "--to", "bundle", "-o", "out/bundle"),
    "export-html": ("export", "{design}", "--to", "html", "-o", "out/html"),
    "export-markdown": ("export", "{design}", "--to", "markdown", "-o", "out/markdown"),
    "export-confluence": ("export", "{design}", "--to", "confluence", "-o", "out/confluence"),
    "export-mediawiki": ("export", "{design}", "--to", "mediawiki", "-o", "out/mediawiki"),
    "export-dokuwiki": ("export", "{design}", "--to", "dokuwiki", "-o", "out/dokuwiki"),
    "generate": ("generate", "architectures", "-o", "out/generated"),
    "trace": ("trace", "{design}", "--flow-logs"),
    "trace-json": ("trace", "{design}", "--format", "json", "--flow-logs"),
    "check": ("check", "{design}"),
    "check-json": ("check", "{design}", "--format", "json", "--coverage"),
    "check-sarif": ("check", "{design}", "--format", "sarif"),
    "check-junit": ("check", "{design}", "--format", "junit"),
    "check-github": ("check", "{design}", "--format", "github"),
    "check-outages": ("check", "{design}", "--outage", "each-zone"),
    "list": ("list", "architectures"),
    "show": ("show", "{design}"),
    "graph-svg": ("graph", "{design}", "-f", "svg"),
    "graph-routes": ("graph", "{design}", "--view", "routes", "-f", "dot"),
    "graph-family": ("graph", "architectures", "--view", "extends"),
    "diff": ("diff", "architectures/isolated-vpc", "architectures/public-web-server"),
    "schema": ("schema",),
    "schema-trace": ("schema", "--trace"),
}
SURROUNDINGS: Mapping[str, tuple[Mapping[str, str], int, bool]] = {
    "as-it-is": ({"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}, 0o022, False),
    "all-else": (
        {"PYTHONHASHSEED": "4711", "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "1", "COLUMNS": "40"},
        0o077,
        True,
    ),
    "another-seed": ({"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}, 0o022, False),
    "another-locale": (
        {"PYTHONHASHSEED": "0", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "UTC"},
        0o022,
        False,
    ),
    "plain-ascii": ({"PYTHONHASHSEED": "0", "LC_ALL": "POSIX", "TZ": "UTC"}, 0o022, False),
    "another-zone": ({"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "America/St_Johns"}, 0o000, False),
    "another-folder": ({"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}, 0o022, True),
}
CHOSEN = SURROUNDINGS if LONG else {name: SURROUNDINGS[name] for name in ("as-it-is", "all-else")}
PYTHONS = [sys.executable, *filter(None, os.environ.get("DOCGEN_PYTHONS", "").split(":"))]
"""This interpreter, and others in which docgen is installed: `.ci/run same_bytes` says which."""


def outputs(command: tuple[str, ...], design: str, folder: Path, surroundings: str, python: str) -> dict[str, str]:
    """What a command prints and writes, by name, as hashes."""
    environment, umask, elsewhere = SURROUNDINGS[surroundings]
    place = folder / ("somewhere else/very deep" if elsewhere else "here")
    place.mkdir(parents=True)
    shutil.copytree(ROOT / "architectures", place / "architectures")
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("LC_", "PYTHON", "DOCGEN"))}
    done = subprocess.run(
        [python, "-m", "docgen", *(part.format(design=design) for part in command)],
        cwd=place,
        env={**kept, **environment, "PYTHONPATH": str(ROOT)},
        umask=umask,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode()[-2000:]
    made = {"printed": done.stdout, "told": done.stderr}
    made |= {p.relative_to(place).as_posix(): p.read_bytes() for p in sorted(place.glob("out/**/*")) if p.is_file()}
    shutil.rmtree(place)
    return {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}


CASES = [
    (name, design)
    for name in (COMMANDS if LONG else ("render", "export-bundle", "trace-json", "check-sarif", "graph-family"))
    for design in (DESIGNS if "{design}" in COMMANDS[name] else ("",))
]


@pytest.mark.parametrize(("name", "design"), CASES)
def test_same_bytes(tmp_path: Path, name: str, design: str) -> None:
    made = {
        (surroundings, python): outputs(
            COMMANDS[name], design, tmp_path / f"{at}-{surroundings}", surroundings, python
        )
        for at, python in enumerate(PYTHONS)
        for surroundings in CHOSEN
    }
    first, *others = made.items()
    for where, files in others:
        assert first[1].keys() == files.keys()
        assert [] == [n for n in files if files[n] != first[1][n]], f"{where} differs from {first[0]}"
