# Names of Regions and Availability Zones: letters to full names.
#
# In:  what the author wrote under `zones` and `region`. Out: full names, in order.
"""full_names, full_name, letter."""

from __future__ import annotations

import re

from docgen.loader.nodes import Node, Scalar, Sequence, Tag, describe, quoted
from docgen.loader.report import Reporter

REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-[1-9]")
_ZONE = re.compile(rf"(?P<region>{REGION.pattern})(-[a-z]+-[1-9])?(?P<letter>[a-z])")


def letter(zone: str) -> str:
    """`ap-south-1a` to `a`: what ids of expanded components end in."""
    return zone[-1]


def full_name(node: Node, region: Scalar | None, where: str, reporter: Reporter) -> str | None:
    """One zone, written as letter or in full."""
    if not isinstance(node, Scalar) or node.tag is not Tag.STR:
        reporter.error("DGY-14", node.span, f"{where} wants a zone, found {describe(node)}", "for example `a`")
        return None
    match = _ZONE.fullmatch(node.text)
    if match and (region is None or match["region"] == region.text):
        if region is not None and node.text == region.text + match["letter"]:
            reporter.zones_in_full[node.span] = node.text
        return node.text
    if match and region is not None:
        reporter.error("DGY-22", node.span, f"the zone {node.text} is not in the Region {region.text}")
        return None
    if not re.fullmatch("[a-z]", node.text):
        reporter.error(
            "DGY-22",
            node.span,
            f"{quoted(node.text)} is not a zone",
            "a zone is a letter (`a`) or a full name (`ap-south-1a`)",
        )
        return None
    if region is None:
        reporter.error(
            "DGY-24",
            node.span,
            f"zone {quoted(node.text)}, but of which Region?",
            "add `region: ap-south-1` at the top",
        )
        return None
    return region.text + node.text


def full_names(node: Node | None, region: Scalar | None, reporter: Reporter) -> tuple[str, ...]:
    """All zones that a VPC's blocks per zone go over; () where nobody names any."""
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        hint = f"write `[{node.text}]`" if isinstance(node, Scalar) else "for example `[a, b]`"
        reporter.error("DGY-14", node.span, f"`zones` wants a list, found {describe(node)}", hint)
        return ()
    names: list[str] = []
    for item in node.items:
        name = full_name(item, region, "`zones`", reporter)
        if name in names:
            reporter.error("DGY-22", item.span, f"the zone {name} is named twice", "remove one")
        elif name:
            names.append(name)
    return tuple(names)
