# Which pictures a design has and what each shows.
#
# In:  a Network and the reports of its flows. Out: Scenes. One placement for all views of a network: boxes and
# icons come from the network and all of its flows, only links and emphasis differ.
"""views, compose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from docgen.core.errors import UnknownNameError
from docgen.diagram.anchors import icon_of
from docgen.diagram.drawing import State
from docgen.diagram.links import flow_links, movements_of, moves_of, overview_links
from docgen.diagram.scene import Scene, SceneIcon, SceneLink
from docgen.diagram.steps import steps_of
from docgen.diagram.structure import structure_of
from docgen.model.architecture import Flow
from docgen.model.kind import Role
from docgen.model.network import Network
from docgen.model.trace import FlowReport, Leg, Verdict

OVERVIEW = "overview"
_FLOW = "flow-"
_VERDICTS = {
    Verdict.ALLOWED: "Allowed.",
    Verdict.BLOCKED: "Blocked.",
    Verdict.UNKNOWN: "Not known.",
}


def views(network: Network, reports: Mapping[str, FlowReport]) -> tuple[str, ...]:
    """Names of all views: the overview, then one for each traced flow in the order of the definition."""
    flows = [f.id for f in network.architecture.flows if f.id in reports]
    others = [id for id in reports if id not in set(flows)]
    return (OVERVIEW, *(f"{_FLOW}{id}" for id in (*flows, *others)))


def compose(network: Network, view: str, reports: Mapping[str, FlowReport]) -> Scene:
    """What one view shows.

    Args:
        network: The network to show; for a flow in an outage or a variant, the network in that state.
        view: `overview` or `flow-<id>`.
        reports: Of all flows of the design, by flow id.

    Raises:
        UnknownNameError: there is no such view.
    """
    known = views(network, reports)
    if view not in known:
        raise UnknownNameError("view", view, known)
    flows = {f.id: f for f in network.architecture.flows}
    usual = {id: r for id, r in reports.items() if _belongs(network, flows.get(id))}
    report = reports[view.removeprefix(_FLOW)] if view != OVERVIEW else None
    shown = {**usual, report.flow_id: report} if report else usual
    structure = structure_of(network, moves_of(network, shown), _outside(network, shown))
    if report is None:
        plain = [r for id, r in usual.items() if not _special(flows.get(id))]
        links = overview_links(network, plain)
        return Scene(
            view=view,
            title=network.architecture.title,
            description=_overview_words(network),
            boxes=structure.boxes,
            icons=structure.icons,
            links=_known(links, structure.icons),
        )
    links = _known(flow_links(network, report), structure.icons)
    flow = flows.get(report.flow_id)
    return Scene(
        view=view,
        title=(flow.title if flow else "") or report.flow_id,
        description=_flow_words(network, report),
        boxes=structure.boxes,
        icons=tuple(_faded(i, links, _wanted(network, report)) for i in structure.icons),
        links=links,
    )


def _known(links: tuple[SceneLink, ...], icons: tuple[SceneIcon, ...]) -> tuple[SceneLink, ...]:
    """Links whose ends are in the picture (a flow of another variant may name more)."""
    ids = {i.id for i in icons}
    return tuple(link for link in links if link.source in ids and (link.target in ids or not link.target))


def _belongs(network: Network, flow: Flow | None) -> bool:
    """Whether a flow was traced on this very network: the same variant."""
    return flow is None or flow.when.variant == network.architecture.variant


def _special(flow: Flow | None) -> bool:
    """Whether a flow shows an outage, which the overview does not."""
    return flow is not None and bool(flow.when.outage)


def _wanted(network: Network, report: FlowReport) -> frozenset[str]:
    """Icons that the flow is meant to reach, also where it does not."""
    own = [c for c in report.connections if c.purpose == "" and c.destination]
    ends = (icon_of(network, c.destination, c.forward.hops[-1].interface) for c in own)
    return frozenset(end for end in ends if end)


def _faded(icon: SceneIcon, links: tuple[SceneLink, ...], wanted: frozenset[str]) -> SceneIcon:
    on_path = icon.id in wanted or any(icon.id in (link.source, link.target) for link in links)
    return icon if on_path or icon.state is State.DOWN else replace(icon, state=State.FADED)


def _outside(network: Network, reports: Mapping[str, FlowReport]) -> frozenset[str]:
    """Icons outside the cloud that a flow touches; the internet where a gateway leads to nothing else."""
    touched = {
        end
        for report in reports.values()
        for move in movements_of(network, report)
        for end in (move.source, move.target)
        if end
    }
    outside = [str(k) for k in network.components if network.role_of(k) is Role.OUTSIDE]
    named = [id for id in outside if id in touched or not id.startswith("internet:")]
    has_gateway = any(network.role_of(k) is Role.GATEWAY for k in network.components)
    if not named and has_gateway:
        named = [id for id in outside if id.startswith("internet:")]
    return frozenset({*named, *touched, *_foreign(network)})


def _foreign(network: Network) -> set[str]:
    return {str(k) for k, c in network.components.items() if getattr(c, "provider", "route53") != "route53"}


# -- words -----------------------------------------------------------------------------------------
def _overview_words(network: Network) -> str:
    counts: dict[str, int] = {}
    for key in network.components:
        kind = network.kind_of(key)
        if kind.role not in (Role.POLICY, Role.CONTAINER, Role.OUTSIDE, Role.ON_PREMISES, Role.SITE):
            counts[kind.title] = counts.get(kind.title, 0) + 1
    parts = [f"{count} x {title}" for title, count in counts.items()]
    summary = " ".join(network.architecture.summary.split())
    return " ".join(p for p in (summary, f"Shows {', '.join(parts)}." if parts else "") if p)


def _flow_words(network: Network, report: FlowReport) -> str:
    said: dict[int, str] = {}
    for step in steps_of(network, report):
        if step.leg is Leg.FORWARD:
            said.setdefault(step.number, f"{step.number}. {step.sentence}")
    return " ".join([_VERDICTS[report.verdict], *said.values(), report.text])
