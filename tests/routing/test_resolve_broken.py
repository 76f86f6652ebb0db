"""What is left of a network whose definition has mistakes: enough to find the rest of them in one run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.component import Key, Ref
from docgen.routing import resolve

TEXT = """\
version: 1
title: T
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {cidr_block: 10.0.1.0/24}
      lost: {cidr_block: 10.0.2.0/24, network_acl: nowhere}
    instances:
      good: {subnet: app}
      bad: {subnet: missing}
      stranded: {subnet: lost}
flows:
  f: {from: bad, to: good, port: 22}
"""


def test_only_what_a_mistake_touches_is_left_out() -> None:
    """A component with a reference to nothing goes, and so does what stands on it, without further messages."""
    loaded = load_text(TEXT, "t.yaml")
    assert loaded.value is not None
    resolved = resolve(loaded.value, all_kinds())

    assert resolved.failed
    assert [d.text for d in resolved.diagnostics] == [
        "there is no network ACL called 'nowhere'",
        "there is no subnet called 'missing'",
    ]
    network = resolved.value
    assert {Key("subnet", "shop/lost"), Key("instance", "shop/bad"), Key("instance", "shop/stranded")} == set(
        network.architecture.broken
    )
    assert set(network.interfaces) == {"good"}


@pytest.mark.parametrize(
    ("left", "what"),
    [
        pytest.param([], "instances: {web: {subnet: lost}}", id="by-its-id"),
        pytest.param([], "instances: {web: {subnet: shop/lost}}", id="by-its-path"),
        pytest.param(
            ["there is no security group called 'lost'"],
            "instances: {web: {subnet: app, security_groups: [lost]}}", id="a-thing-of-another-kind",
        ),
        pytest.param(
            ["there is no subnet called 'host'"], "instances: {web: {subnet: host}}", id="the-end-of-its-name"
        ),
    ],
)  # fmt: skip
def test_what_names_something_unreadable_is_no_second_mistake(left: list[str], what: str) -> None:
    """The loader told of the subnet; another mistake is told all the same."""
    text = f"""\
version: 1
title: T
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {{app: {{cidr_block: 10.0.1.0/24}}, lost: {{cidr_block: 10.0.2.0/99}},
      ghost: {{cidr_block: 10.0.2.0/99}}}}
    {what}
"""
    loaded = load_text(text, "t.yaml")
    assert loaded.value is not None

    assert left == [d.text for d in resolve(loaded.value, all_kinds()).diagnostics]


def test_two_components_of_one_name() -> None:
    """Who builds an architecture in Python can do what YAML cannot."""
    loaded = load_text(TEXT.replace("nowhere", "default").replace("missing", "app"), "t.yaml")
    assert loaded.value is not None
    components = loaded.value.components
    vpc, good = (next(c for c in components if c.id == name) for name in ("shop", "good"))
    twice = replace(loaded.value, components=(*components, good, replace(good, subnet=Ref("lost")), replace(vpc)))
    resolved = resolve(twice, all_kinds())

    assert "there are two components of kind instance called 'good' in 'shop'" in [
        d.text for d in resolved.diagnostics
    ]
    assert "there are two components of kind vpc called 'shop'" in [d.text for d in resolved.diagnostics]


def test_a_group_whose_members_are_left_out_is_no_second_mistake() -> None:
    """Flows that name it, or take it down, get no message of their own."""
    text = """\
version: 1
title: T
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_blocks: [10.0.1.0/24, 10.0.2.0/24]}}
    instances: {web: {subnet: app, security_groups: [missing]}}
flows:
  f: {from: web, to: internet, port: 443, when: {outage: web}}
"""
    loaded = load_text(text, "t.yaml")
    assert loaded.value is not None
    found = [d.text for d in resolve(loaded.value, all_kinds()).diagnostics]

    assert found == ["there is no security group called 'missing'"]


HABITS = """\
version: 1
title: T
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets: {app: {cidr_blocks: [10.0.1.0/24, 10.0.2.0/24]}}
    route_tables: {main: {%s}}
    security_groups: {web: {ingress: [%s]}}
    instances: {server: {subnet: app, security_groups: [%s]}}
"""


@pytest.mark.parametrize(
    ("route", "rule", "group", "hint"),
    [
        pytest.param("", "tcp 443 from internet", "web", "write `0.0.0.0/0` for everybody", id="everybody"),
        pytest.param("", "tcp 443 from self", "web", "a rule for the group's own members names the group", id="self"),
        pytest.param(
            "", "tcp 443 from app", "web",
            "that is a subnet, and a rule names its block: `10.0.1.0/24` and `10.0.2.0/24`", id="a-subnet",
        ),
        pytest.param(
            "", "tcp 443 from server", "web",
            "that is EC2 instance 'server-a', and a rule names the group that it carries", id="an-instance",
        ),
        pytest.param("", "", "internet", "known: default, web", id="not-where-groups-are-carried"),
        pytest.param(
            "10.9.0.0/16: blackhole", "", "web",
            "write it under `routes` with the target that is gone, and `state: blackhole`", id="a-blackhole",
        ),
    ],
)  # fmt: skip
def test_what_people_write_out_of_habit(route: str, rule: str, group: str, hint: str) -> None:
    """A name that means something, in a place where it cannot stand, gets what stands there instead."""
    loaded = load_text(HABITS % (route, rule, group), "t.yaml")
    assert loaded.value is not None
    assert [d.hint for d in resolve(loaded.value, all_kinds()).diagnostics if d.code == "DGR-01"] == [hint]
