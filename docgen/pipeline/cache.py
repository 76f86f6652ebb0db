# Figures kept between runs, by the content that they were made from. A damaged entry counts as none.
#
# In:  a key (a hash) and named bytes. Out: the same bytes, or None. Never stale: the key covers the texts of
# the definition, docgen's own files and the versions of what draws.
"""FigureCache, design_key, key_of, kept_or_drawn, words_key."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from docgen import loader
from docgen.pipeline.design import Design
from docgen.pipeline.output import write_file

_MAGIC = b"docgen figures 1\n"
_MADE_WITH = (
    *("diagrams", "fontpkg-arimo", "fontpkg-inter", "fontpkg-jetbrains-mono", "fonttools", "jinja2", "manimgx-fonts"),
    *("manimgx-fonts-cjk", "markupsafe", "pillow", "pyyaml", "resvg-py", "uharfbuzz"),
)
"""Packages on which anything in a cache depends."""
_NOT_DRAWING = frozenset({"cli", "mkdocs_plugin.py", "pages", "rules", "site"})
"""Parts of docgen that no figure depends on: a changed style sheet draws nothing anew."""
_KEPT = 400
"""Entries that stay; the least recently used go."""


class FigureCache:
    """A folder with one file for each key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, key: str) -> dict[str, bytes] | None:
        """What was stored under a key; None where there is nothing, or nothing whole."""
        path = self._folder / key
        try:
            if not path.is_file():  # a pipe would be read for ever
                return None
            figures = _unpack(path.read_bytes())
            os.utime(path)
        except (OSError, ValueError):
            return None
        return figures

    def store(self, key: str, figures: Mapping[str, bytes]) -> None:
        """Keep figures; a disk that is full or read-only costs time at the next run, no more."""
        try:
            write_file(self._folder / key, _pack(figures))
        except OSError:
            return

    def prune(self) -> None:
        """Drop what was not used for longest, beyond a fixed number of entries."""
        try:
            found = (path for path in self._folder.iterdir() if path.is_file() and not path.is_symlink())
            entries = sorted(found, key=lambda p: p.stat().st_mtime, reverse=True)
            for entry in entries[_KEPT:]:
                entry.unlink(missing_ok=True)
        except OSError:
            return


def kept_or_drawn(
    designs: Sequence[Design],
    parts: Callable[[Design], Iterable[str]],
    cache: Path | None,
    draw: Callable[[Sequence[Design]], Mapping[str, Mapping[str, bytes]]],
) -> Mapping[str, Mapping[str, bytes]]:
    """Figures of designs by slug, in their order: as they were kept, and the others drawn, which are kept then.

    Args:
        designs: What to show.
        parts: The caller's own choices for a design; see `design_key`.
        cache: Folder of figures kept between runs; None draws everything.
        draw: Gives the figures of some designs, by slug.
    """
    store = FigureCache(cache) if cache else None
    keys = {d.slug: design_key(d, parts(d)) for d in designs} if store else {}
    found = {d.slug: store.load(keys[d.slug]) if store else None for d in designs}
    drawn = draw([d for d in designs if found[d.slug] is None])
    if store and drawn:
        for slug, figures in drawn.items():
            store.store(keys[slug], figures)
        store.prune()
    return {d.slug: found[d.slug] or drawn[d.slug] for d in designs}


def design_key(design: Design, parts: Iterable[str]) -> str:
    """The hash of everything that a design's figures depend on; `parts` are the caller's own choices."""
    return key_of((design.slug, *parts, *design.architecture.sources.values(), loader.layout_text(design.pins)))


def key_of(texts: Iterable[str]) -> str:
    """The hash of texts and of what in docgen is no mere words."""
    digest = hashlib.sha256(_code_fingerprint())
    for text in texts:
        encoded = text.encode("utf-8", errors="surrogatepass")
        digest.update(b"%d:" % len(encoded) + encoded)
    return digest.hexdigest()


@cache
def words_key() -> str:
    """The hash of those parts of docgen that no figure depends on, but what is said around one."""
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for part in ("pages", "rules", "site"):
        for path in sorted((package / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@cache
def _code_fingerprint() -> bytes:
    from importlib.metadata import PackageNotFoundError, version  # reads mail, of all things: slow to load

    digest = hashlib.sha256(sys.version.encode())
    for name in _MADE_WITH:
        try:
            digest.update(f"{name}={version(name)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{name} missing\n".encode())
    package = Path(__file__).parent.parent
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package)
        if path.is_file() and "__pycache__" not in inside.parts and inside.parts[0] not in _NOT_DRAWING:
            digest.update(inside.as_posix().encode() + b"\0" + path.read_bytes())
    return digest.digest()


def _pack(figures: Mapping[str, bytes]) -> bytes:
    head = json.dumps([[name, len(content)] for name, content in figures.items()]).encode() + b"\n"
    body = head + b"".join(figures.values())
    return _MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _unpack(content: bytes) -> dict[str, bytes]:
    """The inverse of `_pack`.

    Raises:
        ValueError: the content is not whole.
    """
    digest, separator, body = content.removeprefix(_MAGIC).partition(b"\n")
    whole = content.startswith(_MAGIC) and separator
    if not whole or hashlib.sha256(body).hexdigest().encode() != digest:
        raise ValueError("damaged cache entry")
    head, _, rest = body.partition(b"\n")
    figures: dict[str, bytes] = {}
    at = 0
    for name, length in json.loads(head):
        figures[name] = rest[at : at + length]
        at += length
    return figures
