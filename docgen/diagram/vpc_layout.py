# One VPC in px: its zones side by side with tiers as rows, or below each other with tiers as columns.
"""arrange_vpc."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.diagram.alignment import Zones
from docgen.diagram.frames import framed, guarded
from docgen.diagram.placement import Placement
from docgen.diagram.scene import Place, SceneBox, SceneIcon
from docgen.diagram.vpc_columns import ZoneColumns
from docgen.diagram.vpc_rows import ZoneRows


def arrange_vpc(
    vpc: SceneBox,
    boxes: Sequence[SceneBox],
    icons: Sequence[SceneIcon],
    *,
    rows: bool = False,
    least: Zones | None = None,
) -> Placement:
    """Place a VPC, its zones and subnets and what stands in, between and on the border of them.

    Args:
        rows: Zones stand below each other, where there are some, and no band across them would cut their titles.
        least: What its zones need to stand in line with those of other VPCs.
    """
    zones = sum(1 for b in boxes if b.parent == vpc.id and b.style == "zone")
    crossed = zones > 1 and zones % 2 == 1 and any(i.parent == vpc.id and i.place is Place.SPINE for i in icons)
    grid = ZoneRows if rows and zones and not crossed else ZoneColumns
    return guarded(framed(grid(vpc, boxes, icons, least).placed(), vpc))
