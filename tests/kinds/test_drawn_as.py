"""Where a component is drawn and how it is titled, where that depends on its fields."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.kind import Role
from tests.routing.cases import merged

NAT = "{vpcs: {shop: {nat_gateways: {nat: {subnet: , availability_mode: regional}}}}}"


@pytest.mark.parametrize(
    ("expected", "attribute", "kind", "id_", "changes"),
    [
        pytest.param(None, "role", "nat_gateway", "nat-a", "{}", id="a-zonal-nat-gateway-as-its-kind-says"),
        pytest.param(Role.GATEWAY, "role", "nat_gateway", "nat", NAT, id="a-regional-nat-gateway-on-the-border"),
        pytest.param(Role.REGION_SERVICE, "role", "lambda_function", "thumbnails", "{}", id="a-function-outside"),
        pytest.param(Role.WORKLOAD, "role", "lambda_function", "reports", "{}", id="a-function-in-a-vpc"),
        pytest.param("private", "type", "hosted_zone", "inside", "{}", id="a-zone-of-a-vpc"),
        pytest.param("public", "type", "hosted_zone", "example.com", "{}", id="a-zone-of-everybody"),
        pytest.param(6, "family", "prefix_list", "six", "{prefix_lists: {six: {address_family: IPv6}}}",
                     id="an-empty-list-of-ipv6"),
        pytest.param(4, "family", "prefix_list", "empty", "{prefix_lists: {empty: {}}}", id="an-empty-list"),
    ],
)  # fmt: skip
def test_by_its_fields(expected: Any, attribute: str, kind: str, id_: str, changes: str) -> None:
    """The kind's example, changed."""
    tree = merged(yaml.safe_load(all_kinds()[kind].example), yaml.safe_load(changes))
    loaded = load_text(json.dumps(tree))
    assert loaded.value is not None
    component = next(c for c in loaded.value.components if (c.kind, c.id) == (kind, id_))

    assert expected == getattr(component, attribute)
