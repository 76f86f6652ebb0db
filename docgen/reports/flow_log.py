# What flow logs would show of a flow, for the terminal and as plain values for JSON.
#
# In:  a Network, a FlowReport of it. Out: text, or what `json.dumps` takes (trace.schema.json). Decides nothing.
"""flow_log_text, flow_log_values, transit_values, Shown, shown, transit_shown, note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docgen.analysis.flow_log import captured_by, flow_log_records
from docgen.analysis.transit_flow_log import taken_by, transit_records
from docgen.core.data import dataclass
from docgen.core.terminal import PLAIN, Paint, visible
from docgen.model.component import Key
from docgen.model.flow_log import DEFAULT_FORMAT, Action, FlowLogRecord, TransitRecord
from docgen.model.network import Network
from docgen.model.trace import FlowReport

EXAMPLES = "ids, times and counts are examples"
"""What of a record is not traced."""
_PKT = ("pkt-srcaddr", "pkt-dstaddr", "traffic-path", "reject-reason", "resource-id")
"""Fields beyond the default format that the machine interface gives by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A record with the flow logs that take it."""

    record: FlowLogRecord
    taken: tuple[tuple[str, str], ...]
    """Name of a flow log, and the line in its own format."""

    @property
    def ends(self) -> str:
        """`10.0.0.4:49761 → 10.0.10.5:8080`, as the record has them; ICMP without ports."""
        return f"{self._end('src')} → {self._end('dst')}"

    def _end(self, side: str) -> str:
        address, port = (self.record.value(f"{side}{field}") for field in ("addr", "port"))
        if port == "0":
            return address
        return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"

    @property
    def other_lines(self) -> tuple[str, ...]:
        """Lines of flow logs that take it in another format than the default one."""
        own = self.record.line()
        return tuple(dict.fromkeys(line for _, line in self.taken if line != own))


def shown(network: Network, report: FlowReport) -> tuple[Shown, ...]:
    """The records of a flow, in the order in which its packets pass."""
    return tuple(
        Shown(record=record, taken=tuple(_taken(network, record))) for record in flow_log_records(network, report)
    )


def _taken(network: Network, record: FlowLogRecord) -> Iterator[tuple[str, str]]:
    for key in captured_by(network, record):
        flow_log: Any = network.get(key)
        yield network.name(key), record.line(flow_log.record_format(network))


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitShown:
    """What a flow log of a transit gateway, or of an attachment, holds of a flow."""

    flow_log: str
    lines: tuple[tuple[TransitRecord, str], ...]
    """Each record with its line in the flow log's format."""


def transit_shown(network: Network, report: FlowReport) -> tuple[TransitShown, ...]:
    """The declared flow logs of transit gateways that hold something of a flow, in order."""
    found: dict[Key, list[tuple[TransitRecord, str]]] = {}
    for record in transit_records(network, report):
        for key in taken_by(network, record):
            flow_log: Any = network.get(key)
            found.setdefault(key, []).append((record, record.line(flow_log.record_format(network))))
    return tuple(TransitShown(flow_log=network.name(key), lines=tuple(lines)) for key, lines in found.items())


def flow_log_text(network: Network, report: FlowReport, paint: Paint = PLAIN) -> str:
    """The records of a flow in the default format, each with who saw it and the flow logs that take it."""
    records = shown(network, report)
    lines = [paint("flow log records", "bold") + f" ({EXAMPLES})"]
    if not records:
        lines.append("  none: no network interface sees a packet that flow logs record")
    who = [visible(f"{s.record.interface or s.record.component_name} {s.record.direction}") for s in records]
    width = max(map(len, who), default=0)
    for name, one in zip(who, records, strict=True):
        line = one.record.line()
        refused = one.record.action is Action.REJECT
        names = ", ".join(visible(taken) for taken, _ in one.taken)
        painted = paint(line, "red") if refused else line
        lines.append(f"  {name.ljust(width)}  {painted}" + (f"  <- {names}" if names else ""))
        lines += [f"    {visible(taken)}: {own}" for taken, own in one.taken if own != line]
    if records and not any(one.taken for one in records):
        lines.append("No flow log of the definition takes them.")
    for held in transit_shown(network, report):
        lines += ["", paint(f"transit gateway flow log {visible(held.flow_log)}", "bold")]
        lines += [f"  {visible(r.attachment_name)} {r.direction}  {line}" for r, line in held.lines]
    return "\n".join(lines) + "\n"


def note(records: Sequence[Shown]) -> str:
    """One sentence: what of these records is an example, and which flow logs of the definition take some."""
    names = tuple(dict.fromkeys(name for one in records for name, _ in one.taken))
    taken = f"taken by {', '.join(names)}" if names else "no flow log of the definition takes them"
    return f"{EXAMPLES[0].upper()}{EXAMPLES[1:]}; {taken}."


def flow_log_values(network: Network, report: FlowReport) -> list[dict[str, Any]]:
    """The same as plain values."""
    return [_values(one) for one in shown(network, report)]


def transit_values(network: Network, report: FlowReport) -> list[dict[str, Any]]:
    """What flow logs of transit gateways hold, as plain values."""
    return [
        {
            "connection": record.connection,
            "leg": record.leg.value,
            "attachment": record.attachment_name,
            "attachment_kind": record.attachment.kind,
            "direction": record.direction.value,
            "flow_log": one.flow_log,
            "line": line,
        }
        for one in transit_shown(network, report)
        for record, line in one.lines
    ]


def _values(one: Shown) -> dict[str, Any]:
    record = one.record
    return {
        "connection": record.connection,
        "leg": record.leg.value,
        "component": record.component_name,
        "component_kind": record.component.kind,
        "interface": record.interface or None,
        "direction": record.direction.value,
        "action": record.action.value,
        "line": record.line(DEFAULT_FORMAT),
        **{name.replace("-", "_"): record.values.get(name) for name in _PKT},
        "captured_by": [{"flow_log": name, "line": line} for name, line in one.taken],
    }
