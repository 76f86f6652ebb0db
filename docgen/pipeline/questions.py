# Flows that no definition declares: asked on the command line or in a flow file.
#
# In:  a definition and Questions. Out: one FlowReport for each, in the same order.
"""Question, ask, ask_within, read_flow_file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from docgen import routing
from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Result
from docgen.core.errors import UnknownNameError, UnreadableInputError
from docgen.model.architecture import Cache, Flow, When
from docgen.model.component import Ref
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.model.trace import FlowReport
from docgen.pipeline.design import answer, definition_loader, open_network
from docgen.routing.outages import outage_of, unclear_outage

PROTOCOLS = ("tcp", "udp", "icmp")
_KEYS = {"id", "from", "to", "protocol", "port", "source_port", "outage", "variant", "path", "cache", "follow_calls"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A flow as plain values, `source` and `destination` being a component id, an address or a name."""

    id: str
    source: str
    destination: str
    protocol: str = "tcp"
    port: int = 0
    source_port: int | None = None
    outage: tuple[str, ...] = ()
    variant: str = ""
    path: str = ""
    follow_calls: bool = True
    """Whether what components call in turn is asked too."""
    cache: str = ""
    """`hit`, `miss`, or "" for both."""

    @property
    def flow(self) -> Flow:
        """The same as the routing core takes it."""
        return Flow(
            id=self.id,
            source=Ref(self.source),
            destination=Ref(self.destination),
            protocol=Protocol(self.protocol),
            port=self.port,
            source_port=self.source_port,
            path=self.path,
            follow_calls=self.follow_calls,
            when=When(
                outage=tuple(map(Ref, self.outage)),
                variant=self.variant,
                cache=Cache(self.cache) if self.cache else None,
            ),
        )


def ask(definition: str | Path | bytes, questions: Sequence[Question]) -> Result[tuple[FlowReport, ...] | None]:
    """Trace each question in a definition: a path, or the text itself as bytes.

    Returns:
        One report for each question, in order; None where the definition makes no network. A component that
        does not exist gives verdict UNKNOWN with reason UNKNOWN_RESOURCE.

    Raises:
        UnknownNameError: a variant or what is down does not exist.
    """
    asked = ask_within(definition, questions)
    reports = None if asked.value is None else tuple(report for _, report in asked.value)
    return Result(reports, asked.diagnostics)


def ask_within(
    definition: str | Path | bytes, questions: Sequence[Question]
) -> Result[tuple[tuple[Network, FlowReport], ...] | None]:
    """The same, each report with the network in which it was traced.

    Raises:
        UnknownNameError: a variant or what is down does not exist.
    """
    load = definition_loader(definition)
    networks: dict[str, Network] = {}
    found: list[Diagnostic] = []
    for variant in dict.fromkeys(["", *(q.variant for q in questions)]):
        if networks:
            _must_exist(networks[""], variant)
        opened = open_network(load, variant)
        found += [d for d in opened.diagnostics if d not in found]
        if opened.value is None:
            return Result(None, tuple(found))
        networks[variant] = opened.value
    answers = []
    for question in questions:
        network = networks[question.variant]
        for name in question.outage:
            if outage_of(network, Ref(name)) is None:
                raise UnknownNameError("zone or component", name, unclear_outage(network, name)[1])
        one = len(questions) == 1  # a search for changes takes as long as many traces
        report = answer(network, question.flow) if one else routing.trace(network, question.flow)
        answers.append((network, report))
    return Result(tuple(answers), tuple(found))


def read_flow_file(text: str | bytes) -> tuple[Question, ...]:
    """The questions of a flow file (a JSON array; see reports/trace.schema.json).

    Raises:
        UnreadableInputError: it is not such a file; the message names every entry that cannot be understood.
    """
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError(f"the flow file is not JSON: {error}") from None
    if not isinstance(entries, list):
        raise UnreadableInputError("the flow file must hold a JSON array of flows")
    problems = [
        f"flow {number}{_named(entry)}: {problem}"
        for number, entry in enumerate(entries, 1)
        for problem in _problems(entry)
    ]
    if problems:
        raise UnreadableInputError("the flow file cannot be understood\n  " + "\n  ".join(problems))
    return tuple(map(_question, entries))


def with_circumstances(questions: Iterable[Question], outage: Sequence[str], variant: str) -> tuple[Question, ...]:
    """The same questions with an outage on top and, where they name none, in a variant."""
    return tuple(replace(q, outage=(*q.outage, *outage), variant=q.variant or variant) for q in questions)


def _must_exist(network: Network, variant: str) -> None:
    known = [v.id for v in network.architecture.variants]
    if variant not in known:
        raise UnknownNameError("variant", variant, known)


def _question(entry: dict[str, Any]) -> Question:
    return Question(
        id=entry["id"],
        source=entry["from"],
        destination=entry["to"],
        protocol=entry["protocol"],
        port=entry.get("port") or 0,
        source_port=entry.get("source_port"),
        outage=tuple(entry.get("outage", ())),
        variant=entry.get("variant", ""),
        path=entry.get("path", ""),
        cache=entry.get("cache", ""),
        follow_calls=entry.get("follow_calls", True),
    )


def _problems(entry: object) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "is not an object"
        return
    for key in ("id", "from", "to"):
        if not isinstance(entry.get(key), str) or not entry[key]:
            yield f"{key!r} must be a text that is not empty"
    protocol = entry.get("protocol")
    if protocol not in PROTOCOLS:
        yield f"'protocol' must be one of {', '.join(PROTOCOLS)}, not {protocol!r}"
    if protocol in ("tcp", "udp") and entry.get("port") is None:
        yield f"'port' is missing; {protocol} needs one"
    for key in ("port", "source_port"):
        if not _is_port(entry.get(key)):
            yield f"{key!r} must be a number from 0 to 65535, not {entry[key]!r}"
    if not _are_texts(entry.get("outage", [])):
        yield "'outage' must be a list of texts"
    if not isinstance(entry.get("variant", ""), str):
        yield "'variant' must be a text"
    if not isinstance(entry.get("path", ""), str):
        yield "'path' must be a text"
    if not isinstance(entry.get("follow_calls", True), bool):
        yield "'follow_calls' must be true or false"
    if entry.get("cache", "") not in ("", *Cache):
        yield f"'cache' must be one of {', '.join(Cache)}, not {entry['cache']!r}"
    unknown = sorted(set(map(str, entry)) - _KEYS)
    if unknown:
        yield f"unknown {'key' if len(unknown) == 1 else 'keys'} {', '.join(map(repr, unknown))}"


def _is_port(value: object) -> bool:
    return value is None or (type(value) is int and 0 <= value <= 65535)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _named(entry: object) -> str:
    name = entry.get("id") if isinstance(entry, dict) else None
    return f" ({name!r})" if isinstance(name, str) and name else ""
