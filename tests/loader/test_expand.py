"""The rule of expansion: what one block becomes, and what a name means afterwards."""

from __future__ import annotations

import pytest

from docgen.core.diagnostic import has_errors
from docgen.loader import load_text
from docgen.model.component import Key

HEAD = """\
version: 1
title: Expansion
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    cidr_block: 10.0.0.0/16
    internet_gateway: igw
    subnets:
      public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
      app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}
      tools: {cidr_block: 10.0.90.0/24, availability_zone: b, route_table: private}
    nat_gateways: {nat: {subnet: public}}
    route_tables:
      public: {0.0.0.0/0: igw}
      private: {0.0.0.0/0: nat}
"""


def loaded(text):
    result = load_text(text)
    assert not result.diagnostics
    return {c.key: c for c in result.value.components}


def vpc(text):
    return loaded(HEAD + "".join(f"    {line}\n" for line in text.splitlines()))


def names(refs):
    return [ref.name for ref in refs]


def test_a_subnet_with_a_block_per_zone_is_one_per_zone():
    """In the order of the zones, with the zone's letter behind the id."""
    found = loaded(HEAD)

    assert "10.0.10.0/24" == str(found[Key("subnet", "shop/app-a")].cidr_block)
    assert "10.0.11.0/24" == str(found[Key("subnet", "shop/app-b")].cidr_block)
    assert "ap-south-1b" == found[Key("subnet", "shop/app-b")].availability_zone
    assert "app" == found[Key("subnet", "shop/app-b")].group


def test_a_subnet_with_one_block_stays_one():
    """Its id is the author's, its group too."""
    tools = loaded(HEAD)[Key("subnet", "shop/tools")]

    assert ("tools", "tools", "ap-south-1b") == (tools.id, tools.group, tools.availability_zone)


def test_what_stands_in_it_is_one_per_zone():
    """A NAT gateway, each in its zone's subnet."""
    found = loaded(HEAD)

    assert "public-a" == found[Key("nat_gateway", "shop/nat-a")].subnet.name
    assert "public-b" == found[Key("nat_gateway", "shop/nat-b")].subnet.name


def test_a_route_table_with_a_target_per_zone_is_one_per_zone():
    """And the subnets that name it take their zone's."""
    found = loaded(HEAD)

    assert "nat-b" == found[Key("route_table", "shop/private-b")].routes[0].target.name
    assert "private-a" == found[Key("subnet", "shop/app-a")].route_table.name
    assert "private-b" == found[Key("subnet", "shop/tools")].route_table.name
    assert "public" == found[Key("subnet", "shop/public-a")].route_table.name


def test_a_list_takes_all_members():
    """A load balancer's subnets, a database's, those of a network ACL."""
    found = vpc("load_balancers: {edge: {subnets: [public, tools]}}\nnetwork_acls: {data: {subnets: [app]}}")

    assert ["public-a", "public-b", "tools"] == names(found[Key("load_balancer", "shop/edge")].subnets)
    assert ["app-a", "app-b"] == names(found[Key("network_acl", "shop/data")].subnets)


def test_a_target_per_zone_is_several_targets():
    """Each with the port that was written once."""
    found = vpc(
        "instances: {web: {subnet: app}}\nload_balancers: {edge: {subnets: [public], listeners: {443: {web: 8080}}}}"
    )
    (listener,) = found[Key("load_balancer", "shop/edge")].listeners

    assert [("web-a", 8080), ("web-b", 8080)] == [(t.target.name, t.port) for t in listener.targets]


def test_a_record_answers_with_all_members():
    """Found in the only VPC that has the name, and qualified."""
    found = loaded(HEAD + "    instances: {web: {subnet: public}}\nhosted_zones: {example.com: {www: {a: [web]}}}\n")
    (record,) = found[Key("hosted_zone", "example.com")].records

    assert ["shop/web-a", "shop/web-b"] == names(record.a)


def test_a_member_can_be_named():
    """`app-b` is the subnet of zone b, and what stands in it is one."""
    found = vpc("instances: {web: {subnet: app-b}}")

    assert "app-b" == found[Key("instance", "shop/web")].subnet.name


