"""What the traces of this folder's tables say, kept beside them: a fault that changes any answer, or any word, shows.

A case asserts what it is about; the record has the rest: every hop and check, there and back, with its codes, and
each different sentence once. One file for each test module, in `expected/`; `pytest tests/routing --update-golden`
adds what is new (delete the file first to lose what is gone).
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from docgen.model.trace import Connection, FlowReport, Hop, Outcome, Step, Trace
from docgen.reports.trace_text import outcome_text, packet_text

EXPECTED = Path(__file__).parent / "expected"
MARKS = {Outcome.PASS: "+", Outcome.DROP: "x", Outcome.INFO: "-"}
Record = dict[str, Any]
NOTHING = '{"cases": {}, "sentences": []}'


def check(module: str, test: str, reports: Iterable[FlowReport], *, update: bool) -> None:
    """Compare what one test was told with what was recorded, or record it."""
    reports = list(reports)
    lines = [line for report in reports for line in lines_of(report)]
    sentences = {sentence for report in reports for sentence in sentences_of(report)}
    if update:
        _add(module, test, lines, sentences)
        return
    record = _read(module)
    assert record["cases"].get(test) == lines, "look at it after pytest --update-golden"
    assert sorted(sentences - record["known"]) == [], "not said before; look at it after pytest --update-golden"


def lines_of(report: FlowReport) -> Iterator[str]:
    """The answer, and the way that led to it."""
    more = "".join(f", {warning}" for warning in report.warnings)
    yield f"{outcome_text(report)}, {report.paths_working} of {report.paths_total}{more}"
    for number, connection in enumerate(report.connections):
        yield from _connection(number, connection)


def sentences_of(report: FlowReport) -> Iterator[str]:
    """All words of it."""
    yield report.text
    for connection in report.connections:
        yield connection.text
        for trace in filter(None, (connection.forward, connection.returning)):
            for step in (step for hop in trace.hops for step in hop.steps):
                yield step.text
                for one in step.candidates:
                    code = f" [{one.code}]" if one.code else ""
                    yield f"{step.by_name}: {one.text} {'won' if one.chosen else 'lost'}: {one.reason}{code}"


def _connection(number: int, connection: Connection) -> Iterator[str]:
    purpose = f" {connection.purpose}" if connection.purpose else ""
    below = f" below {connection.parent}" if connection.parent is not None else ""
    followed = f" as {connection.followed_at}" if connection.followed_at is not None else ""
    asked = f" {packet_text(connection.request)}" if connection.request else ""
    decided = " ".join(filter(None, (connection.leg, connection.component_name, connection.reason)))
    also = "".join(f", {code}" for code in connection.secondary)
    ends = f"{connection.source_name} -> {connection.destination_name}"
    yield f"{number}{below}{followed}{purpose} {ends}{asked}: {connection.verdict} {decided}{also}".rstrip()
    for trace in filter(None, (connection.forward, connection.returning)):
        yield _way(trace)


def _way(trace: Trace) -> str:
    return f"{trace.leg} {'; '.join(map(_hop, trace.hops))}: {trace.disposition}"


def _hop(hop: Hop) -> str:
    subnet = f"@{hop.subnet.path}" if hop.subnet else ""
    place = f" ({hop.interface}{subnet})" if hop.interface or subnet else ""
    changed = hop.packet_in is not None and hop.packet_out is not None and hop.packet_in != hop.packet_out
    header = hop.packet_stopped or (hop.packet_out if changed else None)
    became = f" = {packet_text(header)}" if header is not None else ""
    return " ".join([f"{hop.name}{place}", *map(_step, hop.steps)]) + became


def _step(step: Step) -> str:
    code = "/".join(filter(None, (step.code, step.detail, step.assumption)))
    return f"{MARKS[step.outcome]}{step.check}:{step.by_name}" + (f"[{code}]" if code else "")


@cache
def _read(module: str) -> Record:
    path = EXPECTED / f"{module}.json"
    record: Record = (
        json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"cases": {}, "sentences": []}
    )
    return record | {"known": frozenset(record["sentences"])}


def _add(module: str, test: str, lines: list[str], sentences: set[str]) -> None:
    """In one step, as several processes may add to one file."""
    EXPECTED.mkdir(exist_ok=True)
    with (EXPECTED / f"{module}.json").open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        record: Record = json.loads(file.read() or NOTHING)
        record["cases"][test] = lines
        made = {
            "cases": dict(sorted(record["cases"].items())),
            "sentences": sorted({*record["sentences"], *sentences}),
        }
        file.seek(0)
        file.truncate()
        file.write(json.dumps(made, indent=0, ensure_ascii=False) + "\n")
