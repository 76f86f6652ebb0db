# Which pictures a design has and what each shows.
#
# In:  a Network and the reports of its flows. Out: Scenes. One placement for all views of a network: boxes and
# icons come from the network and all of its flows, only links and emphasis differ.
"""views, is_view, folded_views, compose, known_links, touched_outside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from docgen.core.errors import UnknownNameError
from docgen.diagram.anchors import icon_of
from docgen.diagram.drawing import Drawing, State
from docgen.diagram.focus import FOLDED, around, fold, only
from docgen.diagram.links import flow_links, movements_of, moves_of, overview_links
from docgen.diagram.overlays import overlaid
from docgen.diagram.scene import Scene, SceneBox, SceneIcon, SceneLink, check_size
from docgen.diagram.steps import steps_of
from docgen.diagram.structure import Structure, count_of, structure_of
from docgen.model.architecture import Flow
from docgen.model.component import Key
from docgen.model.kind import Role
from docgen.model.network import Network
from docgen.model.trace import FlowReport, Leg, Verdict

OVERVIEW = "overview"
MOST_VPCS = 40
"""More VPCs than these are folded in the overview."""
_VPC = "vpc-"
_DECLARED = "view-"
FLOW = "flow-"
_VERDICTS = {
    Verdict.ALLOWED: "Allowed.",
    Verdict.BLOCKED: "Blocked.",
    Verdict.UNKNOWN: "Not known.",
}


def views(network: Network, reports: Mapping[str, FlowReport]) -> tuple[str, ...]:
    """Names of all views, in the order of the definition.

    The overview, `vpc-<id>` for each VPC where there are several, `view-<id>` for each that the definition
    declares, `flow-<id>` for each traced flow.
    """
    vpcs = [k.path for k in _vpcs(network)]
    apart = [f"{_VPC}{path}" for path in vpcs] if len(vpcs) > 1 else []
    declared = [f"{_DECLARED}{v.id}" for v in network.architecture.views]
    flows = [f.id for f in network.architecture.flows if f.id in reports]
    others = [id for id in reports if id not in set(flows)]
    return (OVERVIEW, *apart, *declared, *(f"{FLOW}{id}" for id in (*flows, *others)))


def folded_views(drawing: Drawing) -> dict[str, str]:
    """The view in which each VPC that is folded in a drawing is whole, by the id of its icon."""
    return {i.id: f"{_VPC}{i.component.path}" for i in drawing.icons if i.id.startswith(FOLDED)}


def is_view(name: str) -> bool:
    """Whether a view of some design may be called so."""
    return name == OVERVIEW or name.startswith((_VPC, _DECLARED, FLOW))


def compose(network: Network, view: str, reports: Mapping[str, FlowReport], overlays: Collection[str] = ()) -> Scene:
    """What one view shows.

    Args:
        network: The network to show; for a flow in an outage or a variant, the network in that state.
        view: One of `views`.
        reports: Of all flows of the design, by flow id.
        overlays: What to show beside the components, of `OVERLAYS`; a view of the author's has its own too.

    Raises:
        UnknownNameError: there is no such view, or no such overlay.
        PictureTooLargeError: it shows all that there is, and that is too much.
    """
    known = views(network, reports)
    if view not in known:
        raise UnknownNameError("view", view, known)
    flows = {f.id: f for f in network.architecture.flows}
    usual = {id: r for id, r in reports.items() if _belongs(network, flows.get(id))}
    report = reports[view.removeprefix(FLOW)] if view.startswith(FLOW) else None
    shown = {**usual, report.flow_id: report} if report else usual
    moves, outside, vpcs = moves_of(network, shown), touched_outside(network, shown), _vpcs(network)

    def made() -> Structure:
        if not view.startswith((_VPC, _DECLARED)) and len(vpcs) <= MOST_VPCS:  # it shows all that there is
            check_size(view, count_of(network, outside))
        return structure_of(network, moves, outside)

    structure = network.derived.of(("structure", network.down, network.zones_down, moves, outside), made)
    asked = {*overlays, *(o for v in network.architecture.views if view == f"{_DECLARED}{v.id}" for o in v.overlay)}
    structure = replace(structure, icons=overlaid(network, structure.icons, sorted(asked)))
    if report is None:
        plain = [r for id, r in usual.items() if not _special(flows.get(id))]
        links = overview_links(network, plain)
        scene = Scene(
            view=view,
            title=network.architecture.title,
            description=_overview_words(network),
            boxes=structure.boxes,
            icons=structure.icons,
            links=known_links(links, structure.icons, structure.boxes),
        )
        return _focused(network, scene, view)
    links = known_links(flow_links(network, report), structure.icons)
    flow = flows.get(report.flow_id)
    scene = Scene(
        view=view,
        title=(flow.title if flow else "") or report.flow_id,
        description=_flow_words(network, report),
        boxes=structure.boxes,
        icons=tuple(_faded(i, links, _wanted(network, report)) for i in structure.icons),
        links=links,
    )
    if len(vpcs) <= MOST_VPCS:
        return scene
    return fold(scene, {str(k) for k in vpcs} - _touched(scene))


def _vpcs(network: Network) -> tuple[Key, ...]:
    return tuple(c.key for c in network.components.values() if c.kind == "vpc")


def _touched(scene: Scene) -> set[str]:
    """Boxes around icons that are not faded."""
    parents = {b.id: b.parent for b in scene.boxes}
    found = set()
    for icon in scene.icons:
        box = icon.parent if icon.state is not State.FADED else ""
        while box:
            found.add(box)
            box = parents[box]
    return found


def _focused(network: Network, scene: Scene, view: str) -> Scene:
    """The overview, folded where it is large; or the part of it that another view shows."""
    vpcs = {str(k) for k in _vpcs(network)}
    if view == OVERVIEW:
        return fold(scene, vpcs) if len(vpcs) > MOST_VPCS else scene
    if view.startswith(_VPC):
        key = Key("vpc", view.removeprefix(_VPC))
        alone = fold(scene, vpcs - {str(key)})
        title = network.components[key].title or network.name(key)
        words = f"VPC {title} and what its lines lead to; other VPCs are folded."
        return replace(only(alone, around(alone, str(key))), title=title, description=words)
    declared = next(v for v in network.architecture.views if f"{_DECLARED}{v.id}" == view)
    folded = fold(scene, _named(network, declared.fold) & vpcs)
    part = only(folded, _named(network, declared.include), _named(network, declared.exclude))
    return replace(part, title=declared.title or declared.id, description=declared.description or scene.description)


def _named(network: Network, names: tuple[str, ...]) -> set[str]:
    """Ids of boxes and icons of what is called so."""
    return {
        str(key)
        for key, component in network.components.items()
        if {component.id, component.group, key.path} & set(names)
    }


def known_links(
    links: tuple[SceneLink, ...], icons: tuple[SceneIcon, ...], boxes: tuple[SceneBox, ...] = ()
) -> tuple[SceneLink, ...]:
    """Links whose ends are in the picture (a flow of another variant may name more)."""
    ids = {i.id for i in icons}
    ends = {"", *ids, *(b.id for b in boxes)}
    return tuple(link for link in links if link.source in ids and link.target in ends)


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


def touched_outside(network: Network, reports: Mapping[str, FlowReport]) -> frozenset[str]:
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
