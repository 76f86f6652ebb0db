# ruff: noqa: E501 - one case, one line or two
"""Network Load Balancers: whose address targets see, the way back, zones, protocols and groups."""

from __future__ import annotations

from typing import Any

import pytest

from tests.routing.cases import ALLOWED, Answer, blocked, case, check, network_with
from tests.routing.cases import ask as asked

SG, ACL, KEPT = "ENI_SG_RULES_MISMATCH", "SUBNET_ACL_RESTRICTION", "ELBV2_SOURCE_ADDRESS_PRESERVATION"
LISTENER = "ELBV2_LISTENERS_MISMATCH"
WORLD, CLIENT, NODES = "0.0.0.0/0", "203.0.113.0/24", "10.0.0.0/23"


def nlb(
    listeners: str = "443: {app: 8080, app2: 8080}",
    more: str = "",
    vpc: str = "",
    target: str = WORLD,
    protocol: str = "tcp",
) -> str:
    """A Network Load Balancer `edge` without groups before two instances that admit `target`."""
    return (
        f"{{security_groups: {{sg-edge: {{ingress: [tcp 443 from 0.0.0.0/0]}}, sg-app: {{ingress: [{protocol} 8080 from {target}]}}}},"
        f" load_balancers: {{edge: {{type: network, subnets: [pub], listeners: {{{listeners}}}{more}}}}}{vpc}}}"
    )


def grouped(settings: str, target: str = WORLD, more: str = "", protocol: str = "tcp", listener: str = "443") -> str:
    """The same with a target group."""
    vpc = f", target_groups: {{web: {{port: 8080, {settings}}}}}"
    return nlb(f"{listener}: {{target_groups: [web]}}", more, vpc, target, protocol)


def inner(port: int = 8080, admits: str = WORLD) -> str:
    """An internal Application Load Balancer `inner` before the same instances."""
    return (
        f"{{vpcs: {{vpc: {{security_groups: {{sg-in: {{ingress: [tcp 80 from {admits}]}}}}, load_balancers: {{inner: {{scheme: internal,"
        f" subnets: [app], security_groups: [sg-in], listeners: {{80: {{app: {port}, app2: 8080}}}}}}}}}}}}}}"
    )


BY_ID, BY_ADDRESS = "targets: [app, app2]", "target_type: ip, targets: [10.0.10.10, 10.0.11.10]"
GROUPED = ", security_groups: [sg-edge]"
INTERNAL = ", scheme: internal, subnets: [app]"

