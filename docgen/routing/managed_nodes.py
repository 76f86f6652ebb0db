# Nodes of managed services inside a VPC: caches, file systems, warehouses, search.
#
# In:  a packet at a node's interface. Out: the decision. Sources: the user guides of the services.
"""ManagedNodes."""

from __future__ import annotations

from docgen.core.data import dataclass
from docgen.model.component import Component, InterfaceSpec, Ref, refers
from docgen.model.forwarding import Arrival, Context, Decision
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.routing.interface import arrive, delivered, leave


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedNodes(Component):
    """A component with a network interface in each of its subnets, and security groups of its own on them."""

    subnets: tuple[Ref, ...] = refers("subnet")
    """Where its network interfaces stand."""
    security_groups: tuple[Ref, ...] = refers("security_group", default=())
    """Who may come in. None named: the VPC's default group."""

    def interface_specs(self) -> tuple[InterfaceSpec, ...]:
        """One for each subnet, without a public address."""
        return tuple(InterfaceSpec(subnet=s, security_groups=self.security_groups) for s in self.subnets)

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Let a packet of a node's go."""
        assert interface is not None
        return leave(interface, packet, context)

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take what is addressed to a node."""
        interface = arrival.interface
        assert interface is not None
        entry = arrive(interface, packet, arrival, context)
        return (entry.drop or delivered(interface, packet, context, entry.steps),)
