# ruff: noqa: E501 - one definition, one line
"""What flow logs would show (VPC User Guide, "Flow log records" with its examples and limitations)."""

from __future__ import annotations

import pytest

from docgen.analysis.flow_log import captured_by, flow_log_records
from docgen.model.flow_log import DEFAULT_FORMAT, FIELDS, Direction
from tests.analysis.flow_log_lines import short
from tests.routing.cases import ask, network_with

REGIONAL = "nat_gateways: {nat: {subnet: , private_ip_address: , elastic_ip: , availability_mode: regional}}"
OPEN_APP = "security_groups: {sg-app: {ingress: [all from 0.0.0.0/0]}}"
CLOSED_APP = "security_groups: {sg-app: {egress: []}}"
ACL_IN = "network_acls: {acl: {subnets: [app-a], ingress: {100: deny all from 0.0.0.0/0}, egress: {100: allow all to 0.0.0.0/0}}}"
ACL_OUT = "network_acls: {acl: {subnets: [app-a], ingress: {100: allow all from 0.0.0.0/0}, egress: {100: deny all to 0.0.0.0/0}}}"
ACL_NAT = "network_acls: {acl: {subnets: [pub-a], ingress: {100: allow all from 0.0.0.0/0}, egress: {100: allow all to 10.0.0.0/16}}}"
BPA = "vpc_block_public_access: {mode: block-bidirectional}"


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
    pytest.param(
        "security_groups: {sg-app: {egress: []}}\nenable_dns_hostnames: true",
        "app -> nowhere.example udp 53",
        [],
        id="looking-a-name-up",
    ),
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
