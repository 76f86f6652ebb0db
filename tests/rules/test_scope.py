# ruff: noqa: E501 - one case, one line or two
"""References across Regions and accounts: what AWS takes, and what it refuses."""

from __future__ import annotations

import pytest

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.routing import resolve
from docgen.rules import Subject, check

VPC = "cidr_block: 10.{n}.0.0/16, subnets: {{app: {{cidr_block: 10.{n}.10.0/24, availability_zone: a}}}}"


def found(text: str) -> list[str]:
    """What DGL-187 says of a definition."""
    loaded = load_text(f"version: 1\ntitle: t\n{text}")
    assert loaded.value is not None, loaded.diagnostics
    assert not loaded.failed, loaded.diagnostics
    resolved = resolve(loaded.value, all_kinds())
    assert not resolved.failed, resolved.diagnostics
    return [d.text for d in check(Subject(network=resolved.value)) if d.code == "DGL-187"]


def regions(one: str, other: str, top: str) -> str:
    """Two Regions with a VPC each."""
    return f"""
regions:
  ap-south-1: {{vpcs: {{one: {{{VPC.format(n=0)}, {one}}}}}}}
  us-east-1: {{vpcs: {{two: {{{VPC.format(n=1)}, {other}}}}}}}
{top}
"""


@pytest.mark.parametrize(
    ("refused", "one", "other", "top"),
    [
        pytest.param(
            "transit gateway VPC attachment", "transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}",
            "", "transit_gateways: {hub: {region: us-east-1}}", id="an-attachment-to-a-gateway-of-another-region",
        ),
        pytest.param(
            "route table", "route_tables: {app: {10.9.0.0/16: hub}}",
            "", "transit_gateways: {hub: {region: us-east-1}}", id="a-route-to-a-gateway-of-another-region",
        ),
        pytest.param(
            "API Gateway REST API", "vpc_links: {link: {subnets: [app]}}", "",
            "rest_apis: {api: {region: us-east-1, vpc_link: link, integrations: [call]}}\n"
            "lambda_functions: {call: {region: us-east-1}}", id="an-api-with-a-link-in-another-region",
        ),
        pytest.param(
            "", "", "", "rest_apis: {api: {region: us-east-1, integrations: [call]}}\n"
            "lambda_functions: {call: {region: ap-south-1}}", id="an-api-may-call-a-function-anywhere",
        ),
        pytest.param(
            "", "", "", "vpc_peering_connections: {link: {requester_vpc: one, accepter_vpc: two}}", id="peering",
        ),
        pytest.param(
            "", "enable_dns_hostnames: true", "enable_dns_hostnames: true",
            "hosted_zones: {in.example: {vpcs: [one, two], www: {a: [10.0.10.9]}}}", id="a-private-zone",
        ),
        pytest.param(
            "endpoint", "vpc_endpoints: {s3: {service: com.amazonaws.us-east-1.s3}}", "", "",
            id="a-gateway-endpoint-for-another-region",
        ),
        pytest.param(
            "", "vpc_endpoints: {s3: {service: com.amazonaws.ap-south-1.s3}}", "", "",
            id="a-gateway-endpoint-for-its-own-region",
        ),
    ],
)  # fmt: skip
def test_regions(refused: str, one: str, other: str, top: str) -> None:
    """Told with both Regions, or not at all."""
    texts = found(regions(one, other, top))

    assert len(texts) == bool(refused), texts
    assert all(refused in t and "ap-south-1" in t and "us-east-1" in t for t in texts), texts


def test_accounts() -> None:
    """A gateway that another account shares may be used; its API's link may not."""
    text = """
region: ap-south-1
zones: [a]
accounts:
  hub: {regions: {ap-south-1: {transit_gateways: {hub: {}}, rest_apis: {api: {vpc_link: link, integrations: [call]}}}}}
  app:
    vpcs:
      one:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        vpc_links: {link: {subnets: [app]}}
        transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}
lambda_functions: {call: {}}
"""
    (told,) = found(text)

    assert (
        told
        == "API Gateway REST API 'api' names API Gateway VPC link 'link', which is in account 'app', not in 'hub'"
    )


def test_a_second_virtual_private_gateway() -> None:
    """One for each VPC, as of internet gateways."""
    text = f"""version: 1
title: t
region: ap-south-1
zones: [a]
vpcs: {{one: {{{VPC.format(n=0)}, virtual_private_gateways: {{v: {{}}, w: {{}}}}}}}}
"""
    loaded = load_text(text)
    assert loaded.value is not None
    network = resolve(loaded.value, all_kinds()).value
    assert "DGL-108" in {d.code for d in check(Subject(network=network))}
