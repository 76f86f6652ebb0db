"""Blocks to components: short forms and long forms are the same, and defaults are AWS's."""

from __future__ import annotations

from ipaddress import IPv4Address
from types import MappingProxyType
from typing import ClassVar

import pytest

from docgen.core.data import dataclass
from docgen.core.span import Span
from docgen.kinds import all_kinds
from docgen.loader import definition, load_text
from docgen.model.component import Component, Key, Ref, refers
from docgen.model.form import limited
from docgen.model.kind import Kind, Role, Scope
from docgen.model.packet import ANY_PORT, PortRange, Protocol

HEAD = """\
version: 1
title: Forms
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}}
"""


def loaded(block, top=""):
    result = load_text(HEAD + "".join(f"    {line}\n" for line in block.splitlines()) + top)
    assert not result.diagnostics
    return {c.key: c for c in result.value.components}


def same(first, second):
    return loaded(first) == loaded(second)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        pytest.param(
            "route_tables: {public: {0.0.0.0/0: igw}}",
            "route_tables: {public: {routes: [{destination_cidr_block: 0.0.0.0/0, target: igw}]}}",
            id="route",
        ),
        pytest.param(
            "route_tables: {public: {0.0.0.0/0: igw, main: true}}",
            "route_tables: {public: {main: true, routes: {0.0.0.0/0: {target: igw}}}}",
            id="routes-among-other-keys",
        ),
        pytest.param(
            "route_tables: {public: {10.0.0.0/16: local}}",
            "route_tables: {public: {routes: [{destination_cidr_block: 10.0.0.0/16}]}}",
            id="local-is-no-target",
        ),
        pytest.param(
            "security_groups: {web: {ingress: [tcp 80-90 from 10.0.0.0/8]}}",
            "security_groups: {web: {ingress: [{protocol: tcp, ports: 80-90, cidr: 10.0.0.0/8}]}}",
            id="rule",
        ),
        pytest.param(
            'security_groups: {web: {ingress: ["tcp 80, 443 from edge"]}}',
            "security_groups: {web: {ingress: [tcp 80 from edge, tcp 443 from edge]}}",
            id="rule-with-several-ports",
        ),
        pytest.param(
            "security_groups: {web: {egress: [all to 0.0.0.0/0]}}",
            "security_groups: {web: {}}",
            id="a-new-group-lets-everything-out",
        ),
        pytest.param(
            "network_acls: {data: {ingress: {100: allow udp 53 from 10.0.0.0/8}}}",
            "network_acls: {data: {ingress: [{rule_number: 100, rule_action: allow, protocol: udp, ports: 53,"
            " cidr_block: 10.0.0.0/8}]}}",
            id="acl-entry",
        ),
        pytest.param(
            "load_balancers: {edge: {subnets: [app], listeners: {443: {web: 8080}}}}",
            "load_balancers: {edge: {subnets: [app], listeners: [{port: 443,"
            " targets: [{target: web, port: 8080}]}]}}",
            id="listener",
        ),
        pytest.param(
            "load_balancers: {edge: {subnets: [app], listeners: {443: {protocol: HTTP, web: 8080}}}}",
            "load_balancers: {edge: {subnets: [app], listeners: {443: {protocol: HTTP,"
            " targets: {web: {port: 8080}}}}}}",
            id="targets-among-other-keys",
        ),
        pytest.param("internet_gateway: igw", "internet_gateways: {igw: {}}", id="the-only-gateway"),
        pytest.param(
            "instances: {web: {subnet: app}}", "instances:\n  web:\n    subnet: app", id="one-line-or-several"
        ),
    ],
)
def test_short_form_is_the_long_form(short, long):
    """The same components."""
    assert same(short, long)


def test_records_are_a_zone_s_short_form():
    """Beside the zone's own keys."""
    zones = "hosted_zones: {example.com: {provider: other, www: {a: [198.51.100.7]}, '@': {cname: x.example}}}\n"
    text = zones.replace(", '@': {cname: x.example}", "")
    zone = loaded("", text)[Key("hosted_zone", "example.com")]

    assert ("other", "www", "198.51.100.7") == (zone.provider, zone.records[0].name, zone.records[0].a[0].name)


