# Views of a part: what is left out of a scene, and VPCs folded to one icon that counts what is in them.
#
# In:  a Scene with everything. Out: a Scene. Knows ids and boxes; no network, no px.
"""fold, only, around."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from docgen.diagram.drawing import State, TextLine
from docgen.diagram.scene import Place, Scene, SceneBox, SceneIcon, SceneLink
from docgen.diagram.theme import INK, NAME_SIZE, QUIET, SMALL_SIZE

MOST_FOLDED = 8
"""More folded VPCs than these behind a hub are left out of the view of one VPC."""
FOLDED = "folded:"
"""Before the id of a VPC: the id of the icon that stands for all that is in it."""


def fold(scene: Scene, vpcs: Collection[str]) -> Scene:
    """The scene with one icon in each of these VPCs instead of its content; its lines end at that icon."""
    parents = {b.id: b.parent for b in scene.boxes}
    homes = {i.id: _first(_chain(i.parent, parents), vpcs) for i in scene.icons}
    inside = {b.id: _first(_chain(b.parent, parents), vpcs) for b in scene.boxes}
    icons: list[SceneIcon] = []
    for icon in scene.icons:
        if not homes[icon.id]:
            icons.append(icon)
    for box in scene.boxes:
        if box.id in vpcs:
            icons.append(_summary(box, scene, homes, inside))
    moved = {id: f"{FOLDED}{home}" if home else id for id, home in homes.items()}
    moved |= {b.id: f"{FOLDED}{b.id}" if b.id in vpcs else b.id for b in scene.boxes}
    return replace(
        scene,
        boxes=tuple(b for b in scene.boxes if not inside[b.id]),
        icons=tuple(icons),
        links=_joined(replace(k, source=moved[k.source], target=moved.get(k.target, "")) for k in scene.links),
    )


def _summary(box: SceneBox, scene: Scene, homes: Mapping[str, str], inside: Mapping[str, str]) -> SceneIcon:
    subnets = sum(1 for b in scene.boxes if inside[b.id] == box.id and b.style in ("public", "private"))
    held = [i for i in scene.icons if homes[i.id] == box.id]
    label = (
        TextLine(_counted(len(held), "component"), NAME_SIZE, False, INK),
        TextLine(f"in {_counted(subnets, 'subnet')}", SMALL_SIZE, False, QUIET),
    )
    assert box.component is not None
    return SceneIcon(
        id=f"{FOLDED}{box.id}",
        parent=box.id,
        component=box.component,
        artwork="vpc",
        label=label,
        place=Place.SPINE,
        state=State.FADED if held and all(i.state is State.FADED for i in held) else State.NORMAL,
        facts=box.facts,
    )


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _joined(links: Iterable[SceneLink]) -> tuple[SceneLink, ...]:
    """Lines that have the same ends by now are one; those within one icon are gone."""
    found: dict[tuple[object, ...], SceneLink] = {}
    for link in links:
        if link.source == link.target:
            continue
        key = (link.source, link.target, link.tone)
        turned = (link.target, link.source, link.tone)
        if not link.steps and turned in found:
            known = found[turned]
            arrows = known.arrow or link.arrow
            found[turned] = replace(known, both=arrows, arrow=arrows, dashed=known.dashed and link.dashed)
        elif key in found:
            known = found[key]
            steps = tuple(dict.fromkeys((*known.steps, *link.steps)))
            found[key] = replace(
                known,
                steps=steps,
                both=known.both or link.both,
                arrow=known.arrow or link.arrow,
                dashed=known.dashed and link.dashed,
                stop=known.stop or link.stop,
            )
        else:
            found[key] = link
    return tuple(found.values())


def only(scene: Scene, include: Collection[str], exclude: Collection[str] = ()) -> Scene:
    """The scene with these boxes and icons (all where none is named) but not those.

    A box brings what is in it and what is around it. Lines stay where both of their ends do.
    """
    parents = {b.id: b.parent for b in scene.boxes}

    def shown(id: str, parent: str, also: str = "") -> bool:
        names = {id, also, *_chain(parent, parents)} - {""}
        return (not include or bool(names & set(include))) and not names & set(exclude)

    icons = tuple(i for i in scene.icons if shown(i.id, i.parent, str(i.component)))
    kept = {b.id for b in scene.boxes if shown(b.id, b.parent)}
    around = {box for id in kept for box in _chain(id, parents)}
    around |= {box for icon in icons for box in _chain(icon.parent, parents)}
    ids = {i.id for i in icons}
    ends = {"", *ids, *around}
    return replace(
        scene,
        boxes=tuple(b for b in scene.boxes if b.id in around),
        icons=icons,
        links=tuple(k for k in scene.links if k.source in ids and k.target in ends),
    )


def around(scene: Scene, box: str, steps: int = 3) -> frozenset[str]:
    """A box and the icons outside it that lines lead to, over at most so many of them."""
    parents = {b.id: b.parent for b in scene.boxes}
    reached = {i.id for i in scene.icons if box in _chain(i.parent, parents)}
    found, icons = set(reached), {i.id for i in scene.icons}
    for _ in range(steps):
        ends = {link.target for link in scene.links if link.source in reached}
        ends |= {link.source for link in scene.links if link.target in reached or link.target == box}
        reached = ends & icons - found
        if sum(1 for id in reached if id.startswith(FOLDED)) > MOST_FOLDED:
            reached = {id for id in reached if not id.startswith(FOLDED)}
        found |= reached
        reached = {id for id in reached if not id.startswith(FOLDED)}
    return frozenset({box, *found})


def _chain(box: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """A box and all boxes around it, innermost first."""
    chain: list[str] = []
    while box:
        chain.append(box)
        box = parents[box]
    return tuple(chain)


def _first(chain: Iterable[str], wanted: Collection[str]) -> str:
    return next((box for box in chain if box in wanted), "")
