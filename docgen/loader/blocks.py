# The tree to a flat list of blocks, one for each component that the author wrote, containers before content.
#
# In:  the tree of a definition and the kinds. Out: Blocks with their raw fields, what nesting says filled in.
# Nesting is read from the kinds (`plural`, `singular`, `contained_in`, `parent_field`); expansion is expand.py's.
"""flatten: tree to Blocks."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import replace
from ipaddress import IPv4Address

from docgen.core.data import dataclass
from docgen.core.names import did_you_mean
from docgen.loader.nodes import Entry, Mapping, Node, Scalar, Sequence, Tag, describe, quoted, text_at
from docgen.loader.patch import is_null, merge
from docgen.loader.report import MOST_COMPONENTS, Reporter
from docgen.loader.shape import shape_of
from docgen.loader.texts import check_id
from docgen.loader.zones import REGION, full_names
from docgen.model.component import Key
from docgen.model.kind import Kind

SETTINGS = frozenset({"region", "zones"})
"""Keys of the file, an account, a Region or a VPC that hold for the VPCs in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One component as written."""

    kind: Kind
    id: Scalar
    fields: dict[str, Entry]
    scope: str = ""
    group: str = ""
    zone: str = ""
    """Full name of the zone that it stands in; "" where it has none, or is not expanded yet."""
    zones: tuple[str, ...] = ()
    """Full names of its VPC's zones."""
    base: IPv4Address | None = None
    """First address of its VPC."""

    @property
    def name(self) -> str:
        """For messages: `db instance 'orders'`."""
        return subject(self.kind, self.id.text)

    @property
    def key(self) -> Key:
        """As `Component.key`."""
        return Key(self.kind.name, f"{self.scope}/{self.id.text}" if self.scope else self.id.text)


_COMMON = frozenset({"description", "group", "suppress", "title"})
"""Keys of every component, which nobody needs to be told."""


def subject(kind: Kind, name: str) -> str:
    """A component for messages: `db instance 'orders'`."""
    return f"{kind.name.replace('_', ' ')} {quoted(name)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    container: str = ""
    owner: Scalar | None = None
    scope: str = ""
    account: Scalar | None = None
    region: Scalar | None = None
    zones: Node | None = None
    full_zones: tuple[str, ...] = ()
    base: IPv4Address | None = None


