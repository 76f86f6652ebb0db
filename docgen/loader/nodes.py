# The tree that a definition's text is, every key and value with its place.
#
# In:  nothing; document.py makes these, patch.py and expand.py make new ones from them.
# Out: Scalar, Sequence, Mapping. Knows YAML's plain types, no component kind.
"""Nodes with spans."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from docgen.core.data import dataclass
from docgen.core.span import Span


class Tag(StrEnum):
    """What a scalar is by YAML 1.2's core schema."""

    NULL = "null"
    BOOL = "bool"
    INT = "int"
    FLOAT = "float"
    STR = "str"


class Scalar(NamedTuple):
    """One value: its text as written (quotes and folding undone) and what YAML takes it for."""

    text: str
    tag: Tag
    span: Span


class Entry(NamedTuple):
    """One line of a block."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """A block: keys and values, in the order of the text."""

    entries: tuple[Entry, ...]
    span: Span

    def get(self, name: str) -> Entry | None:
        """The entry of that key."""
        return next((e for e in self.entries if e.key.text == name), None)

    def without(self, *names: str) -> Mapping:
        """The same block without these keys."""
        return Mapping(tuple(e for e in self.entries if e.key.text not in names), self.span)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


Node: TypeAlias = Scalar | Mapping | Sequence


def text_at(text: str, span: Span) -> Scalar:
    """A text that docgen puts in for the author, at the place that asked for it."""
    return Scalar(text, Tag.STR, span)


def quoted(text: str) -> str:
    """A name of the author's in quotes, shortened."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def describe(node: Node) -> str:
    """What a node is, for messages: `text 'abc'`, `the number 5`, `a list`."""
    if isinstance(node, Mapping):
        return "a block of keys"
    if isinstance(node, Sequence):
        return "a list"
    shown = node.text if len(node.text) <= 60 else node.text[:57] + "..."
    match node.tag:
        case Tag.NULL:
            return "nothing"
        case Tag.BOOL:
            return shown.lower()
        case Tag.INT | Tag.FLOAT:
            return f"the number {shown}"
        case _:
            return f"text {shown!r}"


def plain(node: Node) -> Any:
    """The same as plain data, as JSON would hold it."""
    if isinstance(node, Mapping):
        return {e.key.text: plain(e.value) for e in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    match node.tag:
        case Tag.NULL:
            return None
        case Tag.BOOL:
            return node.text.lower() == "true"
        case Tag.INT if len(node.text) <= 20:
            return int(node.text, 0 if node.text[:2] in ("0x", "0o") else 10)
        case Tag.FLOAT:
            return float(node.text.lower().replace(".inf", "inf").replace(".nan", "nan"))
        case _:
            return node.text
