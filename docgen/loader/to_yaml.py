# An Architecture back to YAML: expanded, every block flat in its VPC, defaults left out, order kept.
#
# In:  an Architecture. Out: a definition that stands alone and loads back equal. What cannot be written so is
#      left out: `extends` and variants patch the tree as it was before expansion, so they and the flows of
#      variants have no place in the expanded form.
"""dump, written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Network
from itertools import groupby
from typing import Any

import yaml

from docgen.kinds import all_kinds
from docgen.loader.scalars import compiled
from docgen.loader.shape import Field, Shape, is_value, shape_of
from docgen.model.architecture import Architecture, Expectation, Flow, View
from docgen.model.component import Component, Ref
from docgen.model.invariant import Demand, Invariant, Selector
from docgen.model.kind import Kind
from docgen.model.location import Location
from docgen.model.packet import PortRange, Protocol
from docgen.model.suppression import DesignSuppression
from docgen.model.trace import Verdict

WIDTH = 110
_AS_TEXT = (Ref, Location, IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Network)


def dump(architecture: Architecture) -> str:
    """The definition in full, as `docgen show` prints it."""
    head: dict[str, Any] = {"version": architecture.version, "title": architecture.title}
    if architecture.summary:
        head["summary"] = architecture.summary
    blocks = _blocks(architecture.components, all_kinds())
    flows = {f.id: _flow(f) for f in architecture.flows if not f.when.variant}
    invariants = {i.id: _invariant(i) for i in architecture.invariants}
    suppress = [_suppression(s) for s in architecture.suppressions]
    rest = (
        ("flows", flows),
        ("invariants", invariants),
        ("views", {v.id: _view(v) for v in architecture.views}),
        ("suppress", suppress),
        ("assumptions", dict(architecture.assumptions)),
    )
    return _yaml({**head, **blocks, **{name: held for name, held in rest if held}})


def _view(view: View) -> dict[str, Any]:
    made: dict[str, Any] = {"title": view.title, "description": view.description}
    made |= {"include": list(view.include), "exclude": list(view.exclude), "fold": list(view.fold)}
    made |= {"overlay": list(view.overlay)}
    return {key: value for key, value in made.items() if value}


def _blocks(components: Iterable[Component], kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """Every component under its kind's key, in its VPC or at the top."""
    top: dict[str, Any] = {}
    held = tuple(components)
    for component in held:
        kind = kinds[component.kind]
        block = _component(component, kind)
        if not component.scope:
            top.setdefault(kind.plural, {})[component.id] = block
    for component in held:
        if component.scope:
            vpc = top.setdefault("vpcs", {}).setdefault(component.scope, {})
            vpc.setdefault(kinds[component.kind].plural, {})[component.id] = _component(
                component, kinds[component.kind]
            )
    return top


def written(component: Component) -> dict[str, tuple[str, ...]]:
    """The keys of a component's block as they are written, each value as lines: items or entries."""
    return {name: tuple(_lines(value)) for name, value in _component(component, all_kinds()[component.kind]).items()}


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{key}: {_on_one_line(item)}" for key, item in value.items())
    elif isinstance(value, list):
        yield from map(_on_one_line, value)
    else:
        yield _on_one_line(value)


def _on_one_line(value: Any) -> str:
    if isinstance(value, str):
        return value
    dumped = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**6
    )
    return dumped.strip().removesuffix("...").strip()


def _component(component: Component, kind: Kind) -> dict[str, Any]:
    block = _fields(component, skip={"group"} if component.group == component.id else set())
    rest = shape_of(kind.component).short.rest
    if rest and isinstance(block.get(rest), dict):
        return {**{n: v for n, v in block.items() if n != rest}, **block[rest]}
    return block


