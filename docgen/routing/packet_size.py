# How large a packet may be that nobody may cut into pieces (IPv4 with the don't-fragment flag, IPv6 always).
#
# In:  a flow's `packet_size`, and what a component says of itself (`largest_packet`). Out: a drop of what is larger.
# Sources: RFC 1191; EC2, "Network MTU for your EC2 instance"; quotas of each service.
"""fitting, too_large."""

from __future__ import annotations

from typing import Protocol, TypeGuard

from docgen.model.component import Key
from docgen.model.forwarding import Context, Deliver, Drop, Forward
from docgen.model.network import Network
from docgen.model.trace import Check, Disposition, Outcome, Step


class Narrow(Protocol):
    """A component that passes packets up to a size only, whichever way they go."""

    def largest_packet(self, network: Network) -> int:
        """Its MTU in bytes."""
        ...


def is_narrow(component: object) -> TypeGuard[Narrow]:
    """Whether it says how large a packet may be."""
    return hasattr(type(component), "largest_packet")


def fitting(context: Context, at: Key, decision: Forward | Deliver) -> Forward | Deliver | Drop:
    """The decision, unless the packet is larger than the component passes on."""
    component = context.network.get(at)
    if not is_narrow(component):
        return decision
    largest = component.largest_packet(context.network)
    return decision if context.packet_size <= largest else too_large(context, at, decision.steps, largest)


def too_large(context: Context, at: Key, steps: tuple[Step, ...], largest: int, where: str = "") -> Drop:
    """The drop of a packet that does not fit; `where` goes on after the component's name: ` (wan)`."""
    name = context.network.name(at)
    step = Step(
        check=Check.DELIVERY,
        outcome=Outcome.DROP,
        by=at,
        by_name=name,
        text=f"{name}{where} passes packets of up to {largest} bytes; this one has {context.packet_size}, and "
        "must not be cut into pieces.",
        code="DG_MTU_EXCEEDED",
    )
    return Drop(steps=(*steps, step), disposition=Disposition.DROPPED)
