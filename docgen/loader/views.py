# Views that a definition declares.
#
# In:  the `views` block and the components. Out: View; a broken one is reported and left out.
"""read_views."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.core.names import did_you_mean
from docgen.loader.nodes import Entry, Mapping, Sequence, describe, quoted
from docgen.loader.patch import is_null
from docgen.loader.report import Reporter
from docgen.loader.texts import check_id, check_ref, check_text
from docgen.model.architecture import OVERLAYS, View
from docgen.model.component import Component

CHOICES = ("include", "exclude", "fold")
VIEW_KEYS = ("title", "description", *CHOICES, "overlay")
_EXAMPLE = "for example `{include: [shop, hub], fold: [bank]}`"


def read_views(root: Mapping, components: Iterable[Component], variant: str, reporter: Reporter) -> tuple[View, ...]:
    """All views that can be read; in variants names of components that are gone are passed over."""
    entry = root.get("views")
    if entry is None or is_null(entry.value):
        return ()
    if not isinstance(entry.value, Mapping):
        reporter.error(
            "DGY-14", entry.value.span, f"`views` wants a block of views, found {describe(entry.value)}", _EXAMPLE
        )
        return ()
    known = {name for c in components for name in (c.id, c.group, c.key.path) if name}
    found = {}
    for name, value in entry.value.entries:
        reporter.count_values(1, name.span)
        if check_id(name, "view", reporter) is None:
            continue
        if not isinstance(value, Mapping):
            reporter.error("DGY-14", name.span, f"view {name.text!r} wants a block of keys", _EXAMPLE)
            continue
        before = reporter.count
        where = f"view {name.text!r}"
        for each in value.entries:
            if each.key.text not in VIEW_KEYS:
                hint = did_you_mean(each.key.text, VIEW_KEYS)
                reporter.error("DGY-13", each.key.span, f"{where} has no key {quoted(each.key.text)}", hint)
        texts = {
            key: check_text(text.value, f"`{key}` of {where}", reporter, prose=key != "title") or ""
            for key in ("title", "description")
            if (text := value.get(key)) is not None and not is_null(text.value)
        }
        names = {key: _names(value.get(key), f"`{key}` of {where}", known, variant, reporter) for key in CHOICES}
        overlay = _names(value.get("overlay"), f"`overlay` of {where}", set(OVERLAYS), "", reporter)
        if reporter.count == before:
            found[name.text] = View(
                id=name.text,
                title=texts.get("title", ""),
                description=texts.get("description", ""),
                include=names["include"],
                exclude=names["exclude"],
                fold=names["fold"],
                overlay=overlay,
                span=name.span,
            )
    return tuple(found.values())


def _names(entry: Entry | None, spot: str, known: set[str], variant: str, reporter: Reporter) -> tuple[str, ...]:
    """One name or a list of them."""
    if entry is None or is_null(entry.value):
        return ()
    items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
    names = []
    for item in items:
        text = check_ref(item, spot, reporter)
        if text is not None and text not in known and not variant:
            reporter.error(
                "DGY-17", item.span, f"{spot}: nothing is called {quoted(text)}", did_you_mean(text, known)
            )
        elif text is not None:
            names.append(text)
    return tuple(names)
