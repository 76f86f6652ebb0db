# Flows and variants of a definition.
#
# In:  the `flows` and `variants` blocks. Out: Flow and Variant; a broken one is reported and left out.
"""read_flows, read_variants."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from docgen.core.names import did_you_mean
from docgen.core.span import Span
from docgen.loader.convert import Converter
from docgen.loader.habits import protocol_meant
from docgen.loader.nodes import Entry, Mapping, Node, Scalar, Sequence, Tag, describe, quoted
from docgen.loader.patch import is_null
from docgen.loader.report import Reporter
from docgen.loader.scalars import FAILED, Spot, location
from docgen.loader.texts import check_id, check_ref, check_text
from docgen.model.architecture import Cache, Expectation, Flow, Variant, When
from docgen.model.codes import REASON_CODES
from docgen.model.component import Ref
from docgen.model.form import limited
from docgen.model.location import Location
from docgen.model.packet import Family, Protocol
from docgen.model.trace import Leg, Verdict

FLOW_KEYS = (
    "title",
    "from",
    "to",
    "protocol",
    "port",
    "source_port",
    "packet_size",
    "family",
    "expect",
    "when",
    "via",
    "follow_calls",
    "description",
)
VARIANT_KEYS = ("title", "description", "changes")
_PORT = limited(minimum=1, maximum=65535).metadata
_SIZE = limited(minimum=68, maximum=65535).metadata
"""Of an IPv4 packet that no link may be too narrow for (RFC 791), and the largest that there is."""


_PROTOCOLS = ("tcp", "udp", "icmp")


class _BrokenError(Exception):
    """Reported already."""


def read_flows(root: Mapping, variants: Collection[str], reporter: Reporter) -> tuple[Flow, ...]:
    """All flows that can be read.

    A flow that came by `extends` and names a variant that stayed behind stays behind with it.
    """
    reader = _FlowReader(reporter, variants, root.span.file)
    return tuple(f for name, block in _blocks(root, "flows", "flow", reporter) if (f := reader.flow(name, block)))


def read_variants(root: Mapping, reporter: Reporter) -> tuple[Variant, ...]:
    """Names and prose of all variants."""
    found: list[Variant] = []
    for name, block in _blocks(root, "variants", "variant", reporter):
        where = f"variant {name.text!r}"
        _refuse_unknown(block, where, VARIANT_KEYS, reporter)
        changes = block.get("changes")
        if changes is None:
            reporter.error("DGY-12", name.span, f"{where} changes nothing", "add `changes:` with what differs")
        elif not isinstance(changes.value, Mapping):
            reporter.error(
                "DGY-14",
                changes.value.span,
                f"`changes` of {where} wants a block of keys, found {describe(changes.value)}",
            )
        texts = _texts(block, where, reporter)
        found.append(Variant(id=name.text, title=texts["title"], description=texts["description"], span=name.span))
    return tuple(found)


def _blocks(root: Mapping, key: str, what: str, reporter: Reporter) -> Iterator[tuple[Scalar, Mapping]]:
    entry = root.get(key)
    if entry is None or is_null(entry.value):
        return
    if not isinstance(entry.value, Mapping):
        reporter.error(
            "DGY-14",
            entry.value.span,
            f"`{key}` wants a block with an id for each {what}, found {describe(entry.value)}",
        )
        return
    for name, value in entry.value.entries:
        if check_id(name, what, reporter) is None:
            continue
        if isinstance(value, Mapping):
            yield name, value
        else:
            reporter.error(
                "DGY-14",
                name.span if is_null(value) else value.span,
                f"{what} {name.text!r} wants a block of keys, found {describe(value)}",
            )


def _texts(block: Mapping, where: str, reporter: Reporter) -> dict[str, str]:
    found = {"title": "", "description": ""}
    for name in found:
        entry = block.get(name)
        if entry is not None:
            text = check_text(entry.value, f"`{name}` of {where}", reporter, prose=name == "description")
            found[name] = text or ""
    return found


def _refuse_unknown(block: Mapping, where: str, known: tuple[str, ...], reporter: Reporter) -> None:
    for entry in block.entries:
        if entry.key.text not in known:
            reporter.error(
                "DGY-13",
                entry.key.span,
                f"{where} has no key {quoted(entry.key.text)}",
                did_you_mean(entry.key.text, known),
            )


class _FlowReader:
    def __init__(self, reporter: Reporter, variants: Collection[str], file: str) -> None:
        self._report = reporter
        self._convert = Converter(reporter)
        self._variants = variants
        self._file = file

    def flow(self, name: Scalar, block: Mapping) -> Flow | None:
        where = f"flow {name.text!r}"
        if self._stays_behind(block):
            return None
        self._report.count_values(1, name.span)
        _refuse_unknown(block, where, FLOW_KEYS, self._report)
        before = self._report.count
        texts = _texts(block, where, self._report)
        to = self._target(block, name, where)
        protocol = self._protocol(block, where, to)
        values: dict[str, Any] = {
            **texts,
            "source": self._end(block, "from", name, where),
            "destination": Ref(to.name, to.span) if to else None,
            "port": self._target_port(block, where, protocol, name.span, to),
            "path": to.path if to else "",
            "follow_calls": self._follow_calls(block, where),
            "source_port": self._port(block, "source_port", where, protocol, None),
            "packet_size": self._packet_size(block, where),
            "family": self._family(block, where),
            "expect": self._caught(self._expect, block.get("expect"), where),
            "via": self._way(block, where),
            "when": self._caught(self._when, block.get("when"), where) or When(),
        }
        if self._report.count > before or protocol is None:
            return None
        return Flow(id=name.text, protocol=protocol, span=name.span, **values)

    def _stays_behind(self, block: Mapping) -> bool:
        when = block.get("when")
        variant = when.value.get("variant") if when and isinstance(when.value, Mapping) else None
        if variant is None or not isinstance(variant.value, Scalar) or variant.value.text in self._variants:
            return False
        return variant.key.span.file != self._file

    def _caught(self, read: Any, entry: Entry | None, where: str) -> Any:
        if entry is None or is_null(entry.value):
            return None
        try:
            return read(entry.value, where)
        except _BrokenError:
            return None

    def _asked(self, block: Mapping, key: str, name: Scalar, where: str) -> Entry | None:
        entry = block.get(key)
        if entry is not None and not is_null(entry.value):
            return entry
        self._report.error(
            "DGY-12",
            entry.key.span if entry else name.span,
            f"{where} needs `{key}`",
            f"a component, an address, a name, or `internet`: `{key}: internet`",
        )
        return None

    def _target(self, block: Mapping, name: Scalar, where: str) -> Location | None:
        entry = self._asked(block, "to", name, where)
        return location(entry.value, f"`to` of {where}", self._report) if entry else None

    def _follow_calls(self, block: Mapping, where: str) -> bool:
        entry = block.get("follow_calls")
        if entry is None or is_null(entry.value):
            return True
        return self._convert.value(bool, entry.value, Spot(f"`follow_calls` of {where}")) is not False

    def _packet_size(self, block: Mapping, where: str) -> int:
        entry = block.get("packet_size")
        if entry is None or is_null(entry.value):
            return 0
        found = self._convert.value(int, entry.value, Spot(f"`packet_size` of {where}", _SIZE))
        return 0 if found is FAILED else int(found)

    def _end(self, block: Mapping, key: str, name: Scalar, where: str) -> Ref | None:
        entry = self._asked(block, key, name, where)
        if entry is None:
            return None
        text = check_ref(entry.value, f"`{key}` of {where}", self._report, end=True)
        return Ref(text, entry.value.span) if text else None

    def _way(self, block: Mapping, where: str) -> Ref | None:
        entry = block.get("via")
        if entry is None or is_null(entry.value):
            return None
        text = check_ref(entry.value, f"`via` of {where}", self._report, end=True)
        return Ref(text, entry.value.span) if text else None

    def _protocol(self, block: Mapping, where: str, to: Location | None) -> Protocol | None:
        entry = block.get("protocol")
        said = to.protocol if to else None
        if entry is None:
            return said or Protocol.TCP
        if said is not None:
            self._say_once(entry, f"{where}: {to} says the protocol already ({said})")
            return None
        text = entry.value.text if isinstance(entry.value, Scalar) else ""
        if text in _PROTOCOLS:
            return Protocol(text)
        found = f"cannot be {describe(entry.value)}"
        self._report.error(
            "DGY-17", entry.value.span, f"`protocol` of {where} {found}", protocol_meant(text, _PROTOCOLS)
        )
        return None

    def _family(self, block: Mapping, where: str) -> Family | None:
        entry = block.get("family")
        if entry is None or is_null(entry.value):
            return None
        found = self._convert.value(Family, entry.value, Spot(f"`family` of {where}"))
        return None if found is FAILED else Family(found)

    def _target_port(
        self, block: Mapping, where: str, protocol: Protocol | None, missing: Span, to: Location | None
    ) -> int | None:
        if to is None or not to.port:
            name, _, service = to.name.rpartition(":") if to else ("", "", "")
            url = f", or a URL: `to: {service}://{name}`" if name and service.isalpha() else ""
            wanted = missing if to or block.get("to") is None else None
            return self._port(block, "port", where, protocol, wanted, f"for example `port: 443`{url}")
        entry = block.get("port")
        if entry is not None:
            self._say_once(entry, f"{where}: {to} says the port already ({to.port})")
        elif protocol is Protocol.ICMP:
            self._report.error("DGY-31", to.span, f"{where}: the protocol icmp has no ports", f"write `{to.name}`")
        return to.port

    def _say_once(self, entry: Entry, problem: str) -> None:
        self._report.error("DGY-31", entry.key.span, problem, f"remove `{entry.key.text}`")

    def _port(
        self,
        block: Mapping,
        key: str,
        where: str,
        protocol: Protocol | None,
        missing: Span | None,
        hint: str = "",
    ) -> int | None:
        entry = block.get(key)
        none = 0 if key == "port" else None
        if entry is None:
            if missing and protocol in (Protocol.TCP, Protocol.UDP):
                self._report.error("DGY-12", missing, f"{where} needs `{key}`", hint)
            return none
        if protocol is Protocol.ICMP:
            self._report.error(
                "DGY-31", entry.key.span, f"{where}: the protocol {protocol} has no ports", f"remove `{key}`"
            )
            return none
        found = self._convert.value(int, entry.value, Spot(f"`{key}` of {where}", _PORT))
        return none if found is FAILED else int(found)

    def _expect(self, node: Node, where: str) -> Expectation:
        spot = f"`expect` of {where}"
        example = "write `allowed`, or `{blocked: CODE, leg: forward}`"
        if isinstance(node, Scalar) and node.text in ("allowed", "blocked"):
            return Expectation(verdict=Verdict(node.text), span=node.span)
        if not isinstance(node, Mapping):
            self._report.error("DGY-17", node.span, f"{spot} cannot be {describe(node)}", example)
            raise _BrokenError
        _refuse_unknown(node, spot, ("allowed", "blocked", "leg"), self._report)
        verdicts = [e for e in node.entries if e.key.text in ("allowed", "blocked")]
        if len(verdicts) != 1:
            self._report.error("DGY-31", node.span, f"{spot} says one of `allowed` and `blocked`", example)
            raise _BrokenError
        verdict, leg = verdicts[0], node.get("leg")
        return Expectation(
            verdict=Verdict(verdict.key.text),
            reason=self._reason(verdict.value, spot),
            leg=self._leg(leg, verdict.key, spot) if leg else None,
            span=verdict.value.span,
        )

    def _reason(self, node: Node, spot: str) -> str:
        if isinstance(node, Scalar) and (is_null(node) or (node.tag is Tag.BOOL and node.text.lower() == "true")):
            return ""
        if not isinstance(node, Scalar) or node.tag is not Tag.STR:
            self._report.error(
                "DGY-14",
                node.span,
                f"{spot} wants a reason code, found {describe(node)}",
                "for example `{blocked: NO_ROUTE_TO_DESTINATION}`, or `{blocked: true}` for any",
            )
            raise _BrokenError
        if node.text not in REASON_CODES:
            self._report.error(
                "DGY-30",
                node.span,
                f"there is no reason code {quoted(node.text)}",
                did_you_mean(node.text[:80], REASON_CODES),
            )
            raise _BrokenError
        return node.text

    def _leg(self, entry: Entry, verdict: Scalar, spot: str) -> Leg:
        if verdict.text == "allowed":
            self._report.error(
                "DGY-31", entry.key.span, f"{spot}: what is allowed is so on both legs", "remove `leg`"
            )
            raise _BrokenError
        found = self._convert.value(Leg, entry.value, Spot(f"`leg` of {spot}"))
        if found is FAILED:
            raise _BrokenError
        return Leg(found)

    def _when(self, node: Node, where: str) -> When:
        spot = f"`when` of {where}"
        if not isinstance(node, Mapping):
            self._report.error(
                "DGY-14",
                node.span,
                f"{spot} wants a block of keys, found {describe(node)}",
                "for example `{outage: a}` or `{variant: no-nat}`",
            )
            raise _BrokenError
        _refuse_unknown(node, spot, ("outage", "variant", "cache"), self._report)
        outage, variant = node.get("outage"), node.get("variant")
        down: list[Ref] = []
        if outage is not None:
            items = outage.value.items if isinstance(outage.value, Sequence) else (outage.value,)
            names = [(check_ref(n, f"`outage` of {spot}", self._report, end=True), n.span) for n in items]
            down = [Ref(text, span) for text, span in names if text]
        return When(
            outage=tuple(down),
            variant=self._variant(variant, spot) if variant else "",
            cache=self._cache(node, spot),
        )

    def _cache(self, node: Mapping, spot: str) -> Cache | None:
        entry = node.get("cache")
        if entry is None or is_null(entry.value):
            return None
        found = self._convert.value(Cache, entry.value, Spot(f"`cache` of {spot}"))
        return None if found is FAILED else Cache(found)

    def _variant(self, entry: Entry, spot: str) -> str:
        name = entry.value.text if isinstance(entry.value, Scalar) else ""
        if name not in self._variants:
            self._report.error(
                "DGY-27",
                entry.value.span,
                f"{spot}: there is no variant {quoted(name)}",
                did_you_mean(name, self._variants),
            )
            raise _BrokenError
        return name
