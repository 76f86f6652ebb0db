"""A switch on a LAN: learns MAC addresses and carries frames; knows no IP."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.forwarding import Arrival, Context, Decision
from docgen.model.kind import Kind, Role, Scope
from docgen.model.packet import Packet
from docgen.routing.lan import onward_from_switch


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Component):
    """An Ethernet switch with a MAC table for each VLAN. Source: IEEE 802.1D, 802.1Q."""

    kind: ClassVar[str] = "switch"
    loop_code: ClassVar[str] = "DG_L3_TTL_EXPIRED"
    """As at a router: a packet that goes round ends when its time to live is used up."""

    trunks: tuple[Ref, ...] = refers("switch", default=())
    """Other switches that it is connected to by a cable that carries all VLANs."""

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Send a frame out of the port behind which its destination was learned."""
        return (onward_from_switch(self.key, packet, arrival, context),)


KIND = Kind(
    component=Switch,
    plural="switches",
    title="Switch",
    icon="switch",
    role=Role.ON_PREMISES,
    scope=Scope.OUTSIDE,
    contained_in=("",),
    summary="Carries a frame to the port behind which it learned the destination's MAC address; never changes it.",
    source="https://www.rfc-editor.org/rfc/rfc826",
    example="""\
version: 1
title: Two hosts on a switch
switches: {floor: {}}
hosts:
  ann: {switch: floor, ip_address: 192.168.1.10/24}
  bob: {switch: floor, ip_address: 192.168.1.11/24}
""",
)
