"""Worked questions about AWS networks, each a definition in `questions/`, with the answer and who decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.kinds import all_kinds
from docgen.loader import load
from docgen.model.trace import FlowReport, Verdict
from docgen.routing import resolve, trace
from tests.routing.told import told

QUESTIONS = Path(__file__).parent / "questions"
DECIDED_BY = {
    ("q02", "q"): "internet_gateway:vpc-a/igw-1",
    ("q03", "q"): "internet_gateway:vpc-a/igw-1",
    ("q04", "q"): "route_table:vpc-a/rt-main",
    ("q06", "q"): "route_table:vpc-a/rt-local",
    ("q07", "q"): "nat_gateway:vpc-a/nat-a",
    ("q08", "q"): "network_acl:vpc-a/acl-pub",
    ("q09", "q"): "network_acl:vpc-a/acl-app",
    ("q11", "own"): "instance:vpc-a/web1",
    ("q12", "q"): "instance:vpc-a/api1",
    ("q13", "q"): "instance:vpc-a/web1",
    ("q16", "q"): "internet_gateway:vpc-a/igw-1",
    ("q18", "q"): "instance:vpc-a/db1",
    ("q19", "q"): "instance:vpc-a/nati",
    ("q35", "q"): "nat_gateway:vpc-a/nat-a",
    ("q22", "q"): "vpc_peering_connection:pcx-1",
    ("q24", "q"): "vpc_peering_connection:pcx-ab",
    ("q25", "q"): "route_table:vpc-b/main",
    ("q26", "q"): "transit_gateway_vpc_attachment:vpc-a/att-a",
    ("q27", "q"): "transit_gateway_vpc_attachment:vpc-b/att-b",
    ("q28", "q"): "transit_gateway_route_table:spokes",
    ("q29", "q"): "transit_gateway_route_table:all",
    ("q30", "q"): "internet_gateway:vpc-e/igw-e",
    ("q31", "q"): "internet_gateway:vpc-e/igw-e",
    ("q32", "q"): "virtual_private_gateway:vpc-a/vgw-1",
    ("q39", "q"): "client_vpn_endpoint:vpc-a/bare",
    ("q36", "q"): "instance:vpc-a/app1",
    ("q37", "q"): "load_balancer:vpc-a/nlb",
    ("q23", "service-name"): "route_table:vpc-b/main",
    ("q23", "at-home"): "vpc_endpoint:vpc-a/queue",
    ("q38", "q"): "internet_gateway:vpc-a/igw-1",
    ("q40", "q"): "egress_only_internet_gateway:vpc-a/eigw-1",
    ("q40b", "q"): "egress_only_internet_gateway:vpc-a/eigw-1",
    ("q41", "visitor-web-v4"): "instance:one/web",
    ("q41", "v4sg-out-v6"): "instance:one/webv4sg",
    ("q41", "six-literal"): "instance:one/six",
    ("q41", "unsolicited"): "egress_only_internet_gateway:one/eigw",
    ("q41", "acl-v4-only"): "network_acl:one/old",
    ("q41", "acl-v4-ok"): "instance:one/bare",
    ("q41", "app-v4-out"): "route_table:one/app",
    ("q41", "ping-v6"): "instance:two/db",
    ("q41", "six-unsolicited"): "egress_only_internet_gateway:one/eigw",
    ("q41", "six-to-v4-vpc"): "instance:one/six",
    ("q41", "nat-down-64"): "route_table:one/six",
    ("q41", "eigw-down"): "route_table:one/six",
    ("q41", "app-four"): "route_table:one/app",
    ("q42", "s3-other-region-iso"): "route_table:one/iso",
    ("q42", "s3-sg-pl-other"): "instance:one/s3c",
    ("q42", "sqs-peer-name"): "route_table:two/r",
    ("q42", "s3-peer"): "route_table:two/r",
    ("q42", "nxdomain"): "hosted_zone:inside",
    ("q42", "shared-zone-outside"): "hosted_zone:shared.example",
    ("q42", "endpoint-as-source"): "vpc_endpoint:one/sqs",
    ("q42", "two-asks-www"): "route_table:two/r",
    ("q42", "ep-down"): "vpc_endpoint:one/sqs",
    ("q42", "s3-gw-down"): "route_table:one/iso",
    ("q43", "files-by-nat"): "s3_bucket:files",
    ("q43", "endpoint-policy"): "vpc_endpoint:one/s3",
    ("q43", "ann-range"): "instance:one/r",
    ("q43", "ann-internet"): "client_vpn_endpoint:one/remote",
    ("q43", "mtu-vpc"): "instance:one/c",
    ("q43", "mtu-internet"): "internet_gateway:one/igw",
    ("q43", "to-client"): "internet_gateway:one/igw",
    ("q44", "pending"): "route_table:one/app",
    ("q44", "pnat-down"): "route_table:one/app",
    ("q44", "db-b-to-app"): "nat_gateway:one/pnat",
    ("q45", "v4-v6"): "user:visitor",
    ("q45", "tight-egress"): "load_balancer:one/tight",
    ("q45", "internal-outside"): "internet_gateway:one/igw",
    ("q45", "wrong-listener"): "load_balancer:one/dual",
    ("q45", "all-down"): "load_balancer:one/dual",
    ("q46", "web22-order"): "network_acl:one/pub",
    ("q46", "deny-first"): "network_acl:one/db",
    ("q46", "ephemeral-partial"): "network_acl:one/db",
    ("q46", "ephemeral-windows"): "network_acl:one/db",
    ("q46", "nat-80"): "network_acl:one/nat",
    ("q46", "ping-reply"): "network_acl:one/ping",
    ("q46", "udp-egress-for-tcp"): "network_acl:one/win",
    ("q46", "udp-app"): "network_acl:one/app",
    ("q47", "other"): "vpc_endpoint:consumer/ep",
    ("q47", "on-prem"): "load_balancer:provider/nlb",
    ("q47", "one-way"): "vpc:provider",
    ("q47", "wrong-port"): "vpc_endpoint:consumer/ep",
    ("q47", "inbound-down"): "resolver_endpoint:consumer/inbound",
    ("q47", "vpn-down-dns"): "vpn_connection:vpn",
    ("q48", "no-way-back"): "router:r2",
    ("q48", "nogw-off"): "host:nogw",
    ("q48", "to-nogw"): "host:nogw",
    ("q48", "wide"): "host:wide",
    ("q48", "wrongvlan"): "host:h1",
    ("q48", "deaf"): "host:deaf",
    ("q48", "badgw"): "host:badgw",
    ("q48", "r1-down"): "host:h1",
    ("q48", "switch-down"): "host:h1",
    ("q48", "loop"): "router:r2",
    ("q49", "other"): "instance:one/s2",
    ("q49", "pl-no"): "instance:one/pl",
    ("q49", "egpl-no"): "instance:one/egpl",
    ("q49", "egress-ref-peer-other"): "instance:one/egref",
    ("q49", "udp-tcp"): "instance:one/udp",
    ("q49", "union-out"): "instance:two/srv",
    ("q49", "noegress-out"): "instance:one/noeg",
    ("q49", "default-group-other"): "instance:one/defb",
    ("q50", "blackhole-longer"): "transit_gateway_route_table:t",
    ("q50", "out-of-az"): "transit_gateway_vpc_attachment:three/three",
    ("q50", "into-az"): "transit_gateway_vpc_attachment:three/three",
    ("q50", "both-down"): "vpn_connection:vpn",
    ("q50", "mtu"): "vpn_connection:vpn",
    ("q50", "mtu-hub-too"): "transit_gateway:hub",
    ("q50", "overlap-answer"): "vpc:two",
    ("q50", "multicast"): "transit_gateway_route_table:t",
    ("q50", "zone-a"): "instance:two/two",
}
CASES = [p.name for p in sorted(QUESTIONS.iterdir()) if p.name != "f1"]


def reports(slug: str) -> dict[str, tuple[object, FlowReport]]:
    loaded = load(QUESTIONS / slug)
    assert loaded.value is not None, loaded.diagnostics
    assert not loaded.failed, loaded.diagnostics
    resolved = resolve(loaded.value, all_kinds())
    assert not resolved.failed, resolved.diagnostics
    return {f.id: (f.expect, told(trace(resolved.value, f))) for f in loaded.value.flows}


@pytest.mark.parametrize("slug", CASES)
def test_question(slug: str) -> None:
    """Verdict, leg, code and the deciding component are those of the answer key."""
    found = reports(slug)
    assert found
    for flow, (expect, report) in found.items():
        assert expect is not None
        assert (expect.verdict, expect.reason, expect.leg) == (report.verdict, report.reason, report.leg), report.text
        decided_by = str(report.component) if report.component else None
        assert DECIDED_BY.get((slug, flow)) == decided_by
        assert (report.verdict is Verdict.BLOCKED) == (decided_by is not None)


def test_every_blocked_question_names_who_decided() -> None:
    """The table above speaks of questions that exist."""
    assert {slug for slug, _ in DECIDED_BY} <= set(CASES)


def hop_sources(report: FlowReport) -> dict[str, str]:
    """Component to the source address that it sees, on the forward leg of the first connection."""
    hops = report.connections[0].forward.hops
    return {h.name: str(h.packet_in.source) for h in hops if h.packet_in}


def test_q01_translates_one_to_one() -> None:
    """The gateway swaps the public for the private address and back; the instance sees only the private one."""
    _, report = reports("q01")["q"]
    (connection,) = report.connections
    arrived = connection.forward.hops[-1].packet_in
    assert arrived is not None
    assert str(arrived.destination) == "10.0.0.10"
    assert connection.returning is not None
    home = connection.returning.hops[-1].packet_in
    assert home is not None
    assert str(home.source) == "198.51.100.10"


def test_q05_shows_both_translations() -> None:
    """The NAT gateway puts its private address in, the internet gateway the Elastic IP."""
    _, report = reports("q05")["q"]
    seen = hop_sources(report)
    assert {"nat-a": "10.0.10.10", "igw-1": seen["igw-1"], "server": "198.51.100.9"} == {
        k: v for k, v in seen.items() if k != "internet"
    }
    assert seen["igw-1"].startswith("10.0.0.")


def test_q08_accepts_the_request_and_refuses_the_answer() -> None:
    """The final `*` of the outbound entries decides, because the answer goes to the client's port."""
    _, report = reports("q08")["q"]
    blocker = report.connections[0].returning.blocker  # type: ignore[union-attr]
    assert blocker is not None
    assert blocker.rule == "* deny all"
    assert "50000" in blocker.text


