"""Every kind keeps its promises: loads, answers, is documented, and nobody had to list it by hand."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import docgen.kinds
from docgen.diagram.icons import ICONS
from docgen.kinds import all_kinds
from docgen.loader import dump, load_text
from docgen.loader.docstrings import field_docs
from docgen.model.forwarding import can_forward, can_send, is_proxy
from docgen.model.kind import Kind, Role, Support
from docgen.routing import resolve
from docgen.rules import Subject, check

FOLDER = Path(docgen.kinds.__file__).parent
KINDS = list(all_kinds().values())
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)

PASSES_PACKETS = {
    Role.OUTSIDE,
    Role.ON_PREMISES,
    Role.SITE,
    Role.REGION_SERVICE,
    Role.CONNECTOR,
    Role.GATEWAY,
    Role.PRIVATE_GATEWAY,
    Role.OFFER,
    Role.SPANNING,
    Role.EGRESS,
    Role.WORKLOAD,
    Role.STORE,
}
AT_THE_EDGE = ("cloudfront_distribution", "global_service")
"""Global services that packets reach; others are asked, or only drawn."""
NEVER_STARTS = {"nat_gateway": "a NAT gateway opens no connections of its own"}
NO_HOP = ("direct_connect_connection", "direct_connect_gateway", "flow_log")
"""A line is passed inside its virtual interface; a Direct Connect gateway is drawn with services, and passed; a flow
log only writes down what others pass."""


@each_kind
def test_example_loads_and_comes_back_equal(kind: Kind) -> None:
    """The example is a whole definition with this kind in it, without an error, and survives being written out."""
    loaded = load_text(kind.example)
    assert loaded.value is not None, loaded.diagnostics
    assert not loaded.failed, loaded.diagnostics
    again = load_text(dump(loaded.value), loaded.value.slug)
    assert again.value == loaded.value
    resolved = resolve(loaded.value, all_kinds())
    assert not resolved.failed, resolved.diagnostics
    assert resolved.value is not None
    assert kind.name in {c.kind for c in resolved.value.components.values()}
    errors = [d for d in check(Subject(network=resolved.value, reports={})) if d.severity == "error"]
    assert errors == []


@each_kind
def test_packets_meet_what_they_need(kind: Kind) -> None:
    """What packets pass has `forward`; where flows may start, `send`; a proxy takes packets too."""
    component = object.__new__(kind.component)
    if kind.support is not Support.MODELLED:
        return
    assert kind.name in NO_HOP or can_forward(component) == (kind.role in PASSES_PACKETS or kind.name in AT_THE_EDGE)
    assert can_send(component) == (kind.endpoint and kind.name not in NEVER_STARTS)
    assert not is_proxy(component) or can_forward(component)
    assert not kind.route_target or can_forward(component)
    assert not kind.endpoint or can_forward(component)


def values_of(kind: Kind) -> Iterator[type]:
    """The component's class and every dataclass of values inside it."""
    waiting: list[type] = [kind.component]
    seen = set()
    while waiting:
        cls = waiting.pop()
        if cls in seen or cls.__name__ in ("Span", "Ref"):
            continue
        seen.add(cls)
        yield cls
        for hint in typing.get_type_hints(cls).values():
            waiting += [
                t for t in (hint, *typing.get_args(hint)) if isinstance(t, type) and dataclasses.is_dataclass(t)
            ]


@each_kind
def test_every_field_says_what_it_means(kind: Kind) -> None:
    """Editors show these texts, the reference pages print them."""
    for cls in values_of(kind):
        assert (cls.__doc__ or "").strip().endswith("."), cls
        described = field_docs(cls)
        bare = [f.name for f in dataclasses.fields(cls) if f.name not in described and f.name != "span"]
        assert bare == [], cls


@each_kind
def test_names_sources_and_picture(kind: Kind) -> None:
    """A page of AWS (an RFC outside it), sentences with a full stop, a plural for YAML, artwork that exists."""
    assert re.fullmatch(r"https://(docs\.aws\.amazon\.com|www\.rfc-editor\.org/rfc)/\S+", kind.source)
    assert kind.summary.endswith(".")
    assert not kind.limits or kind.limits.endswith(".")
    assert not kind.title.endswith(".")
    assert re.fullmatch(r"[a-z][a-z0-9_]*", kind.name)
    assert bool(kind.plural) == bool(kind.contained_in)
    assert not kind.icon or kind.icon in ICONS
    assert kind.icon or kind.role in (Role.POLICY, Role.CONTAINER)
    assert set(kind.contained_in) <= {"", *all_kinds()}
    if kind.parent_field:
        assert kind.parent_field in {f.name for f in dataclasses.fields(kind.component)}


def test_block_names_are_unique() -> None:
    """A key in YAML means one kind."""
    keys = [k for kind in KINDS for k in (kind.plural, kind.singular) if k]
    assert [k for k, n in Counter(keys).items() if n > 1] == []
    assert [k for k, n in Counter(kind.title for kind in KINDS).items() if n > 1] == []


def test_read_me_names_every_file() -> None:
    """And no file that is gone."""
    listed = re.findall(r"^\| ([a-z0-9_]+\.py) \|", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(p.name for p in FOLDER.glob("*.py") if p.name != "__init__.py")


def test_a_file_is_called_like_its_kind() -> None:
    """So that a reader finds it."""
    assert {kind.component.__module__.rpartition(".")[2] for kind in KINDS} == set(all_kinds())


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("route table", "route_table"),
        ("NAT gateway", "nat_gateway"),
        ("Lambda function", "lambda_function"),
        ("S3 bucket", "s3_bucket"),
        ("Site-to-Site VPN connection", "vpn_connection"),
        ("Auto Scaling group", "auto_scaling_group"),
        ("transit gateway route table", "transit_gateway_route_table"),
    ],
)
def test_titles_inside_sentences(noun: str, kind: str) -> None:
    """AWS's names keep their capitals, plain words lose theirs."""
    assert noun == all_kinds()[kind].noun
