# Nodes to values by type hints: lists, blocks and their short forms; scalars are scalars.py's.
#
# In:  a type, a node, and what messages call the place.
# Out: the value, or FAILED with the reason reported. Knows no kind by name.
"""Converter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Map
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from docgen.core.names import did_you_mean
from docgen.core.span import Span
from docgen.loader.habits import rule_meant
from docgen.loader.nodes import Entry, Mapping, Node, Scalar, Sequence, Tag, quoted
from docgen.loader.patch import is_null
from docgen.loader.scalars import FAILED, ScalarConverter, Spot, compiled, example_of
from docgen.loader.shape import Field, Shape, is_value, item_of, options, plural, shape_of
from docgen.loader.texts import MAX_LINE, check_text

_PROSE = frozenset({"description"})
_YES = frozenset({"yes", "y", "on", "any", "auto"})
_NO = frozenset({"no", "n", "off", "none"})
"""What people write for true and false where an address may stand as well."""


class Converter(ScalarConverter):
    """Converts the values of one component."""

    def record(
        self, cls: type[Any], entries: Map[str, Entry], span: Span, spot: Spot, *, whole: bool = True, **extra: Any
    ) -> Any:
        """A dataclass from the keys of its block.

        With `whole` off nothing is said of missing keys and their consequences: the reason is reported already.
        """
        self._report.count_values(1, span)
        shape = shape_of(cls)
        entries, failed = self._with_rest(shape, entries, spot)
        values: dict[str, Any] = dict(extra)
        for name, entry in entries.items():
            f = shape.fields[name]
            value = self._field(f, entry, spot.inside(f, name))
            failed = failed or value is FAILED
            values[name] = value
        missing = [f.name for f in shape.fields.values() if f.required and f.name not in values]
        if missing and not failed and whole:
            names = " and ".join(f"`{n}`" for n in missing)
            self._report.error(
                "DGY-12",
                span,
                f"{spot.name} needs {names}",
                f"add `{missing[0]}: {example_of(shape.fields[missing[0]])}`",
            )
        if failed or missing:
            return FAILED
        made = cls(**values, span=span)
        return FAILED if whole and self._faults(made, entries, span) else made

    def _with_rest(self, shape: Shape, entries: Map[str, Entry], spot: Spot) -> tuple[dict[str, Entry], bool]:
        """The entries of known fields, others gathered into the field that takes the rest."""
        known = {n: e for n, e in entries.items() if n in shape.fields}
        others = [e for n, e in entries.items() if n not in shape.fields]
        rest = shape.short.rest
        if not others:
            return known, False
        if not rest:
            return known, True
        one_of_many = [e for e in others if plural(e.key.text) in shape.fields]  # `target_group` is no target's name
        if one_of_many:
            for entry in one_of_many:
                text, many = f"{spot.name} has no key {quoted(entry.key.text)}", plural(entry.key.text)
                wanted = f"`{many}: [{entry.value.text}]`" if isinstance(entry.value, Scalar) else f"`{many}`"
                self._report.error("DGY-13", entry.key.span, text, f"write {wanted}")
            return known, True
        if rest in known:
            for entry in others:
                text = f"{spot.name} has no key {quoted(entry.key.text)}"
                hint = did_you_mean(entry.key.text, shape.fields)
                if not hint.startswith("did you mean"):
                    text += f" beside `{rest}`"
                    hint = f"write it inside `{rest}`, or leave `{rest}` out and write its entries without it"
                self._report.error("DGY-13", entry.key.span, text, hint)
            return known, True
        place = others[0].key.span
        known[rest] = Entry(Scalar(rest, Tag.STR, place), Mapping(tuple(others), place))
        return known, False

    def _faults(self, made: Any, entries: Map[str, Entry], span: Span) -> bool:
        found = False
        if hasattr(made, "faults"):
            for fault in made.faults():
                at = entries[fault.field].value.span if fault.field in entries else span
                self._report.error("DGY-31", at, fault.text, fault.hint)
                found = True
        return found

    def _field(self, f: Field, entry: Entry, spot: Spot) -> Any:
        if is_null(entry.value):
            if f.optional:
                return None
            self._report.error(
                "DGY-12",
                entry.key.span,
                f"{spot.name} has no value",
                "write one, or leave the key out" if not f.is_list else "write `[]` for none, or leave the key out",
            )
            return FAILED
        if f.name in _PROSE or f.metadata.get("prose"):
            text = check_text(entry.value, spot.name, self._report, prose=True)
            return FAILED if text is None else text
        return self.value(f.hint, entry.value, spot)

    def value(self, hint: Any, node: Node, spot: Spot) -> Any:
        """A value of a type."""
        kinds = options(hint)
        if len(kinds) > 1:
            return self._one_of(kinds, node, spot)
        (kind,) = kinds
        item = item_of(kind)
        if item is not None:
            return self._tuple(item, node, spot)
        if is_value(kind):
            return (
                self.wrong(node, spot, "a block of keys")
                if not isinstance(node, Mapping)
                else self._block(kind, node, spot)
            )
        return self.scalar(kind, node, spot)

    def _one_of(self, kinds: tuple[Any, ...], node: Node, spot: Spot) -> Any:
        if bool in kinds and isinstance(node, Scalar) and node.tag is Tag.BOOL:
            return self.scalar(bool, node, spot)
        if bool in kinds and isinstance(node, Scalar) and node.text.lower() in _YES | _NO:
            meant = "true" if node.text.lower() in _YES else "false"
            return self.wrong(node, spot, "`true`, `false` or an address", f"write `{meant}`")
        others = [o for o in kinds if o is not bool]
        if len(others) > 1 and others[0] in (IPv4Address, IPv4Network):
            return self.scalar(others[":" in node.text if isinstance(node, Scalar) else 0], node, spot)
        return self.value(others[0], node, spot)

    # -- lists and blocks

    def _tuple(self, item: Any, node: Node, spot: Spot) -> Any:
        if isinstance(node, Sequence):
            made = [v for n in node.items for v in self._list_item(item, n, spot)]
        elif isinstance(node, Mapping) and is_value(item) and shape_of(item).short.key:
            made = [v for e in node.entries for v in self._block_item(item, e, spot)]
        else:
            wanted = "a list"
            example = shape_of(item).short.example if is_value(item) else ""
            hint = (
                f"write `[{node.text}]`"
                if isinstance(node, Scalar)
                else (f"for example `[{example}]`" if example else "")
            )
            return self.wrong(node, spot, wanted, hint)
        return FAILED if FAILED in made else tuple(made)

    def _list_item(self, item: Any, node: Node, spot: Spot) -> Iterator[Any]:
        if not is_value(item):
            yield self.value(item, node, spot)
        elif isinstance(node, Mapping):
            yield self._block(item, node, spot)
        elif isinstance(node, Scalar) and shape_of(item).short.text and not shape_of(item).short.key:
            yield from self._text(item, node, {}, spot)
        else:
            example = shape_of(item).short.example
            yield self.wrong(node, spot, "a block of keys", f"for example `{{{example}}}`" if example else "")

    def _block_item(self, item: Any, entry: Entry, spot: Spot) -> Iterator[Any]:
        """One `key: value` of a block of values."""
        shape = shape_of(item)
        short = shape.short
        match = compiled(short.key_text).fullmatch(entry.key.text) if short.key_text else None
        key = next((n for n, t in match.groupdict().items() if t is not None), short.key) if match else short.key
        own = {key: Entry(entry.key, _as_value(entry.key))}
        inner = Spot(f"{quoted(entry.key.text)} in {spot.name}", spot.limits)
        if short.many and isinstance(entry.value, Sequence):
            for each in entry.value.items:
                yield from self._block_item(item, Entry(entry.key._replace(span=each.span), each), spot)
        elif isinstance(entry.value, Mapping):
            entries = {e.key.text: e for e in entry.value.entries}
            if key in entries and not short.rest:
                self._report.error(
                    "DGY-31",
                    entries[key].key.span,
                    f"{inner.name} gives `{key}` twice: the key is it already",
                )
                yield FAILED
                return
            yield self._record(item, {**entries, **own}, entry.key.span, inner)
        elif short.value and not is_null(entry.value):
            value = Entry(Scalar(short.value, Tag.STR, entry.value.span), entry.value)
            yield self._record(item, {short.value: value, **own}, entry.key.span, inner)
        elif short.text and isinstance(entry.value, Scalar) and not is_null(entry.value):
            yield from self._text(item, entry.value, own, inner)
        else:
            yield self.wrong(
                entry.value,
                inner,
                "a value" if short.value else "a block of keys",
                f"for example `{short.example}`",
                at=entry.key.span if is_null(entry.value) else None,
            )

    def _block(self, cls: type[Any], node: Mapping, spot: Spot) -> Any:
        return self._record(cls, {e.key.text: e for e in node.entries}, node.span, spot)

    def _record(self, cls: type[Any], entries: Map[str, Entry], span: Span, spot: Spot) -> Any:
        shape = shape_of(cls)
        unknown = [e for n, e in entries.items() if n not in shape.fields] if not shape.short.rest else []
        for entry in unknown:
            self._report.error(
                "DGY-13",
                entry.key.span,
                f"{spot.name} has no key {quoted(entry.key.text)}",
                did_you_mean(entry.key.text, shape.fields),
            )
        known = {n: e for n, e in entries.items() if e not in unknown}
        made = self.record(cls, known, span, spot, whole=not unknown)
        return FAILED if unknown else made

    # -- one-line forms

    def _text(self, cls: type[Any], node: Scalar, own: Map[str, Entry], spot: Spot) -> Iterator[Any]:
        shape = shape_of(cls)
        match = compiled(shape.short.text).fullmatch(node.text.strip()) if len(node.text) <= MAX_LINE else None
        if match is None:
            self._report.error(
                "DGY-21",
                node.span,
                f"{spot.name}: {quoted(node.text)} is not understood",
                rule_meant(node.text) or f"for example `{shape.short.example}`",
            )
            yield FAILED
            return
        word = spot.limits.get("word", "")
        if word and match.groupdict().get("word") not in (None, word):
            at = _part(node, match, "word")
            self._report.error(
                "DGY-21",
                at.span,
                f"{spot.name}: a rule of this direction says `{word}`, not `{at.text}`",
                f"write `{node.text.replace(f' {at.text} ', f' {word} ')}`",
            )
            yield FAILED
            return
        parts = {n: _part(node, match, n) for n, t in match.groupdict().items() if t is not None and n != "word"}
        for variant in _repeated(parts, shape.short.repeat):
            entries = {n: Entry(p, p) for n, p in variant.items()}
            yield self.record(cls, {**entries, **own}, node.span, spot)


def _as_value(key: Scalar) -> Scalar:
    """A key is text to begin with: quotes around it (JSON has them always) make a number no less one."""
    return key._replace(tag=Tag.INT) if key.text.isdecimal() else key


def _part(node: Scalar, match: re.Match[str], name: str) -> Scalar:
    """A word of a one-line form, with its own place (exact where the text is written plainly on one line)."""
    start, end = match.span(name)
    span = node.span
    lead = (span.end_column - span.column) - len(node.text)
    column = span.column + start + lead // 2 if lead in (0, 2) else span.column
    text = match[name]
    tag = Tag.INT if text.isdecimal() else Tag.STR
    return Scalar(text, tag, Span(span.file, span.line, column, column + end - start))


def _repeated(parts: dict[str, Scalar], name: str) -> Iterator[dict[str, Scalar]]:
    """`tcp 80,443 from x` is two rules."""
    many = parts.get(name)
    if many is None or "," not in many.text:
        yield parts
        return
    for text in many.text.split(","):
        yield {**parts, name: many._replace(text=text.strip())}
