# ruff: noqa: E501 - one case, one line or two
"""IPv6 (semantics 2.2, 2.4, 3.3, 4.1, 4.2, 5.1, 5.2): each rule both ways."""

import pytest
import yaml

from docgen.model.packet import Family
from tests.routing.cases import ALLOWED, BASE, Answer, ask, blocked, case, merged, network_of, network_with

SIX = yaml.safe_load("""
users: {six: {ipv6_address: true}, old: {}}
internet_hosts: {server6: {ipv6_address: "2001:db8:ffff::80", dns_names: [six.example]}}
""")
DUAL = yaml.safe_load("""
ipv6_cidr_block: true
egress_only_internet_gateway: eigw
subnets:
  pub: {ipv6_cidr_block: true}
  app: {ipv6_cidr_block: true, enable_dns64: true}
  only: {ipv6_native: true, ipv6_cidr_block: true, availability_zone: a, route_table: rt-six, enable_dns64: true}
  bare: {ipv6_native: true, ipv6_cidr_block: true, availability_zone: b, route_table: rt-six}
route_tables:
  rt-pub: {"::/0": igw}
  rt-app: {"::/0": eigw, "64:ff9b::/96": nat}
  rt-six: {"::/0": eigw, "64:ff9b::/96": nat}
security_groups:
  sg-open: {ingress: [all from 0.0.0.0/0, "all from ::/0"]}
  sg-app: {ingress: ["tcp 8080 from ::/0", tcp 8081 from sg-web]}
  sg-web: {ingress: ["tcp 80,443 from ::/0"]}
instances:
  web: {ipv6_address: true}
  app: {ipv6_address: true}
  app2: {ipv6_address: "2001:db8:1000:3::99"}
  six1: {subnet: only, security_groups: [sg-open]}
  six2: {subnet: bare, security_groups: [sg-open]}
""")


def dual(changes: str = "", top: str = ""):
    """The base network with IPv6 in it, changed."""
    definition = merged(merged(BASE, SIX), {"vpcs": {"vpc": DUAL}})
    changed = merged(definition, {"vpcs": {"vpc": yaml.safe_load(changes) or {}}})
    return network_of(merged(changed, yaml.safe_load(top) or {}))


REGIONAL = """
nat_gateways: {nat: {subnet: , private_ip_address: , elastic_ip: , availability_mode: regional}}
"""
PRIVATE_SIX = "{ipv6_cidr_block: 'fd00:1::/56', instances: {app2: {ipv6_address: true}}}"
Q40 = blocked("DG_RETURN_PATH_ASYMMETRIC", "egress_only_internet_gateway:eigw", "return")


