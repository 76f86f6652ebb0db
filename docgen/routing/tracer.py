# Carries one packet from component to component until it is delivered or dropped.
#
# In:  where a packet starts and its header. Out: one Trace per path. Names no kind: the components decide.
# Stops at a repeated (component, previous component, header) and after 64 hops.
"""walk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from docgen.model.component import Key
from docgen.model.forwarding import (
    Arrival,
    Context,
    Decision,
    Deliver,
    Drop,
    Forward,
    can_forward,
    can_send,
)
from docgen.model.network import Interface
from docgen.model.packet import Packet
from docgen.model.sessions import Sessions
from docgen.model.trace import Check, Disposition, Hop, Outcome, Step, Trace
from docgen.routing.listening import refused_by_host
from docgen.routing.packet_size import fitting

HOP_LIMIT = 64

Seen = tuple[tuple[Key, Key | None, Packet], ...]
"""A tuple, not a set: paths are short, and two keys differ sooner than a header is hashed."""


class Walked(tuple[Trace, Packet, tuple[str, ...], Interface | None, Arrival | None, Sessions]):
    """A trace, the header at its last hop, further codes, where it ended, how it got there, what it left behind."""

    __slots__ = ()

    @property
    def trace(self) -> Trace:
        """The hops and how they ended."""
        return self[0]

    @property
    def packet(self) -> Packet:
        """The header as the last component saw it."""
        return self[1]

    @property
    def secondary(self) -> tuple[str, ...]:
        """Further codes of a drop."""
        return self[2]

    @property
    def interface(self) -> Interface | None:
        """Where it was delivered; None outside."""
        return self[3]

    @property
    def arrival(self) -> Arrival | None:
        """How it came to where it was delivered; None where it never left its source."""
        return self[4]

    @property
    def sessions(self) -> Sessions:
        """What stateful components on this way remember of the connection."""
        return self[5]


def walk(start: Key, interface: Interface | None, packet: Packet, context: Context) -> Iterator[Walked]:
    """All paths of one packet that `start` sends out of `interface`."""
    component = context.network.get(start)
    if not can_send(component):
        yield _cannot(context, start, packet, "sends no packets of its own")
        return
    for decision, own in _ways(component.send(packet, interface, context), context):
        yield from _follow(own, start, interface, None, packet, _if_up(own, start, decision), (), (), None)


def _ways(decisions: tuple[Decision, ...], context: Context) -> Iterable[tuple[Decision, Context]]:
    """Every decision with a context of its own: what is remembered on one way is not known on another."""
    if len(decisions) < 2:
        return ((decision, context) for decision in decisions)
    return [(decision, replace(context, sessions=context.sessions.copy())) for decision in decisions]


def _follow(
    context: Context,
    at: Key,
    interface: Interface | None,
    packet_in: Packet | None,
    packet: Packet,
    decision: Decision,
    hops: tuple[Hop, ...],
    seen: Seen,
    arrival: Arrival | None,
) -> Iterator[Walked]:
    leg = context.leg
    if context.packet_size and isinstance(decision, (Forward, Deliver)):
        decision = fitting(context, at, decision)
    if isinstance(decision, Forward):
        hop = _hop(context, at, interface or decision.interface, packet_in, decision.packet, decision.steps)
        yield from _enter(context, decision, (*hops, hop), seen)
        return
    if isinstance(decision, Deliver) and packet_in is not None and context.expected is None:
        refusal = refused_by_host(context.network, at, packet)
        if refusal is not None:
            decision = Drop(steps=(*decision.steps, refusal), disposition=Disposition.REFUSED)
    if isinstance(decision, Deliver):
        hop = _hop(context, at, interface, packet_in, None, decision.steps)
        ending = Disposition.EXITS_NETWORK if decision.outside else Disposition.ACCEPTED
        trace = Trace(leg=leg, hops=(*hops, hop), disposition=ending)
        yield Walked((trace, packet, (), interface, arrival, context.sessions))
        return
    hop = _hop(context, at, interface or decision.interface, packet_in, None, decision.steps, decision.packet)
    trace = Trace(leg=leg, hops=(*hops, hop), disposition=decision.disposition)
    yield Walked((trace, packet, decision.secondary, interface, arrival, context.sessions))


def _enter(context: Context, move: Forward, hops: tuple[Hop, ...], seen: Seen) -> Iterator[Walked]:
    state = (move.next, move.arrival.previous, move.packet)
    component = context.network.get(move.next)
    interface = move.arrival.interface
    if state in seen or len(hops) >= HOP_LIMIT:
        problem = _endless(context, move, again=state in seen)
        yield from _follow(context, move.next, interface, move.packet, move.packet, problem, hops, seen, move.arrival)
        return
    if not can_forward(component):
        yield _cannot(context, move.next, move.packet, "is not modelled", hops)
        return
    states = (*seen, state)
    for decision, own in _ways(component.forward(move.packet, move.arrival, context), context):
        decision = _if_up(own, move.next, decision)
        yield from _follow(own, move.next, interface, move.packet, move.packet, decision, hops, states, move.arrival)


def _hop(
    context: Context,
    at: Key,
    interface: Interface | None,
    packet_in: Packet | None,
    packet_out: Packet | None,
    steps: tuple[Step, ...],
    packet_stopped: Packet | None = None,
) -> Hop:
    return Hop(
        component=at,
        name=context.network.name(at),
        interface=interface.id if interface else "",
        subnet=interface.subnet if interface else None,
        packet_in=packet_in,
        packet_out=packet_out,
        packet_stopped=packet_stopped,
        steps=steps,
    )


def _endless(context: Context, move: Forward, *, again: bool) -> Drop:
    name = context.network.name(move.next)
    code = getattr(context.network.get(move.next), "loop_code", "DG_LOOP_DETECTED")
    until = " until its time to live is used up" if code == "DG_L3_TTL_EXPIRED" else ""
    why = f"comes to {name} again with the same header: it goes round in a loop{until}"
    step = Step(
        check=Check.DELIVERY,
        outcome=Outcome.DROP,
        by=move.next,
        by_name=name,
        text=f"The packet {why}." if again else f"The packet has not arrived after {HOP_LIMIT} hops, at {name}.",
        code=code,
    )
    return Drop(steps=(step,), disposition=Disposition.LOOP if again else Disposition.HOP_LIMIT)


def _if_up(context: Context, at: Key, decision: Decision) -> Decision:
    """What is down passes nothing on, whatever its kind would have decided."""
    if not context.network.down or isinstance(decision, Drop) or context.network.is_up(at):
        return decision
    name = context.network.name(at)
    text = f"{name} passes nothing on: it is out of order."
    step = Step(check=Check.STATE, outcome=Outcome.DROP, by=at, by_name=name, text=text, code="BAD_STATE")
    return Drop(steps=(step,), disposition=Disposition.DROPPED)


def _cannot(context: Context, at: Key, packet: Packet, why: str, hops: tuple[Hop, ...] = ()) -> Walked:
    name = context.network.name(at)
    step = Step(
        check=Check.DELIVERY,
        outcome=Outcome.DROP,
        by=at,
        by_name=name,
        text=f"{context.network.kind_of(at).title} {name} {why}: the answer is not known.",
        code="UNSUPPORTED_COMPONENT",
    )
    hop = _hop(context, at, None, packet if hops else None, None, (step,))
    trace = Trace(leg=context.leg, hops=(*hops, hop), disposition=Disposition.INSUFFICIENT_INFO)
    return Walked((trace, packet, (), None, None, context.sessions))
