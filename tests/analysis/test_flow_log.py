# ruff: noqa: E501 - one definition, one line
"""What flow logs would show (VPC User Guide, "Flow log records" with its examples and limitations)."""

from __future__ import annotations

import pytest
import yaml

from docgen.analysis.flow_log import captured_by, flow_log_records
from docgen.model.flow_log import DEFAULT_FORMAT, FIELDS, Direction
from docgen.model.network import Network
from docgen.model.trace import FlowReport
from tests.routing.cases import ask, merged, network_of, network_with

REGIONAL = "nat_gateways: {nat: {subnet: , private_ip_address: , elastic_ip: , availability_mode: regional}}"
OPEN_APP = "security_groups: {sg-app: {ingress: [all from 0.0.0.0/0]}}"
CLOSED_APP = "security_groups: {sg-app: {egress: []}}"
ACL_IN = "network_acls: {acl: {subnets: [app-a], ingress: {100: deny all from 0.0.0.0/0}, egress: {100: allow all to 0.0.0.0/0}}}"
ACL_OUT = "network_acls: {acl: {subnets: [app-a], ingress: {100: allow all from 0.0.0.0/0}, egress: {100: deny all to 0.0.0.0/0}}}"
ACL_NAT = "network_acls: {acl: {subnets: [pub-a], ingress: {100: allow all from 0.0.0.0/0}, egress: {100: allow all to 10.0.0.0/16}}}"
BPA = "vpc_block_public_access: {mode: block-bidirectional}"


def short(network: Network, report: FlowReport) -> list[str]:
    """`app > ACCEPT 10.0.10.10 10.0.20.10`: who, whether out of it (>) or into it (<), and the record's addresses."""
    found = []
    for record in flow_log_records(network, report):
        way = ">" if record.direction is Direction.EGRESS else "<"
        who = record.interface or record.component_name
        found.append(f"{who} {way} {record.value('action')} {record.value('srcaddr')} {record.value('dstaddr')}")
    return found


def rows(*lines: str) -> list[str]:
    return list(lines)


