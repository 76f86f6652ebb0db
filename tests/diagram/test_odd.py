"""Definitions that are unlike the usual ones still give a picture without faults."""

from __future__ import annotations

import pytest

from docgen.diagram import draw, views
from docgen.diagram.drawing import Drawing
from docgen.diagram.scorecard import score
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.renderers import render
from docgen.routing import resolve, trace

TWO_VPCS = """\
version: 1
title: Two VPCs
region: us-east-1
zones: [a, b, c, d]
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets: {app: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24, 10.0.2.0/24, 10.0.3.0/24]}}
    instances: {x: {subnet: app}}
  two:
    cidr_block: 10.1.0.0/16
    subnets: {app: {cidr_blocks: [10.1.0.0/24, 10.1.1.0/24, 10.1.2.0/24, 10.1.3.0/24]}}
    instances: {y: {subnet: app}}
  empty: {cidr_block: 10.2.0.0/16}
flows: {far: {from: one/x-a, to: one/x-d, port: 80}, over: {from: one/x-a, to: two/y-a, port: 80}}
"""
CROWD = """\
version: 1
title: Many servers in one subnet
region: ap-south-1
zones: [a]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24}}
    instances: {s0: {subnet: app}, s1: {subnet: app}, s2: {subnet: app}, s3: {subnet: app}, s4: {subnet: app}}
flows: {f: {from: s0, to: s4, port: 80}}
"""
BUCKET_ELSEWHERE = """\
version: 1
title: A Region with a bucket and no VPC
zones: [a]
s3_buckets: {archive: {region: eu-west-1}}
accounts: {audit: {regions: {eu-central-1: {s3_buckets: {trail: {}}}}}}
regions:
  eu-west-1: {}
  ap-south-1:
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets: {public: {cidr_block: 10.0.0.0/24, route_table: public}}
        route_tables: {public: {0.0.0.0/0: igw}}
        instances: {web: {subnet: public, elastic_ip: true}}
flows: {copy: {from: web, to: archive, port: 443}, log: {from: web, to: trail, port: 443}}
"""
SERVICES = """\
version: 1
title: More services than a VPC is wide
region: ap-south-1
zones: [a, b]
users: {shopper: {}}
rest_apis: {shop: {integrations: [take-order], title: Shop API}}
lambda_functions: {thumbnails: {}}
s3_buckets: {images: {}, shop-logs: {}}
sqs_queues: {orders: {}}
sns_topics: {alerts: {}}
kinesis_streams: {clicks: {}}
dynamodb_tables: {sessions: {}}
aws_services: {ec2: {service: ec2}}
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    enable_dns_hostnames: true
    subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}}
    route_tables: {private: {}}
    security_groups: {fn: {}, endpoints: {ingress: [tcp 443 from fn]}}
    lambda_functions: {take-order: {subnets: [app], security_groups: [fn]}}
    vpc_endpoints:
      s3: {service: s3, route_tables: [private]}
      queue: {service: sqs, subnets: [app], security_groups: [endpoints]}
flows:
  open: {from: shopper, to: shop, port: 443}
  order: {from: take-order, to: orders, port: 443}
  logs: {from: take-order, to: shop-logs, port: 443}
  thumb: {from: thumbnails, to: images, port: 443}
"""
NO_VPC = """\
version: 1
title: Services in an account and a Region without a VPC
users: {visitor: {}}
accounts:
  shop:
    global_services: {iam: {service: iam}}
    regions: {ap-south-1: {s3_buckets: {pages: {}}}}
flows: {page: {from: visitor, to: pages, port: 443}, sign-in: {from: visitor, to: iam, port: 443}}
"""
EXAMPLES = {name: kind.example for name, kind in all_kinds().items()}
ODD = {
    "nothing": "version: 1\ntitle: Nothing\n",
    "two-vpcs": TWO_VPCS,
    "bucket elsewhere": BUCKET_ELSEWHERE,
    "crowd": CROWD,
    "services": SERVICES,
    "no-vpc": NO_VPC,
    **EXAMPLES,
}


def _drawings(text: str) -> list[Drawing]:
    architecture = load_text(text).value
    assert architecture is not None
    network = resolve(architecture, all_kinds()).value
    assert network is not None
    reports = {f.id: trace(network, f) for f in architecture.flows}
    return [draw(network, view, reports) for view in views(network, reports)]


@pytest.mark.parametrize("name", ODD)
def test_odd_definitions_are_drawn_without_faults(name):
    """The example of every kind, and what nobody designs on purpose."""
    for drawing in _drawings(ODD[name]):
        assert {} == score(drawing).faults(), drawing.view
        assert b"</svg>" in render(drawing, "svg")
        assert b"</mxfile>" in render(drawing, "drawio")


def test_vpcs_that_would_make_a_ribbon_are_stacked():
    overview = _drawings(TWO_VPCS)[0]
    one, two = overview.box("vpc:one").rect, overview.box("vpc:two").rect

    assert one.x == two.x
    assert one.bottom < two.y


def test_servers_of_one_subnet_break_into_lines():
    overview = _drawings(CROWD)[0]
    servers = [i.rect.y for i in overview.icons if i.id.startswith("instance:")]

    assert [3, 2] == [servers.count(y) for y in sorted(set(servers))]
