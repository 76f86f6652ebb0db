# What a component listens on, and what it calls in turn when it is called: what its software does.
"""Listening, Call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span
from docgen.model.form import Fault, Short, limited
from docgen.model.location import Location
from docgen.model.packet import PortRange, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """A port that something listens on. Text form: `8080`, `8000-8010`, `udp 53`."""

    short: ClassVar[Short] = Short(text=r"(?:(?P<protocol>[a-z]\S*)\s+)?(?P<ports>\d[\d\s-]*)", example="8080")

    protocol: Protocol = Protocol.TCP
    """`tcp` or `udp`."""
    ports: PortRange
    """The port, or a range of them."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """Only these two have ports."""
        if self.protocol not in (Protocol.TCP, Protocol.UDP):
            yield Fault("protocol", f"the protocol {self.protocol} has no ports to listen on", "write tcp or udp")

    def text(self, name: str) -> str:
        """The text form."""
        del name
        return str(self.ports) if self.protocol is Protocol.TCP else str(self)

    def __str__(self) -> str:
        return f"{self.protocol} {self.ports}"

    def takes(self, protocol: Protocol, port: int) -> bool:
        """Whether it is this port."""
        return self.protocol is protocol and self.ports.first <= port <= self.ports.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A connection that a component opens because it was called. Text form: `orders:3306`, `tcp 3306 to orders`,
    `https://api.payments.example`, `queue`; with `when called on 8080` behind it only for that port."""

    short: ClassVar[Short] = Short(
        text=r"(?:(?P<protocol>[a-z]+)(?:\s+(?P<port>\d{1,5}))?\s+to\s+)?(?P<to>\S+)"
        r"(?:\s+when\s+called\s+on\s+(?P<called_on>\d{1,5}))?",
        example="orders:3306",
    )

    to: Location
    """What it calls: a component, an address, a DNS name, a URL."""
    protocol: Protocol | None = None
    """None: as `to` says, else tcp."""
    port: int = limited(minimum=0, maximum=65535, default=0)
    """0: as `to` says, else the only port that the component called has."""
    called_on: int = limited(minimum=0, maximum=65535, default=0)
    """Only when it is called itself on this port; 0: on any."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """It says protocol and port once, and ports only where there are any."""
        if self.protocol is not None and self.to.protocol is not None:
            yield Fault("protocol", f"{self.to} says the protocol already", "keep one of the two")
        if self.port and self.to.port:
            yield Fault("port", f"{self.to} says the port already", "keep one of the two")
        if self.protocol is Protocol.ALL:
            yield Fault("protocol", "a call speaks one protocol", "write tcp, udp or icmp")
        if self.protocol is Protocol.ICMP and self.port:
            yield Fault("port", "the protocol icmp has no ports", "leave the port out")

    @property
    def speaks(self) -> Protocol:
        """Its protocol."""
        return self.protocol or self.to.protocol or Protocol.TCP

    @property
    def asked_port(self) -> int:
        """The port that it says; 0 where it says none."""
        return self.port or self.to.port

    def text(self, name: str) -> str:
        """The text form."""
        del name
        port = f" {self.port}" if self.port else ""
        lead = f"{self.speaks}{port} to " if self.protocol or self.port else ""
        return f"{lead}{self.to}" + (f" when called on {self.called_on}" if self.called_on else "")


def calls_on(calls: Iterable[Call], port: int) -> tuple[Call, ...]:
    """Those that a request on this port leads to."""
    return tuple(c for c in calls if c.called_on in (0, port))