def test_plurals_are_dealt_out():
    """One value per zone; null leaves a zone to the default."""
    found = vpc(
        "instances: {web: {subnet: public, private_ip_addresses: [10.0.0.9, null], elastic_ips: [true, false]}}"
    )
    first, second = found[Key("instance", "shop/web-a")], found[Key("instance", "shop/web-b")]

    assert ("10.0.0.9", True) == (str(first.private_ip_address), first.elastic_ip)
    assert (None, False) == (second.private_ip_address, second.elastic_ip)


def test_nesting_and_naming_are_the_same():
    """A block inside the subnet, or beside it with the subnet's id."""
    nested = HEAD.replace(
        "route_table: private}\n      tools", "route_table: private, instances: {web: {}}}\n      tools"
    )
    flat = HEAD + "    instances: {web: {subnet: app}}\n"

    assert set(loaded(nested)) == set(loaded(flat))
    assert loaded(nested)[Key("instance", "shop/web-b")] == loaded(flat)[Key("instance", "shop/web-b")]


def test_flows_keep_the_name_of_the_group():
    """They are traced from every member."""
    result = load_text(
        HEAD + "    instances: {web: {subnet: app}}\nflows: {ask: {from: web, to: internet, port: 443}}\n"
    )

    assert "web" == result.value.flows[0].source.name


@pytest.mark.parametrize(
    ("zones", "subnet", "zone"),
    [
        pytest.param("zones: [b]", "", "ap-south-1b", id="the-only-zone"),
        pytest.param("", "", "ap-south-1a", id="no-zones-the-first"),
        pytest.param("zones: [a, b]", ", availability_zone: b", "ap-south-1b", id="a-letter"),
        pytest.param("zones: [a, b]", ", availability_zone: ap-south-1c", "ap-south-1c", id="a-full-name"),
        pytest.param("zones: [ap-south-1c]", "", "ap-south-1c", id="full-names-in-the-list"),
    ],
)
def test_zone_of_a_single_subnet(zones, subnet, zone):
    """Letters and full names are the same; one zone needs no naming."""
    text = f"""\
version: 1
title: Zones
region: ap-south-1
{zones}
vpcs: {{shop: {{cidr_block: 10.0.0.0/16, subnets: {{app: {{cidr_block: 10.0.0.0/24{subnet}}}}}}}}}
"""
    assert zone == loaded(text)[Key("subnet", "shop/app")].availability_zone


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("regions: {us-east-1: {zones: [c], vpcs: {shop: @}}}", id="region"),
        pytest.param("accounts: {main: {region: us-east-1, zones: [c], vpcs: {shop: @}}}", id="account"),
        pytest.param("accounts: {main: {zones: [c], regions: {us-east-1: {vpcs: {shop: @}}}}}", id="both"),
        pytest.param("zones: [a]\nregion: us-east-1\nvpcs: {shop: {zones: [c], cidr_block: 10.0.0.0/16}}", id="vpc"),
        pytest.param("vpcs: {shop: {region: us-east-1, zones: [c], cidr_block: 10.0.0.0/16}}", id="vpc-alone"),
    ],
)
def test_zones_and_region_come_from_the_nearest_block(text):
    """The VPC, its Region, its account, the file."""
    found = loaded("version: 1\ntitle: Nesting\n" + text.replace("@", "{cidr_block: 10.0.0.0/16}") + "\n")
    shop = found[Key("vpc", "shop")]

    assert ("us-east-1c",) == shop.zones
    assert "us-east-1" == shop.region.name
    assert Key("region", "us-east-1") in found


def test_each_vpc_has_zones_of_its_own():
    """A hub in three zones beside a VPC in one."""
    text = """\
version: 1
title: Two VPCs
region: ap-south-1
zones: [a]
vpcs:
  hub:
    zones: [a, b, c]
    cidr_block: 10.0.0.0/16
    subnets: {core: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24, 10.0.2.0/24]}}
  leaf: {cidr_block: 10.1.0.0/16, subnets: {core: {cidr_blocks: [10.1.0.0/24]}}}
"""
    assert ["hub/core-a", "hub/core-b", "hub/core-c", "leaf/core-a"] == [
        k.path for k in loaded(text) if k.kind == "subnet"
    ]


