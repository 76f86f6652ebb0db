# ruff: noqa: E501 - one case, one line or two
"""The VPC Resolver: rules, endpoints, and the packets that questions between networks are.

Source: Route 53 Developer Guide, "Resolving DNS queries between VPCs and your network".
"""

from __future__ import annotations

import pytest

from docgen.model.trace import FlowReport
from tests.routing.cases import ask
from tests.routing.names import INBOUND, OUTBOUND, build, found


def queries(report: FlowReport) -> list[str]:
    """The questions that are packets: `outbound -> dns1: allowed`."""
    return [
        f"{c.source_name} -> {c.destination_name}: {c.reason or c.verdict}"
        for c in report.connections
        if c.purpose == "dns" and c.request is not None
    ]


@pytest.mark.parametrize(
    ("expected", "asked", "changes", "ends"),
    [
        pytest.param("10.0.10.10", ["dns1 -> inbound: allowed"] * 2, INBOUND, "erp -> app.aws.example tcp 443", id="in through an inbound endpoint"),
        pytest.param("ENI_SG_RULES_MISMATCH", ["dns1 -> inbound: ENI_SG_RULES_MISMATCH"] * 2,
                     INBOUND + "\n---\nvpcs: {one: {security_groups: {dns: {ingress: [udp 53 from 10.0.0.0/8]}}}}",
                     "erp -> app.aws.example tcp 443", id="its group does not let the data center in"),
        pytest.param("DG_DNS_NXDOMAIN_PRIVATE_ZONE", ["dns1 -> inbound: allowed"] * 2, INBOUND, "erp -> db.aws.example tcp 443", id="the private zone has no such record"),
        pytest.param("DG_DNS_NO_RECORD", [], INBOUND + "\n---\ndata_centers: {hq: {dns_forwarders: null}}", "erp -> app.aws.example tcp 443", id="without a forwarder nobody on premises knows it"),
        pytest.param("BAD_STATE", [], INBOUND, "erp -> app.aws.example tcp 443 dns1", id="the data center's DNS is down"),
        pytest.param("10.0.10.10", ["dns1 -> inbound: allowed"], INBOUND, "erp -> app.aws.example tcp 443 b", id="a zone down: the other address is asked"),
        pytest.param("10.0.10.10", ["erp -> inbound: allowed"] * 2, INBOUND + "\n---\ndata_centers: {hq: {dns_server: null}}", "erp -> app.aws.example tcp 443", id="without a server of its own each host asks"),
        pytest.param("198.51.100.10", [], INBOUND + "\n---\nhosted_zones: {example.com: {www: {a: [web]}}}", "erp -> www.example.com tcp 443", id="other names are public"),
        pytest.param("192.168.1.5", ["outbound -> dns1: allowed"] * 2, OUTBOUND, "app -> erp.corp.example tcp 443", id="out through an outbound endpoint"),
        pytest.param("DG_DNS_NO_RECORD", ["outbound -> dns1: allowed"] * 2, OUTBOUND, "app -> old.corp.example tcp 443", id="the data center has no such name"),
        pytest.param("NO_ROUTE_TO_DESTINATION", ["outbound -> dns1: NO_ROUTE_TO_DESTINATION"] * 2,
                     OUTBOUND + "\n---\nvpcs: {one: {route_tables: {app: {propagating_vgws: null}}}}", "app -> erp.corp.example tcp 443", id="no way to the data center"),
        pytest.param("SG_HAS_NO_RULES", ["outbound -> dns1: SG_HAS_NO_RULES"] * 2,
                     OUTBOUND + "\n---\nvpcs: {one: {security_groups: {mute: {egress: []}}, resolver_endpoints: {outbound: {security_groups: [mute]}}}}",
                     "app -> erp.corp.example tcp 443", id="the outbound endpoint's group lets nothing out"),
        pytest.param("BAD_STATE", ["outbound -> dns1: BAD_STATE"] * 2, OUTBOUND, "app -> erp.corp.example tcp 443 dns1", id="the server that is asked is down"),
        pytest.param("DG_DNS_NO_RECORD", [], OUTBOUND, "other -> erp.corp.example tcp 443", id="a VPC without the rule"),
        pytest.param("DG_DNS_NO_RECORD", [], OUTBOUND, "user -> erp.corp.example tcp 443", id="the internet does not know the data center's names"),
        pytest.param("192.168.1.5", ["outbound -> dns1: allowed"] * 2,
                     OUTBOUND + "\n---\nhosted_zones: {own: {name: corp.example, vpcs: [one], erp: {a: [app2]}}}", "app -> erp.corp.example tcp 443", id="a rule beats a private zone of the same name"),
        pytest.param("10.0.11.10", [],
                     OUTBOUND + "\n---\nhosted_zones: {own: {name: in.corp.example, vpcs: [one], erp: {a: [app2]}}}", "web -> erp.in.corp.example tcp 443", id="a more specific private zone beats a rule"),
        pytest.param("10.0.11.10", [],
                     OUTBOUND + "\n---\nresolver_rules: {own: {domain_name: erp.corp.example, rule_type: system, vpcs: [one]}}\n"
                     "hosted_zones: {own: {name: corp.example, vpcs: [one], erp: {a: [app2]}}}", "web -> erp.corp.example tcp 443", id="a system rule takes a name out of a wider one"),
        pytest.param("10.0.10.10", [],
                     OUTBOUND + "\n---\nresolver_rules: {to-hq: {domain_name: '.'}}", "web -> ip-10-0-10-10.ap-south-1.compute.internal tcp 443", id="private names of instances stay, even with a rule for all"),
        pytest.param("NO_POSSIBLE_DESTINATION", ["outbound -> 192.168.9.9: NO_POSSIBLE_DESTINATION"] * 2,
                     OUTBOUND + "\n---\nresolver_rules: {to-hq: {target_ips: [192.168.9.9]}}", "app -> erp.corp.example tcp 443", id="a server that the definition does not have"),
        pytest.param("10.0.11.10", ["outbound -> inbound: allowed"] * 4,
                     OUTBOUND + "\n---\nvpcs: {one: {resolver_endpoints: {inbound: {direction: inbound, subnets: [app], security_groups: [open]}}}}\n"
                     "resolver_rules: {to-hq: {domain_name: aws.example, target_ips: [inbound], vpcs: [two]}}\n"
                     "hosted_zones: {own: {name: aws.example, vpcs: [one], erp: {a: [app2]}}}", "other -> erp.aws.example tcp 443", id="another VPC's names by a shared rule"),
    ],
)  # fmt: skip
def test_questions_between_networks(expected: str, asked: list[str], changes: str, ends: str) -> None:
    """Forwarded questions are packets: groups, routes and outages decide about them as about any other."""
    source, arrow, name, protocol, port, *down = ends.split()
    report = ask(
        build(*changes.split("\n---\n")), f"{source} {arrow} {name} {protocol} {port}", outage=" ".join(down)
    )

    assert asked == queries(report)
    assert expected == (" ".join(found(report)) or report.reason), report.text
    assert all(c.request is None or c.request.protocol == "udp" for c in report.connections if c.purpose == "dns")


