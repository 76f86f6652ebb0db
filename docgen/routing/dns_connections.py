# A look-up as connections of a report: what servers answer, and the packets that their questions are.
"""as_connection, question_packet."""

from __future__ import annotations

from docgen.model.network import Network
from docgen.model.packet import EPHEMERAL, Packet, PortRange, Protocol
from docgen.model.trace import Connection, Disposition, Hop, Leg, Trace, Verdict
from docgen.routing.dns import Question
from docgen.routing.endpoints import End

DNS_PORT = 53


def as_connection(network: Network, source: End, name: str, question: Question, parent: int | None) -> Connection:
    """What a server answers: not a packet of the flow, but its first step."""
    last = question.steps[-1]
    hops = (
        Hop(
            component=source.component,
            name=source.name,
            interface=source.interface.id if source.interface else "",
            subnet=source.interface.subnet if source.interface else None,
            packet_in=None,
            packet_out=None,
            steps=(),
        ),
        Hop(
            component=question.at,
            name=network.name(question.at),
            packet_in=None,
            packet_out=None,
            steps=question.steps,
        ),
    )
    found = not last.code
    unknown = last.code == "UNKNOWN_DESTINATION"
    disposition = Disposition.INSUFFICIENT_INFO if unknown else Disposition.NO_ROUTE
    verdict = Verdict.ALLOWED if found else Verdict.UNKNOWN if unknown else Verdict.BLOCKED
    return Connection(
        source=source.component,
        source_name=source.name,
        destination=question.at,
        destination_name=name,
        purpose="dns",
        parent=parent,
        verdict=verdict,
        leg=None if found else Leg.FORWARD,
        reason=last.code,
        component=None if found else question.at,
        component_name="" if found else network.name(question.at),
        text=last.text,
        forward=Trace(leg=Leg.FORWARD, hops=hops, disposition=Disposition.ACCEPTED if found else disposition),
    )


def question_packet(source: End, server: End) -> Packet:
    """The packet of a question that one server asks another."""
    return Packet(
        source=source.address,
        destination=server.address,
        protocol=Protocol.UDP,
        source_ports=EPHEMERAL,
        destination_ports=PortRange(DNS_PORT, DNS_PORT),
    )