def test_q09_names_entry_90() -> None:
    """The lower number won although entry 100 would match."""
    _, report = reports("q09")["q"]
    blocker = report.connections[0].forward.blocker
    assert blocker is not None
    assert blocker.rule == "90 deny tcp 8080 from 10.0.0.0/24"


def test_q12_and_q18_also_say_that_no_rule_matched() -> None:
    """The mismatch is a secondary reason."""
    for slug in ("q12", "q18"):
        _, report = reports(slug)["q"]
        blocked = [c for c in report.connections if c.verdict is Verdict.BLOCKED]
        assert blocked[0].secondary == ("ENI_SG_RULES_MISMATCH",)


def test_q14_passes_no_filter() -> None:
    """Neither group nor ACL is asked."""
    _, report = reports("q14")["q"]
    assert [s.check for h in report.connections[0].forward.hops for s in h.steps] == ["delivery"]


def test_q34_targets_see_a_node_not_the_client() -> None:
    """Both nodes reach both targets, with a node's private address as source."""
    _, report = reports("q34")["q"]
    inner = [c for c in report.connections if c.purpose == "listener"]
    assert len(inner) == 4
    sources = {str(c.forward.hops[-1].packet_in.source) for c in inner}  # type: ignore[union-attr]
    assert all(s.startswith(("10.0.0.", "10.0.1.")) for s in sources)
    assert (report.paths_working, report.paths_total) == (4, 4)
    assert report.warnings == ("DG_LB_HEALTH_UNKNOWN",)


