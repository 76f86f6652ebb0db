"""What a component says of itself that cannot be: one change to its kind's example, and the words for it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from docgen.kinds import all_kinds
from docgen.loader import load_text
from tests.routing.cases import merged

VIF = "virtual_interfaces: {private: {%s}}"
SITE = "cloudfront_distributions: {site: {%s}}"
ENDPOINTS = "vpcs: {shop: {vpc_endpoints: {%s}}}"
NAT = "vpcs: {shop: {nat_gateways: {nat: {%s}}}}"
BPA = {"vpc_block_public_access": {"exclusions": None}}


def faults_of(kind: str, changes: Any) -> list[str]:
    """The errors of a kind's example after a merge patch, each with its hint."""
    patch = yaml.safe_load(changes) if isinstance(changes, str) else changes
    tree = merged(yaml.safe_load(all_kinds()[kind].example), patch)
    return [f"{d.text}; {d.hint}" if d.hint else d.text for d in load_text(json.dumps(tree)).diagnostics]


@pytest.mark.parametrize(
    ("said", "kind", "changes"),
    [
        pytest.param(
            "the block of a Client VPN's clients is between /12 and /22; for example `10.200.0.0/22`",
            "client_vpn_endpoint", "vpcs: {shop: {client_vpn_endpoints: {home: {client_cidr_block: 10.0.0.0/11}}}}",
            id="more-clients-than-a-vpn-takes",
        ),
        pytest.param(
            "there is no origin 'assents' in this distribution; known: assets, api", "cloudfront_distribution",
            SITE % "default_cache_behavior: {target_origin: assents}", id="default-behavior-of-no-origin",
        ),
        pytest.param(
            "there is no origin 'apis' in this distribution; known: assets, api", "cloudfront_distribution",
            SITE % "cache_behaviors: {/api/*: {target_origin: apis}}", id="behavior-of-no-origin",
        ),
        pytest.param(
            "a distribution needs an origin; add `origins: {assets: {s3_bucket: ...}}`", "cloudfront_distribution",
            SITE % "origins: {assets: , api: }", id="distribution-without-origin",
        ),
        pytest.param(
            "a public hosted zone answers everybody and has no VPCs; remove `private_zone`", "hosted_zone",
            "hosted_zones: {inside: {private_zone: false}}", id="public-zone-of-a-vpc",
        ),
        pytest.param(
            "only Route 53 has private hosted zones; remove `provider`", "hosted_zone",
            "hosted_zones: {inside: {provider: elsewhere}}", id="private-zone-of-another-provider",
        ),
        pytest.param(
            "a function inside a VPC names its `subnets`; add `subnets: [app]`, or move it out", "lambda_function",
            "vpcs: {shop: {lambda_functions: {reports: {subnets: }}}}", id="function-in-no-subnet",
        ),
        pytest.param(
            "a NAT gateway needs `subnet`; name one, or write `availability_mode: regional`", "nat_gateway",
            NAT % "subnet:", id="zonal-nat-gateway-in-no-subnet",
        ),
        pytest.param(
            "a regional NAT gateway stands in no subnet; remove `subnet`", "nat_gateway",
            NAT % "subnet: public-a, availability_mode: regional", id="regional-nat-gateway-in-a-subnet",
        ),
        pytest.param(
            "a regional NAT gateway is public; make it zonal", "nat_gateway",
            NAT % "subnet: , availability_mode: regional, connectivity_type: private", id="regional-and-private",
        ),
        pytest.param(
            "a zonal NAT gateway has one zone; write `elastic_ip`", "nat_gateway",
            NAT % "subnet: public-a, availability_zone_addresses: {a: 198.51.100.7}", id="zonal-by-zone",
        ),
        pytest.param(
            "the MTU of a private virtual interface is 1500 or 9001; write 1500 or 9001", "virtual_interface",
            VIF % "mtu: 8500", id="mtu-of-another-type",
        ),
        pytest.param(
            "the MTU of a transit virtual interface is 1500 or 8500; write 1500 or 8500", "virtual_interface",
            "{virtual_interfaces: {private: {type: transit, virtual_private_gateway: , direct_connect_gateway: dx,"
            " mtu: 8501}}, direct_connect_gateways: {dx: {}}}",
            id="mtu-just-too-large",
        ),
        pytest.param(
            "the MTU of a public virtual interface is 1500; write 1500", "virtual_interface",
            VIF % "type: public, virtual_private_gateway: , mtu: 9001", id="mtu-of-a-public-one",
        ),
        pytest.param(
            "an endpoint leads to exactly one service; write `service: s3`, or `endpoint_service:` with the id of "
            "one of the definition",
            "vpc_endpoint", ENDPOINTS % "sqs: {endpoint_service: somebody}", id="endpoint-of-two-services",
        ),
        pytest.param(
            "an endpoint leads to exactly one service; write `service: s3`, or `endpoint_service:` with the id of "
            "one of the definition",
            "vpc_endpoint", ENDPOINTS % "sqs: {service: }", id="endpoint-of-no-service",
        ),
        pytest.param(
            "gateway endpoints lead to S3 and DynamoDB only; write `type: interface` and its `subnets`",
            "vpc_endpoint", ENDPOINTS % "sqs: {type: gateway, subnets: , security_groups: }",
            id="gateway-endpoint-of-a-queue",
        ),
    ],
)  # fmt: skip
def test_fault(said: str, kind: str, changes: str) -> None:
    """One error, which says what is wrong and what to write."""
    assert [said] == faults_of(kind, changes)


