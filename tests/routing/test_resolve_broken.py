"""What is left of a network whose definition has mistakes: enough to find the rest of them in one run."""

from __future__ import annotations

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.component import Key
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
