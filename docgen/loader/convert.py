# Nodes to values by type hints: text, numbers, addresses, enums, references, lists, and dataclasses with
# their short forms.
#
# In:  a type, a node, and what messages call the place.
# Out: the value, or FAILED with the reason reported. Knows no kind by name.
"""Converter."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping as Map
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Network
from types import MappingProxyType
from typing import Any

from docgen.core.names import did_you_mean
from docgen.core.span import Span
from docgen.loader.nodes import Entry, Mapping, Node, Scalar, Sequence, Tag, describe
from docgen.loader.patch import is_null
from docgen.loader.report import Reporter
from docgen.loader.shape import Field, Shape, alternatives, is_value, shape_of
from docgen.loader.texts import check_ref, check_text
from docgen.model.component import Ref
from docgen.model.packet import PortRange

FAILED: Any = object()
"""What a conversion gives where it reported an error."""

_PORTS = re.compile(r"(\d{1,5})(?:\s*-\s*(\d{1,5}))?")
_PROSE = frozenset({"description"})
MAX_INT = 4_294_967_295


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a value, for messages, and the limits of its field."""

    name: str
    """`multi_az of db instance 'orders'`."""
    limits: Map[Any, Any] = field(default_factory=lambda: MappingProxyType({}))

    def inside(self, f: Field | None, name: str) -> Spot:
        """A field of the thing at this spot."""
        return Spot(f"`{name}` of {self.name}", f.metadata if f else MappingProxyType({}))