def test_template_repeats_a_vpc():
    """Its own block over the template; `+` counts from its first address."""
    text = """\
version: 1
title: Spokes
region: ap-south-1
zones: [a, b]
templates:
  spoke:
    internet_gateway: igw
    subnets: {app: {cidr_blocks: [+0.0.10.0/24, +0.0.11.0/24]}}
    instances: {web: {subnet: app, private_ip_addresses: [+0.0.10.9, +0.0.11.9]}}
    security_groups: {app: {ingress: [tcp 443 from +0.0.0.0/16]}}
vpcs:
  prod: {template: spoke, cidr_block: 10.1.0.0/16}
  test: {template: spoke, cidr_block: 10.2.0.0/16, internet_gateway: null, instances: {web: {title: Test server}}}
"""
    found = loaded(text)

    assert "10.1.10.0/24" == str(found[Key("subnet", "prod/app-a")].cidr_block)
    assert "10.2.11.9" == str(found[Key("instance", "test/web-b")].private_ip_address)
    assert "10.2.0.0/16" == str(found[Key("security_group", "test/app")].ingress[0].cidr)
    assert Key("internet_gateway", "prod/igw") in found
    assert Key("internet_gateway", "test/igw") not in found
    assert ("", "Test server") == (
        found[Key("instance", "prod/web-a")].title,
        found[Key("instance", "test/web-a")].title,
    )


def test_a_mistake_in_a_template_is_reported_once():
    """However many VPCs use it."""
    text = """\
version: 1
title: Spokes
region: ap-south-1
templates: {spoke: {security_groups: {app: {ingres: []}}}}
vpcs:
  prod: {template: spoke, cidr_block: 10.1.0.0/16}
  test: {template: spoke, cidr_block: 10.2.0.0/16}
"""
    assert ["DGY-13"] == [d.code for d in load_text(text).diagnostics]


def test_group_can_be_given_by_hand():
    """Components that are alike without being one per zone; lists and flows take them all."""
    found = vpc(
        "instances:\n  web-1: {subnet: tools, group: web}\n  web-2: {subnet: tools, group: web}\n"
        "load_balancers: {edge: {subnets: [public], listeners: {443: {web: 8080}}}}"
    )
    (listener,) = found[Key("load_balancer", "shop/edge")].listeners

    assert ["web-1", "web-2"] == [t.target.name for t in listener.targets]


def test_targets_are_bounded():
    """Every listener of many, to every member of a large group."""
    users = "".join(f"      w{n}: {{subnet: app, group: web}}\n" for n in range(1000))
    listeners = ", ".join(f"{port}: {{web: 80}}" for port in range(1, 1000))
    result = load_text(
        "version: 1\ntitle: Big\nregion: ap-south-1\nvpcs:\n  shop:\n    cidr_block: 10.0.0.0/16\n"
        f"    subnets: {{app: {{cidr_block: 10.0.0.0/20}}}}\n    instances:\n{users}"
        f"    load_balancers: {{edge: {{subnets: [app], listeners: {{{listeners}}}}}}}\n"
    )

    assert ["DGY-32"] == [d.code for d in result.diagnostics]


def test_expansion_is_bounded():
    """A small file cannot stand for more components than the limit."""
    vpcs = "".join(f"  v{n}: {{template: big, cidr_block: 10.0.0.0/16}}\n" for n in range(700))
    groups = ", ".join(f"i{n}: {{}}" for n in range(100))
    big = f"{{security_groups: {{{groups}}}}}"
    text = f"version: 1\ntitle: Big\nregion: ap-south-1\ntemplates: {{big: {big}}}\nvpcs:\n{vpcs}"
    result = load_text(text)

    assert has_errors(result.diagnostics)
    assert ["DGY-32"] == [d.code for d in result.diagnostics]


def test_order_of_blocks_does_not_matter():
    """What stands in a subnet may be written before it."""
    text = """\
version: 1
title: Instances first
region: ap-south-1
zones: [a, b]
vpcs:
  shop:
    instances: {web: {subnet: app}}
    route_tables: {main: {}}
    subnets: {app: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24]}}
    cidr_block: 10.0.0.0/16
"""
    assert "app-b" == loaded(text)[Key("instance", "shop/web-b")].subnet.name
