"""From text to a network: AWS's defaults, addresses, and names that mean nothing."""

from __future__ import annotations

import textwrap

import pytest

from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.component import Key
from docgen.routing import resolve

HEAD = """\
version: 1
title: T
region: ap-south-1
zones: [a, b]
"""


def diagnostics(text: str) -> list[str]:
    loaded = load_text(HEAD + textwrap.dedent(text), "t.yaml")
    assert loaded.value is not None, loaded.diagnostics
    return [f"{d.span} {d.code} {d.text} ({d.hint})" for d in resolve(loaded.value, all_kinds()).diagnostics]


BASE = """\
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.1.0/24, 10.0.2.0/24]}
        instances:
          app: {subnet: app}
"""


def test_aws_defaults(network) -> None:
    """A subnet that names nothing uses the main table with a local route and the default ACL."""
    net = network(HEAD + textwrap.dedent(BASE))
    subnet = Key("subnet", "shop/app-a")

    table = net.table_of(subnet)
    assert (table.name, table.main, table.implicit) == ("main", True, True)
    assert [str(r) for r in table.routes] == ["10.0.0.0/16 -> local"]
    acl = net.acl_of(subnet)
    assert [e.text("ingress") for e in acl.ingress] == ["allow all from 0.0.0.0/0"]
    interface = net.interfaces["app-a"]
    assert interface.groups == (Key("security_group", "shop/default"),)
    assert (str(interface.private_ip), interface.public_ip, interface.zone) == ("10.0.1.4", None, "ap-south-1a")


def test_addresses_skip_what_is_reserved_or_written(network) -> None:
    """The first four addresses are AWS's; written ones are never given twice."""
    net = network(
        HEAD
        + textwrap.dedent("""\
        vpcs:
          shop:
            cidr_block: 10.0.0.0/16
            internet_gateway: igw
            subnets: {app: {cidr_block: 10.0.1.0/24, availability_zone: a, map_public_ip_on_launch: true}}
            instances:
              one: {subnet: app}
              two: {subnet: app, private_ip_address: 10.0.1.5, elastic_ip: 198.51.100.1}
              three: {subnet: app, associate_public_ip_address: false}
        """)
    )
    got = {i.id: (str(i.private_ip), i.public_ip and str(i.public_ip)) for i in net.interfaces.values()}

    assert got == {
        "one": ("10.0.1.4", "198.51.100.2"),
        "two": ("10.0.1.5", "198.51.100.1"),
        "three": ("10.0.1.6", None),
    }


def test_a_full_subnet_is_an_error() -> None:
    """A /28 has eleven usable addresses."""
    instances = "\n".join(f"      i{n}: {{subnet: tiny}}" for n in range(12))
    text = (
        "vpcs:\n  shop:\n    cidr_block: 10.0.0.0/16\n"
        "    subnets: {tiny: {cidr_block: 10.0.0.0/28, availability_zone: a}}\n    instances:\n" + instances
    )
    (only,) = diagnostics(text)

    assert "DGR-04 subnet 'tiny' (10.0.0.0/28) has no free address for 'i11'" in only


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            ("subnet: app}", "subnet: ap}"),
            "t.yaml:11:21 DGR-01 there is no subnet called 'ap' (did you mean 'app'?)",
            id="unknown-subnet",
        ),
        pytest.param(
            ("{subnet: app}", "{subnet: app-a, security_groups: [wbe]}"),
            "t.yaml:11:46 DGR-01 there is no security group called 'wbe' (known: default)",
            id="unknown-group",
        ),
    ],
)
def test_unknown_references(change: tuple[str, str], expected: str) -> None:
    """A name that means nothing is reported where it stands, with the nearest known one."""
    found = diagnostics(BASE.replace(*change))

    assert expected in found


