"""The internet: any public address that no component of the definition owns."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component
from docgen.model.forwarding import Arrival, Context, Decision
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.routing.outside import carry


@dataclass(frozen=True, slots=True, kw_only=True)
class Internet(Component):
    """Present in every definition under the id `internet`; nobody declares it."""

    kind: ClassVar[str] = "internet"

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Some host's packet."""
        del interface
        return (carry(self.key, packet, Arrival(previous=None), context),)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Carry a packet to the owner of its destination: an internet gateway's VPC, a host, or anybody."""
        return (carry(self.key, packet, arrival, context),)


KIND = Kind(
    component=Internet,
    plural="",
    title="Internet",
    icon="internet",
    role=Role.OUTSIDE,
    scope=Scope.OUTSIDE,
    contained_in=(),
    endpoint=True,
    summary="Carries packets between public addresses; private ones it does not know.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    example="version: 1\ntitle: Nothing but the internet\n",
)
