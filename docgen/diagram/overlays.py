# What a picture shows on request beside its components: which security groups they carry.
#
# In:  a Network and icons. Out: the icons with a line of their label and a guard, around which a frame is drawn
#      (frames.py). Knows interfaces; no kind and no px.
"""overlaid."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from docgen.core.errors import UnknownNameError
from docgen.diagram.anchors import icons_of
from docgen.diagram.drawing import TextLine
from docgen.diagram.scene import SceneIcon
from docgen.diagram.text import wrap
from docgen.diagram.theme import GUARD, LABEL_WRAP, SMALL_SIZE
from docgen.model.architecture import OVERLAYS
from docgen.model.network import Network


def overlaid(network: Network, icons: tuple[SceneIcon, ...], overlays: Collection[str]) -> tuple[SceneIcon, ...]:
    """The icons with what is asked for.

    Raises:
        UnknownNameError: there is no such overlay.
    """
    for name in overlays:
        if name not in OVERLAYS:
            raise UnknownNameError("overlay", name, OVERLAYS)
    return tuple(_guarded(network, icon) for icon in icons) if overlays else icons


def _guarded(network: Network, icon: SceneIcon) -> SceneIcon:
    interfaces = network.interfaces_of(icon.component)
    own = icons_of(network, icon.component).get(icon.id) or (interfaces[0] if interfaces else None)
    if own is None or not own.groups:
        return icon
    guard = " + ".join(network.label(key) for key in own.groups)
    lines = tuple(TextLine(t, SMALL_SIZE, False, GUARD) for t in wrap(guard, LABEL_WRAP, SMALL_SIZE))
    return replace(icon, guard=guard, label=(*icon.label, *lines))
