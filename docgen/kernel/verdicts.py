# What the kernel's outcomes say of a flow: allowed, or blocked, on which leg and where.
"""Answer, Agreement, judge, compare."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from docgen.core.data import dataclass
from docgen.kernel.asking import Asked, Try
from docgen.kernel.blueprint import Outcome
from docgen.kernel.hosts import host_of
from docgen.kernel.world import Place, World
from docgen.model.trace import FlowReport, Leg, Verdict

POLICY = "DG_POLICY_DENIED"
"""What an AWS service or an endpoint refuses by who asks: a packet gets there all the same."""


class Agreement(StrEnum):
    """The kernel's answer beside the routing core's."""

    AGREES = "agrees"
    """One verdict, on one leg, and where it is blocked at one component."""
    ELSEWHERE = "elsewhere"
    """Both say blocked, at different components or on different legs."""
    DISAGREES = "disagrees"
    UP_TO_POLICY = "up to a policy"
    """The packets arrive, and what refuses is a policy, which is no packet's affair."""
    NOT_KNOWN = "not known to docgen"
    """The definition lacks a fact, or a kind is drawn only: the kernel's answer stands alone."""
    NOT_EMULATED = "cannot be emulated"
    FAILED = "failed"
    """It can be, and the network could not be built or did not answer in time: nothing is proven, and somebody should
    look."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the kernel says of one flow."""

    flow_id: str
    verdict: Verdict
    """UNKNOWN where it cannot be emulated."""
    leg: Leg | None = None
    place: Place | None = None
    """Where the first packet that did not get through ended."""
    packet: str = ""
    """That packet as it was there."""
    connections: int = 0
    packets: int = 0
    """Connections tried, those from several ports counted each."""
    reason: str = ""
    """Why it cannot be emulated."""
    notes: tuple[str, ...] = ()


def judge(world: World, asked: Asked, outcomes: Sequence[Outcome]) -> Answer:
    """The first try that fails decides; what could not be sent leaves the flow unknown, if nothing failed before."""
    flow, notes = asked.flow.id, tuple(sorted(asked.notes))
    tried = sum(bool(t.probes) for t in asked.tries)
    packets = sum(len(t.probes) for t in asked.tries)
    missing = asked.reason
    for one in asked.tries:
        if one.missing:
            missing = missing or one.missing
            continue
        for index in one.probes:
            if not outcomes[index].answered:
                return _blocked(world, asked, one, outcomes[index], missing, (tried, packets))
    if missing:
        return Answer(flow, Verdict.UNKNOWN, reason=missing, notes=notes)
    return Answer(flow, Verdict.ALLOWED, connections=tried, packets=packets, notes=notes)


def _blocked(world: World, asked: Asked, one: Try, outcome: Outcome, missing: str, counts: tuple[int, int]) -> Answer:
    flow, notes, (tried, packets) = asked.flow.id, tuple(sorted(asked.notes)), counts
    if missing:
        return Answer(flow, Verdict.UNKNOWN, reason=missing, notes=notes)
    leg, packet = Leg.FORWARD, ""
    if outcome.stranger:
        place: Place | None = _stranger(world, outcome.stranger)
    elif outcome.drops and outcome.drops[0].refusal:  # whatever becomes of the refusal: the request arrived
        place = Place(one.target.key, "refuses it itself: nothing listens on the port")
    elif outcome.drops:
        drop = outcome.drops[0]
        place = world.plan.labels[drop.label]
        leg, packet = (Leg.RETURN if drop.answer else Leg.FORWARD), drop.packet
    elif outcome.error == "refused":
        place = Place(one.target.key, "refuses it itself: nothing listens on the port")
    elif outcome.error == "unreachable":
        reporter = world.addresses.get(outcome.offender, one.origin.key)
        place = Place(reporter, "gets no answer to its ARP request")
        if one.origin.vpc is not None:
            place = Place(one.origin.vpc, "has nobody at this address", (one.origin.key,))
    elif outcome.stuck:
        leg, place = Leg.RETURN, Place(one.target.key, "gets no answer to its ARP request")
    else:
        leg, place = (Leg.RETURN if outcome.arrived else Leg.FORWARD), None
    if place is not None and place.unknown:
        return Answer(flow, Verdict.UNKNOWN, reason=place.text, notes=notes)
    if place is not None:
        also = (one.origin.key,) if one.origin.public and place.key.kind == "internet" and leg is Leg.FORWARD else ()
        place = Place(place.key, place.text, (*place.also, *one.target.behind, *also))
    return Answer(flow, Verdict.BLOCKED, leg, place, packet, tried, packets, notes=notes)


def _stranger(world: World, namespace: str) -> Place | None:
    """Who answered at the address of whom was meant."""
    for interface in world.network.interfaces.values():
        if host_of(interface) == namespace:
            return Place(interface.vpc, f"has somebody else at this address: {interface.id}", (interface.owner,))
    return None


def compare(answer: Answer, report: FlowReport) -> Agreement:
    """The kernel's answer beside the routing core's."""
    if answer.verdict is Verdict.UNKNOWN:
        return Agreement.NOT_EMULATED
    if report.verdict is Verdict.UNKNOWN:
        return Agreement.NOT_KNOWN
    if answer.verdict is Verdict.ALLOWED and report.verdict is Verdict.BLOCKED and report.reason == POLICY:
        return Agreement.UP_TO_POLICY
    if answer.verdict is not report.verdict:
        return Agreement.DISAGREES
    if answer.verdict is Verdict.ALLOWED:
        return Agreement.AGREES
    place = answer.place
    there = place is not None and report.component in (place.key, *place.also)
    return Agreement.AGREES if there and answer.leg is report.leg else Agreement.ELSEWHERE
