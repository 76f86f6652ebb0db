"""A Network Load Balancer whose targets stand in a peered VPC."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.routing.cases import ask, merged, network_of

BASE = yaml.safe_load("""
version: 1
title: A load balancer here and its targets in a peered VPC
region: ap-south-1
zones: [a, b]
users: {user: {address: 203.0.113.50}}
vpc_peering_connections: {pcx: {requester_vpc: near, accepter_vpc: far}}
vpcs:
  near:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets: {edge: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: edge}}
    route_tables: {edge: {0.0.0.0/0: igw, 10.1.0.0/16: pcx}}
    load_balancers: {nlb: {type: network, subnets: [edge], listeners: {443: {target_groups: [web]}}}}
    target_groups: {web: {target_type: ip, port: 8443, preserve_client_ip: true, targets: [10.1.10.10]}}
  far:
    cidr_block: 10.1.0.0/16
    subnets: {app: {cidr_block: 10.1.10.0/24, availability_zone: a, route_table: app}}
    route_tables: {app: {10.0.0.0/16: pcx}}
    security_groups: {sg-app: {ingress: [tcp 8443 from 203.0.113.0/24]}}
    instances: {app: {subnet: app, private_ip_address: 10.1.10.10, security_groups: [sg-app]}}
""")
SHOWN = "{vpcs: {near: {target_groups: {web: {preserve_client_ip: false}}}}}"
ADMITS = "{vpcs: {far: {security_groups: {sg-app: {ingress: [tcp 8443 from 10.0.0.0/16]}}}}}"
NO_WAY_BACK = "{vpcs: {far: {route_tables: {app: {10.0.0.0/16: null}}}}}"
OTHER_REGION = """{regions: {ap-south-1: {}, us-east-1: {zones: [a]}}, vpcs: {far: {region: us-east-1, zones: [a],
  subnets: {app: {availability_zone: us-east-1a}}}}}"""
KEPT = "ELBV2_SOURCE_ADDRESS_PRESERVATION"


def test_an_address_in_the_peered_vpc_is_the_instance_that_has_it() -> None:
    """So that it is unhealthy when that is down; an address that two VPCs have says nothing."""
    twin = {"vpcs": {"third": {**BASE["vpcs"]["far"], "route_tables": {"app": {}}}}}

    one = ask(network_of(BASE), "user -> nlb tcp 443", outage="app")
    two = ask(network_of(merged(BASE, twin)), "user -> nlb tcp 443", outage="far/app")

    assert ("BAD_STATE", "nlb") == (one.reason, one.component_name)
    assert ("BAD_STATE", "far/app") == (two.reason, two.component_name)


@pytest.mark.parametrize(
    ("changes", "verdict", "code", "leg"),
    [
        pytest.param([], "allowed", "", None, id="the-client's-address-is-kept"),
        pytest.param([NO_WAY_BACK], "allowed", "", None, id="its-answer-needs-no-route"),
        pytest.param([SHOWN], "blocked", "ENI_SG_RULES_MISMATCH", "forward", id="the-node's-address-is-not-admitted"),
        pytest.param([SHOWN, ADMITS], "allowed", "", None, id="the-node's-address"),
        pytest.param([SHOWN, ADMITS, NO_WAY_BACK], "blocked", "NO_ROUTE_TO_DESTINATION", "return",
                     id="the-node's-address-needs-a-route-back"),
        pytest.param([OTHER_REGION], "blocked", KEPT, "forward", id="another-region-sees-no-client"),
        pytest.param([OTHER_REGION, SHOWN, ADMITS], "allowed", "", None, id="another-region-sees-the-node"),
    ],
)  # fmt: skip
def test_targets_in_a_peered_vpc(changes: list[str], verdict: str, code: str, leg: str | None) -> None:
    """By AWS a client's address reaches targets of peered VPCs of the same Region."""
    definition: Any = BASE
    for change in changes:
        definition = merged(definition, yaml.safe_load(change))
    report = ask(network_of(definition), "user -> nlb tcp 443")
    assert (verdict, code, leg) == (report.verdict, report.reason, report.leg), report.text
