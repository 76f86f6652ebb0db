# What a design's last pictures were drawn from: of a changed one only those views are drawn whose scene changed.
#
# In:  a design's name and what is asked of it. Out: views as they were drawn. Never stale: a view is taken where the
# hash of its scene, pins, links and forms (`DrawnView.made_from`) is the same, and docgen itself counts too.
"""Before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docgen.pipeline.cache import FigureCache, key_of
from docgen.pipeline.drawing import DrawnView, Form
from docgen.pipeline.packed import UnreadableError, pack, unpack

_MADE, _FIGURES = "made.json", "figures"


class Before:
    """The pictures of one design as a run before this one left them, and as this one leaves them."""

    def __init__(self, folder: Path, slug: str, forms: Sequence[Form], key: str) -> None:
        """Look them up.

        Args:
            folder: That of all that is kept.
            slug: The design's.
            forms: What is asked of it: other forms are kept apart.
            key: Under which the design's figures are kept this time.
        """
        self._store = FigureCache(folder)
        self._place = key_of(("views", slug, *map(repr, forms)))
        self._key = key
        self._forms = forms
        self._drawings, self._made = _read(self._store.load(self._place) or {})
        last = self._drawings.get(_FIGURES, b"").decode("utf-8", errors="replace")
        self.figures: Mapping[str, bytes] = (self._store.load(last) if last else None) or {}
        """All files of that time."""

    def view(self, view: str, made_from: str) -> DrawnView | None:
        """A view, if it would be drawn from the same."""
        names = [form.file_name(view) for form in self._forms if not form.layered and form.suits(view)]
        if self._made.get(view) != made_from or not all(name in self.figures for name in names):
            return None
        try:
            drawing = unpack(self._drawings[view])
        except (KeyError, UnreadableError):
            return None
        files = {name: self.figures[name] for name in names}
        return DrawnView(files=files, drawing=drawing, made_from=made_from)

    def same(self, drawn: Sequence[DrawnView]) -> bool:
        """Whether these are all views of that time, drawn from the same: then all files are the same."""
        return bool(self.figures) and self._made == {one.drawing.view: one.made_from for one in drawn}

    def keep(self, drawn: Sequence[DrawnView]) -> None:
        """Keep these for the next time."""
        made = {one.drawing.view: one.made_from for one in drawn}
        drawings = {one.drawing.view: pack(one.drawing) for one in drawn}
        self._store.store(self._place, {_MADE: json.dumps(made).encode(), _FIGURES: self._key.encode(), **drawings})


def _read(entry: Mapping[str, bytes]) -> tuple[Mapping[str, bytes], Mapping[str, Any]]:
    try:
        made = json.loads(entry.get(_MADE, b"{}"))
    except ValueError:
        return {}, {}
    return (entry, made) if isinstance(made, dict) else ({}, {})
