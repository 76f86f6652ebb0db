# ruff: noqa: E501 - one case, one line or two
"""AWS PrivateLink from both ends: a consumer's endpoint, the provider's service, its load balancer and targets."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from docgen.model.trace import FlowReport
from tests.routing.cases import ask, merged, network_of

BASE = yaml.safe_load("""
version: 1
title: A provider and a consumer with the same block
region: ap-south-1
zones: [a, b]
vpcs:
  provider:
    cidr_block: 10.0.0.0/16
    subnets:
      edge: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24]}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    security_groups:
      sg-edge: {ingress: [tcp 443 from 10.0.10.0/23]}
      sg-app: {ingress: [tcp 8443 from 10.0.0.0/23]}
    load_balancers:
      nlb: {type: network, scheme: internal, subnets: [edge], security_groups: [sg-edge], listeners: {443: {app: 8443}}}
    vpc_endpoint_services: {svc: {network_load_balancers: [nlb]}}
    instances: {app: {subnet: app, security_groups: [sg-app]}}
  consumer:
    cidr_block: 10.0.0.0/16
    subnets:
      web: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
    security_groups:
      sg-web: {}
      sg-ep: {ingress: [tcp 443 from sg-web]}
    vpc_endpoints: {ep: {endpoint_service: svc, subnets: [web], security_groups: [sg-ep]}}
    instances: {web: {subnet: web-a, private_ip_address: 10.0.10.50, security_groups: [sg-web]}}
