# The JSON Schema of definitions, for editors: made from the kinds, their type hints, docstrings and short forms.
#
# In:  the kinds. Out: a schema (draft 7, which editors' YAML support knows best). It is looser than the loader
#      where a patch may leave things out (nothing is required, null removes), and strict on keys: typos show.
"""json_schema, write_schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Network
from pathlib import Path
from typing import Any

from docgen.kinds import all_kinds
from docgen.loader.docstrings import class_doc, field_docs, one_line
from docgen.loader.document import read
from docgen.loader.nodes import Mapping as Block
from docgen.loader.nodes import Node, plain
from docgen.loader.report import Reporter
from docgen.loader.schema_flows import FLOW, INVARIANT, REASON, SELECTOR, SUPPRESSED, VARIANT, view_schema
from docgen.loader.shape import Field, alternatives, is_value, shape_of
from docgen.loader.suppressions import FOR
from docgen.loader.texts import ID, MAX_LINE, MAX_PROSE, REF
from docgen.model.assumptions import ASSUMPTIONS
from docgen.model.component import Ref
from docgen.model.kind import Kind
from docgen.model.location import MOST_CHARACTERS, Location
from docgen.model.packet import PortRange
from docgen.model.suppression import Suppression

NAME = "architecture.schema.json"
_OCTETS = r"\+?[0-9]{1,3}(\.[0-9]{1,3}){3}"
_ZONES = {
    "type": ["array", "null"],
    "items": {"type": "string", "pattern": "^([a-z]|[a-z]{2}-[a-z0-9-]+[a-z])$"},
    "description": "Availability Zones, as letters or full names, that blocks per zone are expanded over.",
    "examples": [["a", "b"]],
}
_REGION = {
    "type": ["string", "null"],
    "pattern": "^[a-z]{2,4}(-[a-z]+)+-[1-9]$",
    "description": "Region of the VPCs in this block that name none.",
    "examples": ["ap-south-1"],
}
_EXTENDS = (
    "Folder name of the design that this one grows from: its components and flows are taken over, and this file is "
    "a patch on them (an empty value removes)."
)
_VARIANTS = (
    "Named patches on this design: the usual mistakes, the what-ifs. A flow names one with `when: {variant: ...}`."
)
_PLAIN: dict[Any, dict[str, Any]] = {
    bool: {"type": "boolean"},
    str: {"type": ["string", "number"], "maxLength": MAX_LINE},
    Ref: {"type": "string", "pattern": f"^{REF}$"},
    Location: {"type": "string", "pattern": r"^\S+$", "maxLength": MOST_CHARACTERS},
    IPv4Address: {"type": "string", "pattern": f"^{_OCTETS}$"},
    IPv4Interface: {"type": "string", "pattern": f"^{_OCTETS}/[0-9]{{1,2}}$"},
    IPv4Network: {"type": "string", "pattern": f"^{_OCTETS}/[0-9]{{1,2}}$"},
    IPv6Address: {"type": "string", "pattern": "^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$"},
    IPv6Network: {"type": "string", "pattern": "^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*/[0-9]{1,3}$"},
    PortRange: {
        "anyOf": [
            {"type": "integer", "minimum": 0, "maximum": 65535},
            {"type": "string", "pattern": "^[0-9]+(-[0-9]+)?$"},
        ]
    },
}


def json_schema() -> dict[str, Any]:
    """The schema of an `architecture.yaml`."""
    return Builder(all_kinds()).root()


def write_schema(path: Path) -> None:
    """Write the schema to a file, in the one form that the repository keeps."""
    path.write_text(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


class Builder:
    """Schemas of blocks, and of the values in them."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = kinds
        self.values_used: dict[str, Any] = {}
        """Schemas of values (routes, rules) by name, each once."""

    def root(self) -> dict[str, Any]:
        """A whole definition."""
        components = self._held("")
        settings: dict[str, Any] = {
            "region": _REGION,
            "zones": _ZONES,
            "templates": _many(
                {"$ref": "#/definitions/vpc"},
                "VPCs to repeat: a VPC with `template: name` is this block with its own laid over it.",
            ),
        }
        flows = _many(
            {"$ref": "#/definitions/flow"}, "Questions that docgen answers by tracing packets, each under its id."
        )
        proven = {
            "anyOf": [
                _many({"$ref": "#/definitions/invariant"}, "Under an id each."),
                {"type": "array", "items": {"$ref": "#/definitions/invariant"}},
            ],
            "description": "What must hold for all traffic; `docgen check` proves it over every header.",
        }
        asked = {
            "flows": flows,
            "invariants": proven,
            "views": _many(view_schema(), "Pictures beside the overview, those of VPCs and those of flows."),
            "suppress": self._suppressions(),
            "assumptions": _assumptions(),
        }
        head: dict[str, Any] = {
            "version": {"const": 1, "description": "Version of this format."},
            "title": {
                "type": ["string", "number"],
                "maxLength": MAX_LINE,
                "description": "What the design shows, on one line.",
            },
            "summary": {
                "type": "string",
                "maxLength": MAX_PROSE,
                "description": "A few sentences for lists and the top of the page.",
            },
            "extends": {
                "type": ["string", "null"],
                "pattern": f"^{ID}$",
                "description": _EXTENDS,
            },
        }
        variants = _many({"$ref": "#/definitions/variant"}, _VARIANTS)
        changes = {
            "type": "object",
            "additionalProperties": False,
            "properties": {**settings, **components, **asked},
            "description": "What differs, laid over the definition; an empty value removes.",
        }
        kinds = self._definitions()
        return {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": "docgen definition",
            "description": "A design of an AWS network and the flows that it should carry or stop.",
            "type": "object",
            "required": ["version", "title"],
            "additionalProperties": False,
            "properties": {**head, **settings, **components, "variants": variants, **asked},
            "definitions": {
                **kinds,
                **dict(sorted(self.values_used.items())),
                "reason": REASON,
                "flow": FLOW,
                "invariant": INVARIANT,
                "selector": SELECTOR,
                "variant": {**VARIANT, "properties": {**VARIANT["properties"], "changes": changes}},
            },
        }

    def _suppressions(self) -> dict[str, Any]:
        """Those of the whole design: a component's, and the components that they are for."""
        one = self.block(Suppression)
        one["properties"] = {**one["properties"], FOR: SUPPRESSED}
        block = {"type": "object", "additionalProperties": {"anyOf": [{"type": ["string", "null"]}, one]}}
        return {
            "anyOf": [block, {"type": "array", "items": one}, {"type": "null"}],
            "description": "Rules whose findings are accepted, each with the reason.",
            "examples": [
                {Suppression.short.example.partition(": ")[0]: Suppression.short.example.partition(": ")[2]}
            ],
        }

    def _definitions(self) -> dict[str, Any]:
        return {kind.name: self._kind(kind) for kind in self._kinds.values() if kind.contained_in}

    def _held(self, container: str) -> dict[str, Any]:
        """The keys under which a container holds components."""
        found: dict[str, Any] = {}
        for kind in self._kinds.values():
            if container not in kind.contained_in:
                continue
            reference = {"$ref": f"#/definitions/{kind.name}"}
            found[kind.plural] = _many(reference, f"{kind.title}: blocks by id. {kind.summary}")
            if kind.unnamed:
                found[kind.singular] = {**reference, "description": f"The one {kind.title}. {kind.summary}"}
            elif kind.singular:
                found[kind.singular] = {
                    "type": ["string", "null"],
                    "pattern": f"^{ID}$",
                    "description": f"The id of the one {kind.title}. {kind.summary}",
                }
        return found

    def _kind(self, kind: Kind) -> dict[str, Any]:
        shape = shape_of(kind.component)
        made = self.block(kind.component)
        made["properties"].update(self._held(kind.name))
        if kind.name == "account":
            made["properties"].update(region=_REGION, zones=_ZONES)
        if kind.name == "region":
            made["properties"]["zones"] = _ZONES
        if kind.name == "vpc":
            made["properties"].update(
                zones=_ZONES,
                cidr_blocks={
                    "type": ["array", "null"],
                    "items": {"$ref": "#/definitions/vpc/properties/cidr_block"},
                    "description": "All IPv4 blocks, the primary one first, instead of `cidr_block`.",
                },
                template={
                    "type": "string",
                    "description": "Name of a block under `templates` that this VPC starts from.",
                },
            )
        made["description"] = f"{class_doc(kind.component)}\n\n{kind.summary}\n\n{kind.source}"
        made["examples"] = list(_example_blocks(kind))
        if not shape.short.rest and not self._held(kind.name):
            made["type"] = ["object", "null"]
        return made

    def block(self, cls: type[Any]) -> dict[str, Any]:
        """A block with the fields of a kind or value, and the entries that its short form takes."""
        docs, shape = field_docs(cls), shape_of(cls)
        properties = {f.name: self._field(f, docs.get(f.name, "")) for f in shape.fields.values()}
        for many, one in shape.plurals.items():
            if "availability_zone" in shape.fields or any(
                k.component is cls and k.per_zone for k in self._kinds.values()
            ):
                item = self._field(shape.fields[one], "")
                properties[many] = {
                    "type": ["array", "null"],
                    "items": item,
                    "description": f"`{one}` for each zone, in the order of the zones.",
                }
        others: Any = False
        if shape.short.rest:
            others = self._entry(shape.fields[shape.short.rest])
        return {"type": ["object", "null"], "additionalProperties": others, "properties": properties}

    def _field(self, f: Field, doc: str) -> dict[str, Any]:
        made = self._values(f) if f.is_list else self._union(f.hint, f)
        if f.name == "description" or f.metadata.get("prose"):
            made = {"type": "string", "maxLength": MAX_PROSE}
        made = _nullable(made)
        doc = doc or _default_doc(f)
        if doc:
            made["description"] = doc
        example = f.metadata.get("example")
        if example:
            made["examples"] = [example]
        return made

    def _union(self, hint: Any, f: Field) -> dict[str, Any]:
        options = [self._type(o, f) for o in alternatives(hint) if o is not type(None)]
        return options[0] if len(options) == 1 else {"anyOf": options}

    def _type(self, hint: Any, f: Field) -> dict[str, Any]:
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            docs = _member_docs(hint)
            return {"enum": [m.value for m in hint], **docs}
        if hint is int:
            limits = {k: v for k, v in f.metadata.items() if k in ("minimum", "maximum")}
            return {"type": "integer", "minimum": 0, **limits}
        if is_value(hint):
            return self._value(hint)
        made = dict(_PLAIN[hint])
        if f.metadata.get("choices") and hint is str:
            return {"enum": [c for c in f.metadata["choices"] if c]}
        if f.metadata.get("pattern") and hint is str:
            made = {"type": "string", "pattern": f"^({f.metadata['pattern']})$"}
        return made

    def _value(self, cls: type[Any]) -> dict[str, Any]:
        """A value that has fields of its own."""
        name = re.sub("(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
        if name not in self.values_used:
            self.values_used[name] = {}  # a value may hold values
            self.values_used[name] = {**self.block(cls), "description": class_doc(cls)}
        return {"$ref": f"#/definitions/{name}"}

    def _values(self, f: Field) -> dict[str, Any]:
        """A list, in every form that the loader takes."""
        item = f.item
        if not is_value(item):
            return {"type": "array", "items": self._union(item, f)}
        short = shape_of(item).short
        one: dict[str, Any] = self._value(item)
        if short.text and not short.key:
            one = {"anyOf": [_text_form(item, f), one]}
        listed = {"type": "array", "items": one}
        if not short.key:
            return listed
        return {"anyOf": [{"type": "object", "additionalProperties": self._entry(f)}, listed]}

    def _entry(self, f: Field) -> dict[str, Any]:
        """The value under a key of a block of values."""
        item = f.item
        shape = shape_of(item)
        forms = [self._value(item)]
        if shape.short.value:
            inner = shape.fields[shape.short.value]
            forms.insert(0, self._union(inner.hint, inner))
        if shape.short.text:
            forms.insert(0, _text_form(item, f))
        if shape.short.many:
            forms.append({"type": "array", "items": self._value(item)})
        made = forms[0] if len(forms) == 1 else {"anyOf": forms}
        return _nullable(made) if "$ref" not in made else made


def _assumptions() -> dict[str, Any]:
    """The choices that an author can make otherwise, with their values."""
    choices = {
        a.id: {
            "enum": [*a.values, None],
            "description": f"{a.statement} Default: `{a.default}`.",
            "default": a.default,
        }
        for a in ASSUMPTIONS.values()
        if a.values
    }
    return {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": choices,
        "description": "Where AWS does not say how it behaves, what to assume; `docgen explain` lists them.",
    }


def _default_doc(f: Field) -> str:
    """What the type says of a field that has no docstring."""
    kinds = f.metadata.get("refers")
    if kinds:
        names = " or ".join(k.replace("_", " ").lstrip("*") for k in kinds)
        return f"Ids of components: {names}." if f.is_list else f"Id of a component: {names}."
    return class_doc(f.item) if f.is_list and is_value(f.item) else ""


def _text_form(item: Any, f: Field) -> dict[str, Any]:
    short = shape_of(item).short
    example = short.example.partition(": ")[2] or short.example
    word = f.metadata.get("word", "from")
    plain_text = re.sub(r"\(\?P<\w+>", "(", short.text)
    ruled = rf"\S.*\s{word}\s+\S+"
    number = short.example.isdecimal()  # YAML makes a number of it
    return {
        "type": ["string", "integer"] if number else "string",
        "pattern": rf"^\s*{ruled if '<word>' in short.text else plain_text}\s*$",
        "description": class_doc(item),
        "examples": [example.replace(" from ", f" {word} ")],
    }


def _many(reference: dict[str, Any], description: str) -> dict[str, Any]:
    return {
        "type": ["object", "null"],
        "propertyNames": {"pattern": f"^{ID}$", "maxLength": 64},
        "additionalProperties": reference,
        "description": description,
    }


def _nullable(made: dict[str, Any]) -> dict[str, Any]:
    """The same, or null: in a patch an empty value removes."""
    kind = made.get("type")
    if isinstance(kind, str):
        return {**made, "type": [kind, "null"]}
    if isinstance(kind, list):
        return made if "null" in kind else {**made, "type": [*kind, "null"]}
    if "enum" in made:
        return {**made, "enum": [*made["enum"], None]}
    if "$ref" in made:
        return {**{k: v for k, v in made.items() if k != "$ref"}, "anyOf": [{"$ref": made["$ref"]}, {"type": "null"}]}
    return {**made, "anyOf": [*made["anyOf"], {"type": "null"}]}


def _member_docs(kind: type[StrEnum]) -> dict[str, Any]:
    doc = one_line(kind.__doc__ or "")
    return {"description": doc} if doc else {}


def _example_blocks(kind: Kind) -> Iterable[Any]:
    """The blocks of this kind in its own example."""
    node, _ = read(kind.example, kind.name, Reporter())
    return _found(node, kind) if node is not None else ()


def _found(node: Node, kind: Kind) -> Iterable[Any]:
    if not isinstance(node, Block):
        return
    for entry in node.entries:
        if entry.key.text == kind.plural and isinstance(entry.value, Block):
            yield from (plain(e.value) for e in entry.value.entries[:1])
        else:
            yield from _found(entry.value, kind)