TABLE = [
    pytest.param(
        OPEN_APP,
        "web -> app tcp 8080",
        rows(
            "web > ACCEPT 10.0.0.10 10.0.10.10",
            "app < ACCEPT 10.0.0.10 10.0.10.10",
            "app > ACCEPT 10.0.10.10 10.0.0.10",
            "web < ACCEPT 10.0.10.10 10.0.0.10",
        ),
        id="both-ends-there-and-back",
    ),
    pytest.param(
        CLOSED_APP, "app -> db tcp 5432", rows("app > REJECT 10.0.10.10 10.0.20.10"), id="group-refuses-out"
    ),
    pytest.param(ACL_OUT, "app -> db tcp 5432", rows("app > REJECT 10.0.10.10 10.0.20.10"), id="acl-refuses-out"),
    pytest.param(
        "",
        "web -> db tcp 5432",
        rows("web > ACCEPT 10.0.0.10 10.0.20.10", "db < REJECT 10.0.0.10 10.0.20.10"),
        id="group-refuses-in-and-no-answer",
    ),
    pytest.param(
        ACL_IN,
        "web -> app tcp 8080",
        rows("web > ACCEPT 10.0.0.10 10.0.10.10", "app < REJECT 10.0.0.10 10.0.10.10"),
        id="acl-refuses-in",
    ),
    pytest.param(
        ACL_OUT,
        "web -> app tcp 8080",
        rows(
            "web > ACCEPT 10.0.0.10 10.0.10.10",
            "app < ACCEPT 10.0.0.10 10.0.10.10",
            "app > REJECT 10.0.10.10 10.0.0.10",
        ),
        id="stateless-acl-accept-in-reject-out",
    ),
    pytest.param(
        "route_tables: {rt-app: {0.0.0.0/0: }}",
        "app -> server tcp 443",
        rows("app > ACCEPT 10.0.10.10 203.0.113.80"),
        id="no-route-is-accepted-at-the-sender-and-seen-nowhere-else",
    ),
    pytest.param(
        "",
        "app -> server tcp 443",
        rows(
            "app > ACCEPT 10.0.10.10 203.0.113.80",
            "nat < ACCEPT 10.0.10.10 10.0.0.100",
            "nat > ACCEPT 10.0.0.100 203.0.113.80",
            "nat < ACCEPT 203.0.113.80 10.0.0.100",
            "nat > ACCEPT 10.0.0.100 10.0.10.10",
            "app < ACCEPT 203.0.113.80 10.0.10.10",
        ),
        id="nat-gateway-four-records",
    ),
    pytest.param(
        ACL_NAT,
        "app -> server tcp 443",
        rows(
            "app > ACCEPT 10.0.10.10 203.0.113.80",
            "nat < ACCEPT 10.0.10.10 10.0.0.100",
            "nat > REJECT 10.0.0.100 203.0.113.80",
        ),
        id="acl-refuses-what-a-nat-gateway-translated",
    ),
    pytest.param("", "user -> 198.51.100.9 tcp 443", rows("nat < ACCEPT 203.0.113.50 10.0.0.100"), id="nat-unasked"),
    pytest.param(
        REGIONAL,
        "app -> server tcp 443",
        rows(
            "app > ACCEPT 10.0.10.10 203.0.113.80",
            "nat < ACCEPT 10.0.10.10 203.0.113.80",
            "nat > ACCEPT 198.51.100.1 203.0.113.80",
            "nat < ACCEPT 203.0.113.80 198.51.100.1",
            "nat > ACCEPT 203.0.113.80 10.0.10.10",
            "app < ACCEPT 203.0.113.80 10.0.10.10",
        ),
        id="regional-nat-gateway",
    ),
    pytest.param(
        "",
        "user -> web tcp 443",
        rows("web < ACCEPT 203.0.113.50 10.0.0.10", "web > ACCEPT 10.0.0.10 203.0.113.50"),
        id="the-private-address-never-the-public-one",
    ),
    pytest.param("", "user -> web tcp 22", rows("web < REJECT 203.0.113.50 10.0.0.10"), id="from-outside-refused"),
    pytest.param("", "app -> 10.0.0.2 udp 53", [], id="resolver"),
    pytest.param("", "app -> 169.254.169.254 tcp 80", [], id="metadata"),
    pytest.param("", "app -> 169.254.169.123 udp 123", [], id="time"),
    pytest.param("", "app -> app tcp 443", [], id="itself"),
    pytest.param(
        "instances: {web3: {subnet: pub-a, private_ip_address: 10.0.0.11, source_dest_check: true, security_groups: "
        "[sg-open]}}\nroute_tables: {rt-app: {10.0.0.0/16: local, 0.0.0.0/0: web3}}",
        "app -> server tcp 443",
        rows("app > ACCEPT 10.0.10.10 203.0.113.80"),
        id="source-dest-check-is-no-filter",
    ),
]


@pytest.mark.parametrize(("changes", "ends", "expected"), TABLE)
def test_records(changes: str, ends: str, expected: list[str]) -> None:
    """Every interface on the way has its record, and nothing else has."""
    network = network_with(changes)

    assert expected == short(network, ask(network, ends))


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        pytest.param("user -> web tcp 443", ["web < REJECT 203.0.113.50 10.0.0.10"], id="inwards"),
        pytest.param("web -> server tcp 443", ["web > REJECT 10.0.0.10 203.0.113.80"], id="outwards"),
        pytest.param(
            "app -> server tcp 443",
            [
                "app > ACCEPT 10.0.10.10 203.0.113.80",
                "nat < ACCEPT 10.0.10.10 10.0.0.100",
                "nat > REJECT 10.0.0.100 203.0.113.80",
            ],
            id="behind-a-nat-gateway",
        ),
    ],
)
def test_public_access_blocked(ends: str, expected: list[str]) -> None:
    """VPC Block Public Access refuses at the interface behind the gateway, says so, and counts no bytes."""
    network = network_with("", BPA)
    report = ask(network, ends)

    assert expected == short(network, report)
    last = flow_log_records(network, report)[-1]
    assert ("BPA", "-") == (last.value("reject-reason"), last.value("bytes"))


PRIVATE_LINK = yaml.safe_load("""
version: 1
title: A provider and a consumer
region: ap-south-1
zones: [a]
vpcs:
  provider:
    cidr_block: 10.0.0.0/16
    subnets: {edge: {cidr_block: 10.0.0.0/24}, app: {cidr_block: 10.0.10.0/24}}
    security_groups: {sg-edge: {ingress: [tcp 443 from 10.1.0.0/16]}, sg-app: {ingress: [all from 10.0.0.0/16]}}
    load_balancers:
      nlb: {type: network, scheme: internal, subnets: [edge], security_groups: [sg-edge], listeners: {443: {app: 8443}}}
    vpc_endpoint_services: {svc: {network_load_balancers: [nlb]}}
    instances: {app: {subnet: app, private_ip_address: 10.0.10.5, security_groups: [sg-app]}}
  consumer:
    cidr_block: 10.1.0.0/16
    subnets: {web: {cidr_block: 10.1.10.0/24}}
    security_groups: {sg-web: {}, sg-ep: {ingress: [tcp 443 from sg-web]}}
    vpc_endpoints: {ep: {endpoint_service: svc, subnets: [web], security_groups: [sg-ep]}}
    instances: {web: {subnet: web, private_ip_address: 10.1.10.50, security_groups: [sg-web]}}
""")


