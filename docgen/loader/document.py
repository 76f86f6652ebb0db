# Text to a tree of nodes with places: UTF-8, YAML 1.2 core scalars, one document, plain data, bounded.
#
# In:  the bytes or text of one file and its name.
# Out: a node, or None with the reason reported. Built on the parser's events, so that aliases, depth and
#      size are counted while the tree grows. Knows nothing of definitions.
"""read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml

from docgen.core.diagnostic import Diagnostic, Note
from docgen.core.span import Span
from docgen.loader.nodes import Entry, Mapping, Node, Scalar, Sequence, Tag, quoted
from docgen.loader.report import Reporter, TooManyError
from docgen.loader.syntax import explain, is_too_deep

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 100
MAX_NODES = 500_000
MAX_ALIASED = 100_000
"""Nodes that aliases may add; a file of its own five megabytes cannot reach what they can."""
MOST_REMEMBERED = 100_000
"""Bytes of a file whose tree is kept for the next time."""

FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where PyYAML was built with it."""

_UNPRINTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_TAB = re.compile(r"^[^#\n\t]*\t", re.MULTILINE)
_TAGS = (
    (Tag.NULL, re.compile(r"~|null|Null|NULL|\Z")),
    (Tag.BOOL, re.compile(r"true|True|TRUE|false|False|FALSE")),
    (Tag.INT, re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")),
    (
        Tag.FLOAT,
        re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"),
    ),
)
_MAYBE_SPECIAL = frozenset("~nNtTfF+-.0123456789")


class _RefusedError(Exception):
    """Reading stops here; the message is reported already."""


def read(data: str | bytes, name: str, reporter: Reporter, *, parser: Any = FAST) -> tuple[Node | None, str]:
    """Read one file.

    Args:
        data: What the file holds.
        name: What messages call it.
        reporter: Takes what is wrong with it.
        parser: PyYAML's loader class; both of its parsers give the same tree.

    Returns:
        The tree (None where there is none) and the text, for excerpts.
    """
    if len(data) > MOST_REMEMBERED:
        return _read(data, name, reporter, parser)
    node, text, found = _remembered(data, name, parser)
    for finding in found:
        reporter.take(finding)
    return node, text


@lru_cache(maxsize=8)
def _remembered(data: str | bytes, name: str, parser: Any) -> tuple[Node | None, str, tuple[Diagnostic, ...]]:
    """A file is read once for each variant of a design, and for each design that extends it."""
    reporter = Reporter()
    try:
        node, text = _read(data, name, reporter, parser)
    except TooManyError:  # whoever takes the findings comes to the same end
        node, text = None, ""
    return node, text, reporter.diagnostics()


def _read(data: str | bytes, name: str, reporter: Reporter, parser: Any) -> tuple[Node | None, str]:
    text = _decode(data, name, reporter)
    if text is None:
        return None, ""
    if _refuse_characters(text, name, reporter):
        return None, text
    try:
        return _Composer(yaml.parse(text, Loader=parser), name, reporter).document(), text
    except yaml.MarkedYAMLError as error:
        if parser is not yaml.SafeLoader and is_too_deep(error):  # libyaml's own limit comes before our place
            return _read(data, name, reporter, yaml.SafeLoader)
        code, span, sentence, hint = explain(error, text, name)
        reporter.error(code, span, sentence, hint)
    except yaml.YAMLError as error:
        reporter.error("DGY-04", Span(name, 1, 1), f"not YAML: {str(error).splitlines()[0]}")
    except _RefusedError:
        pass
    return None, text


def _decode(data: str | bytes, name: str, reporter: Reporter) -> str | None:
    start = Span(name, 1, 1, 2)
    size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        reporter.error(
            "DGY-02",
            start,
            f"the file is larger than {MAX_BYTES // 1_048_576} MB",
            "split the design, or generate less",
        )
        return None
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        reporter.error("DGY-01", start, "the file is UTF-16; a definition is UTF-8", "save it as UTF-8")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        reporter.error(
            "DGY-01",
            Span(name, line, column, column + 1),
            f"byte 0x{data[error.start]:02x} is not UTF-8 text",
            "is this a definition? save it as UTF-8",
        )
        return None


def _refuse_characters(text: str, name: str, reporter: Reporter) -> bool:
    if not text.strip():
        reporter.error("DGY-03", Span(name, 1, 1), "the file is empty", "begin with `version: 1` and a `title`")
        return True
    bad = _UNPRINTABLE.search(text)
    if bad:
        what = "a binary file" if bad[0] == "\0" else f"the control character U+{ord(bad[0]):04X}"
        reporter.error(
            "DGY-01",
            _place(text, bad.start(), name),
            f"{what} is not a definition" if bad[0] == "\0" else f"{what} cannot stand in a definition",
        )
        return True
    tabs = [m.end() - 1 for m in _TAB.finditer(text)]
    for offset in tabs[:10]:
        reporter.error(
            "DGY-05",
            _place(text, offset, name),
            "a tab; YAML is indented with spaces",
            "use two spaces for each level",
        )
    return bool(tabs)


def _place(text: str, offset: int, name: str) -> Span:
    before = text[:offset]
    column = offset - (before.rfind("\n") + 1) + 1
    return Span(name, before.count("\n") + 1, column, column + 1)


class _Composer:
    """Builds the tree from events, and stops at the first sign of too much."""

    def __init__(self, events: Iterator[Any], name: str, reporter: Reporter) -> None:
        self._events = events
        self._name = name
        self._reporter = reporter
        self._anchors: dict[str, tuple[Node, int, int]] = {}
        self._open: set[str] = set()
        self._aliased = 0
        self._nodes = 0

    def document(self) -> Node | None:
        found: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found is not None:
                    self._refuse(
                        "DGY-09", event, "a second document begins here; a definition is one", "remove the `---`"
                    )
                found = self._node(next(self._events), 0)[0]
        if found is None or (isinstance(found, Scalar) and found.tag is Tag.NULL):
            self._reporter.error(
                "DGY-03", Span(self._name, 1, 1), "the file is empty", "begin with `version: 1` and a `title`"
            )
            return None
        return found

    def _node(self, event: Any, depth: int) -> tuple[Node, int, int]:
        """The node that starts here, how many nodes it has and how deep it is."""
        if depth > MAX_DEPTH:
            self._refuse("DGY-07", event, f"nested deeper than {MAX_DEPTH} levels")
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._refuse("DGY-07", event, f"more than {MAX_NODES:,} values")
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, depth)
        if event.tag is not None:
            self._refuse(
                "DGY-08", event, f"the tag {_short_tag(event.tag)}; a definition is plain data", "remove the tag"
            )
        anchor = event.anchor
        if anchor:
            self._open.add(anchor)
        if isinstance(event, yaml.ScalarEvent):
            made: tuple[Node, int, int] = (self._scalar(event), 1, 1)
        elif isinstance(event, yaml.SequenceStartEvent):
            made = self._sequence(event, depth)
        else:
            made = self._mapping(event, depth)
        if anchor:
            self._open.discard(anchor)
            self._anchors[anchor] = made
        return made

    def _alias(self, event: Any, depth: int) -> tuple[Node, int, int]:
        name = event.anchor
        if name in self._open:
            self._refuse("DGY-10", event, f"the alias *{name} stands inside its own anchor &{name}")
        if name not in self._anchors:
            self._refuse("DGY-10", event, f"the alias *{name} has no anchor &{name} before it")
        node, size, height = self._anchors[name]
        self._aliased += size
        if self._aliased > MAX_ALIASED or depth + height > MAX_DEPTH:
            self._refuse("DGY-07", event, "aliases blow the definition up beyond any use", "write out what you need")
        return node, size, height

    def _scalar(self, event: Any) -> Scalar:
        text = event.value
        plain = event.implicit[0]
        if plain and (not text or text[0] in _MAYBE_SPECIAL):
            for tag, pattern in _TAGS:
                if pattern.fullmatch(text):
                    return Scalar(text, tag, self._span(event))
        return Scalar(text, Tag.STR, self._span(event))

    def _sequence(self, start: Any, depth: int) -> tuple[Node, int, int]:
        items, total, tallest = [], 1, 0
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            node, size, height = self._node(event, depth + 1)
            items.append(node)
            total, tallest = total + size, max(tallest, height)
        return Sequence(tuple(items), self._span(start)), total, tallest + 1

    def _mapping(self, start: Any, depth: int) -> tuple[Node, int, int]:
        entries: dict[str, Entry] = {}
        merged: list[Node] = []
        total, tallest = 1, 0
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, depth + 1)[0]
            value, size, height = self._node(next(self._events), depth + 1)
            total, tallest = total + size + 1, max(tallest, height)
            if not isinstance(key, Scalar) or key.tag is Tag.NULL:
                self._reporter.error(
                    "DGY-14", key.span, "a key must be a plain word", "give it a name before the `:`"
                )
            elif key.text == "<<" and not self._quoted(event):
                merged.append(value)
            elif key.text in entries:
                first = entries[key.text].key.span
                self._reporter.error(
                    "DGY-06",
                    key.span,
                    f"the key {quoted(key.text)} stands twice in this block",
                    "keep one of them",
                    Note(first, "it stands here first"),
                )
            else:
                entries[key.text] = Entry(key, value)
        for node in merged:
            self._merge(entries, node)
        return Mapping(tuple(entries.values()), self._span(start)), total, tallest + 1

    @staticmethod
    def _quoted(event: Any) -> bool:
        return isinstance(event, yaml.ScalarEvent) and not event.implicit[0]

    def _merge(self, entries: dict[str, Entry], node: Node) -> None:
        for block in node.items if isinstance(node, Sequence) else (node,):
            if not isinstance(block, Mapping):
                self._reporter.error(
                    "DGY-10", block.span, "`<<` takes a block, or a list of them", "write `<<: *name`"
                )
                continue
            for entry in block.entries:
                entries.setdefault(entry.key.text, entry)

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        column = start.column + 1
        last = end.column + 1 if end.line == start.line else column + 1
        return Span(self._name, start.line + 1, column, max(last, column + 1))

    def _refuse(self, code: str, event: Any, text: str, hint: str = "") -> None:
        self._reporter.error(code, self._span(event), text, hint)
        raise _RefusedError


def _short_tag(tag: str) -> str:
    return tag[:80].replace("tag:yaml.org,2002:", "!!")
