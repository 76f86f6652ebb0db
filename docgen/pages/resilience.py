# What survives which failure, on a design's page: a row for each failure, a column for each flow.
#
# In:  a Design. Out: a table, and the failures that nothing misses; None for a design that this says nothing of.
"""resilience_view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from markupsafe import Markup

from docgen.analysis.resilience import (
    Cell,
    Effect,
    Failure,
    Level,
    Resilience,
    Row,
    failures_named,
    failures_of,
    resilience,
    working_flows,
)
from docgen.core.data import dataclass
from docgen.model.architecture import Flow
from docgen.model.invariant import Demand
from docgen.model.network import Network
from docgen.pages.build import Design
from docgen.pages.markdown import code, link, table, text
from docgen.reports.resilience_text import effect_counts

MOST_TRACES = 3000
"""Failures times flows that a page is worth; a larger design shows its zones, and `docgen check` the rest."""

_CELLS = {
    Effect.WORKS: ("allowed", "✓", "works"),
    Effect.BREAKS: ("blocked", "✕", "breaks"),
    Effect.LOST: ("unknown", "–", "lost with it"),
    Effect.UNKNOWN: ("unknown", "?", "unknown"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResilienceView:
    """The section of the page."""

    counts: str
    table: Markup
    unharmed: Markup
    """Failures that no flow notices and that have no row; "" where all have."""
    zones: tuple[tuple[str, Mapping[str, Markup]], ...]
    """Each zone, and by flow what its failure does to it."""
    zones_only: bool
    """Whether components are left out because there are too many."""


def resilience_view(
    design: Design, anchors: Mapping[str, str], reason_link: Callable[[str], Markup]
) -> ResilienceView | None:
    """The table of a design in several zones, or with an invariant that demands survival.

    Args:
        design: The design.
        anchors: Flow's id to the anchor of its section on the page.
        reason_link: A reason code as a link.
    """
    network = design.network
    zones = tuple(failures_of(network, Level.ZONE))
    demanded = tuple(_demanded(design, network))
    flows = tuple(working_flows(network)) if len(zones) > 1 or demanded else ()
    if not flows:
        return None
    components = tuple(failures_of(network, Level.COMPONENT))
    zones_only = len(flows) * (len(components) + len(zones)) > MOST_TRACES
    asked = (*zones, *demanded, *(() if zones_only else components))
    found = resilience(network, {(f.keys, f.zones): f for f in reversed(asked)}.values(), flows)
    order = {failure: place for place, failure in enumerate(asked)}
    ordered = Resilience(flows=flows, rows=tuple(sorted(found.rows, key=lambda row: order[row.failure])))
    shown = [row for row in ordered.rows if row.failure in zones or len(row.having(Effect.WORKS)) < len(flows)]
    calm = [row.failure for row in ordered.rows if row not in shown]
    header = ["While this is down", *(_flow(flow.id, flow.title, anchors) for flow in flows)]
    return ResilienceView(
        counts=effect_counts(ordered),
        table=table(header, [_line(row, reason_link) for row in shown]),
        unharmed=Markup(", ").join(code(failure.name) for failure in calm),
        zones=tuple((row.failure.name, _by_flow(flows, row, reason_link)) for row in shown if row.failure in zones),
        zones_only=zones_only,
    )


def _by_flow(flows: Sequence[Flow], row: Row, reason_link: Callable[[str], Markup]) -> Mapping[str, Markup]:
    return {flow.id: _cell(cell, reason_link) for flow, cell in zip(flows, row.cells, strict=True)}


def _demanded(design: Design, network: Network) -> Iterator[Failure]:
    """What invariants take down beside zones and components; a name of nothing is their own affair."""
    for invariant in design.architecture.invariants:
        for ref in invariant.outage if invariant.demand is Demand.SURVIVES else ():
            try:
                yield from failures_named(network, (ref.name,))
            except LookupError:
                continue


def _flow(flow_id: str, title: str, anchors: Mapping[str, str]) -> Markup:
    label = title or flow_id
    return link(label, f"#{anchors[flow_id]}") if flow_id in anchors else text(label)


def _line(row: Row, reason_link: Callable[[str], Markup]) -> list[Markup]:
    failure = row.failure
    first = Markup("{} <small>{}</small>").format(code(failure.name), text(failure.title))
    return [first, *(_cell(cell, reason_link) for cell in row.cells)]


def _cell(cell: Cell, reason_link: Callable[[str], Markup]) -> Markup:
    look, sign, words = _CELLS[cell.effect]
    shown = Markup('<span class="dg-verdict dg-{}"><i>{}</i> {}</span>').format(look, sign, words)
    if cell.effect in (Effect.WORKS, Effect.LOST) or not cell.report.reason:
        return shown
    return Markup("{} <small>{}</small>").format(shown, reason_link(cell.report.reason))