@pytest.mark.parametrize(
    ("line", "origin"), [(8, "assets"), (9, "other")], ids=["default-behavior", "one-for-a-path"]
)
def test_a_fault_points_at_its_behavior(line: int, origin: str) -> None:
    """Each behavior asks another origin, and there is only one: the line of the other is pointed at."""
    text = f"""\
version: 1
title: One origin too few
region: ap-south-1
s3_buckets: {{b: {{}}}}
cloudfront_distributions:
  site:
    origins: {{{origin}: {{s3_bucket: b}}}}
    default_cache_behavior: {{target_origin: other}}
    cache_behaviors: {{/api/*: {{target_origin: assets}}}}
"""

    assert [line] == [d.span.line for d in load_text(text).diagnostics]


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        ("10.0.0.9", "private_ip_address: 10.0.0.9"),
        ("198.51.100.5", "elastic_ip: 198.51.100.5"),
        ("198.51.100.5", "private_ip_address: 10.0.0.9, elastic_ip: 198.51.100.5"),
    ],
)
def test_an_address_of_a_regional_nat_gateway_is_pointed_at(value: str, fields: str) -> None:
    """Its addresses are written by zone."""
    patch = yaml.safe_load(NAT % f"subnet: , availability_mode: regional, {fields}")
    text = json.dumps(merged(yaml.safe_load(all_kinds()["nat_gateway"].example), patch))
    (found,) = load_text(text).diagnostics

    assert "a regional NAT gateway has addresses by zone" == found.text
    assert value in text[found.span.column - 1 : found.span.end_column - 1]


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        pytest.param(
            "client_vpn_endpoint", "vpcs: {shop: {client_vpn_endpoints: {home: {client_cidr_block: 100.64.0.0/12}}}}",
            id="as-many-clients-as-a-vpn-takes",
        ),
        pytest.param("virtual_interface", VIF % "mtu: 9001", id="jumbo-frames-on-a-private-virtual-interface"),
        pytest.param(
            "virtual_interface",
            "{virtual_interfaces: {private: {type: transit, virtual_private_gateway: , direct_connect_gateway: dx,"
            " mtu: 8500}}, direct_connect_gateways: {dx: {}}}",
            id="jumbo-frames-on-a-transit-virtual-interface",
        ),
        pytest.param("hosted_zone", "hosted_zones: {inside: {private_zone: true}}", id="private-zone-that-says-so"),
        pytest.param(
            "hosted_zone", "hosted_zones: {example.com: {provider: elsewhere, records: {www: {a: [198.51.100.7]}}, "
            "www: , api: }}",
            id="public-zone-of-another-provider",
        ),
    ],
)  # fmt: skip
def test_no_fault(kind: str, changes: str) -> None:
    """What AWS takes at the limit."""
    assert faults_of(kind, changes) == []


@pytest.mark.parametrize(("said", "number"), [([], 50), (["51 exclusions are more than the 50 that AWS takes"], 51)])
def test_fifty_exclusions_of_block_public_access(said: list[str], number: int) -> None:
    """The fiftieth is taken."""
    exclusions = {f"subnet-{n}": "allow-egress" for n in range(number)}
    tree = merged(yaml.safe_load(all_kinds()["vpc_block_public_access"].example), BPA)
    tree["vpc_block_public_access"]["exclusions"] = exclusions

    assert said == [d.text for d in load_text(json.dumps(tree)).diagnostics]