def test_private_link() -> None:
    """Nothing is written between the endpoint's interface and the load balancer's; both have records otherwise."""
    network = network_of(PRIVATE_LINK)

    assert [
        "web > ACCEPT 10.1.10.50 10.1.10.4",
        "ep < ACCEPT 10.1.10.50 10.1.10.4",
        "ep > ACCEPT 10.1.10.4 10.1.10.50",
        "web < ACCEPT 10.1.10.4 10.1.10.50",
        "nlb > ACCEPT 10.0.0.4 10.0.10.5",
        "app < ACCEPT 10.0.0.4 10.0.10.5",
        "app > ACCEPT 10.0.10.5 10.0.0.4",
        "nlb < ACCEPT 10.0.10.5 10.0.0.4",
    ] == short(network, ask(network, "web -> ep tcp 443"))


def test_private_link_refused() -> None:
    """The consumer gets no answer where the provider's target refuses; its load balancer's refusal is not logged."""
    closed = merged(PRIVATE_LINK, {"vpcs": {"provider": {"security_groups": {"sg-app": {"ingress": []}}}}})
    network = network_of(closed)

    assert [
        "web > ACCEPT 10.1.10.50 10.1.10.4",
        "ep < ACCEPT 10.1.10.50 10.1.10.4",
        "nlb > ACCEPT 10.0.0.4 10.0.10.5",
        "app < REJECT 10.0.0.4 10.0.10.5",
    ] == short(network, ask(network, "web -> ep tcp 443"))
    closed = merged(PRIVATE_LINK, {"vpcs": {"provider": {"security_groups": {"sg-edge": {"ingress": []}}}}})
    network = network_of(closed)
    assert ["web > ACCEPT 10.1.10.50 10.1.10.4", "ep < ACCEPT 10.1.10.50 10.1.10.4"] == short(
        network, ask(network, "web -> ep tcp 443")
    )


HUB = yaml.safe_load("""
version: 1
title: Two VPCs and a hub
region: ap-south-1
zones: [a, b]
transit_gateways: {hub: {}}
vpcs:
  one:
    cidr_block: 10.0.0.0/16
    subnets: {app: {cidr_block: 10.0.10.0/24, availability_zone: a}, tgw: {cidr_block: 10.0.99.0/28, availability_zone: a}}
    transit_gateway_attachments: {att-one: {transit_gateway: hub, subnets: [tgw]}}
    route_tables: {main: {10.0.0.0/8: hub}}
    instances: {client: {subnet: app, private_ip_address: 10.0.10.5}}
  two:
    cidr_block: 10.1.0.0/16
    subnets: {app: {cidr_block: 10.1.10.0/24, availability_zone: a}}
    transit_gateway_attachments: {att-two: {transit_gateway: hub, subnets: [app]}}
    route_tables: {main: {10.0.0.0/8: hub}}
    security_groups: {open: {ingress: [all from 10.0.0.0/8]}}
    instances: {server: {subnet: app, private_ip_address: 10.1.10.5, security_groups: [open]}}
""")


def test_transit_gateway() -> None:
    """Both attachments' interfaces write records, with their own address towards their VPC."""
    network = network_of(HUB)
    report = ask(network, "client -> server tcp 443")

    assert [
        "client > ACCEPT 10.0.10.5 10.1.10.5",
        "att-one < ACCEPT 10.0.10.5 10.0.99.4",
        "att-two > ACCEPT 10.1.10.4 10.1.10.5",
        "server < ACCEPT 10.0.10.5 10.1.10.5",
        "server > ACCEPT 10.1.10.5 10.0.10.5",
        "att-two < ACCEPT 10.1.10.5 10.1.10.4",
        "att-one > ACCEPT 10.0.99.4 10.0.10.5",
        "client < ACCEPT 10.1.10.5 10.0.10.5",
    ] == short(network, report)
    leaving = flow_log_records(network, report)[2]
    assert ("10.0.10.5", "10.1.10.5") == (leaving.value("pkt-srcaddr"), leaving.value("pkt-dstaddr"))


