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
