# One picture of two states of a design: everything of both, with what was added, removed and changed marked.
#
# In:  a Network that holds both, the reports of both, and marks by component. Out: a Scene.
"""compose_changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from docgen.diagram.drawing import State, Tone
from docgen.diagram.links import moves_of, overview_links
from docgen.diagram.scene import Scene, SceneBox, SceneIcon, SceneLink
from docgen.diagram.structure import structure_of
from docgen.diagram.views import known_links, touched_outside
from docgen.model.changes import Mark
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.model.trace import FlowReport

VIEW = "changes"


def compose_changes(
    network: Network,
    before: Mapping[str, FlowReport],
    after: Mapping[str, FlowReport],
    marks: Mapping[Key, Mark],
) -> Scene:
    """The overview of both states.

    A way that flows take in one of them only is drawn as opened or closed, with the word beside it.
    """
    all_reports = {**{f"before {id}": r for id, r in before.items()}, **after}
    counts = {mark: sum(1 for m in marks.values() if m is mark) for mark in Mark}
    marks = {**_governed(network, marks), **marks}
    structure = structure_of(network, moves_of(network, all_reports), touched_outside(network, all_reports))
    links = [
        known_links(overview_links(network, reports.values()), structure.icons, structure.boxes)
        for reports in (before, after)
    ]
    told = ", ".join(f"{count} {mark}" for mark, count in counts.items() if count)
    return Scene(
        view=VIEW,
        title=f"{network.architecture.title}: what changed",
        description=f"Components: {told}." if told else "No component changed.",
        boxes=tuple(_box(b, marks) for b in structure.boxes),
        icons=tuple(_icon(i, marks) for i in structure.icons),
        links=tuple(_links(links[0], links[1], marks)),
    )


def _governed(network: Network, marks: Mapping[Key, Mark]) -> dict[Key, Mark]:
    """What has no icon of its own is seen on what it governs: subnets, and whoever carries a security group."""
    found: dict[Key, Mark] = {}
    for by_subnet in (network.subnet_route_table, network.subnet_acl):
        found.update((subnet, Mark.CHANGED) for subnet, policy in by_subnet.items() if policy in marks)
    for interface in network.interfaces.values():
        if marks.keys() & set(interface.groups or ()):
            found[interface.owner] = Mark.CHANGED
    return found


def _box(box: SceneBox, marks: Mapping[Key, Mark]) -> SceneBox:
    return replace(box, mark=marks.get(box.component)) if box.component else box


def _icon(icon: SceneIcon, marks: Mapping[Key, Mark]) -> SceneIcon:
    mark = marks.get(icon.component)
    return replace(icon, mark=mark, state=State.FADED if mark is Mark.REMOVED else icon.state)


def _links(
    before: tuple[SceneLink, ...], after: tuple[SceneLink, ...], marks: Mapping[Key, Mark]
) -> Iterator[SceneLink]:
    old, new = ({frozenset((link.source, link.target)) for link in links} for links in (before, after))
    gone = {str(key) for key, mark in marks.items() if mark is Mark.REMOVED}
    for link in after:
        ends = frozenset((link.source, link.target))
        if _of_removed(link, gone):  # joined by what the network of both holds, not by a flow of now
            yield replace(link, tone=Tone.CLOSED, dashed=True)
        elif ends in old or not link.arrow:
            yield link
        else:
            yield replace(link, tone=Tone.OPENED, label=link.label or "opened")
    for link in before:
        if frozenset((link.source, link.target)) not in new:
            yield replace(link, tone=Tone.CLOSED, dashed=True, label=link.label or "closed")


def _of_removed(link: SceneLink, gone: set[str]) -> bool:
    return any(end in gone or end.partition("@")[0] in gone for end in (link.source, link.target))