def test_a_flow_end_of_two_kinds_needs_a_kind() -> None:
    """An instance and an interface of one name: the author must say which."""
    text = textwrap.dedent(BASE) + (
        "    network_interfaces: {app-a: {subnet: app-a}}\n"
        "flows: {f: {from: app-a, to: app-b, port: 22}, g: {from: 'instance:app-a', to: app-b, port: 22}}\n"
    )
    found = diagnostics(text)

    assert len(found) == 1
    assert "DGR-02 'app-a' can mean several components" in found[0]
    assert "instance:shop/app-a" in found[0]


def test_a_reference_of_two_meanings_needs_a_path() -> None:
    """Two VPCs with a gateway of one name each: the author must say which, and is told where both are."""
    text = """\
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    customer_gateways: {router: {data_center: hq}}
    vpn_connections: {vpn: {customer_gateway: router, virtual_private_gateway: vgw}}
    vpcs:
      one: {cidr_block: 10.0.0.0/16, virtual_private_gateway: vgw}
      two: {cidr_block: 10.1.0.0/16, virtual_private_gateway: vgw}
    """
    (found,) = diagnostics(text)

    assert found.endswith("DGR-02 'vgw' can mean several components: one/vgw, two/vgw (write 'one/vgw')")
    assert diagnostics(text.replace("way: vgw}}", "way: two/vgw}}")) == []


def test_what_stands_outside_has_addresses_in_order(network) -> None:
    """Users and hosts without an address take the next of theirs; a written one and an Elastic IP are left out."""
    net = network(
        HEAD
        + textwrap.dedent("""\
        users:
          first: {}
          second: {}
          written: {address: 198.18.7.7}
          third: {ipv6_address: true}
          fourth: {ipv6_address: true}
        """)
    )
    four = {key.path: address for key, address in net.outside.items() if key.kind == "user"}
    six = {key.path: address for key, address in net.outside_ipv6.items() if key.kind == "user"}

    assert str(four["written"]) == "198.18.7.7"
    assert [int(four[name]) - int(four["first"]) for name in ("second", "third", "fourth")] == [1, 2, 3]
    assert int(six["fourth"]) - int(six["third"]) == 1


def test_outages_name_zones_or_components() -> None:
    """A letter, a full name, an id, a group: everything else is an error."""
    flows = "".join(
        f"  f{n}: {{from: app-a, to: app-b, port: 22, when: {{outage: {name}}}}}\n"
        for n, name in enumerate(["a", "ap-south-1b", "app-b", "app", "zone-c"])
    )
    found = diagnostics(textwrap.dedent(BASE) + "flows:\n" + flows)

    assert len(found) == 1
    assert "DGR-05 there is no zone or component called 'zone-c'" in found[0]


def test_two_vpcs_may_use_one_id(network) -> None:
    """Ids are unique per VPC; names for people are qualified only where needed."""
    net = network(
        HEAD
        + textwrap.dedent("""\
        vpcs:
          one: {cidr_block: 10.0.0.0/16, subnets: {s: {cidr_block: 10.0.0.0/24, availability_zone: a}},
                instances: {app: {subnet: s}, only: {subnet: s}}}
          two: {cidr_block: 10.1.0.0/16, subnets: {s: {cidr_block: 10.1.0.0/24, availability_zone: a}},
                instances: {app: {subnet: s}}}
        """)
    )

    assert [net.name(c.key) for c in net.of_kind("instance")] == ["one/app", "only", "two/app"]
    assert str(net.interfaces["two/app"].private_ip) == "10.1.0.4"


def test_what_stands_in_no_subnet_has_no_interface(network) -> None:
    """An Auto Scaling group and a database that name none."""
    net = network(
        HEAD
        + textwrap.dedent("""\
            vpcs:
              shop:
                cidr_block: 10.0.0.0/16
                subnets: {app: {cidr_block: 10.0.1.0/24, availability_zone: a}}
                auto_scaling_groups: {group: {subnets: [], desired_capacity: 2}}
                db_instances: {orders: {subnets: []}}
        """)
    )

    assert {} == dict(net.interfaces)
