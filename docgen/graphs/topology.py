# What stands where and how packets pass: a view's boxes, icons and lines as a graph.
#
# In:  a Scene of docgen.diagram. Out: a Graph.
"""topology_graph."""

from __future__ import annotations

from docgen.diagram.scene import Place, Scene, SceneBox, SceneIcon, SceneLink
from docgen.graphs.graph import Edge, Graph, Group, Look, Node, filled


def topology_graph(scene: Scene) -> Graph:
    """The boxes of a scene as groups (as nodes where nothing is in them), its icons as nodes, its lines as edges."""
    holding = {box.parent for box in scene.boxes} | {icon.parent for icon in scene.icons}
    empty = (Node(id=b.id, lines=_lines(b), group=b.parent) for b in scene.boxes if b.id not in holding)
    nodes = (*(_node(icon) for icon in scene.icons), *empty)
    groups = filled((Group(id=b.id, title=" ".join(_lines(b)), parent=b.parent) for b in scene.boxes), nodes)
    known = {node.id for node in nodes}
    return Graph(
        name=scene.view,
        title=scene.title,
        description=scene.description,
        nodes=nodes,
        edges=tuple(_edge(link) for link in scene.links if link.target in known),
        groups=groups,
        down=True,
    )


def _lines(box: SceneBox) -> tuple[str, ...]:
    return tuple(part for part in (box.title, box.subtitle) if part) or (box.style,)


def _node(icon: SceneIcon) -> Node:
    lines = tuple(line.text for line in icon.label) or (str(icon.component),)
    look = Look.OUTSIDE if icon.place is Place.OUTSIDE else Look.PLAIN
    return Node(id=icon.id, lines=lines, group=icon.parent, look=look)


def _edge(link: SceneLink) -> Edge:
    steps = ", ".join(map(str, link.steps))
    stop = f"stopped: {link.stop.code}" if link.stop else ""
    lines = tuple(line for line in (steps, link.label, stop) if line)
    return Edge(source=link.source, target=link.target, lines=lines, dashed=link.dashed or bool(stop), both=link.both)
