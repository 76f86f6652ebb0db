# Choices that AWS leaves open and an author makes otherwise than docgen.
#
# In:  the `assumptions` block. Out: id to value; a broken entry is reported and left out.
"""read_assumptions."""

from __future__ import annotations

from collections.abc import Mapping as Map
from types import MappingProxyType

from docgen.core.names import did_you_mean
from docgen.loader.nodes import Entry, Mapping, Scalar, describe, quoted
from docgen.loader.patch import is_null
from docgen.loader.report import Reporter
from docgen.model.assumptions import ASSUMPTIONS

_EXAMPLE = "for example `assumptions: {blackhole-route: fall-through}`"
SETTABLE = tuple(sorted(a.id for a in ASSUMPTIONS.values() if a.values))
"""Those with more than one value."""


def read_assumptions(root: Mapping, reporter: Reporter) -> Map[str, str]:
    """All that can be read, in the order of the file."""
    entry = root.get("assumptions")
    if entry is None or is_null(entry.value):
        return MappingProxyType({})
    if not isinstance(entry.value, Mapping):
        found = describe(entry.value)
        reporter.error("DGY-14", entry.value.span, f"`assumptions` wants a block, found {found}", _EXAMPLE)
        return MappingProxyType({})
    read = {e.key.text: value for e in entry.value.entries if (value := _value(e, reporter))}
    return MappingProxyType(read)


def _value(entry: Entry, reporter: Reporter) -> str:
    name = entry.key.text
    assumption = ASSUMPTIONS.get(name)
    if assumption is None:
        text = f"there is no assumption {quoted(name)}"
        reporter.error("DGY-13", entry.key.span, text, did_you_mean(name, SETTABLE))
        return ""
    if not assumption.values:
        text = f"the assumption {name!r} is fixed: docgen knows no other way"
        reporter.error("DGY-17", entry.key.span, text, f"`docgen explain {name}` says why")
        return ""
    if is_null(entry.value):
        return ""
    value = entry.value.text if isinstance(entry.value, Scalar) else ""
    if value not in assumption.values:
        text = f"assumption {name!r} cannot be {describe(entry.value)}"
        reporter.error("DGY-17", entry.value.span, text, did_you_mean(value, assumption.values))
        return ""
    return value