class Flattener:
    """Walks the tree of one definition."""

    def __init__(self, kinds: Map[str, Kind], reporter: Reporter) -> None:
        self._kinds = kinds
        self._report = reporter
        self._templates: dict[str, Entry] = {}
        self._held: dict[str, dict[str, Kind]] = {}
        self.blocks: list[Block] = []
        self.broken: set[Key] = set()
        self.unclear: set[str] = set()
        """VPCs whose zones could not be read: what depends on them is broken, and no news."""

    def flatten(self, root: Mapping) -> None:
        """Collect every block of the file."""
        templates = root.get("templates")
        if templates and isinstance(templates.value, Mapping):
            self._templates = {e.key.text: e for e in templates.value.entries}
        elif templates:
            self._wrong(templates.value, "`templates`", "a block of VPCs")
        self._inside(root, self._settings(root, _Place()))
        self._declare_regions()

    def holds(self, container: str) -> dict[str, Kind]:
        """The keys under which a container holds components."""
        if container not in self._held:
            self._held[container] = {
                key: kind
                for kind in self._kinds.values()
                if container in kind.contained_in
                for key in (kind.plural, kind.singular)
                if key
            }
        return self._held[container]

    def _inside(self, node: Mapping, place: _Place) -> None:
        """Every component that stands directly in a container."""
        held = self.holds(place.container)
        for entry in node.entries:
            kind = held.get(entry.key.text)
            if kind is None:
                continue
            if entry.key.text == kind.singular:
                self._single(kind, entry, place)
            elif isinstance(entry.value, Mapping):
                for child in entry.value.entries:
                    self._component(kind, child.key, child.value, place)
            elif not is_null(entry.value):
                self._wrong(
                    entry.value,
                    f"`{entry.key.text}`",
                    "a block with an id for each",
                    f"for example `{entry.key.text}: {{{kind.name.replace('_', '-')}: {{}}}}`",
                )

    def _single(self, kind: Kind, entry: Entry, place: _Place) -> None:
        if isinstance(entry.value, Scalar) and entry.value.tag in (Tag.STR, Tag.INT):
            self._component(kind, entry.value, Mapping((), entry.value.span), place)
        elif isinstance(entry.value, Mapping) and kind.unnamed:
            name = "-".join([kind.singular.replace("_", "-"), *([place.owner.text] if place.owner else [])])
            self._component(kind, text_at(name, entry.key.span), entry.value, place)
        elif not is_null(entry.value):
            example = (kind.abbreviation or kind.singular.replace("_", "-")).lower().replace(" ", "-")
            self._wrong(
                entry.value,
                f"`{entry.key.text}`",
                "a block of keys" if kind.unnamed else "an id",
                "" if kind.unnamed else f"write `{kind.singular}: {example}`, or a block under `{kind.plural}`",
            )

    def _component(self, kind: Kind, key: Scalar, value: Node, place: _Place) -> None:
        known = check_id(key, kind.name.replace("_", " "), self._report)
        scope = place.scope
        if known is None:
            self.broken.add(Key(kind.name, f"{scope}/{key.text}" if scope else key.text))
            return
        if is_null(value):
            value = Mapping((), key.span)
        if not isinstance(value, Mapping):
            self._wrong(value, subject(kind, key.text), "a block of keys")
            self.broken.add(Key(kind.name, f"{scope}/{known}" if scope else known))
            return
        if "template" not in shape_of(kind.component).fields and value.get("template") and kind.name == "vpc":
            value = self._from_template(value)
        self._declare(kind, key, value, place)

    def _declare(self, kind: Kind, key: Scalar, value: Mapping, place: _Place) -> None:
        held = self.holds(kind.name)
        shape = shape_of(kind.component)
        known = set(shape.fields) | set(held) | set(shape.plurals)
        if "region" not in known and kind.name == "account":
            known |= SETTINGS
        fields = {}
        for entry in value.entries:
            name = entry.key.text
            if name in held or (name in SETTINGS and name not in shape.fields):
                if name not in known:
                    self._unknown(kind, key, entry, known)
            elif name in known or shape.short.rest:
                fields[name] = entry
            else:
                self._unknown(kind, key, entry, known)
                self.broken.add(Key(kind.name, f"{place.scope}/{key.text}" if place.scope else key.text))
        inner = self._settings(value, replace(place, container=kind.name, owner=key))
        if kind.name == "account":
            inner = replace(inner, account=key)
        if kind.name == "region":
            inner = replace(inner, region=key)
        if (
            kind.parent_field
            and place.owner is not None
            and place.container in shape.fields[kind.parent_field].metadata["refers"]
        ):
            self._place_in(kind, key, fields, place.owner)
        if kind.parent_field == "region" and kind.name != "vpc" and inner.region is not None:
            fields.setdefault("region", Entry(text_at("region", inner.region.span), inner.region))
        block = Block(
            kind=kind,
            id=key,
            fields=fields,
            scope=place.scope,
            group=key.text,
            zones=place.full_zones,
            base=place.base,
        )
        if kind.name == "vpc":
            block, inner = self._vpc(block, inner)
        self.blocks.append(block)
        if len(self.blocks) > MOST_COMPONENTS:
            self._report.refuse_more_components(key.span)
        self._inside(value, inner)

    def _place_in(self, kind: Kind, key: Scalar, fields: dict[str, Entry], owner: Scalar) -> None:
        name = kind.parent_field
        if name in fields:
            self._report.error(
                "DGY-31",
                fields[name].key.span,
                f"{subject(kind, key.text)} already stands in {name} {owner.text!r}",
                f"remove `{name}`",
            )
        fields[name] = Entry(text_at(name, key.span), text_at(owner.text, key.span))

    def _vpc(self, block: Block, inner: _Place) -> tuple[Block, _Place]:
        """A VPC with its Region and zones, and the place that it is for what stands in it."""
        own = block.fields.get("region")
        named_here = own and isinstance(own.value, Scalar) and not is_null(own.value)
        region = own.value if own and named_here and isinstance(own.value, Scalar) else inner.region
        zones = block.fields.get("zones", Entry(block.id, inner.zones) if inner.zones else None)
        before = self._report.count
        named = full_names(zones.value if zones else None, region, self._report)
        if self._report.count > before or (zones is not None and not named):
            self.unclear.add(block.id.text)
        fields = dict(block.fields)
        if region is not None:
            fields["region"] = Entry(text_at("region", region.span), region)
        if inner.account is not None:
            fields.setdefault("account", Entry(text_at("account", inner.account.span), inner.account))
        fields["zones"] = Entry(
            text_at("zones", block.id.span), Sequence(tuple(text_at(z, block.id.span) for z in named), block.id.span)
        )
        self._all_blocks(block, fields)
        base = _first_address(fields.get("cidr_block"))
        place = replace(inner, region=region, scope=block.id.text, full_zones=named, base=base)
        return replace(block, fields=fields, zones=named, base=base), place

    def _all_blocks(self, block: Block, fields: dict[str, Entry]) -> None:
        """`cidr_blocks: [primary, further...]` as the fields that it stands for."""
        entry = fields.pop("cidr_blocks", None)
        if entry is None or is_null(entry.value):
            return
        for own in ("cidr_block", "secondary_cidr_blocks"):
            if own in fields and not is_null(fields[own].value):
                self._report.error(
                    "DGY-31",
                    entry.key.span,
                    f"{block.name} gives both `{own}` and `cidr_blocks`",
                    "keep `cidr_blocks`, with the primary block first",
                )
        if not isinstance(entry.value, Sequence) or not entry.value.items:
            self._wrong(entry.value, f"`cidr_blocks` of {block.name}", "a list", "for example `[10.0.0.0/16]`")
            return
        first, *more = entry.value.items
        fields["cidr_block"] = Entry(text_at("cidr_block", entry.key.span), first)
        if more:
            rest = Sequence(tuple(more), entry.value.span)
            fields["secondary_cidr_blocks"] = Entry(text_at("secondary_cidr_blocks", entry.key.span), rest)

    def _settings(self, node: Mapping, place: _Place) -> _Place:
        region, zones = node.get("region"), node.get("zones")
        if region and isinstance(region.value, Scalar) and not is_null(region.value):
            place = replace(place, region=region.value)
        elif region and not is_null(region.value):
            self._wrong(region.value, "`region`", "the name of a Region", "for example `region: ap-south-1`")
        return replace(place, zones=zones.value) if zones and not is_null(zones.value) else place

    def _from_template(self, value: Mapping) -> Mapping:
        used = value.get("template")
        assert used is not None
        own = value.without("template")
        found = self._templates.get(used.value.text) if isinstance(used.value, Scalar) else None
        if found is None:
            name = used.value.text if isinstance(used.value, Scalar) else describe(used.value)
            self._report.error(
                "DGY-25", used.value.span, f"there is no template {quoted(name)}", did_you_mean(name, self._templates)
            )
            return own
        if not isinstance(found.value, Mapping):
            self._wrong(found.value, f"template {quoted(found.key.text)}", "a block of keys")
            return own
        merged = merge(found.value, own, self._report)
        assert isinstance(merged, Mapping)
        return Mapping(merged.without("template").entries, value.span)

    def _declare_regions(self) -> None:
        """Regions that VPCs and services name and nobody declares."""
        declared = {b.id.text for b in self.blocks if b.kind.name == "region"}
        for block in [b for b in self.blocks if b.kind.parent_field == "region"]:
            entry = block.fields.get("region")
            if entry is None or not isinstance(entry.value, Scalar) or entry.value.text in declared:
                continue
            declared.add(entry.value.text)
            self.blocks.append(Block(kind=self._kinds["region"], id=entry.value, fields={}, group=entry.value.text))
        for block in self.blocks:
            if block.kind.name == "region" and not REGION.fullmatch(block.id.text):
                self._report.error(
                    "DGY-24",
                    block.id.span,
                    f"{block.id.text!r} is not the name of a Region",
                    "for example `ap-south-1`",
                )
                self.broken.add(block.key)

    def _unknown(self, kind: Kind, key: Scalar, entry: Entry, known: set[str]) -> None:
        self._report.error(
            "DGY-13",
            entry.key.span,
            f"{subject(kind, key.text)} has no key {quoted(entry.key.text)}",
            did_you_mean(entry.key.text, known, rather=known - _COMMON - set(shape_of(kind.component).plurals)),
        )

    def _wrong(self, node: Node, where: str, wanted: str, hint: str = "") -> None:
        self._report.error("DGY-14", node.span, f"{where} wants {wanted}, found {describe(node)}", hint)


def _first_address(entry: Entry | None) -> IPv4Address | None:
    if entry is None or not isinstance(entry.value, Scalar):
        return None
    text, _, length = entry.value.text.partition("/")
    try:
        address = IPv4Address(text)
        bits = 32 - int(length)
        return IPv4Address(int(address) >> bits << bits) if 0 <= bits <= 32 else None
    except ValueError:
        return None
