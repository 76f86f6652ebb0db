"""AWS's default quotas: the last number that fits, and the first that does not."""

import pytest

HEAD = "version: 1\ntitle: Quotas\nregion: ap-south-1\nzones: [a]\nvpcs:\n  shop:\n    cidr_block: 10.0.0.0/16\n"


def subnets(count: int) -> str:
    blocks = (f"10.0.{i}.0/24" for i in range(256))
    return HEAD + "    subnets:\n" + "".join(f"      s{i}: {{cidr_block: {next(blocks)}}}\n" for i in range(count))


def routes(count: int) -> str:
    lines = "".join(f"        203.{i // 256}.{i % 256}.0/24: igw\n" for i in range(count))
    return HEAD + "    internet_gateway: igw\n    route_tables:\n      main:\n" + lines


def group_rules(count: int) -> str:
    rules = ", ".join(f"tcp {8000 + i} from 10.0.0.0/16" for i in range(count))
    return HEAD + f"    security_groups:\n      app: {{ingress: [{rules}]}}\n"


def acl_entries(count: int) -> str:
    entries = ", ".join(f"{100 + i}: allow tcp {8000 + i} from 10.0.0.0/16" for i in range(count))
    return HEAD + f"    network_acls:\n      app: {{ingress: {{{entries}}}}}\n"


@pytest.mark.parametrize(
    ("design", "quota", "what"),
    [
        pytest.param(subnets, 200, "subnets", id="subnets"),
        pytest.param(routes, 500, "IPv4 routes", id="routes"),
        pytest.param(group_rules, 60, "inbound rules for IPv4", id="security-group-rules"),
        pytest.param(acl_entries, 20, "inbound entries", id="network-acl-entries"),
    ],
)
def test_quota(design, quota, what, judge):
    """At the quota nothing is said; one more is a warning that names both numbers."""
    over = [d.text for d in judge(design(quota + 1)) if d.code == "DGL-131"]

    assert [d for d in judge(design(quota)) if d.code == "DGL-131"] == []
    assert len(over) == 1
    assert f"has {quota + 1} {what}; AWS allows {quota} by default" in over[0]
