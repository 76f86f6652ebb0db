"""Rules about VPCs that are peered or attached to a transit gateway, in cases that their pages do not show."""

from typing import Any

import pytest
import yaml

SITE = """
version: 1
title: Two VPCs that are peered, and two at a hub
region: ap-south-1
zones: [a, b]
transit_gateways: {hub: {}}
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    internet_gateway: one-igw
    subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: one-app}}
    route_tables: {one-app: {10.1.0.0/16: link, 10.2.0.0/16: hub}}
    transit_gateway_attachments: {att-1: {transit_gateway: hub, subnets: [app]}}
    instances: {app-a: {subnet: app-a}, app-b: {subnet: app-b}}
  two:
    cidr_block: 10.1.0.0/16
    enable_dns_hostnames: true
    internet_gateway: two-igw
    subnets: {db: {cidr_blocks: [10.1.20.0/24, 10.1.21.0/24], route_table: two-db}}
    route_tables: {two-db: {10.0.0.0/16: link}}
    instances: {db: {subnet: db-a}}
  far:
    cidr_block: 10.2.0.0/16
    subnets:
      far: {cidr_blocks: [10.2.30.0/24, 10.2.31.0/24], route_table: far}
      att: {cidr_blocks: [10.2.99.0/28, 10.2.99.16/28], route_table: in}
    route_tables: {far: {10.0.0.0/16: hub}, in: {}}
    nat_gateways: {nat: {subnet: far, connectivity_type: private}}
    instances: {fw: {subnet: far, source_dest_check: false}, fw-nat: {subnet: far-a, source_dest_check: false}}
    transit_gateway_attachments: {att-f: {transit_gateway: hub, subnets: [far/att]}}
vpc_peering_connections: {link: {requester_vpc: one, accepter_vpc: two}}
"""


def _merge(base: dict[str, Any], patch: dict[str, Any]) -> None:
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _merge(base[key], value)
        elif value is None:
            del base[key]
        else:
            base[key] = value


APART = "transit_gateways: {hub: {default_route_table_propagation: false}}"


@pytest.mark.parametrize(
    ("code", "found", "changes"),
    [
        pytest.param("DGL-28", 0, "{}", id="both zones are attached"),
        pytest.param(
            "DGL-28", 1, "vpcs: {one: {transit_gateway_attachments: {att-1: {subnets: [app-b]}}}}",
            id="workloads of the other zone",
        ),
        pytest.param(
            "DGL-28", 0,
            "vpcs: {one: {transit_gateway_attachments: {att-1: {subnets: [app-b]}}, instances: {app-a: null}}}",
            id="nothing stands in the other zone",
        ),
        pytest.param(
            "DGL-28", 0,
            "vpcs: {one: {transit_gateway_attachments: {att-1: {subnets: [app-b]}},"
            " route_tables: {one-app: {10.2.0.0/16: null}}}}",
            id="nobody has a route to the gateway",
        ),
        pytest.param(
            "DGL-32", 1, "vpcs: {far: {route_tables: {in: {10.0.0.0/8: fw}}}}", id="a firewall in each zone"
        ),
        pytest.param(
            "DGL-32", 0, "vpcs: {far: {route_tables: {in: {10.0.0.0/8: fw-a}}}}", id="one firewall for both zones"
        ),
        pytest.param("DGL-32", 0, "vpcs: {far: {route_tables: {in: {0.0.0.0/0: nat}}}}", id="NAT gateways"),
        pytest.param(
            "DGL-32", 0, "vpcs: {far: {route_tables: {in: {10.0.0.0/8: fw}}, instances: {fw: {forwards: nat}}}}",
            id="NAT instances get their answers by their own address",
        ),
        pytest.param(
            "DGL-34", 1, "vpcs: {two: {secondary_cidr_blocks: [10.0.128.0/20]}}", id="a secondary block of a peer"
        ),
        pytest.param(
            "DGL-34", 0,
            "{vpcs: {two: {secondary_cidr_blocks: [10.0.128.0/20]}},"
            " vpc_peering_connections: {link: {status: failed}}}",
            id="a request that AWS refused",
        ),
        pytest.param(
            "DGL-34", 1, "vpcs: {far: {secondary_cidr_blocks: [10.0.128.0/20]}}", id="blocks at one transit gateway"
        ),
        pytest.param(
            "DGL-34", 0, "{vpcs: {far: {secondary_cidr_blocks: [10.0.128.0/20]}}, " + APART + "}",
            id="blocks that nobody wants propagated",
        ),
        pytest.param("DGL-40", 0, "{}", id="routes both ways"),
        pytest.param(
            "DGL-40", 1, "vpcs: {two: {route_tables: {two-db: {10.0.0.0/16: null}}}}", id="no way back by peering"
        ),
        pytest.param(
            "DGL-40", 0,
            "vpcs: {one: {route_tables: {one-app: {10.1.0.0/16: null}}},"
            " two: {route_tables: {two-db: {10.0.0.0/16: null}}}}",
            id="no way at all by peering",
        ),
        pytest.param(
            "DGL-40", 0, "vpcs: {two: {route_tables: {two-db: {10.0.0.0/16: null, 10.0.10.0/24: link}}}}",
            id="a way back to a part",
        ),
        pytest.param(
            "DGL-40", 1, "vpcs: {far: {route_tables: {far: {10.0.0.0/16: null}}}}", id="no way back by the gateway"
        ),
        pytest.param(
            "DGL-40", 0, "{vpcs: {far: {route_tables: {far: {10.0.0.0/16: null}}}}, " + APART + "}",
            id="a gateway whose table does not lead there",
        ),
        pytest.param(
            "DGL-48", 1,
            "vpcs: {two: {instances: {db: {elastic_ip: 203.0.113.9}},"
            " route_tables: {two-db: {0.0.0.0/0: two-igw}}}}",
            id="an instance with a public name",
        ),
        pytest.param(
            "DGL-48", 0,
            "vpcs: {two: {enable_dns_hostnames: false, instances: {db: {elastic_ip: 203.0.113.9}},"
            " route_tables: {two-db: {0.0.0.0/0: two-igw}}}}",
            id="a VPC that gives no names",
        ),
        pytest.param("DGL-48", 0, "{}", id="no public address"),
        pytest.param("DGL-170", 0, "{}", id="one attachment each"),
        pytest.param(
            "DGL-172", 1, "vpc_peering_connections: {more: {requester_vpc: two, accepter_vpc: one}}",
            id="asked for from the other side",
        ),
        pytest.param(
            "DGL-172", 0,
            "vpc_peering_connections: {more: {requester_vpc: two, accepter_vpc: one, status: rejected}}",
            id="asked for and rejected",
        ),
    ],
)  # fmt: skip
def test_joined(code, found, changes, judge):
    """How often a rule speaks."""
    tree = yaml.safe_load(SITE)
    _merge(tree, yaml.safe_load(changes))
    told = judge(yaml.safe_dump(tree, sort_keys=False))

    assert found == len([d for d in told if d.code == code]), [str(d) for d in told]