def _fields(value: Any, skip: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a component or value that differ from their defaults."""
    block: dict[str, Any] = {}
    for f in shape_of(type(value)).fields.values():
        content = getattr(value, f.name)
        if f.name not in skip and (f.required or content != f.default or _written(content)):
            block[f.name] = _plain(content, f)
    return block


def _written(content: Any) -> bool:
    """Whether a list says what holds anyway: that may mean more than silence does (`egress` in an IPv6 VPC)."""
    return isinstance(content, tuple) and any(getattr(getattr(i, "span", None), "file", "") for i in content)


def _plain(content: Any, f: Field) -> Any:
    if isinstance(content, tuple) and not isinstance(content, PortRange):
        return _list(content, f)
    if content is None:
        return f.metadata.get("none")
    return _fields(content) if is_value(type(content)) else _scalar(content)


def _scalar(content: Any) -> Any:
    if isinstance(content, Enum):
        return content.value
    if isinstance(content, PortRange):
        return content.first if content.first == content.last else str(content)
    return str(content) if isinstance(content, _AS_TEXT) else content


def _list(content: tuple[Any, ...], f: Field) -> Any:
    if not content or not is_value(type(content[0])):
        return [_scalar(item) for item in content]
    shape = shape_of(type(content[0]))
    key = shape.short.key
    if key:
        fields = [_key_field(item, shape) for item in content]
        keys = [_scalar(getattr(item, name)) if name else None for item, name in zip(content, fields, strict=True)]
        entries = [_entry(item, shape, f, name) if name else None for item, name in zip(content, fields, strict=True)]
        if None not in keys and len(set(keys)) == len(keys):
            return dict(zip(keys, entries, strict=True))
        runs = [(k, [e for _, e in run]) for k, run in groupby(zip(keys, entries, strict=True), key=lambda p: p[0])]
        if None not in keys and shape.short.many and len({k for k, _ in runs}) == len(runs):
            return {k: run[0] if len(run) == 1 else run for k, run in runs}
    return [_item(item, shape, f) for item in content]


def _key_field(item: Any, shape: Shape) -> str:
    """The field that the key of this entry stands for; "" where no key can say it."""
    short = shape.short
    if not short.key_text:
        return short.key
    pattern = compiled(short.key_text)
    for name in pattern.groupindex:
        content = getattr(item, name)
        match = pattern.fullmatch(str(content)) if content is not None else None
        if match is not None and match[name] is not None:
            return name
    return ""


def _entry(item: Any, shape: Shape, f: Field, key: str) -> Any:
    """The value under the key of a block of values, in its shortest form."""
    short = shape.short
    text = _text(item, shape, f)
    if text is not None:
        return text
    block = _fields(item, skip={key})
    if short.value and set(block) <= {short.value}:
        only = shape.fields[short.value]
        return _plain(getattr(item, only.name), only)
    if short.rest and isinstance(block.get(short.rest), dict):
        return {**{n: v for n, v in block.items() if n != short.rest}, **block[short.rest]}
    return block


def _item(item: Any, shape: Shape, f: Field) -> Any:
    text = _text(item, shape, f) if not shape.short.key else None
    return _fields(item) if text is None else text


def _text(item: Any, shape: Shape, f: Field) -> str | None:
    """The one-line form, where it says everything."""
    if not shape.short.text or not hasattr(item, "text"):
        return None
    said = {*compiled(shape.short.text).groupindex, shape.short.key}
    if any(g.name not in said and getattr(item, g.name) != g.default for g in shape.fields.values()):
        return None
    text = str(item.text(f.name))
    if shape.short.key:
        return text
    match = compiled(shape.short.text).fullmatch(text)  # a prefix list's name may read like a group's
    read = {n for n, t in match.groupdict().items() if t is not None and n != "word"} if match else set()
    return text if all(getattr(item, name) is not None for name in read) else None


def _suppression(written: DesignSuppression) -> dict[str, Any]:
    block = _fields(written.suppression)
    return {**block, "for": [name for name, _ in written.names]} if written.names else block


def _invariant(invariant: Invariant) -> dict[str, Any]:
    block: dict[str, Any] = {k: v for k in ("title", "description") if (v := getattr(invariant, k))}
    if invariant.demand is Demand.SURVIVES:
        survived: dict[str, Any] = {"outage": [ref.name for ref in invariant.outage]}
        if invariant.flows:
            survived["flows"] = [ref.name for ref in invariant.flows]
        return {**block, "survives": survived}
    if invariant.demand is Demand.ISOLATED:
        return {**block, "isolated": [_selector(s) for s in invariant.source]}
    demand: dict[str, Any] = {
        "from": [_selector(s) for s in invariant.source],
        "to": [_selector(s) for s in invariant.destination],
    }
    if invariant.protocol is not None:
        demand["protocol"] = str(invariant.protocol)
    if invariant.ports:
        demand["ports"] = [_scalar(p) for p in invariant.ports]
    return {**block, str(invariant.demand): demand}


def _selector(selector: Selector) -> Any:
    return selector.terms[0][1] if not selector.terms[0][0] else dict(selector.terms)


def _flow(flow: Flow) -> dict[str, Any]:
    block: dict[str, Any] = {"title": flow.title} if flow.title else {}
    block |= {"from": flow.source.name, "to": flow.destination.name}
    if flow.protocol is not Protocol.TCP:
        block["protocol"] = flow.protocol.value
    if flow.port:
        block["port"] = flow.port
    if flow.source_port is not None:
        block["source_port"] = flow.source_port
    if flow.packet_size:
        block["packet_size"] = flow.packet_size
    if flow.family is not None:
        block["family"] = flow.family.value
    if flow.path:  # the port stands beside it; this keeps what a URL says besides
        block["to"] = _url(flow)
        block.pop("port", None)
        block.pop("protocol", None)
    if not flow.follow_calls:
        block["follow_calls"] = False
    if flow.via is not None:
        block["via"] = flow.via.name
    when: dict[str, Any] = {"outage": [ref.name for ref in flow.when.outage]} if flow.when.outage else {}
    if flow.when.cache is not None:
        when["cache"] = flow.when.cache.value
    if when:
        block["when"] = when
    if flow.expect is not None:
        block["expect"] = _expect(flow.expect)
    if flow.description:
        block["description"] = flow.description
    return block


def _url(flow: Flow) -> str:
    """The web address that a flow with a path asks for."""
    host = f"[{flow.destination}]" if ":" in flow.destination.name else flow.destination.name
    return f"http://{host}:{flow.port}{flow.path}"


def _expect(expect: Expectation) -> Any:
    if not expect.reason and expect.leg is None:
        return "allowed" if expect.verdict is Verdict.ALLOWED else {expect.verdict.value: True}
    block: dict[str, Any] = {expect.verdict.value: expect.reason or True}
    if expect.leg is not None:
        block["leg"] = expect.leg.value
    return block


class _Line(dict[str, Any]):
    """A block that is written on one line."""


class _Dumper(yaml.SafeDumper):
    """Never writes an alias: equal blocks are written out."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


_Dumper.add_representer(_Line, lambda d, data: d.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True))
_Dumper.add_representer(list, lambda d, data: d.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True))


def _styled(data: Any, indent: int) -> Any:
    """Blocks that fit on one line, marked so."""
    if not isinstance(data, dict):
        return data
    styled = {}
    for key, value in data.items():
        room = WIDTH - indent - len(str(key)) - 2
        fits = isinstance(value, dict) and len(repr(value).replace("'", "")) <= room
        styled[key] = _Line(value) if fits else _styled(value, indent + 2)
    return styled


def _yaml(data: dict[str, Any]) -> str:
    """Short blocks and lists on one line, everything else on lines of its own."""
    return yaml.dump(
        _styled(data, 0),
        Dumper=_Dumper,
        sort_keys=False,
        default_flow_style=False,
        allow_unicode=True,
        width=WIDTH + 20,
    )
