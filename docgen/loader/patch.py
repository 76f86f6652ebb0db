# Merge patches on written trees, for `extends`, `variants` and templates: a block merges into a block, null
# removes, anything else replaces.
#
# In:  two nodes. Out: a node; each part keeps the place where its author wrote it.
"""merge."""

from __future__ import annotations

from docgen.loader.nodes import Entry, Mapping, Node, Scalar, Tag, quoted
from docgen.loader.report import Reporter


def merge(base: Node | None, patch: Node, reporter: Reporter) -> Node:
    """Lay a patch over a tree.

    Removing what is not there is a warning: it is a misspelt name, or no longer needed.
    """
    if not isinstance(patch, Mapping):
        return patch
    entries = {e.key.text: e for e in base.entries} if isinstance(base, Mapping) else {}
    for entry in patch.entries:
        name = entry.key.text
        before = entries.get(name)
        if not is_null(entry.value):
            value = merge(before.value if before else None, entry.value, reporter)
            entries[name] = Entry(entry.key, value)
        elif before is None:
            reporter.warning(
                "DGY-28",
                entry.key.span,
                f"nothing to remove: there is no {quoted(name)} here",
                f"null removes; for an empty block write `{name}: {{}}`",
            )
        else:
            del entries[name]
    return Mapping(tuple(entries.values()), patch.span)


def is_null(node: Node) -> bool:
    """Whether a value is null or missing."""
    return isinstance(node, Scalar) and node.tag is Tag.NULL