def test_acl_refuses_at_an_attachment() -> None:
    """The attachment's interface has the refusal, on its way out into the VPC."""
    acl = {"network_acls": {"acl": {"subnets": ["tgw"], "egress": {"100": "deny all to 0.0.0.0/0"}}}}
    acl["network_acls"]["acl"]["ingress"] = {"100": "allow all from 0.0.0.0/0"}  # type: ignore[assignment]
    network = network_of(merged(HUB, {"vpcs": {"one": acl}}))

    assert "att-one > REJECT 10.0.99.4 10.0.10.5" == short(network, ask(network, "client -> server tcp 443"))[-1]


EPHEMERAL = "network_acls: {acl: {subnets: [pub-a], ingress: {100: allow all from 0.0.0.0/0}, egress: {100: allow tcp 32768-61000 to 0.0.0.0/0}}}"


def test_example_port_is_one_that_is_refused() -> None:
    """Where only a part of the client's ports passes, the record shows one that does not."""
    network = network_with(EPHEMERAL)
    report = ask(network, "user -> web tcp 443")
    records = flow_log_records(network, report)

    assert ["ACCEPT", "REJECT"] == [r.value("action") for r in records]
    assert all(r.value("dstport" if r.direction is Direction.EGRESS else "srcport") == "1024" for r in records)


@pytest.mark.parametrize(
    ("ends", "protocol", "ports"),
    [
        pytest.param("web -> server tcp 443", "6", ("49761", "443"), id="tcp"),
        pytest.param("web -> server udp 123", "17", ("49761", "123"), id="udp"),
        pytest.param("web -> server icmp", "1", ("0", "0"), id="icmp"),
    ],
)
def test_protocol_and_ports(ends: str, protocol: str, ports: tuple[str, str]) -> None:
    """IANA numbers; ICMP has no ports."""
    network = network_with("")
    record = flow_log_records(network, ask(network, ends))[0]

    assert (protocol, ports) == (record.value("protocol"), (record.value("srcport"), record.value("dstport")))


@pytest.mark.parametrize(
    ("ends", "path"),
    [
        pytest.param("web -> app tcp 8080", "1", id="same-vpc"),
        pytest.param("web -> server tcp 443", "8", id="internet-gateway"),
        pytest.param("app -> server tcp 443", "1", id="nat-gateway"),
    ],
)
def test_traffic_path(ends: str, path: str) -> None:
    """Of what goes out; what comes in has none."""
    network = network_with(OPEN_APP)
    records = flow_log_records(network, ask(network, ends))

    assert path == records[0].value("traffic-path")
    assert {"-"} == {r.value("traffic-path") for r in records if r.direction is Direction.INGRESS}


def test_a_line_has_the_highest_version_of_its_fields() -> None:
    """A custom format; a field that does not apply is a dash."""
    network = network_with(REGIONAL)
    records = flow_log_records(network, ask(network, "app -> server tcp 443"))

    assert "2" == records[0].line().split()[0]
    assert len(DEFAULT_FORMAT) == len(records[0].line().split())
    line = records[1].line(("version", "interface-id", "resource-id", "flow-direction"))
    assert ["9", "-", "ingress"] == [line.split()[i] for i in (0, 1, 3)]
    assert line.split()[2].startswith("nat-0")
    assert all(record.line(FIELDS).startswith("11 ") for record in records)


DECLARED = """
flow_logs:
  refused: {traffic_type: REJECT, log_group_name: /vpc}
  app: {subnet: app-a, log_group_name: /app}
  web: {network_interface: web, traffic_type: ACCEPT, log_group_name: /web}
"""


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        pytest.param("web -> app tcp 9", [["web"], ["refused", "app"]], id="refused"),
        pytest.param("web -> app tcp 8080", [["web"], ["app"], ["app"], ["web"]], id="accepted"),
        pytest.param("app2 -> db tcp 5432", [[]] * 4, id="elsewhere"),
    ],
)
def test_captured_by(ends: str, expected: list[list[str]]) -> None:
    """By its VPC, subnet or interface, and by the traffic type."""
    network = network_with(DECLARED)
    records = flow_log_records(network, ask(network, ends))

    assert expected == [[network.name(key) for key in captured_by(network, record)] for record in records]