def test_q36_target_sees_the_client() -> None:
    """The source address that the target refuses is the client's own, which the report says as well."""
    _, report = reports("q36")["q"]
    refused = next(c for c in report.connections if c.reason)
    assert str(refused.forward.hops[-1].packet_in.source) == "203.0.113.50"  # type: ignore[union-attr]
    assert refused.secondary == ("ELBV2_SOURCE_ADDRESS_PRESERVATION",)


def test_q37_is_true_either_way() -> None:
    """No target in the zone, and none may be used elsewhere; the name leads to the other node only."""
    found = reports("q37")
    assert found["q"][1].connections[0].secondary == ("ELBV2_NO_TARGETS_IN_AZ",)
    assert (found["by-name"][1].paths_working, found["by-name"][1].paths_total) == (1, 1)


def test_q20_goes_through_the_endpoint_with_its_private_address() -> None:
    """Not through the NAT gateway: the prefix list's entries are longer than 0.0.0.0/0."""
    _, report = reports("q20")["q"]

    assert list(hop_sources(report).items()) == [("s3", "10.0.10.10"), ("logs", "10.0.10.10")]
    assert report.warnings == ()


def test_q21_warns_that_the_endpoint_serves_another_region() -> None:
    """The list holds us-east-1's ranges only: the packet takes the default route."""
    _, report = reports("q21")["q"]

    assert list(hop_sources(report)) == ["nat-a", "igw-1", "archive"]
    assert report.warnings == ("DG_ENDPOINT_REGION_MISMATCH",)


def test_q23_warns_that_the_name_is_public_elsewhere() -> None:
    """By its address and by its own name the endpoint is reached; the standard name leads past it."""
    found = reports("q23")

    assert found["q"][1].warnings == ("DG_DNS_RESOLVES_PUBLIC",)
    assert found["endpoint-name"][1].warnings == ("DG_DNS_RESOLVES_PUBLIC",)
    assert list(hop_sources(found["q"][1])) == ["pcx-1", "queue"]