CASES = [
    case("an-instance-sees-the-client", nlb(target=CLIENT), "user -> edge tcp 443", ALLOWED),
    case("an-instance-does-not-see-the-node", nlb(target=NODES), "user -> edge tcp 443", blocked(SG, "instance:app")),
    case("told-to-show-the-node", grouped(f"preserve_client_ip: false, {BY_ID}", NODES), "user -> edge tcp 443", ALLOWED),
    case("told-to-show-the-node-not-the-client", grouped(f"preserve_client_ip: false, {BY_ID}", CLIENT), "user -> edge tcp 443",
         blocked(SG, "instance:app")),
    case("an-address-sees-the-node", grouped(BY_ADDRESS, NODES), "user -> edge tcp 443", ALLOWED),
    case("an-address-does-not-see-the-client", grouped(BY_ADDRESS, CLIENT), "user -> edge tcp 443", blocked(SG, "instance:app")),
    case("an-address-told-to-see-the-client", grouped(f"preserve_client_ip: true, {BY_ADDRESS}", CLIENT), "user -> edge tcp 443", ALLOWED),
    case("an-address-over-udp-sees-the-client", grouped(f"protocol: UDP, {BY_ADDRESS}", CLIENT, protocol="udp", listener="53: {protocol: UDP}, 54"),
         "user -> edge udp 53", blocked("ELBV2_LISTENER_HAS_NO_TG", "load_balancer:edge")),
    case("udp-keeps-the-client", nlb("53: {protocol: UDP, app: 8080, app2: 8080}", target=CLIENT, protocol="udp"), "user -> edge udp 53", ALLOWED),
    case("udp-is-not-tcp", nlb("53: {protocol: UDP, app: 8080, app2: 8080}", target=CLIENT, protocol="udp"), "user -> edge tcp 53",
         blocked(LISTENER, "load_balancer:edge")),
    case("tcp-udp-takes-udp", nlb("53: {protocol: TCP_UDP, app: 8080, app2: 8080}", protocol="udp"), "user -> edge udp 53", ALLOWED),
    case("tcp-udp-takes-tcp", nlb("53: {protocol: TCP_UDP, app: 8080, app2: 8080}"), "user -> edge tcp 53", ALLOWED),
    case("tls-is-over-tcp", nlb("443: {protocol: TLS, app: 8080, app2: 8080}"), "user -> edge tcp 443", ALLOWED),
    case("a-target-group-that-takes-only-tcp", grouped(f"protocol: TCP, {BY_ID}", listener="52: {app: 8080}, 53").replace("53: {", "53: {protocol: TCP_UDP, "),
         "user -> edge udp 53", blocked("ELBV2_LISTENER_REQUIRES_TG_ACCEPT", "load_balancer:edge")),
    case("icmp", nlb(), "user -> edge icmp", blocked(LISTENER, "load_balancer:edge")),
    case("another-port", nlb(), "user -> edge tcp 80", blocked(LISTENER, "load_balancer:edge")),
    case("without-groups-everything-comes-in", nlb("22: {app: 8080, app2: 8080}"), "user -> edge tcp 22", ALLOWED),
    case("with-groups-they-decide", nlb("22: {app: 8080, app2: 8080}", GROUPED), "user -> edge tcp 22", blocked(SG, "load_balancer:edge")),
    case("with-groups-that-let-in", nlb(more=GROUPED), "user -> edge tcp 443", ALLOWED),
    case("a-rule-that-names-the-balancer's-group", nlb(more=GROUPED, target="sg-edge"), "user -> edge tcp 443", ALLOWED),
    case("the-same-with-its-own-address", grouped(BY_ADDRESS, "sg-edge", GROUPED), "user -> edge tcp 443", ALLOWED),
    case("a-rule-that-names-a-group-the-balancer-has-not", nlb(target="sg-edge"), "user -> edge tcp 443", blocked(SG, "instance:app")),
    case("a-rule-that-names-the-client's-group", nlb(more=INTERNAL, target="sg-web"), "web -> edge tcp 443", ALLOWED),
    case("a-client's-group-behind-the-node's-address", grouped(BY_ADDRESS, "sg-web", INTERNAL), "web -> edge tcp 443",
         blocked("SG_REFERENCES_NOT_PRESERVED", "instance:app")),
    case("balancer-that-may-not-go-out", nlb(more=GROUPED), "user -> edge tcp 443", blocked("SG_HAS_NO_RULES", "load_balancer:edge"),
         top="{vpcs: {vpc: {security_groups: {sg-edge: {egress: []}}}}}"),
    # the way back
    case("targets-without-a-way-to-the-internet", nlb("443: {db: 5432}", ", cross_zone: true", ", security_groups: {sg-db: {ingress: [tcp 5432 from 203.0.113.0/24]}}"),
         "user -> edge tcp 443", ALLOWED),
    case("nodes-without-a-way-to-the-internet", nlb(more=", subnets: [db]"), "user -> edge tcp 443",
         blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-main", "return")),
    case("nodes-behind-a-nat-gateway", nlb(more=", subnets: [app]"), "user -> edge tcp 443",
         blocked("DG_RETURN_PATH_ASYMMETRIC", "nat_gateway:nat", "return")),
    case("acl-of-the-targets-must-know-the-client", nlb(vpc=", network_acls: {acl: {ingress: {100: allow all from 10.0.0.0/16}, egress: {100: allow all to 0.0.0.0/0}}},"
         " subnets: {app: {network_acl: acl}}"), "user -> edge tcp 443", blocked(ACL, "network_acl:acl")),
    case("acl-of-the-targets-must-let-answers-to-the-client-out", nlb(vpc=", network_acls: {acl: {ingress: {100: allow all from 0.0.0.0/0}, egress: {100: allow all to 10.0.0.0/16}}},"
         " subnets: {app: {network_acl: acl}}"), "user -> edge tcp 443", blocked(ACL, "network_acl:acl", "return")),
    case("acl-of-the-targets-with-the-node's-address", grouped(BY_ADDRESS, NODES).replace("target_groups: {web", "network_acls: {acl: {ingress: {100: allow all from 10.0.0.0/16},"
         " egress: {100: allow all to 10.0.0.0/16}}}, subnets: {app: {network_acl: acl}}, target_groups: {web"), "user -> edge tcp 443", ALLOWED),
    # zones
    case("a-node-without-targets-in-its-zone", nlb("443: {app2: 8080}", ", elastic_ips: [198.51.100.31, 198.51.100.32]"), "user -> 198.51.100.31 tcp 443",
         blocked("ELB_NOT_CROSSZONE", "load_balancer:edge")),
    case("the-node-with-the-target", nlb("443: {app2: 8080}", ", elastic_ips: [198.51.100.31, 198.51.100.32]"), "user -> 198.51.100.32 tcp 443", ALLOWED),
    case("by-name-only-nodes-with-targets", nlb("443: {app2: 8080}"), "user -> edge tcp 443", ALLOWED),
    case("a-node-by-its-own-name", nlb("443: {app2: 8080}"), "user -> edge@a tcp 443", blocked("ELB_NOT_CROSSZONE", "load_balancer:edge")),
    case("the-other-node-by-its-own-name", nlb("443: {app2: 8080}"), "user -> edge@b tcp 443", ALLOWED),
    case("cross-zone-on", nlb("443: {app2: 8080}", ", cross_zone: true"), "user -> edge@a tcp 443", ALLOWED),
    case("cross-zone-on-for-the-target-group", grouped("cross_zone: true, targets: [app2]"), "user -> edge@a tcp 443", ALLOWED),
    case("cross-zone-off-for-the-target-group", grouped("cross_zone: false, targets: [app2]", more=", cross_zone: true"), "user -> edge@a tcp 443",
         blocked("ELB_NOT_CROSSZONE", "load_balancer:edge")),
    case("a-zone-down", nlb(), "user -> edge tcp 443", ALLOWED, outage="a"),
    case("the-target-of-a-zone-down", nlb(), "user -> edge tcp 443", ALLOWED, outage="app"),
    case("the-target-of-a-zone-down-by-its-node", nlb(), "user -> edge@a tcp 443", blocked("BAD_STATE", "load_balancer:edge"), outage="app"),
    case("all-targets-down", nlb(), "user -> edge tcp 443", blocked("BAD_STATE", "load_balancer:edge"), outage="app app2"),
    case("one-zone-is-enough", nlb(more=", subnets: [pub-a]"), "user -> edge tcp 443", ALLOWED),
    case("a-target-in-a-zone-without-node", nlb("443: {app2: 8080}", ", subnets: [pub-a]"), "user -> edge tcp 443",
         blocked("ELB_INSTALLED_AZ_RESTRICTION", "load_balancer:edge")),
    # inside
    case("internal-from-inside", nlb(more=INTERNAL), "web -> edge tcp 443", ALLOWED),
    case("internal-from-outside", nlb(more=INTERNAL), "user -> edge tcp 443", blocked("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "internet_gateway:igw")),
    case("a-target-calls-its-own-balancer", nlb(more=INTERNAL), "app -> edge@a tcp 443", blocked("DG_NLB_HAIRPIN", "load_balancer:edge")),
    case("a-target-calls-its-own-balancer-that-shows-itself", grouped(f"preserve_client_ip: false, {BY_ID}", "10.0.0.0/16", INTERNAL), "app -> edge tcp 443", ALLOWED),
    case("a-target-calls-over-the-node-of-another-zone", nlb(more=INTERNAL), "app -> edge@b tcp 443", ALLOWED),
    # target groups
    case("two-target-groups-one-empty", nlb("443: {target_groups: [web 90, canary 10]}", vpc=f", target_groups: {{web: {{port: 8080, {BY_ID}}}, canary: {{port: 8080}}}}"),
         "user -> edge tcp 443", blocked("ELBV2_LISTENER_HAS_NO_TG", "load_balancer:edge")),
    case("two-target-groups-the-empty-one-without-weight", nlb("443: {target_groups: [web 90, canary 0]}", vpc=f", target_groups: {{web: {{port: 8080, {BY_ID}}}, canary: {{port: 8080}}}}"),
         "user -> edge tcp 443", ALLOWED),
    case("two-target-groups-one-refuses", nlb("443: {target_groups: [web, canary]}", vpc=f", target_groups: {{web: {{port: 8080, {BY_ID}}}, canary: {{port: 9090, {BY_ID}}}}}"),
         "user -> edge tcp 443", blocked(SG, "instance:app")),
    case("a-target-with-a-port-of-its-own", grouped("targets: ['app:8080', 'app2:9090']"), "user -> edge tcp 443", blocked(SG, "instance:app2")),
    case("an-auto-scaling-group", nlb("443: {fleet: 8080}", vpc=", auto_scaling_groups: {fleet: {subnets: [app], security_groups: [sg-app]}}"), "user -> edge tcp 443", ALLOWED),
    case("an-auto-scaling-group-that-loses-a-zone", nlb("443: {fleet: 8080}", vpc=", auto_scaling_groups: {fleet: {subnets: [app], security_groups: [sg-app]}}"),
         "user -> edge tcp 443", ALLOWED, outage="a"),
    case("an-auto-scaling-group-of-nobody", nlb("443: {fleet: 8080}", vpc=", auto_scaling_groups: {fleet: {subnets: [app], min_size: 0, desired_capacity: 0, security_groups: [sg-app]}}"),
         "user -> edge tcp 443", blocked("ELBV2_LISTENER_HAS_NO_TG", "load_balancer:edge")),
    case("an-application-balancer-as-target", nlb("443: {inner: 80}"), "user -> edge tcp 443", ALLOWED, top=inner()),
    case("an-application-balancer-whose-target-refuses", nlb("443: {inner: 80}"), "user -> edge tcp 443", blocked(SG, "instance:app"), top=inner(9090)),
    case("an-application-balancer-that-admits-only-the-vpc", nlb("443: {inner: 80}"), "user -> edge tcp 443", blocked(SG, "load_balancer:inner"),
         top=inner(admits="10.0.0.0/16")),
    case("an-address-that-nobody-has", grouped("target_type: ip, targets: [10.0.10.77]"), "user -> edge tcp 443", blocked("NO_POSSIBLE_DESTINATION", "vpc:vpc")),
    case("an-address-elsewhere-without-a-way", grouped("target_type: ip, targets: [192.168.1.5]", more=", subnets: [db]" + ", scheme: internal"), "web -> edge tcp 443",
         blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-main")),
    # where the client's address cannot be kept
    case("the-client's-address-on-the-way-to-other-networks", grouped("target_type: ip, preserve_client_ip: true, targets: [192.168.1.5]", more=", subnets: [app]", ).replace(
         "load_balancers", "route_tables: {rt-app: {192.168.0.0/16: web}}, load_balancers"), "user -> edge@a tcp 443",
         blocked("DG_RETURN_PATH_ASYMMETRIC", "nat_gateway:nat", "return")),
    case("the-client's-address-from-inside-to-other-networks", grouped("target_type: ip, preserve_client_ip: true, targets: [192.168.1.5]", more=INTERNAL).replace(
         "load_balancers", "route_tables: {rt-app: {192.168.0.0/16: web}}, load_balancers"), "db -> edge tcp 443", blocked(KEPT, "load_balancer:edge")),
    case("the-node's-address-to-other-networks", grouped("target_type: ip, targets: [192.168.1.5]", more=INTERNAL).replace(
         "load_balancers", "route_tables: {rt-app: {192.168.0.0/16: web}}, load_balancers"), "db -> edge tcp 443",
         blocked("ENI_SOURCE_DEST_CHECK_RESTRICTION", "instance:web")),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "ends", "answer", "more"), CASES)
def test_network_balancers(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """Each half is judged, there and back, with the address that the target sees."""
    check(changes, ends, answer, dict(more))


@pytest.mark.parametrize(
    ("changes", "ends", "paths"),
    [
        pytest.param(nlb(), "user -> edge tcp 443", (2, 2), id="each-node-to-its-own-zone"),
        pytest.param(nlb(more=", cross_zone: true"), "user -> edge tcp 443", (4, 4), id="cross-zone-each-to-both"),
        pytest.param(nlb(), "user -> edge@a tcp 443", (1, 1), id="one-node"),
        pytest.param(
            nlb("443: {fleet: 8080}", vpc=", auto_scaling_groups: {fleet: {subnets: [app], desired_capacity: 4, security_groups: [sg-app]}}"),
            "user -> edge tcp 443", (4, 4), id="two-instances-a-zone",
        ),
    ],
)  # fmt: skip
def test_paths(changes: str, ends: str, paths: tuple[int, int]) -> None:
    """All paths that AWS may choose are counted."""
    report = asked(network_with(changes), ends)
    assert paths == (report.paths_working, report.paths_total)


def test_what_a_target_sees_and_answers() -> None:
    """With the client's address kept the target sees client and port; the answer goes to the node, not by its table."""
    report = asked(network_with(nlb()), "user -> edge@a tcp 443", source_port=50000)
    inner = next(c for c in report.connections if c.purpose == "listener")
    assert inner.returning is not None
    seen = inner.forward.hops[-1].packet_in
    assert seen is not None
    assert ("203.0.113.50", 50000) == (str(seen.source), seen.source_ports.first)
    assert ["app", "edge"] == [h.name for h in inner.returning.hops]
    assert any("the route table has no say" in s.text for s in inner.returning.hops[0].steps)


def test_addresses_are_fixed() -> None:
    """A node has the addresses that are written, in the order of its subnets."""
    network = network_with(
        nlb(more=", private_ip_addresses: [10.0.0.200, 10.0.1.200], elastic_ips: [198.51.100.31, 198.51.100.32]")
    )
    (nodes,) = (network.interfaces_of(c.key) for c in network.of_kind("load_balancer"))
    assert [("10.0.0.200", "198.51.100.31"), ("10.0.1.200", "198.51.100.32")] == [
        (str(n.private_ip), str(n.public_ip)) for n in nodes
    ]
    assert [None, None] == [n.groups for n in nodes]


def test_a_kept_address_says_so_where_it_is_refused() -> None:
    """The further code tells why an address of the VPC was expected in vain."""
    report = asked(network_with(nlb(target=NODES)), "user -> edge@a tcp 443")
    assert [(KEPT,)] == [c.secondary for c in report.connections if c.reason]


FLEET = "{auto_scaling_groups: {fleet: {subnets: [app], desired_capacity: 3, security_groups: [sg-open]}}}"


def test_an_auto_scaling_group_spreads_over_its_subnets() -> None:
    """Instances go round the subnets; where a zone has several they are numbered."""
    network = network_with(FLEET)
    (fleet,) = (network.interfaces_of(c.key) for c in network.of_kind("auto_scaling_group"))
    assert {"fleet@a1": "10.0.10", "fleet@b": "10.0.11", "fleet@a2": "10.0.10"} == {
        i.id: str(i.private_ip).rpartition(".")[0] for i in fleet
    }


@pytest.mark.parametrize(
    ("ends", "outage", "paths"),
    [
        pytest.param("web -> fleet tcp 80", "", 3, id="to-all-of-them"),
        pytest.param("fleet -> server tcp 443", "", 3, id="from-all-of-them"),
        pytest.param("web -> fleet tcp 80", "b", 2, id="a-zone-down-leaves-the-others"),
        pytest.param("web -> fleet@a2 tcp 80", "", 1, id="to-one-of-them"),
        pytest.param("fleet@b -> server tcp 443", "", 1, id="from-one-of-them"),
    ],
)
def test_an_auto_scaling_group_as_an_end(ends: str, outage: str, paths: int) -> None:
    """Each instance is an end of its own."""
    report = asked(network_with(FLEET), ends, outage=outage)
    assert ("allowed", paths, paths) == (report.verdict, report.paths_working, report.paths_total), report.text


FUNCTION = (
    "{load_balancers: {edge: {scheme: internal, subnets: [app], security_groups: [sg-open], listeners: {443: {target_groups: [f]}}}},"
    " target_groups: {f: {target_type: lambda, targets: [hello]}}}"
)


@pytest.mark.parametrize(
    ("outage", "verdict", "code"),
    [pytest.param("", "allowed", "", id="called-by-its-api"), pytest.param("hello", "blocked", "BAD_STATE", id="out-of-order")],
)  # fmt: skip
def test_a_function_behind_an_application_balancer(outage: str, verdict: str, code: str) -> None:
    """No connection goes through the VPC to it."""
    network = network_with(FUNCTION, "{lambda_functions: {hello: {}}}")
    report = asked(network, "web -> edge tcp 443", outage=outage)
    assert (verdict, code) == (report.verdict, report.reason), report.text
    assert [c for c in report.connections if c.purpose == "listener"] == []


def test_a_function_without_a_target_group() -> None:
    """The listener's own targets make one."""
    alb = "{load_balancers: {edge: {subnets: [pub], security_groups: [sg-web], listeners: {443: {hello: 443}}}}}"
    report = asked(network_with(alb, "{lambda_functions: {hello: {}}}"), "user -> edge tcp 443")
    assert report.verdict == "allowed", report.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param(nlb(), "keeps its client's address 203.0.113.50", id="kept"),
        pytest.param(grouped(f"preserve_client_ip: false, {BY_ID}"), "from its own address 10.0.0.", id="not-kept"),
    ],
)
def test_the_node_says_whose_address_the_target_sees(changes: str, words: str) -> None:
    """A reader need not know AWS's defaults."""
    report = asked(network_with(changes), "user -> edge@a tcp 443")
    inner = next(c for c in report.connections if c.purpose == "listener")
    assert words in inner.forward.hops[0].steps[0].text
