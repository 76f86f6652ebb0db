# ruff: noqa: E501 - one case, one line or two
"""NAT gateways, NAT instances and appliances: each rule both ways."""

from __future__ import annotations

from typing import Any

import pytest

from tests.routing.cases import ALLOWED, Answer, blocked, case, check, network_with
from tests.routing.cases import ask as asked

UNSOLICITED = "DG_NAT_UNSOLICITED_INBOUND"
ASYMMETRIC = "DG_RETURN_PATH_ASYMMETRIC"
LOST = "SG_REFERENCES_NOT_PRESERVED"

PRIVATE_NAT = "{nat_gateways: {nat: {connectivity_type: private, elastic_ip: null}}}"
EAST_WEST_NAT = "{route_tables: {rt-app: {10.0.20.0/24: nat}}}"


def nat_acl(*, inward: str = "100: allow all from 0.0.0.0/0", outward: str = "100: allow all to 0.0.0.0/0") -> str:
    return (
        f"{{network_acls: {{acl: {{ingress: {{{inward}}}, egress: {{{outward}}}}}}}, subnets: {{nat: {{cidr_block: "
        "10.0.5.0/24, availability_zone: a, route_table: rt-pub, network_acl: acl}}, nat_gateways: {nat: {subnet: nat,"
        " private_ip_address: 10.0.5.100}}}"
    )