""")
SG = "ENI_SG_RULES_MISMATCH"


IN_TWO_REGIONS = {
    "version": 1,
    "title": "A provider in one Region, a consumer in another",
    "zones": ["a", "b"],
    "regions": {"ap-south-1": {"vpcs": {"provider": BASE["vpcs"]["provider"]}},
                "eu-west-1": {"vpcs": {"consumer": BASE["vpcs"]["consumer"]}}},
}  # fmt: skip


def report_of(changes: str, ends: str = "web -> ep tcp 443", **more: Any) -> FlowReport:
    return ask(network_of(merged(BASE, yaml.safe_load(changes) or {})), ends, **more)


def provider(changes: str) -> str:
    return f"{{vpcs: {{provider: {{{changes}}}}}}}"


CASES = [
    pytest.param("", "allowed", "", "", id="overlapping-blocks-do-not-matter"),
    pytest.param(provider("security_groups: {sg-edge: {ingress: [tcp 443 from 10.0.0.0/24]}}"), "blocked", SG, "load_balancer:nlb", id="its-groups-see-the-consumer's-client"),
    pytest.param(provider("security_groups: {sg-edge: {ingress: [tcp 443 from 10.0.10.50/32]}}"), "allowed", "", "", id="its-groups-see-just-that-client"),
    pytest.param(provider("security_groups: {sg-edge: {ingress: [tcp 443 from 10.0.0.0/24]}}, load_balancers: {nlb: {enforce_security_group_inbound_rules_on_private_link_traffic: false}}"),
                 "allowed", "", "", id="its-groups-not-enforced"),
    pytest.param(provider("load_balancers: {nlb: {security_groups: []}}"), "allowed", "", "", id="without-groups"),
    pytest.param(provider("security_groups: {sg-app: {ingress: [tcp 8443 from 10.0.10.0/23]}}"), "blocked", SG, "instance:app-a", id="targets-do-not-see-the-client"),
    pytest.param(provider("security_groups: {sg-app: {ingress: [tcp 8443 from sg-edge]}}"), "allowed", "", "", id="targets-may-name-the-balancer's-group"),
    pytest.param(provider("load_balancers: {nlb: {subnets: [edge-a]}}"), "blocked", "VPCE_SERVICE_NOT_INSTALLED_IN_AZ", "vpc_endpoint_service:svc", id="a-zone-that-the-provider-has-not"),
    pytest.param("{vpcs: {provider: {load_balancers: {nlb: {subnets: [edge-a]}}}, consumer: {vpc_endpoints: {ep: {subnets: [web-a]}}}}}", "allowed", "", "", id="endpoints-where-the-provider-is"),
    pytest.param(provider("instances: {app: null, one: {subnet: app-b, security_groups: [sg-app]}}, load_balancers: {nlb: {listeners: {443: {app: null, one: 8443}}}}"),
                 "blocked", "ELB_NOT_CROSSZONE", "load_balancer:nlb", id="a-target-in-one-zone-without-cross-zone"),
    pytest.param(provider("instances: {app: null, one: {subnet: app-b, security_groups: [sg-app]}}, load_balancers: {nlb: {cross_zone: true, listeners: {443: {app: null, one: 8443}}}}"),
                 "allowed", "", "", id="a-target-in-one-zone-with-cross-zone"),
    pytest.param(provider("load_balancers: {nlb: {listeners: {443: null, 80: {app: 8443}}}}, security_groups: {sg-edge: {ingress: [all from 0.0.0.0/0]}}"),
                 "blocked", "ELBV2_LISTENERS_MISMATCH", "load_balancer:nlb", id="another-port-than-the-listener's"),
    pytest.param(provider("vpc_endpoint_services: {svc: {pending: [ep]}}"), "blocked", "BAD_STATE", "vpc_endpoint_service:svc", id="not-accepted-yet"),
    pytest.param(provider("vpc_endpoint_services: {svc: {acceptance_required: false, pending: [ep]}}"), "allowed", "", "", id="acceptance-not-asked-for"),
    pytest.param("{vpcs: {consumer: {security_groups: {sg-ep: {ingress: []}}}}}", "blocked", "SG_HAS_NO_RULES", "vpc_endpoint:ep", id="the-endpoint's-own-groups"),
    pytest.param(provider("network_acls: {acl: {ingress: {100: allow all from 10.0.10.0/23}, egress: {100: allow all to 0.0.0.0/0}}}, subnets: {edge: {network_acl: acl}}"),
                 "allowed", "", "", id="no-acl-before-the-balancer"),
    pytest.param(provider("network_acls: {acl: {ingress: {100: allow all from 10.0.99.0/24}, egress: {100: allow all to 0.0.0.0/0}}}, subnets: {app: {network_acl: acl}}"),
                 "blocked", "SUBNET_ACL_RESTRICTION", "network_acl:acl", id="an-acl-between-balancer-and-target"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "verdict", "code", "by"), CASES)
def test_private_link(changes: str, verdict: str, code: str, by: str) -> None:
    """From a consumer's instance through its endpoint to the provider's targets."""
    report = report_of(changes)
    decided = f"{report.component.kind}:{report.component_name}" if report.component else ""
    assert (verdict, code, by) == (report.verdict, report.reason, decided), report.text


def test_what_each_end_sees() -> None:
    """The balancer judges the client's address, the target sees the node's."""
    report = report_of("")
    carried = next(c for c in report.connections if c.purpose == "privatelink")
    inner = next(c for c in report.connections if c.purpose == "listener")
    assert carried.forward.hops[-1].packet_in is not None
    assert inner.forward.hops[-1].packet_in is not None
    assert ["ep", "svc", "nlb"] == [h.name for h in carried.forward.hops]
    assert "10.0.10.50" == str(carried.forward.hops[-1].packet_in.source)
    assert "10.0.0.4" == str(inner.forward.hops[-1].packet_in.source)


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        pytest.param("ep -> web tcp 80", "DG_ENDPOINT_ONE_WAY", id="an-endpoint-opens-nothing"),
        pytest.param(
            "provider/app-a -> consumer/web tcp 80", "NO_POSSIBLE_DESTINATION", id="a-provider-has-no-way-back"
        ),
        pytest.param("nlb -> consumer/web tcp 80", "NO_POSSIBLE_DESTINATION", id="nor-has-its-balancer"),
    ],
)
def test_it_is_one_way(ends: str, code: str) -> None:
    """Only the consumer opens connections."""
    report = report_of("", ends)
    assert ("blocked", code) == (report.verdict, report.reason), report.text


def between_accounts(allowed: str) -> dict[str, Any]:
    """Provider and consumer in two accounts of one Region."""
    service = {"svc": {"allowed_principals": [allowed]}}
    definition = merged(BASE, {"vpcs": {"provider": {"vpc_endpoint_services": service}}})
    vpcs = definition.pop("vpcs")
    zones = {"region": definition.pop("region"), "zones": definition.pop("zones")}
    ids = {"provider": "111122223333", "consumer": "444455556666"}
    accounts = {f"of-{v}": {"account_id": ids[v], **zones, "vpcs": {v: block}} for v, block in vpcs.items()}
    return {**definition, "accounts": accounts}


@pytest.mark.parametrize(
    ("allowed", "code"),
    [
        pytest.param("444455556666", "", id="the-account-by-its-number"),
        pytest.param("arn:aws:iam::444455556666:root", "", id="the-account-by-its-arn"),
        pytest.param("*", "", id="everybody"),
        pytest.param("999988887777", "DG_POLICY_DENIED", id="another-account"),
    ],
)
def test_principals(allowed: str, code: str) -> None:
    """Another account needs a permission."""
    assert code == ask(network_of(between_accounts(allowed)), "web -> ep tcp 443").reason


@pytest.mark.parametrize("outage", ["svc", "nlb"])
def test_outages(outage: str) -> None:
    """Without service or balancer nothing is left; a zone takes its endpoint interface with it."""
    assert "BAD_STATE" == report_of("", outage=outage).reason
    assert "allowed" == report_of("", outage="b").verdict


def test_a_service_says_why_it_carries_nothing() -> None:
    """It is out of order, or nobody's endpoint brought the packet."""
    assert "svc carries nothing: it is out of order." in report_of("", outage="svc").text


OFFERED = "{regions: {ap-south-1: {vpcs: {provider: {vpc_endpoint_services: {svc: {supported_regions: [%s]}}}}}}}"


@pytest.mark.parametrize(
    ("regions", "outage", "verdict", "code", "paths"),
    [
        pytest.param("", "", "blocked", "VPCE_SERVICE_NOT_INSTALLED_IN_AZ", 0, id="not-offered"),
        pytest.param("us-east-1", "", "blocked", "VPCE_SERVICE_NOT_INSTALLED_IN_AZ", 0, id="offered-elsewhere"),
        pytest.param("eu-west-1", "", "allowed", "", 4, id="offered"),
        pytest.param("eu-west-1", "nlb@a", "allowed", "", 2, id="a-node-down"),
    ],
)
def test_a_consumer_in_another_region(regions: str, outage: str, verdict: str, code: str, paths: int) -> None:
    """By whichever node of the provider: zones are of no account then."""
    network = network_of(merged(IN_TWO_REGIONS, yaml.safe_load(OFFERED % regions)))
    report = ask(network, "web -> ep tcp 443", outage=outage)
    assert (verdict, code, paths) == (report.verdict, report.reason, report.paths_working), report.text
