# The `suppress` list at the top of a definition; that of a component is a field like any other.
#
# In:  the tree of a definition. Out: DesignSuppressions; a broken one is reported and left out.
"""read_suppressions."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.span import Span
from docgen.loader.convert import Converter
from docgen.loader.nodes import Entry, Mapping, Node, Sequence
from docgen.loader.patch import is_null
from docgen.loader.report import Reporter
from docgen.loader.scalars import FAILED, Spot
from docgen.loader.texts import check_ref
from docgen.model.suppression import DesignSuppression, Suppression

KEY = "suppress"
FOR = "for"


def read_suppressions(root: Mapping, reporter: Reporter) -> tuple[DesignSuppression, ...]:
    """All of them that can be read, in order."""
    entry = root.get(KEY)
    if entry is None or is_null(entry.value):
        return ()
    converter = Converter(reporter)
    found = []
    for node, names in _apart(entry.value):
        made = converter.value(tuple[Suppression, ...], node, Spot(f"`{KEY}`"))
        named = _names(names, reporter) if names is not None else ()
        if made is not FAILED and named is not None:
            found += [DesignSuppression(suppression=each, names=named) for each in made]
    return tuple(found)


def _apart(node: Node) -> Iterator[tuple[Node, Entry | None]]:
    """Each suppression by itself in the form in which it is written, without its `for`, and that."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield Mapping((Entry(key, _without(value)),), node.span), _for(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield Sequence((_without(item),), node.span), _for(item)
    else:
        yield node, None


def _without(node: Node) -> Node:
    return node.without(FOR) if isinstance(node, Mapping) else node


def _for(node: Node) -> Entry | None:
    entry = node.get(FOR) if isinstance(node, Mapping) else None
    return None if entry is None or is_null(entry.value) else entry


def _names(entry: Entry, reporter: Reporter) -> tuple[tuple[str, Span], ...] | None:
    items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
    if not items:
        hint = f"leave `{FOR}` out for the whole design"
        reporter.error("DGY-12", entry.value.span, f"`{FOR}` names nothing", hint)
        return None
    texts = [(check_ref(item, f"`{FOR}` of `{KEY}`", reporter, end=True), item.span) for item in items]
    found = tuple((text, span) for text, span in texts if text is not None)
    return found if len(found) == len(texts) else None
