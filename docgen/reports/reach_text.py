# Who reaches whom, as a person reads it in a terminal.
#
# In:  a Reach. Out: text. Decides nothing.
"""reach_text, what_text, blocks_text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.analysis.reach import Outcome, Reach, Reached
from docgen.analysis.reach.ranges import Ranges, of_blocks, prefixes, without
from docgen.core.prefixes import Block
from docgen.core.terminal import PLAIN, Paint, visible
from docgen.model.packet import Protocol

_MOST_BLOCKS = 4
_COLOURS = {Outcome.CONNECTS: "green", Outcome.ARRIVES: "yellow", Outcome.UNKNOWN: "yellow"}
_REMARKS = {Outcome.ARRIVES: "requests only: no answer comes back", Outcome.UNKNOWN: "not known"}


def reach_text(reach: Reach, paint: Paint = PLAIN) -> str:
    """A table by destination, each row with its witness; ends in a newline."""
    lines: list[str] = []
    by_destination: dict[str, list[Reached]] = {}
    for row in reach.results:
        by_destination.setdefault(row.destination_name, []).append(row)
    shown = 0
    for name, rows in by_destination.items():
        table = tuple(_table(rows, of_blocks(reach.internet, 4), paint))
        shown += len(table)
        lines += [f"{paint(visible(name), 'bold')} is reached by", *table, ""]
    if not lines:
        lines = ["Nothing gets there.", ""]
    ends = f"{count_text(reach.sources, 'source')} to {count_text(reach.targets, 'address', 'addresses')}"
    packets = count_text(reach.traces, "packet")
    lines.append(f"{count_text(shown, 'row')} for all headers from {ends}; {packets} traced to know them.")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _table(rows: Sequence[Reached], internet: Ranges, paint: Paint) -> Iterator[str]:
    """Rows of one destination; those that differ in protocol or source only stand in one line."""
    by_source: dict[tuple[str, str, Outcome], list[Reached]] = {}
    for row in rows:
        by = f"through {row.through_name} " if row.through else ""
        at = f"{by}at {blocks_text(row.destination_addresses, internet)}"
        by_source.setdefault((_source(row, internet), at, row.outcome), []).append(row)
    by_what: dict[tuple[str, str, Outcome], tuple[list[str], Reached]] = {}
    for (source, at, outcome), some in by_source.items():
        what = "; ".join(map(what_text, sorted(some, key=lambda r: r.protocol != Protocol.TCP)))
        sample = next((r for r in some if r.protocol is Protocol.TCP), some[0])
        by_what.setdefault((at, what, outcome), ([], sample))[0].append(source)
    cells = [(", ".join(sources), at, what) for (at, what, _), (sources, _) in by_what.items()]
    widths = [max(len(c[i]) for c in cells) for i in range(3)]
    for cell, ((_, _, outcome), (_, sample)) in zip(cells, by_what.items(), strict=True):
        said = "  ".join(visible(text).ljust(width) for text, width in zip(cell, widths, strict=True))
        remark = f"  ({_REMARKS[outcome]})" if outcome in _REMARKS else ""
        yield f"  {paint(said, _COLOURS[outcome])}  {visible(_example(sample))}{remark}"


def _source(row: Reached, internet: Ranges) -> str:
    if row.source.kind == "internet":
        return f"internet ({blocks_text(row.source_addresses, internet)})"
    if len(row.source_interfaces) == 1 and row.source_interfaces[0] != row.source_name:
        return row.source_interfaces[0]
    return row.source_name


def remark_of(row: Reached) -> str:
    """What is to be said of a row whose headers do not simply connect; "" for nothing."""
    return _REMARKS.get(row.outcome, "")


def what_text(row: Reached) -> str:
    """`tcp 443, 8000-8080`; ICMP has no ports, and all ports are left out."""
    ports = ", ".join(map(str, row.ports))
    return str(row.protocol) if ports in ("", "0-65535") else f"{row.protocol} {ports}"


def _example(row: Reached) -> str:
    port = f" --port {row.witness.port}" if row.protocol is not Protocol.ICMP else ""
    protocol = "" if row.protocol is Protocol.TCP else f" --protocol {row.protocol}"
    return f"--from {row.witness.source} --to {row.witness.destination}{protocol}{port}"


def blocks_text(blocks: Sequence[Block], internet: Ranges) -> str:
    """A few blocks; or `every public address`, with what is missing from them."""
    if len(blocks) <= _MOST_BLOCKS:
        return ", ".join(_short(b) for b in blocks)
    held = of_blocks(blocks, 4)
    missing = prefixes(without(internet, held), 4)
    if not without(held, internet) and len(missing) <= _MOST_BLOCKS:
        return "every public address" + (f" but {', '.join(map(_short, missing))}" if missing else "")
    return f"{', '.join(_short(b) for b in blocks[:3])} and {len(blocks) - 3} more blocks"


def _short(block: Block) -> str:
    return str(block.network_address) if block.num_addresses == 1 else str(block)


def count_text(number: int, word: str, words: str = "") -> str:
    """`1 row`, `2 rows`, `4,096 addresses`."""
    return f"{number:,} {word if number == 1 else words or word + 's'}"
