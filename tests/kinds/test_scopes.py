"""What each component belongs to: AWS's scopes, and which references may leave them."""

from __future__ import annotations

import pytest

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.kind import Role, Scope

SCOPES = {
    Scope.ACCOUNT: "account",
    Scope.EDGE: "hosted_zone cloudfront_distribution",
    Scope.GLOBAL: "direct_connect_gateway global_service",
    Scope.LOCATION: "direct_connect_connection virtual_interface",
    Scope.REGION: "region vpc internet_gateway virtual_private_gateway transit_gateway customer_gateway "
    "vpn_connection load_balancer s3_bucket dynamodb_table sqs_queue sns_topic kinesis_stream lambda_function "
    "rest_api prefix_list vpc_endpoint_service resolver_endpoint resolver_rule flow_log",
    Scope.VPC: "route_table network_acl security_group egress_only_internet_gateway vpc_endpoint "
    "vpc_peering_connection client_vpn_endpoint",
    Scope.ZONE: "subnet instance network_interface nat_gateway db_instance gateway_load_balancer_endpoint",
    Scope.OUTSIDE: "internet user internet_host data_center on_premises_host",
}


@pytest.mark.parametrize(("scope", "name"), [(s, n) for s, names in SCOPES.items() for n in names.split()])
def test_scope(scope: Scope, name: str) -> None:
    """As AWS documents it (EC2 User Guide, "Resource locations", and each service's own pages)."""
    assert scope is all_kinds()[name].scope


@pytest.mark.parametrize("name", list(all_kinds()))
def test_fields_that_reach_further_are_references(name: str) -> None:
    """A name that is no field, or that names nothing, would allow nothing."""
    kind = all_kinds()[name]
    fields = kind.component.__dataclass_fields__
    for field in (*kind.across_regions, *kind.across_accounts):
        assert field in fields
        assert "refers" in fields[field].metadata or "tuple" in str(fields[field].type)


@pytest.mark.parametrize(("cloudfront", "role"), [("true", Role.GLOBAL_SERVICE), ("false", Role.REGION_SERVICE)])
def test_a_web_acl_stands_where_what_it_protects_stands(cloudfront: str, role: Role) -> None:
    """WAF has two scopes, and no ACL is of both."""
    loaded = load_text(
        f"{{version: 1, title: t, region: ap-south-1, web_acls: {{acl: {{cloudfront: {cloudfront}}}}}}}"
    )
    (acl,) = [c for c in loaded.value.components if c.kind == "web_acl"]

    assert role is acl.role
