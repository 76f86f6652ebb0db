"""References across VPCs: every field that names a component, one at a time."""

import pytest

DESIGN = """\
version: 1
title: Two VPCs
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets:
      app: {{cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}
    route_tables:
      private: {{}}
    network_acls:
      strict: {{ingress: {{100: allow all from 10.0.0.0/8}}, egress: {{100: allow all to 10.0.0.0/8}}}}
    security_groups:
      app: {{ingress: [tcp 8080 from 10.0.0.0/8]}}
    instances:
      server: {{subnet: app-a, security_groups: [app]}}
  logs:
    cidr_block: 10.1.0.0/16
    subnets:
      in: {{cidr_blocks: [10.1.10.0/24, 10.1.11.0/24]{subnet}}}
    security_groups:
      lb: {{ingress: [tcp 443 from {remote}]}}
    instances:
      own: {{subnet: {home}, security_groups: [{group}]}}
    load_balancers:
      front: {{scheme: internal, subnets: [in], security_groups: [lb], listeners: {{443: {{{target}: 8080}}}}}}
"""
FINE = {"subnet": "", "remote": "10.0.0.0/8", "home": "in-a", "group": "lb", "target": "own"}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param({}, [], id="all-in-one-vpc"),
        pytest.param({"group": "shop/app"}, ["security group 'app'"], id="group-of-an-instance"),
        pytest.param({"remote": "shop/app"}, ["security group 'app'"], id="group-in-a-rule"),
        pytest.param({"home": "shop/app-a"}, ["subnet 'app-a'"], id="subnet-of-an-instance"),
        pytest.param({"target": "shop/server"}, ["EC2 instance 'server'"], id="target-of-a-load-balancer"),
        pytest.param({"subnet": ", route_table: shop/private"}, ["route table 'private'"] * 2, id="route-table"),
        pytest.param({"subnet": ", network_acl: shop/strict"}, ["network ACL 'strict'"] * 2, id="network-acl"),
    ],
)
def test_reference_across_vpcs(change, named, judge):
    """Each is an error that names the component and points to where it is declared."""
    found = [d for d in judge(DESIGN.format(**{**FINE, **change})) if d.code == "DGL-118"]

    assert named == [" ".join(d.text.split(" names ")[1].split(" of VPC")[0].split()) for d in found]
    assert all("is declared here" in d.notes[0].text for d in found)


JOINED = """\
version: 1
title: Two VPCs that are joined
vpcs:
  shop:
    region: ap-south-1
    zones: [a]
    cidr_block: 10.0.0.0/16
    subnets: {{app: {{cidr_block: 10.0.10.0/24}}}}
    security_groups: {{app: {{egress: [tcp 443 to {to}]}}}}
    instances: {{app: {{subnet: app, security_groups: [app]}}}}
    {attachment}
  logs:
    region: {region}
    zones: [a]
    cidr_block: 10.1.0.0/16
    subnets: {{in: {{cidr_block: 10.1.10.0/24}}}}
    security_groups: {{lb: {{ingress: [tcp 443 from {source}]}}}}
    instances: {{own: {{subnet: in, security_groups: [lb]}}}}
    {other}
{join}
"""
PEERED = "vpc_peering_connections: {link: {requester_vpc: shop, accepter_vpc: logs}}"
HUB = "transit_gateways: {hub: {region: ap-south-1, security_group_referencing_support: true}}"
ATTACHED = "transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}"
OTHER = ATTACHED.replace("[app]", "[in]")
NO_GROUPS = OTHER.replace("[in]", "[in], security_group_referencing_support: false")


@pytest.mark.parametrize(
    ("found", "change"),
    [
        pytest.param(0, {"source": "shop/app"}, id="inbound-peered"),
        pytest.param(0, {"to": "logs/lb"}, id="outbound-peered"),
        pytest.param(1, {"source": "shop/app", "region": "us-east-1"}, id="peered-across-regions"),
        pytest.param(0, {"source": "shop/app", "join": HUB}, id="inbound-behind-one-hub"),
        pytest.param(1, {"to": "logs/lb", "join": HUB}, id="outbound-behind-one-hub"),
        pytest.param(1, {"source": "shop/app", "join": HUB, "other": NO_GROUPS}, id="hub-and-attachment-without"),
        pytest.param(1, {"source": "shop/app", "join": HUB.replace("true", "false")}, id="hub-without"),
        pytest.param(1, {"source": "shop/app", "join": HUB, "other": ""}, id="only-one-attached"),
    ],
)
def test_group_of_a_joined_vpc(found, change, judge):
    """Groups can be named over a peering of one Region, and inbound over a transit gateway that supports it."""
    hub = {"attachment": ATTACHED, "other": OTHER} if change.get("join") else {"attachment": "", "other": ""}
    usual = {"to": "10.1.0.0/16", "source": "10.0.0.0/16", "region": "ap-south-1", "join": PEERED, **hub}
    text = JOINED.format(**{**usual, **change})

    assert found == sum(d.code == "DGL-118" for d in judge(text))