class Converter:
    """Converts the values of one component."""

    def __init__(self, reporter: Reporter, base: IPv4Address | None = None) -> None:
        self._report = reporter
        self._base = base
        """First address of the VPC, which `+0.0.10.0` counts from."""

    def record(self, cls: type[Any], entries: Map[str, Entry], span: Span, spot: Spot, **extra: Any) -> Any:
        """A dataclass from the keys of its block."""
        shape = shape_of(cls)
        entries, failed = self._with_rest(shape, entries, spot)
        values: dict[str, Any] = dict(extra)
        for name, entry in entries.items():
            f = shape.fields[name]
            value = self._field(f, entry, spot.inside(f, name))
            failed = failed or value is FAILED
            values[name] = value
        missing = [f.name for f in shape.fields.values() if f.required and f.name not in values]
        if missing and not failed:
            names = " and ".join(f"`{n}`" for n in missing)
            self._report.error(
                "DGY-12",
                span,
                f"{spot.name} needs {names}",
                f"add `{missing[0]}: {_example(shape.fields[missing[0]])}`",
            )
        if failed or missing:
            return FAILED
        made = cls(**values, span=span)
        return FAILED if self._faults(made, entries, span) else made

    def _with_rest(self, shape: Shape, entries: Map[str, Entry], spot: Spot) -> tuple[dict[str, Entry], bool]:
        """The entries of known fields, others gathered into the field that takes the rest."""
        known = {n: e for n, e in entries.items() if n in shape.fields}
        others = [e for n, e in entries.items() if n not in shape.fields]
        rest = shape.short.rest
        if not others:
            return known, False
        if not rest:
            return known, True
        if rest in known:
            for entry in others:
                self._report.error(
                    "DGY-13",
                    entry.key.span,
                    f"{spot.name} has no key {entry.key.text!r}",
                    did_you_mean(entry.key.text, shape.fields),
                )
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
        if f.name in _PROSE:
            text = check_text(entry.value, spot.name, self._report, prose=True)
            return FAILED if text is None else text
        return self.value(f.hint, entry.value, spot)

    def value(self, hint: Any, node: Node, spot: Spot) -> Any:
        """A value of a type."""
        options = tuple(o for o in alternatives(hint) if o is not type(None))
        if len(options) > 1:
            return self._one_of(options, node, spot)
        (kind,) = options
        if typing.get_origin(kind) is tuple:
            return self._tuple(typing.get_args(kind)[0], node, spot)
        if is_value(kind):
            return (
                self._wrong(node, spot, "a block of keys")
                if not isinstance(node, Mapping)
                else self._block(kind, node, spot)
            )
        return self._scalar(kind, node, spot)

    def _one_of(self, options: tuple[Any, ...], node: Node, spot: Spot) -> Any:
        if bool in options and isinstance(node, Scalar) and node.tag is Tag.BOOL:
            return self._scalar(bool, node, spot)
        others = [o for o in options if o is not bool]
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
            return self._wrong(node, spot, wanted, hint)
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
            yield self._wrong(node, spot, "a block of keys", f"for example `{{{example}}}`" if example else "")

    def _block_item(self, item: Any, entry: Entry, spot: Spot) -> Iterator[Any]:
        """One `key: value` of a block of values."""
        shape = shape_of(item)
        short = shape.short
        own = {short.key: Entry(entry.key, entry.key)}
        inner = Spot(f"{entry.key.text!r} in {spot.name}", spot.limits)
        if isinstance(entry.value, Mapping):
            entries = {e.key.text: e for e in entry.value.entries}
            if short.key in entries and not short.rest:
                self._report.error(
                    "DGY-31",
                    entries[short.key].key.span,
                    f"{inner.name} gives `{short.key}` twice: the key is it already",
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
            yield self._wrong(
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
                f"{spot.name} has no key {entry.key.text!r}",
                did_you_mean(entry.key.text, shape.fields),
            )
        made = self.record(cls, {n: e for n, e in entries.items() if e not in unknown}, span, spot)
        return FAILED if unknown else made

    # -- one-line forms

    def _text(self, cls: type[Any], node: Scalar, own: Map[str, Entry], spot: Spot) -> Iterator[Any]:
        shape = shape_of(cls)
        match = _compiled(shape.short.text).fullmatch(node.text.strip())
        if match is None:
            self._report.error(
                "DGY-21",
                node.span,
                f"{spot.name}: {node.text[:80]!r} is not understood",
                f"for example `{shape.short.example}`",
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

    # -- scalars

    def _scalar(self, kind: Any, node: Node, spot: Spot) -> Any:
        if kind is Ref:
            return self._ref(node, spot)
        if kind is str:
            return self._str(node, spot)
        if not isinstance(node, Scalar) or is_null(node):
            return self._wrong(
                node,
                spot,
                _WANTED.get(kind, "one of a few words"),
                f"for example `{_EXAMPLES[kind]}`" if kind in _EXAMPLES else "",
            )
        if kind is bool:
            if node.tag is not Tag.BOOL:
                return self._wrong(node, spot, "true or false", "write `true` or `false`")
            return node.text.lower() == "true"
        if kind is int:
            return self._int(node, spot)
        if kind is IPv4Address:
            return self._address(node, spot)
        if kind is IPv4Network:
            return self._network(node, spot)
        if kind is PortRange:
            return self._ports(node, spot)
        return self._enum(kind, node, spot)

    def _ref(self, node: Node, spot: Spot) -> Any:
        if isinstance(node, Scalar) and spot.limits.get("none") == node.text:
            return None
        name = check_ref(node, spot.name, self._report)
        return FAILED if name is None else Ref(name, node.span)

    def _str(self, node: Node, spot: Spot) -> Any:
        text = check_text(node, spot.name, self._report)
        if text is None:
            return FAILED
        choices, pattern = spot.limits.get("choices"), spot.limits.get("pattern")
        if choices and text not in choices:
            self._report.error(
                "DGY-17", node.span, f"{spot.name} cannot be {text!r}", did_you_mean(text, [c for c in choices if c])
            )
            return FAILED
        if pattern and not _compiled(pattern).fullmatch(text):
            self._report.error(
                "DGY-17",
                node.span,
                f"{spot.name} cannot be {text!r}",
                f"for example `{spot.limits.get('example', '')}`",
            )
            return FAILED
        return text

    def _int(self, node: Scalar, spot: Spot) -> Any:
        if node.tag is not Tag.INT:
            hint = "remove the quotes" if node.text.isdecimal() else ""
            return self._wrong(node, spot, "a whole number", hint)
        low, high = spot.limits.get("minimum", 0), spot.limits.get("maximum", MAX_INT)
        number = int(node.text, 0 if node.text[:2] in ("0x", "0o") else 10) if len(node.text) <= 20 else high + 1
        if not low <= number <= high:
            shown = node.text if len(node.text) <= 20 else node.text[:17] + "..."
            self._report.error("DGY-16", node.span, f"{spot.name} is a number from {low} to {high}, found {shown}")
            return FAILED
        return number

    def _address(self, node: Scalar, spot: Spot) -> Any:
        try:
            return self._from_base(node.text) or IPv4Address(node.text)
        except AddressValueError:
            return self._bad_address(node, spot, "an IPv4 address", "10.0.10.5")

    def _network(self, node: Scalar, spot: Spot) -> Any:
        text, _, length = node.text.partition("/")
        if not length:
            return self._bad_address(
                node,
                spot,
                "an IPv4 block with its prefix length",
                "10.0.0.0/16",
                f"write `{text}/32` for one address" if _is_address(text) else "",
            )
        try:
            written = self._from_base(text) or IPv4Address(text)
            network = IPv4Network(
                (written, int(length) if length.isdecimal() and len(length) < 3 else -1), strict=False
            )
        except ValueError:
            return self._bad_address(node, spot, "an IPv4 block", "10.0.0.0/16")
        if network.network_address != written:
            self._report.info(
                "DGY-29",
                node.span,
                f"{node.text} has bits set behind its prefix; AWS reads it as {network}",
                f"write `{network}`",
            )
        return network

    def _from_base(self, text: str) -> IPv4Address | None:
        """`+0.0.10.0`: so far into the VPC's block."""
        if not text.startswith("+") or self._base is None:
            return None
        return self._base + int(IPv4Address(text[1:]))

    def _bad_address(self, node: Scalar, spot: Spot, wanted: str, example: str, hint: str = "") -> Any:
        if node.text.startswith("+") and self._base is None:
            hint = "`+` counts from the first address of a VPC, and there is none here"
        elif _is_ipv6(node.text):
            hint = "docgen traces IPv4 only"
        self._report.error(
            "DGY-15",
            node.span,
            f"{spot.name} wants {wanted}, found {describe(node)}",
            hint or f"for example `{example}`",
        )
        return FAILED

    def _ports(self, node: Scalar, spot: Spot) -> Any:
        match = _PORTS.fullmatch(node.text.strip())
        if not match:
            return self._wrong(node, spot, "a port or a range of ports", "for example `443` or `8080-8090`")
        first, last = int(match[1]), int(match[2] or match[1])
        if not first <= last <= 65535:
            self._report.error(
                "DGY-16",
                node.span,
                f"{spot.name}: {node.text} is no range of ports",
                "ports go from 0 to 65535, the lower one first",
            )
            return FAILED
        return PortRange(first, last)

    def _enum(self, kind: type[StrEnum], node: Scalar, spot: Spot) -> Any:
        for member in kind:
            if member.value == node.text:
                return member
        values = [m.value for m in kind]
        self._report.error(
            "DGY-17", node.span, f"{spot.name} cannot be {node.text[:40]!r}", did_you_mean(node.text, values)
        )
        return FAILED

    def _wrong(self, node: Node, spot: Spot, wanted: str, hint: str = "", at: Span | None = None) -> Any:
        self._report.error("DGY-14", at or node.span, f"{spot.name} wants {wanted}, found {describe(node)}", hint)
        return FAILED


_WANTED: dict[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    IPv4Address: "an IPv4 address",
    IPv4Network: "an IPv4 block",
    PortRange: "a port or a range of ports",
}
_EXAMPLES: dict[Any, str] = {
    bool: "true",
    int: "443",
    IPv4Address: "10.0.10.5",
    IPv4Network: "10.0.0.0/16",
    PortRange: "8080-8090",
}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


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


def _example(f: Field) -> str:
    if f.metadata.get("example"):
        return str(f.metadata["example"])
    kind = next(o for o in alternatives(f.hint) if o is not type(None))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str(next(iter(kind)).value)
    return _EXAMPLES.get(kind, "[...]" if f.is_list else "...")


def _is_address(text: str) -> bool:
    try:
        IPv4Address(text)
    except ValueError:
        return False
    return True


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Network(text, strict=False)
    except ValueError:
        return False
    return True
