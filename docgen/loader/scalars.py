# Scalars by type hints: text, numbers, addresses, ports, enums, references.
#
# In:  a type, a scalar, and what messages call the place.
# Out: the value, or FAILED with the reason reported. Lists and blocks are convert.py's.
"""ScalarConverter, Spot."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from enum import StrEnum
from functools import cache
from ipaddress import AddressValueError, IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Network
from types import MappingProxyType
from typing import Any

from docgen.core.names import did_you_mean
from docgen.core.span import Span
from docgen.loader.habits import port_meant, port_named, protocol_meant
from docgen.loader.nodes import Node, Scalar, Tag, describe, quoted
from docgen.loader.patch import is_null
from docgen.loader.report import Reporter
from docgen.loader.shape import Field, alternatives
from docgen.loader.texts import check_ref, check_text
from docgen.model.component import Ref
from docgen.model.location import MOST_PORTS, Location, UnclearLocationError
from docgen.model.packet import PortRange

FAILED: Any = object()
"""What a conversion gives where it reported an error."""

_PORTS = re.compile(r"(\d{1,5})(?:\s*-\s*(\d{1,5}))?")
MAX_INT = 4_294_967_295


_NO_LIMITS: Map[Any, Any] = MappingProxyType({})


class Spot:
    """The place of a value, for messages, and the limits of its field.

    Its name is put together when a message asks for it: most values are right.
    """

    __slots__ = ("_inner", "_outer", "limits")

    def __init__(self, name: str, limits: Map[Any, Any] = _NO_LIMITS, outer: Spot | None = None) -> None:
        self._inner = name
        self._outer = outer
        self.limits = limits

    @property
    def name(self) -> str:
        """`multi_az` of db instance 'orders'."""
        return f"{self._inner} of {self._outer.name}" if self._outer else self._inner

    def inside(self, f: Field | None, name: str) -> Spot:
        """A field of the thing at this spot."""
        return Spot(f"`{name}`", f.metadata if f else _NO_LIMITS, self)


class ScalarConverter:
    """Converts single values; the part of `Converter` without structure."""

    def __init__(self, reporter: Reporter, base: IPv4Address | None = None) -> None:
        self._report = reporter
        self._base = base
        """First address of the VPC, which `+0.0.10.0` counts from."""

    def scalar(self, kind: Any, node: Node, spot: Spot) -> Any:
        """A value of a plain type."""
        if kind is Ref:
            return self._ref(node, spot)
        if kind is str:
            return self._str(node, spot)
        if kind is Location:
            return location(node, spot.name, self._report) or FAILED
        if not isinstance(node, Scalar) or is_null(node):
            return self.wrong(
                node,
                spot,
                _WANTED.get(kind, "one of a few words"),
                f"for example `{_EXAMPLES[kind]}`" if kind in _EXAMPLES else "",
            )
        if kind is bool:
            if node.tag is not Tag.BOOL:
                return self.wrong(node, spot, "true or false", "write `true` or `false`")
            return node.text.lower() == "true"
        if kind is int:
            return self._int(node, spot)
        if kind is IPv4Address:
            return self._address(node, spot)
        if kind is IPv4Interface:
            return self._interface(node, spot)
        if kind is IPv4Network:
            return self._network(node, spot)
        if kind is IPv6Address:
            return self._ipv6_address(node, spot)
        if kind is IPv6Network:
            return self._ipv6_network(node, spot)
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
                "DGY-17",
                node.span,
                f"{spot.name} cannot be {quoted(text)}",
                did_you_mean(text, [c for c in choices if c]),
            )
            return FAILED
        if pattern and not compiled(pattern).fullmatch(text):
            self._report.error(
                "DGY-17",
                node.span,
                f"{spot.name} cannot be {quoted(text)}",
                f"for example `{spot.limits.get('example', '')}`",
            )
            return FAILED
        return text

    def _int(self, node: Scalar, spot: Spot) -> Any:
        if node.tag is not Tag.INT:
            hint = "remove the quotes" if node.text.isdecimal() else ""
            if not hint and spot.limits.get("maximum") == MOST_PORTS:
                hint = port_meant(node.text)
            return self.wrong(node, spot, "a whole number", hint)
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

    def _interface(self, node: Scalar, spot: Spot) -> Any:
        address, slash, length = node.text.partition("/")
        if not slash:
            hint = f"write `{address}/24`, with the length of the mask" if _is_address(address) else ""
            return self._bad_address(node, spot, "an IPv4 address with its prefix length", "192.168.1.10/24", hint)
        try:
            return IPv4Interface((IPv4Address(address), int(length) if length.isdecimal() else -1))
        except ValueError:
            return self._bad_address(node, spot, "an IPv4 address with its prefix length", "192.168.1.10/24")

    def _network(self, node: Scalar, spot: Spot) -> Any:
        text, _, length = node.text.partition("/")
        if not length:
            return self._bad_address(
                node,
                spot,
                "an IPv4 block with its prefix length",
                "10.0.0.0/16",
                _with_prefix(text),
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

    def _ipv6_address(self, node: Scalar, spot: Spot) -> Any:
        try:
            return IPv6Address(_plain_ipv6(node.text))
        except AddressValueError:
            return self._bad_address(node, spot, "an IPv6 address", _EXAMPLES[IPv6Address])

    def _ipv6_network(self, node: Scalar, spot: Spot) -> Any:
        text, _, length = node.text.partition("/")
        wanted, example = "an IPv6 block with its prefix length", _EXAMPLES[IPv6Network]
        if not length:
            return self._bad_address(node, spot, wanted, example)
        try:
            written = IPv6Address(_plain_ipv6(text))
            network = IPv6Network(
                (written, int(length) if length.isdecimal() and len(length) < 4 else -1), strict=False
            )
        except ValueError:
            return self._bad_address(node, spot, wanted, example)
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
        elif node.text.startswith("+"):
            hint = f"it counts from {self._base}, for example `+0.0.10.0/24`"
        elif _is_ipv6(node.text):
            hint = hint or "this is an IPv6 address, and only IPv4 can stand here"
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
            hint = port_named(node.text.strip()) or "for example `443` or `8080-8090`"
            return self.wrong(node, spot, "a port or a range of ports", hint)
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
        meant = protocol_meant if "tcp" in map(str.lower, values) else did_you_mean
        self._report.error(
            "DGY-17", node.span, f"{spot.name} cannot be {quoted(node.text)}", meant(node.text, values)
        )
        return FAILED

    def wrong(self, node: Node, spot: Spot, wanted: str, hint: str = "", at: Span | None = None) -> Any:
        """Report that a value is of another type than its field."""
        self._report.error("DGY-14", at or node.span, f"{spot.name} wants {wanted}, found {describe(node)}", hint)
        return FAILED


def location(node: Node, where: str, reporter: Reporter) -> Location | None:
    """Where a connection goes, `orders:3306` or a URL; None where it is reported that the text says no place."""
    if not isinstance(node, Scalar) or node.tag in (Tag.NULL, Tag.BOOL):
        reporter.error(
            "DGY-14", node.span, f"{where} wants a component, an address or a name, found {describe(node)}"
        )
        return None
    try:
        return Location.parse(node.text, node.span)
    except UnclearLocationError as error:
        reporter.error("DGY-35", node.span, f"{where}: {quoted(node.text)} {error.problem}", error.hint)
        return None


_WANTED: dict[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    IPv4Address: "an IPv4 address",
    IPv4Interface: "an IPv4 address with its prefix length",
    IPv4Network: "an IPv4 block",
    IPv6Address: "an IPv6 address",
    IPv6Network: "an IPv6 block",
    PortRange: "a port or a range of ports",
}
_EXAMPLES: dict[Any, str] = {
    bool: "true",
    int: "443",
    IPv4Address: "10.0.10.5",
    IPv4Interface: "192.168.1.10/24",
    IPv4Network: "10.0.0.0/16",
    IPv6Address: "2001:db8:1234:1a00::10",
    IPv6Network: "2001:db8:1234:1a00::/56",
    PortRange: "8080-8090",
}


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled once."""
    return re.compile(pattern)


def example_of(f: Field) -> str:
    """A value that the field would take, for hints."""
    if f.metadata.get("example"):
        return str(f.metadata["example"])
    kind = next(o for o in alternatives(f.hint) if o is not type(None))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str(next(iter(kind)).value)
    return _EXAMPLES.get(kind, "[...]" if f.is_list else "...")


def _with_prefix(text: str) -> str:
    if not _is_address(text):
        return ""
    if text == "0.0.0.0":
        return "write `0.0.0.0/0` for every address"
    return f"for example `{text}/16`" if text.endswith(".0") else f"write `{text}/32` for one address"


def _is_address(text: str) -> bool:
    try:
        IPv4Address(text)
    except ValueError:
        return False
    return True


def _plain_ipv6(text: str) -> str:
    """Without a zone index, which names a card of one host and no place in a network."""
    return "" if "%" in text else text


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Network(text, strict=False)
    except ValueError:
        return False
    return True
