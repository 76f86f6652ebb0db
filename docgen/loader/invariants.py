# Invariants of a definition.
#
# In:  the `invariants` block, by id or as a list. Out: Invariant; a broken one is reported and left out.
"""read_invariants."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.names import did_you_mean
from docgen.core.span import Span
from docgen.loader.convert import Converter
from docgen.loader.nodes import Entry, Mapping, Node, Scalar, Sequence, describe, quoted
from docgen.loader.patch import is_null
from docgen.loader.report import Reporter
from docgen.loader.scalars import FAILED, Spot
from docgen.loader.texts import check_id, check_ref, check_text
from docgen.model.component import Ref
from docgen.model.invariant import SELECTORS, Demand, Invariant, Selector
from docgen.model.packet import PortRange, Protocol

INVARIANT_KEYS = ("title", "description", *map(str, Demand))
DEMAND_KEYS = ("from", "to", "protocol", "ports")
SURVIVAL_KEYS = ("outage", "flows")
_PROTOCOLS = ("tcp", "udp", "icmp")
_EXAMPLE = "for example `{never: {from: internet, to: {tier: data}}}`"


class _BrokenError(Exception):
    """Reported already."""


def read_invariants(root: Mapping, reporter: Reporter) -> tuple[Invariant, ...]:
    """All invariants that can be read."""
    reader = _Reader(reporter)
    found: dict[str, Invariant] = {}
    for name, span, block in _blocks(root, reporter):
        reporter.count_values(1, span)
        try:
            found[name] = reader.invariant(name, span, block)
        except _BrokenError:
            continue
    return tuple(found.values())


def _blocks(root: Mapping, reporter: Reporter) -> Iterator[tuple[str, Span, Mapping]]:
    entry = root.get("invariants")
    if entry is None or is_null(entry.value):
        return
    if isinstance(entry.value, Mapping):
        for name, value in entry.value.entries:
            if check_id(name, "invariant", reporter) is not None and (block := _block(value, name.span, reporter)):
                yield name.text, name.span, block
    elif isinstance(entry.value, Sequence):
        for number, value in enumerate(entry.value.items, 1):
            if block := _block(value, value.span, reporter):
                yield f"invariant-{number}", block.entries[0].key.span if block.entries else block.span, block
    else:
        reporter.error(
            "DGY-14",
            entry.value.span,
            f"`invariants` wants a block or a list, found {describe(entry.value)}",
            _EXAMPLE,
        )


def _block(value: Node, span: Span, reporter: Reporter) -> Mapping | None:
    if isinstance(value, Mapping):
        return value
    where = span if is_null(value) else value.span
    reporter.error("DGY-14", where, f"an invariant wants a block of keys, found {describe(value)}", _EXAMPLE)
    return None


class _Reader:
    def __init__(self, reporter: Reporter) -> None:
        self._report = reporter
        self._convert = Converter(reporter)

    def invariant(self, name: str, span: Span, block: Mapping) -> Invariant:
        where = f"invariant {name!r}"
        before = self._report.count
        self._refuse_unknown(block, where, INVARIANT_KEYS)
        texts = {}
        for key in ("title", "description"):
            text = block.get(key)
            if text is not None and not is_null(text.value):
                texts[key] = check_text(text.value, f"`{key}` of {where}", self._report, prose=key != "title") or ""
        demands = [e for e in block.entries if e.key.text in list(Demand)]
        if len(demands) != 1:
            words = ", ".join(f"`{d}`" for d in Demand)
            self._error("DGY-31", span, f"{where} demands one of {words}", _EXAMPLE)
        demand = Demand(demands[0].key.text)
        spot = f"`{demand}` of {where}"
        made = {Demand.ISOLATED: self._isolated, Demand.SURVIVES: self._survives}.get(demand, self._between)
        found = made(name, demand, demands[0], spot)
        if self._report.count > before:
            raise _BrokenError
        return Invariant(
            id=name,
            title=texts.get("title", ""),
            description=texts.get("description", ""),
            demand=demand,
            source=found.source,
            destination=found.destination,
            protocol=found.protocol,
            ports=found.ports,
            outage=found.outage,
            flows=found.flows,
            span=span,
        )

    def _isolated(self, name: str, demand: Demand, entry: Entry, spot: str) -> Invariant:
        items = entry.value.items if isinstance(entry.value, Sequence) else ()
        if len(items) < 2:
            self._error("DGY-14", entry.value.span, f"{spot} wants a list of two or more", "[finance, hr]")
        return Invariant(id=name, demand=demand, source=tuple(self._selector(i, spot) for i in items))

    def _survives(self, name: str, demand: Demand, entry: Entry, spot: str) -> Invariant:
        block = entry.value
        if not isinstance(block, Mapping):
            return Invariant(id=name, demand=demand, outage=self._names(entry, spot))
        self._refuse_unknown(block, spot, SURVIVAL_KEYS)
        outage, flows = block.get("outage"), block.get("flows")
        if outage is None:
            self._error("DGY-12", entry.key.span, f"{spot} needs `outage`", "for example `outage: each-zone`")
        assert outage is not None
        return Invariant(
            id=name,
            demand=demand,
            outage=self._names(outage, f"`outage` of {spot}"),
            flows=self._names(flows, f"`flows` of {spot}") if flows is not None else (),
        )

    def _names(self, entry: Entry, spot: str) -> tuple[Ref, ...]:
        """One name or a list of them."""
        items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
        if not items:
            self._error("DGY-12", entry.value.span, f"{spot} names nothing", "for example `each-zone`")
        found = tuple(Ref(text, n.span) for n in items if (text := check_ref(n, spot, self._report, end=True)))
        if len(found) < len(items):
            raise _BrokenError
        return found

    def _between(self, name: str, demand: Demand, entry: Entry, spot: str) -> Invariant:
        block = entry.value
        if not isinstance(block, Mapping):
            self._error("DGY-14", block.span, f"{spot} wants a block of keys, found {describe(block)}", _EXAMPLE)
        assert isinstance(block, Mapping)
        self._refuse_unknown(block, spot, DEMAND_KEYS)
        protocol = self._protocol(block, spot)
        ports = self._ports(block, spot)
        if ports and protocol is Protocol.ICMP:
            self._error("DGY-31", block.span, f"{spot}: the protocol icmp has no ports", "remove `ports`")
        if demand is Demand.ALWAYS and not ports and protocol is not Protocol.ICMP:
            self._error("DGY-12", entry.key.span, f"{spot} needs `ports`", "for example `ports: [443]`")
        return Invariant(
            id=name,
            demand=demand,
            source=self._selectors(block, "from", entry, spot),
            destination=self._selectors(block, "to", entry, spot),
            protocol=protocol,
            ports=ports,
        )

    def _selectors(self, block: Mapping, key: str, demand: Entry, spot: str) -> tuple[Selector, ...]:
        entry = block.get(key)
        if entry is None or is_null(entry.value):
            span = entry.key.span if entry else demand.key.span
            hint = f"a component, `internet`, or for example `{key}: {{tier: data}}`"
            self._error("DGY-12", span, f"{spot} needs `{key}`", hint)
        assert entry is not None
        items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
        if not items:
            self._error("DGY-12", entry.value.span, f"`{key}` of {spot} names nothing")
        return tuple(self._selector(item, f"`{key}` of {spot}") for item in items)

    def _selector(self, node: Node, spot: str) -> Selector:
        if not isinstance(node, Mapping):
            text = check_ref(node, spot, self._report, end=True)
            if text is None:
                raise _BrokenError
            return Selector(terms=(("", text),), span=node.span)
        self._refuse_unknown(node, spot, SELECTORS)
        terms = [
            (e.key.text, check_ref(e.value, f"`{e.key.text}` of {spot}", self._report, end=True))
            for e in node.entries
        ]
        found = tuple((by, name) for by, name in terms if by in SELECTORS and name is not None)
        if not found or len(found) < len(terms):
            if not terms:
                self._report.error("DGY-12", node.span, f"{spot} names nothing", "for example `{tier: data}`")
            raise _BrokenError
        return Selector(terms=found, span=node.span)

    def _protocol(self, block: Mapping, spot: str) -> Protocol | None:
        entry = block.get("protocol")
        if entry is None or is_null(entry.value):
            return None
        text = entry.value.text if isinstance(entry.value, Scalar) else ""
        if text not in _PROTOCOLS:
            found = f"`protocol` of {spot} cannot be {describe(entry.value)}"
            self._error("DGY-17", entry.value.span, found, did_you_mean(text, _PROTOCOLS))
        return Protocol(text)

    def _ports(self, block: Mapping, spot: str) -> tuple[PortRange, ...]:
        entry = block.get("ports")
        if entry is None or is_null(entry.value):
            return ()
        items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
        found = [self._convert.value(PortRange, item, Spot(f"`ports` of {spot}")) for item in items]
        if FAILED in found:
            raise _BrokenError
        return tuple(PortRange(*p) for p in found)

    def _refuse_unknown(self, block: Mapping, where: str, known: tuple[str, ...]) -> None:
        for entry in block.entries:
            if entry.key.text not in known:
                text = f"{where} has no key {quoted(entry.key.text)}"
                self._report.error("DGY-13", entry.key.span, text, did_you_mean(entry.key.text, known))

    def _error(self, code: str, span: Span, text: str, hint: str = "") -> None:
        self._report.error(code, span, text, hint)
        raise _BrokenError
