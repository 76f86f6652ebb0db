# Who reaches whom, as a command line asks: names and `tier=data` to places, an outage put in force.
#
# In:  a Network and texts. Out: a Reach.
"""ask_reach, selector."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.analysis.reach import Reach, reach_between
from docgen.analysis.selectors import Chosen, UnclearSelectorError, select
from docgen.core.errors import UnknownNameError, UnreadableInputError
from docgen.model.component import Ref
from docgen.model.invariant import SELECTORS, Selector
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.routing.outages import apply_outages, outage_of, unclear_outage


def ask_reach(
    network: Network,
    to: Sequence[str],
    frm: Sequence[str],
    *,
    protocols: Sequence[str] = (),
    outage: Sequence[str] = (),
) -> Reach:
    """Everything that gets from some ends to others; no names mean all ends.

    Raises:
        UnreadableInputError: a name means nothing.
        UnknownNameError: what is down does not exist.
    """
    for name in outage:
        if outage_of(network, Ref(name)) is None:
            raise UnknownNameError("zone or component", name, unclear_outage(network, name)[1])
    state = apply_outages(network, map(Ref, outage))
    target, source = _chosen(state, to), _chosen(state, frm)
    return reach_between(
        state,
        None if target is None else target.targets(state),
        None if source is None else source.starts(state),
        protocols=[Protocol(p) for p in protocols],
    )


def _chosen(network: Network, names: Sequence[str]) -> Chosen | None:
    if not names:
        return None
    try:
        return select(network, [selector(name) for name in names])
    except UnclearSelectorError as error:
        raise UnreadableInputError(f"{error.text}; {error.hint}" if error.hint else error.text) from None


def selector(text: str) -> Selector:
    """`app`, or `vpc=shop,tier=data`."""
    terms = []
    for part in text.split(","):
        by, equals, name = part.partition("=")
        if not equals:
            by, name = "", part
        elif by not in SELECTORS:
            raise UnreadableInputError(f"{part!r}: what is meant goes by {', '.join(SELECTORS)}, not by {by!r}")
        terms.append((by, name.strip()))
    return Selector(terms=tuple(terms))
