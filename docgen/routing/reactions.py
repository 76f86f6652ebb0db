# How a design reacts to what is out of order: steps of a trace that say so, and what became of a flow's way.
#
# In:  a Network in an outage, and (`Network.intact`) the same in working order. Out: INFO steps, a sentence.
# Knows no kind: the kinds say who takes over from whom.
"""reaction, taken_over, down_code, missed, answers_without, compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from docgen.core.prefixes import Block
from docgen.model.component import Key
from docgen.model.network import Interface, Network
from docgen.model.trace import Check, FlowReport, Outcome, Step, Trace, Verdict

_MOST_NAMES = 4
_NOTHING_LEADS_THERE = frozenset(
    {
        "NO_ROUTE_TO_DESTINATION",
        "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
        "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS",
        "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
        "DG_L3_NO_ROUTE",
    }
)
"""Codes of a packet that nobody on its way knew a way for."""


def reaction(network: Network, by: Key, text: str) -> Step:
    """A step that decides nothing: what `by` does about an outage."""
    return Step(check=Check.FAILOVER, outcome=Outcome.INFO, by=by, by_name=network.name(by), text=text)


def taken_over(network: Network, block: Block, lost: Key, instead: Key | None) -> Step:
    """A route that went with who announced it, and who leads there now; `detail` is what is wrong with the former."""
    who, what = network.name(lost), network.kind_of(lost).title
    text = f"the route {block} of {who} ({what}) is withdrawn while that is out of order"
    if instead is None:
        step = reaction(network, lost, f"{text[0].upper()}{text[1:]}, and no other one leads there.")
    else:
        text = f"{network.name(instead)} ({network.kind_of(instead).title}) takes over: {text}."
        step = reaction(network, lost, text)
    return step if network.is_up(lost) else replace(step, detail=down_code(network, lost))


def down_code(network: Network, key: Key) -> str:
    """The code of a component that carries nothing since it is out of order."""
    code: str = getattr(network.get(key), "down_code", "BAD_STATE")
    return code


def missed(trace: Trace, blocker: Step) -> Step | None:
    """The withdrawn route for whose lack a packet died where nothing leads to its destination, or None."""
    if blocker.code not in _NOTHING_LEADS_THERE:
        return None
    steps = (s for hop in trace.hops for s in hop.steps)
    return next((s for s in steps if s.check is Check.FAILOVER and s.detail), None)


def answers_without(network: Network, owner: Key, left: Sequence[Interface]) -> tuple[Step, ...]:
    """What a name leads to that has lost some of its owner's interfaces; () where it has lost none."""
    if network.intact is None:
        return ()
    lost = [i for i in network.interfaces_of(owner) if i not in left]
    if not lost or not left:
        return ()
    name = network.name(owner)
    why = ", ".join(f"{i.zone} ({'down' if not network.interface_is_up(i) else 'no healthy target'})" for i in lost)
    addresses = ", ".join(str(i.public_ip or i.private_ip) for i in left)
    return (reaction(network, owner, f"{name} is left out in {why}: its name leads to {addresses} only."),)


def compared(report: FlowReport, intact: FlowReport, down: Iterable[str]) -> FlowReport:
    """A report in an outage, with a sentence on what that changed; the same report where it changed nothing.

    Args:
        report: The answer in the outage.
        intact: The answer with everything in working order.
        down: The names of what is out of order.
    """
    names = tuple(down)
    sentence = _difference(report, intact, f"{_listed(names)} {'is' if len(names) == 1 else 'are'} down")
    return replace(report, text=f"{report.text} {sentence}") if sentence else report


def _difference(report: FlowReport, intact: FlowReport, down: str) -> str:
    if report.verdict is Verdict.UNKNOWN:
        return ""
    if report.verdict is not Verdict.ALLOWED:
        if intact.verdict is Verdict.ALLOWED:
            return "With everything in order it is allowed."
        same = "for the same reason" if report.reason == intact.reason else f"by {intact.reason}"
        return f"With everything in order it is {intact.verdict} too, {same}."
    if intact.verdict is not Verdict.ALLOWED:
        return f"With everything in order it is {intact.verdict}: {intact.reason}."
    before, now = _passed(intact), _passed(report)
    lost, gained = [p for p in before if p not in now], [p for p in now if p not in before]
    if lost and gained:
        return f"While {down} it passes {_listed(gained)} instead of {_listed(lost)}."
    if lost:
        return f"While {down} it no longer passes {_listed(lost)}."
    return f"While {down} it passes {_listed(gained)} besides." if gained else ""


def _passed(report: FlowReport) -> tuple[str, ...]:
    """The names of what the requests pass, each once."""
    hops = (h for c in report.connections if c.purpose != "dns" for h in c.forward.hops)
    return tuple(dict.fromkeys(h.interface if "@" in h.interface else h.name for h in hops))


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    if len(shown) > _MOST_NAMES:
        shown[_MOST_NAMES - 1 :] = [f"{len(shown) - _MOST_NAMES + 1} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
