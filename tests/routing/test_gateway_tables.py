"""Gateway route tables (semantics 3.2, 3.5, 3.7): what comes in passes an appliance, and goes back through it."""

import pytest

from tests.routing.cases import ALLOWED, ask, blocked, case, check, network_with

INSPECTED = """
subnets:
  pub: {route_table: rt-in}
  fw: {cidr_block: 10.0.9.0/24, availability_zone: a, route_table: rt-fw}
network_interfaces:
  firewall: {subnet: fw, elastic_ip: true, source_dest_check: false, security_groups: [sg-open]}
nat_gateways: {nat: {subnet: fw, private_ip_address: 10.0.9.100}}
internet_gateways: {igw: {route_table: edge}}
internet_gateway:
route_tables:
  rt-pub:
  rt-fw: {0.0.0.0/0: igw}
  rt-in: {0.0.0.0/0: firewall}
  edge: {10.0.0.0/24: firewall, 10.0.1.0/24: firewall}
"""


@pytest.mark.parametrize(
    ("changes", "ends", "answer", "more"),
    [
        case("3.7-in-and-back-by-the-appliance", "", "user -> web tcp 443", ALLOWED),
        case("3.7-out-by-the-appliance", "", "web -> server tcp 443", ALLOWED),
        case(
            "3.7-answer-straight-to-the-gateway",
            "route_tables: {rt-in: {0.0.0.0/0: igw}}",
            "user -> web tcp 443",
            blocked("INGRESS_RTB_TRAFFIC_REDIRECTION", "internet_gateway:igw", "return"),
        ),
        case(
            "3.7-request-straight-to-the-gateway",
            "route_tables: {rt-in: {0.0.0.0/0: igw}}",
            "web -> server tcp 443",
            blocked("INGRESS_RTB_TRAFFIC_REDIRECTION", "internet_gateway:igw"),
        ),
        case(
            "3.7-appliance-without-public-address",
            "network_interfaces: {firewall: {elastic_ip: false}}",
            "user -> web tcp 443",
            blocked("INGRESS_RTB_NO_PUBLIC_IP", "route_table:edge"),
        ),
        case(
            "4.3-appliance-with-its-check-on",
            "network_interfaces: {firewall: {source_dest_check: true}}",
            "user -> web tcp 443",
            blocked("ENI_SOURCE_DEST_CHECK_RESTRICTION", "network_interface:firewall"),
        ),
        case(
            "3.7-answer-that-the-table-does-not-redirect",
            "route_tables: {edge: {10.0.0.0/24: }}",
            "web -> server tcp 443",
            blocked("DG_RETURN_PATH_ASYMMETRIC", "network_interface:firewall", "return"),
        ),
        case("3.5-not-for-traffic-inside", "", "web -> web2 tcp 443", ALLOWED),
        case("3.5-answers-to-the-nat-gateway", "", "app -> server tcp 443", ALLOWED),
    ],
)
def test_ingress(changes, ends, answer, more):
    """Verdict, leg, code and deciding component."""
    import yaml

    from tests.routing.cases import merged

    both = merged(yaml.safe_load(INSPECTED), yaml.safe_load(changes) or {})
    check(yaml.safe_dump(both), ends, answer, more)


def test_the_appliance_is_on_both_ways():
    """In and out, and the sentence names the gateway's table."""
    (connection,) = ask(network_with(INSPECTED), "user -> web tcp 443").connections

    there = [h.name for h in connection.forward.hops]
    back = [h.name for h in connection.returning.hops]

    assert there == ["user", "igw", "firewall", "web"]
    assert back[:3] == ["web", "firewall", "igw"]
    assert "Route table edge sends 10.0.0.0/24 to firewall" in connection.forward.hops[1].steps[-1].text


def test_the_table_may_name_the_gateway():
    """Either side declares the association."""
    by_table = INSPECTED.replace("{igw: {route_table: edge}}", "{igw: {}}")
    by_table = by_table.replace("edge: {", "edge: {gateways: [igw], ")

    assert ask(network_with(by_table), "user -> web tcp 443").paths_working == 1
    assert network_with(by_table).gateway_route_table == network_with(INSPECTED).gateway_route_table


def test_gateway_load_balancer_endpoints_are_drawn_only():
    """Nobody knows what the appliances behind one do: UNKNOWN, not a guess."""
    behind = INSPECTED.replace("edge: {10.0.0.0/24: firewall,", "edge: {10.0.0.0/24: gwlbe,")
    network = network_with(behind + "gateway_load_balancer_endpoints: {gwlbe: {subnet: fw}}")

    report = ask(network, "user -> web tcp 443")

    assert (report.verdict, report.reason) == ("unknown", "UNSUPPORTED_COMPONENT")
