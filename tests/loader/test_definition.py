"""Whole definitions: the sketch of the specification, order, speed, bounded work."""

from __future__ import annotations

import time

import pytest
import yaml

from docgen.loader import document, load, load_text
from docgen.loader.report import MOST

SKETCH = """\
# yaml-language-server: $schema=../architecture.schema.json
version: 1
title: Three-tier web application in two zones
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public, tier: web}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private, tier: app}
      data: {cidr_blocks: [10.0.20.0/24, 10.0.21.0/24], tier: data}
    nat_gateways: {nat: {subnet: public}}
    route_tables:
      public: {0.0.0.0/0: igw}
      private: {0.0.0.0/0: nat}
    security_groups:
      edge: {ingress: [tcp 443 from 0.0.0.0/0]}
      app: {ingress: [tcp 8080 from edge]}
      db: {ingress: [tcp 3306 from app]}
    load_balancers:
      edge: {type: application, scheme: internet-facing, subnets: [public], security_groups: [edge], listeners: {443: {app: 8080}}}
    instances: {app: {subnet: app, security_groups: [app]}}
    db_instances: {orders: {engine: mysql, subnets: [data], multi_az: true, primary_zone: a, security_groups: [db]}}
hosted_zones: {example.com: {www: {alias: edge}}}
flows:
  shopper-opens-page: {from: internet, to: www.example.com, protocol: tcp, port: 443, expect: allowed}
  internet-to-database: {from: internet, to: orders, protocol: tcp, port: 3306, expect: {blocked: IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS}}
"""  # noqa: E501


def test_the_sketch_of_the_specification_loads():
    """Containers before content, in the order of the file, expanded per zone."""
    result = load_text(SKETCH)

    assert () == result.diagnostics
    assert """\
region:ap-south-1 vpc:shop internet_gateway:shop/igw \
subnet:shop/public-a subnet:shop/public-b subnet:shop/app-a subnet:shop/app-b subnet:shop/data-a subnet:shop/data-b \
nat_gateway:shop/nat-a nat_gateway:shop/nat-b \
route_table:shop/public route_table:shop/private-a route_table:shop/private-b \
security_group:shop/edge security_group:shop/app security_group:shop/db load_balancer:shop/edge \
instance:shop/app-a instance:shop/app-b db_instance:shop/orders hosted_zone:example.com""" == " ".join(
        str(c.key) for c in result.value.components
    )


def test_components_point_at_their_id():
    """Where a reader would look."""
    gateway = next(c for c in load_text(SKETCH).value.components if c.kind == "nat_gateway")

    assert "<stdin>:14:20" == str(gateway.span)


def test_every_shipped_definition_loads(root):
    """Without a word."""
    for file in sorted(root.glob("architectures/*/architecture.yaml")):
        design = load(file.parent)
        assert () == design.diagnostics
        for variant in design.value.variants:
            assert () == load(file, variant=variant.id).diagnostics


def large(vpcs: int) -> str:
    lines = ["version: 1", "title: Large", "region: ap-south-1", "zones: [a, b]", "vpcs:"]
    for n in range(vpcs):
        lines += [
            f"  v{n}:",
            f"    cidr_block: 10.{n}.0.0/16",
            "    internet_gateway: igw",
            "    subnets:",
            "      app:",
            "        cidr_blocks:",
            f"        - 10.{n}.0.0/24",
            f"        - 10.{n}.1.0/24",
            "        route_table: private",
            "    route_tables:",
            "      private:",
            "        0.0.0.0/0: nat",
            "    nat_gateways:",
            "      nat:",
            "        subnet: app",
            "    security_groups:",
            "      app:",
            "        ingress:",
            "        - tcp 443 from 0.0.0.0/0",
            "    instances:",
            "      app:",
            "        subnet: app",
            "        security_groups:",
            "        - app",
        ]
    return "\n".join(lines) + "\n"


@pytest.mark.skipif(document.FAST is yaml.SafeLoader, reason="PyYAML has no C parser here")
def test_six_thousand_lines_load_in_under_a_second():
    """Measured as processor time, so that a busy machine does not fail it."""
    text = large(250)
    load_text(large(1))
    start = time.process_time()
    result = load_text(text)
    taken = time.process_time() - start

    assert () == result.diagnostics
    assert text.count("\n") >= 6_000
    assert taken < 1.0


def test_a_thousand_mistakes_are_enough():
    """A file that is wrong throughout keeps nobody waiting."""
    users = "".join(f"  u{n}: {{titel: x}}\n" for n in range(3 * MOST))
    result = load_text(f"version: 1\ntitle: Wrong\nusers:\n{users}")

    assert result.value is None
    assert MOST + 1 == len(result.diagnostics)
    assert "DGY-34" in {d.code for d in result.diagnostics}


def test_long_names_are_shortened_in_messages():
    """A message stays readable, whatever the file holds."""
    (found,) = load_text(f"version: 1\ntitle: T\n{'x' * 100_000}: 1\n").diagnostics

    assert len(found.text) < 120


def test_text_and_file_give_the_same(tmp_path):
    """But for the name."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "architecture.yaml").write_text(SKETCH)
    from_file, from_text = load(tmp_path / "shop").value, load_text(SKETCH, folder=tmp_path / "shop").value

    assert from_file == from_text
    assert "shop" == from_file.slug
