"""DGL-153: what a gateway's route table may hold, route by route; DGL-35 of servers that stand behind one."""

import pytest

DESIGN = """\
version: 1
title: A gateway's table
region: ap-south-1
zones: [a]
prefix_lists: {{pl-web: {{entries: [10.0.0.0/24]}}}}
vpcs:
  shop:
    cidr_blocks: [10.0.0.0/16, 100.64.0.0/16]
    internet_gateway: igw
    virtual_private_gateway: vgw
    subnets:
      public: {{cidr_block: 10.0.0.0/24, route_table: public}}
      shared: {{cidr_block: 100.64.0.0/24}}
    nat_gateways: {{nat: {{subnet: public}}}}
    instances: {{box: {{subnet: public, source_dest_check: false, elastic_ip: true}}}}
    network_interfaces: {{firewall: {{subnet: public, elastic_ip: true, source_dest_check: false}}}}
    route_tables:
      public: {{0.0.0.0/0: igw}}
      edge: {{gateways: [igw], {more}}}
"""


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        pytest.param("", False, id="empty"),
        pytest.param("10.0.0.0/16: local", False, id="local"),
        pytest.param("10.0.0.0/24: firewall", False, id="subnet-to-interface"),
        pytest.param("10.0.0.0/24: box", False, id="subnet-to-instance"),
        pytest.param("10.0.0.0/16: firewall", False, id="whole-block"),
        pytest.param("100.64.0.0/16: firewall", False, id="whole-second-block"),
        pytest.param("100.64.0.0/24: firewall", False, id="subnet-of-second-block"),
        pytest.param("10.0.0.0/25: firewall", True, id="half-a-subnet"),
        pytest.param("10.0.5.0/24: firewall", True, id="no-subnet"),
        pytest.param("0.0.0.0/0: firewall", True, id="outside"),
        pytest.param("192.168.0.0/24: firewall", True, id="elsewhere"),
        pytest.param("10.0.0.0/24: nat", True, id="nat-gateway"),
        pytest.param("10.0.0.0/16: igw", True, id="internet-gateway"),
        pytest.param("pl-web: firewall", True, id="prefix-list"),
        pytest.param("main: true", True, id="main"),
        pytest.param("propagating_vgws: [vgw]", True, id="propagated-routes"),
    ],
)
def test_routes(more, refused, judge):
    """Row by row of 3.7."""
    assert any(d.code == "DGL-153" for d in judge(DESIGN.format(more=more))) is refused


INSPECTED = """\
version: 1
title: A server behind an appliance
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      web: {{cidr_block: 10.0.0.0/24, route_table: web}}
      outer: {{cidr_block: 10.0.1.0/24, route_table: outer}}
    instances:
      web: {{subnet: web, elastic_ip: true}}
      firewall: {{subnet: outer, elastic_ip: true, source_dest_check: false, forwards: unchanged}}
    route_tables:
      web: {{0.0.0.0/0: firewall}}
      outer: {{0.0.0.0/0: igw}}
      edge: {{{edge}}}
"""


@pytest.mark.parametrize(
    ("edge", "astray"),
    [
        pytest.param("gateways: [igw], 10.0.0.0/24: firewall", False, id="led-through-it"),
        pytest.param("gateways: [igw], 10.0.0.0/16: firewall", False, id="all-led-through-it"),
        pytest.param("gateways: [igw], 10.0.1.0/24: firewall", True, id="another-subnet"),
        pytest.param("gateways: [igw]", True, id="only-local"),
        pytest.param("10.0.0.0/24: firewall", True, id="table-of-no-gateway"),
    ],
)
def test_server_behind_an_appliance(edge, astray, judge):
    """Its answers leave by the appliance that the gateway's table leads requests through."""
    assert any(d.code == "DGL-35" for d in judge(INSPECTED.format(edge=edge))) is astray
