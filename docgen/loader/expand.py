# The one rule of expansion, first half: what stands in a subnet with a block per zone is one per zone.
#
# In:  the blocks of a definition as written.
# Out: blocks with their zone; those per zone multiplied, their plurals dealt out. References are groups.py's.
"""expand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sized
from dataclasses import replace

from docgen.loader.blocks import Block
from docgen.loader.nodes import Entry, Node, Scalar, Sequence, describe, text_at
from docgen.loader.patch import is_null
from docgen.loader.report import MOST_COMPONENTS, Reporter
from docgen.loader.shape import shape_of
from docgen.loader.zones import full_name, letter
from docgen.model.component import Key

_ZONE = "availability_zone"


class Expander:
    """Multiplies blocks per zone."""

    def __init__(self, regions: Mapping[str, Scalar], unclear: Collection[str], reporter: Reporter) -> None:
        self._regions = regions
        """By VPC."""
        self._unclear = unclear
        """VPCs whose zones could not be read."""
        self._report = reporter
        self._zones_of: dict[Key, tuple[str, ...]] = {}
        """Zones of what is per zone, by the key that the author wrote."""
        self._zone_of: dict[Key, str] = {}
        self.broken: set[Key] = set()

    def expand(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """All blocks, in order; at most `MOST_COMPONENTS`."""
        written = tuple(blocks)
        for block in written:  # subnets first: what stands in them may be written before them
            if _ZONE in shape_of(block.kind.component).fields:
                self._note_zone(block)
        done: list[Block] = []
        for block in written:
            done.extend(self._expanded(block))
            if len(done) > MOST_COMPONENTS:
                self._report.refuse_more_components(block.id.span)
        return tuple(done)

    def _note_zone(self, block: Block) -> None:
        shape = shape_of(block.kind.component)
        many = [
            n
            for n, one in shape.plurals.items()
            if n in block.fields and shape.fields[one].metadata.get("per_zone") and not is_null(block.fields[n].value)
        ]
        own = block.fields.get(_ZONE)
        if block.scope in self._unclear:
            self.broken.add(block.key)
            self._zone_of[block.key] = ""
            return
        if many:
            if own is not None:
                self._report.error(
                    "DGY-31",
                    own.key.span,
                    f"{block.name} gives `{many[0]}`, one per zone, and one zone as well",
                    f"remove `{_ZONE}`, or write `{shape.plurals[many[0]]}`",
                )
            self._zones_of[block.key] = block.zones or self._only_zone(block)
            return
        zone = self._single_zone(block, own)
        if zone is None:
            self.broken.add(block.key)
        self._zone_of[block.key] = zone or ""

    def _single_zone(self, block: Block, own: Entry | None) -> str | None:
        if own is not None:
            return full_name(own.value, self._regions.get(block.scope), f"`{_ZONE}` of {block.name}", self._report)
        if len(block.zones) <= 1:
            zones = block.zones or self._only_zone(block)
            return zones[0] if zones else None
        letters = [letter(z) for z in block.zones]
        self._report.error(
            "DGY-22",
            block.id.span,
            f"{block.name} names no zone, and its VPC has {', '.join(letters)}",
            f"add `{_ZONE}: {letters[0]}`, or `cidr_blocks` with one block per zone",
        )
        return None

    def _only_zone(self, block: Block) -> tuple[str, ...]:
        """AWS picks a zone where nobody names one; docgen always the first."""
        region = self._regions.get(block.scope)
        if region is None:
            self._report.error(
                "DGY-24",
                block.id.span,
                f"{block.name} has no zone, because its VPC has no Region",
                "add `region: ap-south-1` at the top",
            )
            return ()
        return (region.text + "a",)

    def _expanded(self, block: Block) -> Iterator[Block]:
        shape = shape_of(block.kind.component)
        plurals = [n for n in block.fields if n in shape.plurals]
        zones = self._zones_of.get(block.key)
        if zones is None and block.kind.per_zone and block.kind.parent_field:
            parent = self._parent(block)
            zones = self._zones_of.get(parent) if parent else None
            if zones is None:
                block = replace(block, zone=self._zone_of.get(parent, "") if parent else "")
        if zones is None:
            zone = self._zone_of.get(block.key, "")
            if zone:
                block = replace(block, zone=zone, fields={**block.fields, _ZONE: _entry(_ZONE, zone, block)})
            for name in plurals if block.scope not in self._unclear else ():
                self._report.error(
                    "DGY-22",
                    block.fields[name].key.span,
                    f"`{name}` gives one value per zone, but {block.name} is not one per zone",
                    f"write `{shape.plurals[name]}`, or put it in a subnet with `cidr_blocks`",
                )
                self.broken.add(block.key)
            yield replace(block, fields={n: e for n, e in block.fields.items() if n not in plurals})
            return
        yield from self._per_zone(block, zones, plurals)

    def _parent(self, block: Block) -> Key | None:
        entry = block.fields.get(block.kind.parent_field)
        if entry is None or not isinstance(entry.value, Scalar):
            return None
        name = entry.value.text.removeprefix(f"{block.scope}/")
        kinds = shape_of(block.kind.component).fields[block.kind.parent_field].metadata["refers"]
        path = f"{block.scope}/{name}" if block.scope else name
        keys = [Key(kind, path) for kind in kinds]
        for key in keys:
            if key in self._zones_of or key in self._zone_of:
                return key
        return self._member_of(keys[0])

    def _member_of(self, key: Key) -> Key | None:
        """`app-a` is the member of `app` in zone a."""
        group, _, last = key.path.rpartition("-")
        zones = self._zones_of.get(Key(key.kind, group), ())
        zone = next((z for z in zones if letter(z) == last), None)
        if zone is None:
            return None
        self._zone_of[key] = zone
        return key

    def _per_zone(self, block: Block, zones: tuple[str, ...], plurals: list[str]) -> Iterator[Block]:
        shape = shape_of(block.kind.component)
        group = block.fields.get("group")
        if group is not None:
            self._report.error(
                "DGY-31",
                group.key.span,
                f"{block.name} is one per zone, and {block.id.text!r} is the name of all of them already",
                "remove `group`",
            )
        dealt: dict[str, tuple[Node, ...]] = {}
        for name in plurals:
            values = self._deal(block, name, zones)
            if values is not None and shape.plurals[name] in block.fields:
                self._report.error(
                    "DGY-31",
                    block.fields[name].key.span,
                    f"{block.name} gives both `{shape.plurals[name]}` and `{name}`",
                    "keep one of them",
                )
                values = None
            if values is None:
                self._break(block, zones)
            else:
                dealt[name] = values
        rest = {n: e for n, e in block.fields.items() if n not in plurals and n != _ZONE}
        for index, zone in enumerate(zones):
            fields = dict(rest)
            for name, values in dealt.items():
                if not is_null(values[index]):
                    fields[shape.plurals[name]] = Entry(block.fields[name].key, values[index])
            if _ZONE in shape.fields:
                fields[_ZONE] = _entry(_ZONE, zone, block)
            member = block.id._replace(text=f"{block.id.text}-{letter(zone)}")
            yield replace(block, id=member, group=block.id.text, zone=zone, fields=fields)

    def _deal(self, block: Block, name: str, zones: tuple[str, ...]) -> tuple[Node, ...] | None:
        node = block.fields[name].value
        letters = ", ".join(letter(z) for z in zones)
        if not isinstance(node, Sequence):
            self._report.error(
                "DGY-14",
                node.span,
                f"`{name}` of {block.name} wants a list, one value per zone ({letters}), found {describe(node)}",
            )
            return None
        if len(node.items) != len(zones):
            self._report.error(
                "DGY-22",
                node.span,
                f"`{name}` of {block.name} has {_count(node.items, 'value')} for {_count(zones, 'zone')} ({letters})",
                "give one for each zone, in their order" if block.zones else "say which: `zones: [a, b]` at the top",
            )
            return None
        return node.items

    def _break(self, block: Block, zones: tuple[str, ...]) -> None:
        self.broken.add(block.key)
        self.broken.update(Key(block.kind.name, f"{block.key.path}-{letter(z)}") for z in zones)


def _count(things: Sized, word: str) -> str:
    return f"{len(things)} {word}{'' if len(things) == 1 else 's'}"


def _entry(name: str, text: str, block: Block) -> Entry:
    return Entry(text_at(name, block.id.span), text_at(text, block.id.span))