GATEWAY = [
    case("out-through-the-gateway", "", "app -> server tcp 443", ALLOWED),
    case("icmp-too", "", "app -> server icmp", ALLOWED),
    case("udp-too", "", "app -> server udp 123", ALLOWED),
    case("with-a-low-source-port", "", "app -> server tcp 443", ALLOWED, source_port=500),
    case("from-outside-to-its-elastic-ip", "", "user -> 198.51.100.9 tcp 443", blocked(UNSOLICITED, "nat_gateway:nat")),
    case("from-outside-by-name", "", "internet -> nat tcp 443", blocked(UNSOLICITED, "nat_gateway:nat")),
    case("it-answers-no-ping", "", "user -> 198.51.100.9 icmp", blocked(UNSOLICITED, "nat_gateway:nat")),
    case("from-inside-to-its-private-address", "", "app -> 10.0.0.100 tcp 443", blocked(UNSOLICITED, "nat_gateway:nat")),
    case("from-inside-to-its-elastic-ip", "", "app -> 198.51.100.9 tcp 443", blocked(UNSOLICITED, "nat_gateway:nat")),
    case("no-route-behind-it", "{subnets: {nat: {cidr_block: 10.0.5.0/24, availability_zone: a, route_table: rt-main}},"
         " nat_gateways: {nat: {subnet: nat, private_ip_address: null}}}", "app -> server tcp 443",
         blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-main")),
    case("a-private-one-routed-to-the-internet", PRIVATE_NAT, "app -> server tcp 443",
         blocked("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "internet_gateway:igw")),
    case("a-private-one-from-outside", PRIVATE_NAT, "user -> nat tcp 443",
         blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw")),
    case("a-private-destination-behind-it", "", "app -> 192.168.1.1 tcp 443",
         blocked("IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS", "internet_gateway:igw")),
    case("its-subnet-routes-to-itself", "{subnets: {nat: {cidr_block: 10.0.5.0/24, availability_zone: a, route_table:"
         " rt-app}}, nat_gateways: {nat: {subnet: nat, private_ip_address: null}}}", "app -> server tcp 443",
         blocked("DG_LOOP_DETECTED", "nat_gateway:nat")),
    case("out-of-order", "", "app2 -> server tcp 443", blocked("BAD_STATE_ROUTE", "route_table:rt-app"), outage="nat"),
    case("its-zone-is-down", "", "app2 -> server tcp 443", blocked("BAD_STATE_ROUTE", "route_table:rt-app"), outage="a"),
    case("between-subnets-a-group-is-lost", EAST_WEST_NAT, "app -> db tcp 5432", blocked(LOST, "instance:db")),
    case("between-subnets-by-address", EAST_WEST_NAT + "", "app -> db tcp 5432", ALLOWED,
         top="{vpcs: {vpc: {security_groups: {sg-db: {ingress: [tcp 5432 from 10.0.0.100/32]}}}}}"),
    case("in-the-client's-own-subnet", "{nat_gateways: {nat: {subnet: app-a, private_ip_address: 10.0.10.100}},"
         " route_tables: {rt-app: {0.0.0.0/0: null, 203.0.113.0/24: nat, 0.0.0.0/0: igw}}}", "app -> server tcp 443",
         blocked("DG_LOOP_DETECTED", "nat_gateway:nat")),
    case("acl-of-its-subnet-in-request", nat_acl(inward="100: allow tcp 1024-65535 from 0.0.0.0/0"),
         "app -> server tcp 443", blocked("SUBNET_ACL_RESTRICTION", "network_acl:acl")),
    case("acl-of-its-subnet-out-request", nat_acl(outward="100: allow tcp 1024-65535 to 0.0.0.0/0"),
         "app -> server tcp 443", blocked("SUBNET_ACL_RESTRICTION", "network_acl:acl")),
    case("acl-of-its-subnet-in-answer", nat_acl(inward="100: allow all from 10.0.0.0/16"),
         "app -> server tcp 443", blocked("SUBNET_ACL_RESTRICTION", "network_acl:acl", "return")),
    case("acl-of-its-subnet-out-answer", nat_acl(outward="100: allow tcp 443 to 0.0.0.0/0"),
         "app -> server tcp 443", blocked("SUBNET_ACL_RESTRICTION", "network_acl:acl", "return")),
    case("acl-of-its-subnet-with-just-enough", nat_acl(
        inward="100: allow tcp 443 from 10.0.0.0/16, 110: allow tcp 1024-65535 from 0.0.0.0/0",
        outward="100: allow tcp 443 to 0.0.0.0/0, 110: allow tcp 1024-65535 to 10.0.0.0/16"),
         "app -> server tcp 443", ALLOWED),
    case("acl-of-its-subnet-knows-no-low-port-of-the-client", nat_acl(
        inward="100: allow tcp 443 from 10.0.0.0/16, 110: allow tcp 1024-65535 from 0.0.0.0/0",
        outward="100: allow tcp 443 to 0.0.0.0/0, 110: allow tcp 1024-65535 to 10.0.0.0/16"),
         "app -> server tcp 443", blocked("SUBNET_ACL_RESTRICTION", "network_acl:acl", "return"), source_port=500),
    case("acl-of-its-subnet-and-icmp", nat_acl(
        inward="100: allow icmp from 0.0.0.0/0", outward="100: allow icmp to 0.0.0.0/0"), "app -> server icmp", ALLOWED),
    case("acl-of-its-subnet-without-icmp", nat_acl(inward="100: allow tcp from 0.0.0.0/0"), "app -> server icmp",
         blocked("SUBNET_ACL_RESTRICTION", "network_acl:acl")),
]  # fmt: skip


def instance_nat(extra: str = "", group: str = "sg-open", check_on: str = "false") -> str:
    return (
        "{nat_gateways: null, route_tables: {rt-app: {0.0.0.0/0: box}}, instances: {box: {subnet: pub-a,"
        f" private_ip_address: 10.0.0.200, elastic_ip: 198.51.100.200, security_groups: [{group}],"
        f" source_dest_check: {check_on}, forwards: nat}}}}{extra}}}"
    )


TO_DB = ", subnets: {db: {route_table: rt-db}}"
INSTANCE = [
    case("out-through-the-instance", instance_nat(), "app -> server tcp 443", ALLOWED),
    case("icmp-too", instance_nat(), "app -> server icmp", ALLOWED),
    case("with-its-check-on", instance_nat(check_on="true"), "app -> server tcp 443",
         blocked("ENI_SOURCE_DEST_CHECK_RESTRICTION", "instance:box")),
    case("its-own-groups-must-let-clients-in", instance_nat(group="sg-web"), "app -> server tcp 8443",
         blocked("ENI_SG_RULES_MISMATCH", "instance:box")),
    case("its-own-groups-must-let-them-out", instance_nat(
        ", security_groups: {sg-in: {ingress: [all from 0.0.0.0/0], egress: []}}", "sg-in"), "app -> server tcp 8443",
         blocked("SG_HAS_NO_RULES", "instance:box")),
    case("from-outside-it-is-an-instance-like-any", instance_nat(), "user -> box tcp 22", ALLOWED),
    case("from-outside-its-groups-decide", instance_nat(group="sg-web"), "user -> 198.51.100.200 tcp 22",
         blocked("ENI_SG_RULES_MISMATCH", "instance:box")),
    case("from-inside-it-is-an-instance-like-any", instance_nat(), "app -> 10.0.0.200 tcp 22", ALLOWED),
    case("it-goes-out-itself", instance_nat(), "box -> server tcp 443", ALLOWED),
    case("without-a-public-address", instance_nat(", security_groups: {}").replace("elastic_ip: 198.51.100.200,", ""),
         "app -> server tcp 443", blocked("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "internet_gateway:igw")),
    case("out-of-order", instance_nat(), "app -> server tcp 443", blocked("BAD_STATE_ROUTE", "route_table:rt-app"),
         outage="box"),
    case("a-group-is-lost-behind-it", instance_nat(), "app -> db tcp 5432", blocked(LOST, "instance:db"),
         top="{vpcs: {vpc: {route_tables: {rt-app: {10.0.20.0/24: box}}}}}"),
    case("it-meets-the-answer-of-a-connection-with-another-header", instance_nat() , "app2 -> 198.51.100.12 tcp 22",
         blocked(ASYMMETRIC, "instance:box", "return"),
         top="{vpcs: {vpc: {instances: {app: {elastic_ip: 198.51.100.12, security_groups: [sg-open]}}}}}"),
    case("its-own-group-counts-behind-it", instance_nat(), "app -> db tcp 5432", ALLOWED,
         top="{vpcs: {vpc: {route_tables: {rt-app: {10.0.20.0/24: box}},"
         " security_groups: {sg-db: {ingress: [tcp 5432 from sg-open]}}}}}"),
    case("an-answer-that-it-did-not-ask-for", instance_nat(), "user -> app tcp 8080",
         blocked(ASYMMETRIC, "instance:box", "return"),
         top="{vpcs: {vpc: {instances: {app: {elastic_ip: true, security_groups: [sg-open]}}}}}"),
    case("by-an-interface-of-its-own", "{network_interfaces: {card: {subnet: pub-b, attachment: web2, elastic_ip: true,"
         " source_dest_check: false, security_groups: [sg-open]}}, route_tables: {rt-app: {0.0.0.0/0: card}},"
         " instances: {web2: {forwards: nat}}}", "app -> server tcp 443", ALLOWED),
    case("to-its-own-public-address-through-itself", instance_nat(), "app -> 198.51.100.200 tcp 22", ALLOWED),
]  # fmt: skip


def firewall(*, there: bool = True, back: bool = True, rule: str = "tcp 5432 from 10.0.10.0/24", fw: str = "") -> str:
    to_db = "10.0.20.0/24: fw" if there else ""
    to_app = "10.0.10.0/24: fw" if back else ""
    return (
        "{subnets: {fw: {cidr_block: 10.0.30.0/24, availability_zone: a}, db: {route_table: rt-db}},"
        f" route_tables: {{rt-app: {{{to_db}}}, rt-db: {{{to_app}}}}}, security_groups: {{sg-db: {{ingress: [{rule}]}}}},"
        f" instances: {{fw: {{subnet: fw, source_dest_check: false, security_groups: [sg-open]{fw}}}}}}}"
    )


APPLIANCE = [
    case("both-ways", firewall(), "app -> db tcp 5432", ALLOWED),
    case("udp-both-ways", firewall(rule="udp 53 from 10.0.10.0/24"), "app -> db udp 53", ALLOWED),
    case("a-group-reference-is-lost", firewall(rule="tcp 5432 from sg-app"), "app -> db tcp 5432",
         blocked(LOST, "instance:db")),
    case("its-own-group-says-nothing-about-others", firewall(rule="tcp 5432 from sg-open"), "app -> db tcp 5432",
         blocked("ENI_SG_RULES_MISMATCH", "instance:db")),
    case("the-answer-misses-it", firewall(back=False), "app -> db tcp 5432", blocked(ASYMMETRIC, "instance:fw", "return")),
    case("the-answer-alone-meets-it", firewall(there=False), "app -> db tcp 5432",
         blocked(ASYMMETRIC, "instance:fw", "return")),
    case("with-its-check-on", firewall(fw=", source_dest_check: true"), "app -> db tcp 5432",
         blocked("ENI_SOURCE_DEST_CHECK_RESTRICTION", "instance:fw")),
    case("its-groups-refuse", firewall(fw=", security_groups: [sg-web]"), "app -> db tcp 5432",
         blocked("ENI_SG_RULES_MISMATCH", "instance:fw")),
    case("out-of-order", firewall(), "app -> db tcp 5432", blocked("BAD_STATE_ROUTE", "route_table:rt-app"), outage="fw"),
    case("one-subnet-cannot-be-diverted", firewall(), "db -> 10.0.20.11 tcp 80", ALLOWED,
         top="{vpcs: {vpc: {instances: {db2: {subnet: db-a, private_ip_address: 10.0.20.11, security_groups: [sg-open]}}}}}"),
    case("its-acl-in", firewall(), "app -> db tcp 5432", blocked("SUBNET_ACL_RESTRICTION", "network_acl:shut"),
         top="{vpcs: {vpc: {network_acls: {shut: {}}, subnets: {fw: {network_acl: shut}}}}}"),
    case("an-interface-of-its-own", "{subnets: {fw: {cidr_block: 10.0.30.0/24, availability_zone: a}, db: {route_table:"
         " rt-db}}, route_tables: {rt-app: {10.0.20.0/24: eni}, rt-db: {10.0.10.0/24: eni}}, security_groups: {sg-db:"
         " {ingress: [tcp 5432 from 10.0.10.0/24]}}, network_interfaces: {eni: {subnet: fw, source_dest_check: false,"
         " security_groups: [sg-open]}}}", "app -> db tcp 5432", ALLOWED),
    case("an-interface-whose-instance-is-down", "{route_tables: {rt-app: {10.0.20.0/24: eni}}, network_interfaces: {eni:"
         " {subnet: pub-a, attachment: web, source_dest_check: false}}}", "app -> db tcp 5432",
         blocked("BAD_STATE_ROUTE", "route_table:rt-app"), outage="web"),
    case("the-local-route-replaced", "{route_tables: {rt-app: {10.0.0.0/16: web}}}", "app -> db tcp 5432",
         blocked("ENI_SOURCE_DEST_CHECK_RESTRICTION", "instance:web"),
         top="{vpcs: {vpc: {instances: {web: {security_groups: [sg-open]}}}}}"),
    case("a-detour-that-leads-back", "{route_tables: {rt-app: {10.0.20.0/24: fw}}, instances: {fw: {subnet: app-b,"
         " source_dest_check: false, security_groups: [sg-open]}}}", "app -> db tcp 5432",
         blocked("DG_LOOP_DETECTED", "instance:fw")),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "ends", "answer", "more"), [*GATEWAY])
def test_gateway(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """A NAT gateway lets connections out and nothing in, and its subnet's ACL sees four packets."""
    check(changes, ends, answer, dict(more))


@pytest.mark.parametrize(("changes", "ends", "answer", "more"), INSTANCE)
def test_instance(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """A NAT instance is an instance too: its check, its groups, its own traffic."""
    check(changes, ends, answer, dict(more))


@pytest.mark.parametrize(("changes", "ends", "answer", "more"), APPLIANCE)
def test_appliance(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """An appliance passes packets on unchanged and must see both halves of a connection."""
    check(changes, ends, answer, dict(more))


def test_a_lost_group_reference_is_also_a_mismatch() -> None:
    """The plain mismatch is the secondary reason, behind a translator as behind an appliance."""
    for changes in (EAST_WEST_NAT, firewall(rule="tcp 5432 from sg-app")):
        (connection,) = asked(network_with(changes), "app -> db tcp 5432").connections
        assert connection.secondary == ("ENI_SG_RULES_MISMATCH",)


def test_the_gateway_s_ephemeral_ports_in_part() -> None:
    """The answer comes back to 1024-65535 of the NAT gateway, whatever port the client had."""
    changes = nat_acl(inward="100: allow tcp 443 from 10.0.0.0/16, 110: allow tcp 32768-60999 from 0.0.0.0/0")
    (connection,) = asked(network_with(changes), "app -> server tcp 443", source_port=40000).connections
    assert connection.reason == "SUBNET_ACL_RESTRICTION"
    assert connection.secondary == ("DG_EPHEMERAL_RANGE_PARTIAL",)
    assert "1024-32767, 61000-65535" in connection.text


def test_what_stops_behind_a_translation_has_the_new_header():
    """The packet that found no route is the NAT gateway's."""
    report = asked(network_with("route_tables: {rt-pub: {0.0.0.0/0: }}"), "app -> server tcp 443")
    last = report.connections[0].forward.hops[-1]

    assert report.reason == "NO_ROUTE_TO_DESTINATION"
    assert (last.name, str(last.packet_in.source)) == ("nat", "10.0.10.10")
    assert str(last.packet_stopped.source) == "10.0.0.100"
