"""An Architecture as YAML: it loads back equal, whatever is in it."""

from __future__ import annotations

import json
from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from docgen.kinds import all_kinds
from docgen.loader import dump, load, load_text


def standing_alone(architecture):
    """What the expanded form can say: no patches, and no flows that need them."""
    flows = tuple(f for f in architecture.flows if not f.when.variant)
    return replace(architecture, slug="definition", extends="", variants=(), variant="", flows=flows)


def test_every_shipped_definition_loads_back_equal(root):
    """Expanded, and without its patches."""
    for file in sorted(root.glob("architectures/*/architecture.yaml")):
        architecture = load(file).value
        again = load_text(dump(architecture))

        assert () == again.diagnostics
        assert standing_alone(architecture) == again.value


@pytest.mark.parametrize("kind", all_kinds().values(), ids=lambda kind: kind.name)
def test_every_kinds_example_loads_back_equal(kind):
    """Nothing is lost."""
    architecture = load_text(kind.example).value

    assert standing_alone(architecture) == load_text(dump(architecture)).value


def test_expanded_form_is_as_recorded(root, golden):
    """Short where it can be, and in the order of the definition."""
    golden.check(root / "tests/loader/expanded/expanded.yaml", dump(load(root / "tests/loader/expanded").value))


def test_dumping_twice_is_dumping_once():
    """The expanded form is its own expanded form."""
    text = dump(load_text(all_kinds()["nat_gateway"].example).value)

    assert text == dump(load_text(text).value)


# -- any definition

IDS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True)
TITLES = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "), max_size=40
).map(str.strip)
HOSTS = st.integers(4, 200)
SOURCES = st.sampled_from(["0.0.0.0/0", "10.0.0.0/8", "group", "other/group"])
RULES = st.builds(
    lambda protocol, ports, source: f"{protocol}{ports if protocol in ('tcp', 'udp') else ''} from {source}",
    st.sampled_from(["tcp", "udp", "icmp", "all"]),
    st.sampled_from(["", " 443", " 80,443", " 8000-8100"]),
    SOURCES,
)


@st.composite
def vpcs(draw):
    """A VPC as plain data, in any mixture of forms."""
    zones = draw(st.sampled_from([["a"], ["a", "b"], ["c", "a", "b"]]))
    subnets = {}
    for number, name in enumerate(draw(st.lists(IDS, min_size=1, max_size=3, unique=True))):
        block = {"title": draw(TITLES), "map_public_ip_on_launch": draw(st.booleans())}
        if draw(st.booleans()):
            block["cidr_blocks"] = [f"+0.0.{16 * number + z}.0/24" for z in range(len(zones))]
        else:
            block |= {"cidr_block": f"+0.0.{16 * number}.0/24", "availability_zone": zones[0]}
        subnets[name] = block
    place = st.sampled_from(sorted(subnets))
    some = st.lists(place, min_size=1, unique=True)
    instances = {
        name: {
            "subnet": draw(place),
            "security_groups": draw(st.lists(IDS, max_size=2)),
            "serves": draw(st.lists(IDS)),
        }
        for name in draw(st.lists(IDS, max_size=3, unique=True))
    }
    groups = {
        name: {
            "ingress": draw(st.lists(RULES, max_size=3)),
            "egress": draw(st.sampled_from([[], ["all to 10.0.0.0/8"]])),
        }
        for name in draw(st.lists(IDS, max_size=2, unique=True))
    }
    numbers = draw(st.lists(st.integers(1, 32766), max_size=3, unique=True))
    return {
        "zones": zones,
        "subnets": subnets,
        "instances": instances,
        "security_groups": groups,
        "nat_gateways": {"nat": {"subnet": draw(place)}},
        "route_tables": {"out": {"0.0.0.0/0": "nat", "main": draw(st.booleans())}, "in": {"10.0.0.0/16": "local"}},
        "network_acls": {
            "acl": {"ingress": dict.fromkeys(numbers, "deny tcp 22 from 0.0.0.0/0"), "subnets": draw(some)}
        },
        "load_balancers": {"lb": {"subnets": draw(some), "listeners": {443: dict.fromkeys(instances, 8080)}}},
    }


@st.composite
def definitions(draw):
    """A whole definition as plain data."""
    blocks = {
        name: {"cidr_block": f"10.{number}.0.0/16", **draw(vpcs())}
        for number, name in enumerate(draw(st.lists(IDS, min_size=1, max_size=2, unique=True)))
    }
    users = {name: {"title": draw(TITLES)} for name in draw(st.lists(IDS, max_size=2, unique=True))}
    return {
        "version": 1,
        "title": draw(TITLES) or "Title",
        "summary": draw(TITLES),
        "region": "ap-south-1",
        "users": users,
        "vpcs": blocks,
        "flows": {"ask": {"from": "internet", "to": "lb", "port": draw(st.integers(1, 65535)), "expect": "allowed"}},
    }


@settings(max_examples=60, deadline=None)
@given(definitions())
def test_any_definition_loads_back_equal(data):
    """Expansion is done once: the expanded form stands for the same components."""
    first = load_text(json.dumps(data, ensure_ascii=False))  # JSON is YAML
    again = load_text(dump(first.value))

    assert not again.failed
    assert first.value.components == again.value.components
    assert first.value.flows == again.value.flows