@pytest.mark.parametrize(
    ("text", "protocol", "ports", "other"),
    [
        pytest.param("tcp 443 from 0.0.0.0/0", Protocol.TCP, PortRange(443, 443), "0.0.0.0/0", id="one-port"),
        pytest.param("udp 8000-8100 from app", Protocol.UDP, PortRange(8000, 8100), "app", id="range"),
        pytest.param("tcp from other/app", Protocol.TCP, ANY_PORT, "other/app", id="all-ports-of-a-group"),
        pytest.param("icmp from 10.0.0.0/8", Protocol.ICMP, ANY_PORT, "10.0.0.0/8", id="icmp"),
        pytest.param("all from web", Protocol.ALL, ANY_PORT, "web", id="everything-from-itself"),
        pytest.param("tcp 22 from 10-office", Protocol.TCP, PortRange(22, 22), "10-office", id="group-with-digits"),
    ],
)
def test_rule_text(text, protocol, ports, other):
    """Protocol, ports, the other end."""
    (rule,) = loaded(f"security_groups: {{web: {{ingress: [{text}]}}}}")[Key("security_group", "shop/web")].ingress

    assert (protocol, ports, other) == (rule.protocol, rule.ports, str(rule.cidr or rule.group))


def test_words_of_a_rule_have_their_places():
    """A reference inside a text points at itself."""
    groups = loaded("security_groups:\n  web: {ingress: [tcp 443 from edge]}")
    (rule,) = groups[Key("security_group", "shop/web")].ingress

    assert Span("<stdin>", 10, 36, 40) == rule.group.span


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param("true", True, id="any-address"),
        pytest.param("false", False, id="none"),
        pytest.param("198.51.100.7", IPv4Address("198.51.100.7"), id="this-address"),
    ],
)
def test_elastic_ip_is_a_switch_or_an_address(written, value):
    """Whichever is written."""
    found = loaded(f"instances: {{web: {{subnet: app, elastic_ip: {written}}}}}")

    assert value == found[Key("instance", "shop/web")].elastic_ip


def test_bits_behind_the_prefix_are_cleared_with_a_remark():
    """As AWS does, but aloud."""
    result = load_text(HEAD.replace("10.0.0.0/16", "10.0.5.0/16"))
    (remark,) = result.diagnostics

    assert ("info", "DGY-29", "write `10.0.0.0/16`") == (remark.severity, remark.code, remark.hint)
    assert "10.0.0.0/16" == str(next(c for c in result.value.components if c.kind == "vpc").cidr_block)


def test_digits_are_text_where_text_is_wanted():
    """The leading zero of an account's number survives without quotes."""
    found = load_text("version: 1\ntitle: 2026\naccounts: {main: {account_id: 012345670123}}\n")

    assert ("2026", "012345670123") == (found.value.title, found.value.components[0].account_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell(Component):
    """A kind that docgen does not have."""

    kind: ClassVar[str] = "bell"
    rung_by: tuple[Ref, ...] = refers("instance", default=())
    volume: int = limited(minimum=1, maximum=11, default=3)


def test_a_kind_of_another_package_loads_like_ours(monkeypatch):
    """The loader knows no kind by its fields: a new dataclass is enough."""
    kind = Kind(
        component=Bell,
        plural="bells",
        title="Bell",
        icon="",
        role=Role.POLICY,
        scope=Scope.VPC,
        contained_in=("vpc",),
        summary="Rings.",
        source="",
        example="",
    )
    monkeypatch.setattr(definition, "all_kinds", lambda: MappingProxyType({**all_kinds(), "bell": kind}))
    result = load_text(HEAD + "    bells: {door: {rung_by: [web], volume: 11}, back: {volume: 12}}\n")

    assert ["`volume` of bell 'back' is a number from 1 to 11, found 12"] == [d.text for d in result.diagnostics]
