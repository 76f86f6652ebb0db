# Styles and scripts as they are published, made of the files in static/.
#
# In:  nothing but docgen's own files. Out: content by file name; the same bytes every time.
"""ASSETS, assets, player_script, static_text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files

from docgen.site import shrink
from docgen.site.dark_picture import dark_picture

ASSETS = "assets/docgen"
"""The folder of a site where they stand."""
LOGO = f"{ASSETS}/logo.svg"
POLYFILLS = (f"{ASSETS}/iframe-worker.js",)
PAGE_STYLES = tuple(f"{ASSETS}/{name}.css" for name in ("docgen", "pages", "player"))
"""What docgen's pages need in any Material site."""
SHELL_STYLE = f"{ASSETS}/shell.css"
"""What makes a Material site look as docgen's own."""
PAGE_SCRIPTS = tuple(f"{ASSETS}/{name}.js" for name in ("docgen", "pages", "player"))
EMBED_SCRIPT, EMBED_STYLE = f"{ASSETS}/embed.js", f"{ASSETS}/embed.css"
"""What pages with designs in fences load, in any theme."""

_PLAYER = ("player-signs.js", "player-picture.js", "player-eye.js", "player.js")


def static_text(*names: str) -> str:
    """These files of static/, one after another."""
    folder = files("docgen.site") / "static"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


def player_script() -> str:
    """The flow player as one script, whose names nobody else sees."""
    return shrink.script("(() => {\n" + static_text(*_PLAYER) + "})();\n")


_MADE: Mapping[str, Callable[[], str]] = {
    "docgen.css": lambda: static_text("colours.css", "docgen.css", "flows.css"),
    "player.css": lambda: shrink.style(static_text("player.css") + dark_picture()),
    "player.js": player_script,
    "shell.css": lambda: static_text("shell.css", "tables.css"),
}
"""What is made of files that somebody wrote; the others are published as they are."""
_PARTS = frozenset(
    {"colours.css", "flows.css", "tables.css", "embed.css", "embed-tail.css", "embed-plain.css", "embed.js"}
    | set(_PLAYER[:-1])
)
"""What is published only as a part of others."""


def assets() -> Iterator[tuple[str, str | bytes]]:
    """Styles, scripts and pictures that docgen's own pages load, by file name."""
    for entry in sorted((files("docgen.site") / "static").iterdir(), key=lambda one: one.name):
        if entry.name in _MADE:
            yield entry.name, _MADE[entry.name]()
        elif entry.name not in _PARTS:
            yield entry.name, entry.read_bytes()