@pytest.mark.parametrize(
    ("reason", "ends"),
    [
        ("", "app -> 10.0.0.2 udp 53"),
        ("NO_POSSIBLE_DESTINATION", "other -> 10.0.0.2 udp 53"),
        ("VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "erp -> 10.0.0.2 udp 53"),
    ],
)
def test_resolver_answers_its_own_vpc_only(reason: str, ends: str) -> None:
    """Neither over peering nor over a VPN."""
    report = ask(build(INBOUND), ends)

    assert report.reason == reason, report.text
    assert reason != "NO_POSSIBLE_DESTINATION" or "resolver" in report.text


def test_resolver_endpoints_take_what_they_are_for() -> None:
    """An inbound one port 53; an outbound one no question at all; neither opens a flow that is not its own."""
    network = build(INBOUND, OUTBOUND)

    assert ask(network, "erp -> inbound udp 53").verdict == "allowed"
    assert ask(network, "app -> outbound udp 53").reason == "NO_POSSIBLE_DESTINATION"
    assert ask(network, "inbound -> erp udp 53").reason == "NO_POSSIBLE_DESTINATION"
    assert ask(network, "outbound -> erp udp 53").verdict == "allowed"


SERVICE = """
sqs_queues: {orders: {}}
vpcs:
  one:
    vpc_endpoints: {queue: {service: sqs, subnets: [app], security_groups: [open], private_dns_enabled: false}}
hosted_zones: {sqs: {name: sqs.ap-south-1.amazonaws.com, vpcs: [two], '@': {alias: queue}}}
"""


@pytest.mark.parametrize("own", ["false", "true"])
@pytest.mark.parametrize("to", ["orders", "sqs.ap-south-1.amazonaws.com"])
def test_a_private_zone_leads_to_a_shared_endpoint(to: str, own: str) -> None:
    """Clients in the zone's VPC get the endpoint's addresses, for the service's name and so for its resources."""
    private = f"vpcs: {{one: {{vpc_endpoints: {{queue: {{private_dns_enabled: {own}}}}}}}}}"
    report = ask(build(SERVICE, private), f"other -> {to} tcp 443")

    assert set(found(report)) == {"10.0.10.5", "10.0.11.5"}
    assert (report.verdict, report.warnings) == ("allowed", ())


def test_a_look_up_over_the_network_is_a_tree() -> None:
    """The server's packets and what it answers hang below the question that they serve."""
    report = ask(build(OUTBOUND), "app -> erp.corp.example tcp 443")

    rows = [(c.purpose, c.source_name, c.destination_name, c.parent) for c in report.connections]
    assert rows == [
        ("dns", "app", "erp.corp.example", None),
        ("dns", "outbound", "dns1", 0),
        ("dns", "outbound", "dns1", 0),
        ("dns", "dns1", "erp.corp.example", 0),
        ("", "app", "erp", None),
    ]
    assert (report.paths_working, report.paths_total) == (1, 1)


def test_without_the_zone_the_service_is_public() -> None:
    """The endpoint's own VPC aside, nobody's resolver knows it; going there by its address gets a warning."""
    network = build(
        SERVICE, "{hosted_zones: null, vpcs: {one: {vpc_endpoints: {queue: {private_dns_enabled: true}}}}}"
    )

    assert not found(ask(network, "other -> orders tcp 443"))[0].startswith("10.")
    assert ask(network, "other -> 10.0.10.5 tcp 443").warnings == ("DG_DNS_RESOLVES_PUBLIC",)
    assert ask(network, "app -> orders tcp 443").warnings == ()
