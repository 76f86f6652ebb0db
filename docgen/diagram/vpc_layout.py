# One VPC in px: its zones side by side with tiers as rows, or below each other with tiers as columns.
"""arrange_vpc."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.diagram.frames import framed
from docgen.diagram.placement import Placement
from docgen.diagram.scene import SceneBox, SceneIcon
from docgen.diagram.vpc_columns import ZoneColumns
from docgen.diagram.vpc_rows import ZoneRows


def arrange_vpc(
    vpc: SceneBox, boxes: Sequence[SceneBox], icons: Sequence[SceneIcon], *, rows: bool = False
) -> Placement:
    """Place a VPC, its zones and subnets and what stands in, between and on the border of them.

    Args:
        rows: Zones stand below each other. A VPC without zones has none to stand.
    """
    grid = ZoneRows if rows and any(b.parent == vpc.id and b.style == "zone" for b in boxes) else ZoneColumns
    return framed(grid(vpc, boxes, icons).placed(), vpc)