@pytest.mark.parametrize(
    ("changes", "ends", "answer", "more"),
    [
        case("12-q40", "", "internet -> app tcp 8080", Q40),
        case(
            "12-q40-without-igw",
            "{internet_gateway: , nat_gateways: , route_tables: {rt-pub: , rt-app: {0.0.0.0/0: , '64:ff9b::/96': }, "
            "rt-six: {'64:ff9b::/96': }}, subnets: {pub: {route_table: }}}",
            "internet -> app tcp 8080",
            blocked("DG_EIGW_UNSOLICITED_INBOUND", "egress_only_internet_gateway:eigw"),
        ),
        case("12-q40-outwards", "", "app -> internet tcp 443", ALLOWED, family="ipv6"),
        case("2.2-from-an-address", "", "2001:db8:1000:3::99 -> 2001:db8:ffff::80 tcp 443", ALLOWED),
        case("2.2-from-an-address-to-a-name", "", "2001:db8:1000:3::99 -> app tcp 8080", ALLOWED),
        case(
            "2.2-from-an-address-without-the-family",
            "",
            "2001:db8:1000:3::99 -> 10.0.10.10 tcp 8080",
            blocked("DG_ADDRESS_FAMILY_MISMATCH", "instance:app2"),
        ),
        case(
            "2.4-eigw-carries-no-ipv4",
            "route_tables: {rt-app: {0.0.0.0/0: eigw}}",
            "app -> internet tcp 443",
            blocked("DG_ADDRESS_FAMILY_MISMATCH", "egress_only_internet_gateway:eigw"),
        ),
        case("4.1-igw-in-and-back", "", "six -> web tcp 443", ALLOWED, family="ipv6"),
        case("4.1-igw-out", "", "web -> server6 tcp 443", ALLOWED, family="ipv6"),
        case(
            "4.1-igw-needs-the-rule",
            "",
            "six -> web tcp 22",
            blocked("ENI_SG_RULES_MISMATCH", "instance:web"),
            family="ipv6",
        ),
        case(
            "2.4-ipv4-default-is-no-ipv6-default",
            "route_tables: {rt-pub: {'::/0': }}",
            "six -> web tcp 443",
            blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-pub", "return"),
            family="ipv6",
        ),
        case("3.2-local-route-of-ipv6", "", "web -> app tcp 8080", ALLOWED, family="ipv6"),
        case("3.2-in-one-subnet", "", "six1 -> six1 tcp 8080", ALLOWED),
        case(
            "5.1-ipv4-world-is-not-ipv6",
            "security_groups: {sg-open: {ingress: [all from 0.0.0.0/0]}}",
            "six1 -> six2 tcp 1",
            blocked("ENI_SG_RULES_MISMATCH", "instance:six2"),
        ),
        case("5.1-default-egress-lets-ipv6-out", "", "six1 -> six2 tcp 1", ALLOWED),
        case(
            "5.1-written-egress-is-what-it-says",
            "security_groups: {sg-open: {egress: [all to 0.0.0.0/0]}}",
            "six1 -> six2 tcp 1",
            blocked("ENI_SG_RULES_MISMATCH", "instance:six1"),
        ),
        case("5.1-group-reference-by-ipv6", "", "web -> app tcp 8081", ALLOWED, family="ipv6"),
        case(
            "5.2-custom-acl-of-ipv4-only",
            "{network_acls: {v4: {ingress: {1: 'allow all from 0.0.0.0/0'}, egress: {1: 'allow all to 0.0.0.0/0'}}},"
            " subnets: {only: {network_acl: v4}}}",
            "six1 -> six2 tcp 1",
            blocked("SUBNET_ACL_RESTRICTION", "network_acl:v4"),
        ),
        case(
            "5.2-custom-acl-of-both",
            "{network_acls: {v6: {ingress: {100: 'allow all from ::/0'}, egress: {100: 'allow all to ::/0'}}},"
            " subnets: {only: {network_acl: v6}}}",
            "six1 -> six2 tcp 1",
            ALLOWED,
        ),
        case(
            "2.2-no-family-in-common",
            "",
            "six2 -> old tcp 443",
            blocked("DG_ADDRESS_FAMILY_MISMATCH", "instance:six2"),
        ),
        case("2.2-outside-too", "", "old -> six2 tcp 443", blocked("DG_ADDRESS_FAMILY_MISMATCH", "user:old")),
        case("2.4-dns64-and-nat64", "", "six1 -> old tcp 443", ALLOWED),
        case("2.4-dual-stack-prefers-ipv4", "", "app -> internet tcp 443", ALLOWED),
        case(
            "2.4-no-nat64-route",
            "route_tables: {rt-six: {'64:ff9b::/96': }}",
            "six1 -> old tcp 443",
            blocked("NO_ROUTE_TO_DESTINATION", "internet:internet"),
        ),
        case(
            "2.4-nat-translates-nothing-else",
            "route_tables: {rt-six: {'::/0': nat}}",
            "six1 -> server6 tcp 443",
            blocked("DG_ADDRESS_FAMILY_MISMATCH", "nat_gateway:nat"),
        ),
        case("2.4-regional-nat-and-nat64", REGIONAL, "six1 -> old tcp 443", ALLOWED),
        case(
            "2.4-regional-nat-translates-nothing-else",
            REGIONAL + "route_tables: {rt-six: {'::/0': nat}}",
            "six1 -> server6 tcp 443",
            blocked("DG_ADDRESS_FAMILY_MISMATCH", "nat_gateway:nat"),
        ),
        case(
            "2.2-private-ipv6-does-not-leave-by-an-internet-gateway",
            PRIVATE_SIX,
            "web -> server6 tcp 443",
            blocked("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "internet_gateway:igw"),
            family="ipv6",
        ),
        case(
            "2.2-nor-by-an-egress-only-one",
            PRIVATE_SIX,
            "six1 -> server6 tcp 443",
            blocked("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "egress_only_internet_gateway:eigw"),
        ),
        case("4.2-nat64-by-address", "", "six1 -> 64:ff9b::cb00:7132 tcp 443", ALLOWED),
        case(
            "4.1-private-ipv6-stays-in",
            "",
            "web -> fd00::1 tcp 443",
            blocked("NO_ROUTE_TO_DESTINATION", "internet:internet"),
        ),
        case("1-ipv6-resolver", "security_groups: {sg-open: {egress: []}}", "six1 -> fd00:ec2::253 udp 53", ALLOWED),
    ],
)
def test_ipv6(changes, ends, answer, more):
    """Verdict, leg, code and deciding component."""
    family = more.pop("family", "")
    report = ask(dual(changes), ends, family=Family(family) if family else None)
    by = f"{report.component.kind}:{report.component_name}" if report.component else None

    assert answer == Answer(report.verdict, report.reason, report.leg, by), report.text


def test_asking_for_a_family_that_neither_end_has():
    """No component is to blame: the question makes no sense."""
    report = ask(dual(), "old -> db tcp 5432", family=Family.IPV6)

    assert (report.verdict, report.reason) == ("unknown", "DG_ADDRESS_FAMILY_MISMATCH")


def test_given_blocks_do_not_move():
    """Every VPC that wishes for a block gets the same one each time; subnets the next /64 that nobody wrote."""
    network = dual("subnets: {bare: {ipv6_cidr_block: '2001:db8:1000:1::/64'}}")

    vpc = next(iter(network.of_kind("vpc")))
    subnets = {network.name(s.key): str(s.blocks[-1]) for s in network.of_kind("subnet")}

    assert str(vpc.blocks[-1]) == "2001:db8:1000::/56"
    assert subnets == {
        "pub-a": "2001:db8:1000::/64",
        "pub-b": "2001:db8:1000:2::/64",
        "app-a": "2001:db8:1000:3::/64",
        "app-b": "2001:db8:1000:4::/64",
        "db-a": "10.0.20.0/24",
        "db-b": "10.0.21.0/24",
        "only": "2001:db8:1000:5::/64",
        "bare": "2001:db8:1000:1::/64",
    }


@pytest.mark.parametrize(
    ("subnet", "instance", "address"),
    [
        pytest.param("{}", "{}", None, id="2.2-not-by-itself"),
        pytest.param("{assign_ipv6_address_on_creation: true}", "{}", "2001:db8:1000::4", id="2.2-auto-assign"),
        pytest.param("{assign_ipv6_address_on_creation: true}", "{ipv6_address: false}", None, id="2.2-declined"),
        pytest.param("{}", "{ipv6_address: true}", "2001:db8:1000::4", id="2.2-any"),
        pytest.param("{}", "{ipv6_address: '2001:db8:1000::77'}", "2001:db8:1000::77", id="2.2-this-one"),
    ],
)
def test_address_of_an_interface(subnet, instance, address):
    """Subnet's attribute, instance's word."""
    changes = {
        "ipv6_cidr_block": True,
        "subnets": {"pub": {"ipv6_cidr_block": True, **yaml.safe_load(subnet)}},
        "instances": {"web": yaml.safe_load(instance)},
    }
    network = network_with(yaml.safe_dump(changes))

    web = network.interfaces["web"]

    assert (str(web.ipv6) if web.ipv6 else None) == address
    assert str(web.private_ip) == "10.0.0.10"


def test_interface_of_an_ipv6_only_subnet():
    """Its IPv6 address is its primary one, and it has no other."""
    six = dual().interfaces["six1"]

    assert six.private_ip == six.ipv6
    assert six.addresses == (six.ipv6,)


def test_vpc_without_ipv6_has_ipv4_defaults():
    """AWS adds the IPv6 lines to default group and ACL only where the VPC has a block."""

    def lines(network):
        acl = next(a for a in network.acls.values() if a.default)
        group = next(g for g in network.groups.values() if g.implicit)
        return [e.text("ingress") for e in acl.ingress], [r.text("egress") for r in group.egress]

    assert lines(network_with()) == (["allow all from 0.0.0.0/0"], ["all to 0.0.0.0/0"])
    assert lines(dual()) == (
        ["allow all from 0.0.0.0/0", "allow all from ::/0"],
        ["all to 0.0.0.0/0", "all to ::/0"],
    )


def test_per_zone_by_ipv6_blocks_alone():
    """`ipv6_cidr_blocks` makes an IPv6-only subnet one per zone."""
    network = network_of(
        yaml.safe_load("""
version: 1
title: IPv6-only subnets
region: ap-south-1
zones: [a, b]
vpcs:
  six:
    cidr_block: 10.0.0.0/16
    ipv6_cidr_block: 2001:db8:42::/56
    subnets:
      app: {ipv6_native: true, ipv6_cidr_blocks: ["2001:db8:42:1::/64", "2001:db8:42:2::/64"]}
""")
    )

    assert [(s.id, str(s.blocks[0])) for s in network.of_kind("subnet")] == [
        ("app-a", "2001:db8:42:1::/64"),
        ("app-b", "2001:db8:42:2::/64"),
    ]


BALANCED = (
    "{load_balancers: {edge: {subnets: [pub], security_groups: [sg-edge], ip_address_type: dualstack, listeners: {443: {legacy: 443}}, MORE}},"
    " security_groups: {sg-edge: {ingress: ['tcp 443 from 0.0.0.0/0', 'tcp 443 from ::/0']}, sg-old: {ingress: [tcp 443 from sg-edge]}},"
    " subnets: {plain: {cidr_block: 10.0.40.0/24, availability_zone: a}}, instances: {legacy: {subnet: plain, security_groups: [sg-old]}}}"
)


def balanced(more: str = "", **changes: str) -> str:
    """A load balancer whose nodes have both families, in front of a target with IPv4 only."""
    text = BALANCED.replace(", MORE", f", {more}" if more else "")
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("changes", "ends", "answer"),
    [
        pytest.param(balanced(), "six -> edge tcp 443", ALLOWED, id="its clients' IPv6 becomes IPv4"),
        pytest.param(balanced("type: network, cross_zone: true"), "six -> edge tcp 443", ALLOWED, id="also where clients' addresses are kept"),
        pytest.param(balanced().replace(", 'tcp 443 from ::/0'", ""), "six -> edge tcp 443", blocked("ENI_SG_RULES_MISMATCH", "load_balancer:edge"), id="its group needs a rule for IPv6"),
        pytest.param(balanced().replace(", ip_address_type: dualstack", ""), "six -> edge tcp 443", blocked("DG_ADDRESS_FAMILY_MISMATCH", "user:six"), id="without it there is IPv4 only"),
        pytest.param(balanced("scheme: internal"), "six -> edge tcp 443", blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "load_balancer:edge"), id="an internal one takes nothing from the internet"),
        pytest.param(balanced("scheme: internal"), "web -> edge tcp 443", ALLOWED, id="but from inside"),
        pytest.param(balanced().replace("dualstack", "dualstack-without-public-ipv4"), "six -> edge tcp 443", ALLOWED, id="public addresses of IPv6 only"),
        pytest.param(balanced().replace("dualstack", "dualstack-without-public-ipv4"), "old -> edge tcp 443", blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw"), id="which IPv4 clients do not reach"),
    ],
)  # fmt: skip
def test_load_balancers(changes: str, ends: str, answer: Answer) -> None:
    """`ip_address_type` of Elastic Load Balancing."""
    report = ask(dual(changes), ends, family=Family.IPV6 if ends.startswith(("six", "web")) else None)
    by = f"{report.component.kind}:{report.component_name}" if report.component else None
    assert answer == Answer(report.verdict, report.reason, report.leg, by), report.text


def test_the_target_sees_an_ipv4_node() -> None:
    """Both ends of a converted connection are shown."""
    report = ask(dual(balanced("type: network, cross_zone: true")), "six -> edge tcp 443", family=Family.IPV6)
    seen = [c.request.source.version for c in report.connections if c.request is not None]
    assert {4, 6} == set(seen)
