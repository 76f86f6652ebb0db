# Blocks to the kinds' dataclasses.
#
# In:  expanded blocks. Out: components with their zones; a block with a mistake goes to `broken` instead.
"""structure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from docgen.core.diagnostic import Note
from docgen.core.span import Span
from docgen.loader.blocks import Block
from docgen.loader.convert import Converter
from docgen.loader.groups import Placed
from docgen.loader.nodes import Node, Scalar, describe
from docgen.loader.report import Reporter
from docgen.loader.scalars import FAILED, Spot
from docgen.loader.texts import check_id
from docgen.model.component import Key


def structure(
    blocks: Iterable[Block], known_broken: Collection[Key], reporter: Reporter
) -> tuple[tuple[Placed, ...], frozenset[Key]]:
    """Convert every block, reporting all mistakes of all of them.

    Those in `known_broken` are read as well, for mistakes in what they have; what they lack is no news.
    """
    made: list[Placed] = []
    broken: set[Key] = set()
    for block in blocks:
        whole = block.key not in known_broken
        placed = _component(block, reporter, whole)
        if placed is None or not whole:
            broken.update((block.key, _group_key(block)))
        else:
            made.append(placed)
    return tuple(made), frozenset(broken)


def _component(block: Block, reporter: Reporter, whole: bool) -> Placed | None:
    converter = Converter(reporter, block.base)
    group = block.fields.get("group")
    if group is not None and not _is_group(group.value, block, reporter):
        return None
    extra = {"id": block.id.text, "scope": block.scope}
    if group is None:
        extra["group"] = block.group
    made = converter.record(block.kind.component, block.fields, block.id.span, Spot(block.name), whole=whole, **extra)
    return None if made is FAILED else Placed(made, block.zone)


def _is_group(node: Node, block: Block, reporter: Reporter) -> bool:
    if isinstance(node, Scalar):
        return check_id(node, "group", reporter) is not None
    reporter.error("DGY-14", node.span, f"`group` of {block.name} wants a name, found {describe(node)}")
    return False


def _group_key(block: Block) -> Key:
    return Key(block.kind.name, f"{block.scope}/{block.group}" if block.scope else block.group)


def refuse_duplicates(placed: Iterable[Placed], reporter: Reporter) -> tuple[Placed, ...]:
    """Each key once, the first; a second one is an error, with a note at the first."""
    first: dict[Key, Span] = {}
    kept: list[Placed] = []
    for each in placed:
        key, span = each.component.key, each.component.span
        if key not in first:
            first[key] = span
            kept.append(each)
            continue
        reporter.error(
            "DGY-20",
            span,
            f"there is another {key.kind.replace('_', ' ')} {each.component.id!r} already",
            "ids are unique per kind and VPC",
            Note(first[key], "the first one"),
        )
    return tuple(kept)
