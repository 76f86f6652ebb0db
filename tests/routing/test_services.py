# ruff: noqa: E501 - one case, one line or two
"""Ways to AWS services outside VPCs: in public, by a gateway endpoint, through an interface endpoint (semantics 4.4, 4.5)."""

from __future__ import annotations

from typing import Any

import pytest

from docgen.core.aws_ranges import managed_prefix_list, managed_prefix_lists, published, service_ranges
from docgen.model.trace import FlowReport
from docgen.routing.service_names import ServiceName, parse
from tests.routing.cases import ALLOWED, Answer, ask, blocked, case, check, network_with
from tests.routing.told import steps_of

TOP = """
s3_buckets: {logs: {}, far: {region: us-east-1}}
dynamodb_tables: {sessions: {}}
sqs_queues: {orders: {}}
"""
DNS_ON = "enable_dns_support: true, enable_dns_hostnames: true"
GATEWAY = "vpc_endpoints: {s3: {service: s3, route_tables: [rt-app]}}"
QUEUE = "vpc_endpoints: {queue: {service: sqs, subnets: [app], security_groups: [sg-web]}}"
NO_WAY_OUT = "route_tables: {rt-app: {0.0.0.0/0: }}"


@pytest.mark.parametrize(
    ("changes", "ends", "answer", "more"),
    [
        case("in-public-through-nat", "", "app -> logs tcp 443", ALLOWED),
        case("in-public-from-the-internet", "", "user -> logs tcp 443", ALLOWED),
        case("no-way-out", f"{{{NO_WAY_OUT}}}", "app -> logs tcp 443", blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-app")),
        case("4.4-gateway-needs-no-way-out", f"{{{NO_WAY_OUT}, {GATEWAY}}}", "app -> logs tcp 443", ALLOWED),
        case("4.4-same-region-only", f"{{{NO_WAY_OUT}, {GATEWAY}}}", "app -> far tcp 443", blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-app")),
        case("4.4-its-service-only", f"{{{NO_WAY_OUT}, {GATEWAY}}}", "app -> sessions tcp 443", blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-app")),
        case("4.4-associated-tables-only", f"{{{GATEWAY}}}", "db -> logs tcp 443", blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-main")),
        case("4.4-no-udp", f"{{{GATEWAY}}}", "app -> logs udp 443", blocked("VPCE_GATEWAY_PROTOCOL_RESTRICTION", "vpc_endpoint:s3")),
        case("4.4-ping", f"{{{GATEWAY}}}", "app -> logs icmp", ALLOWED),
        case("4.4-loses-to-a-route-for-the-exact-range", "{route_tables: {rt-app: {3.5.208.0/22: {target: igw, state: blackhole}}}, vpc_endpoints: {s3: {service: s3, route_tables: [rt-app]}}}", "app -> logs tcp 443", blocked("BAD_STATE_ROUTE", "route_table:rt-app")),
        case("4.4-acl-needs-the-addresses", f"{{{GATEWAY}, network_acls: {{acl: {{subnets: [app-a], egress: {{100: allow all to 10.0.0.0/16}}, ingress: {{100: allow all from 0.0.0.0/0}}}}}}}}", "app -> logs tcp 443", blocked("SUBNET_ACL_RESTRICTION", "network_acl:acl")),
        case("4.4-acl-needs-ephemeral-ports-back", f"{{{GATEWAY}, network_acls: {{acl: {{subnets: [app-a], ingress: {{100: allow all from 10.0.0.0/16}}, egress: {{100: allow all to 0.0.0.0/0}}}}}}}}", "app -> logs tcp 443", blocked("SUBNET_ACL_RESTRICTION", "network_acl:acl", "return")),
        case("4.4-group-may-name-the-list", f"{{{GATEWAY}, security_groups: {{sg-app: {{egress: [tcp 443 to com.amazonaws.ap-south-1.s3]}}}}}}", "app -> logs tcp 443", ALLOWED),
        case("4.4-group-names-another-list", f"{{{GATEWAY}, security_groups: {{sg-app: {{egress: [tcp 443 to com.amazonaws.us-east-1.s3]}}}}}}", "app -> logs tcp 443", blocked("ENI_SG_RULES_MISMATCH", "instance:app")),
        case("4.4-after-nat-of-the-vpc", "vpc_endpoints: {s3: {service: s3, route_tables: [rt-pub]}}", "app -> logs tcp 443", ALLOWED),
        case("4.4-down-is-a-blackhole", f"{{{GATEWAY}}}", "app -> logs tcp 443", blocked("BAD_STATE_ROUTE", "route_table:rt-app"), outage="vpc_endpoint:vpc/s3"),
        case("4.5-private-dns", f"{{{NO_WAY_OUT}, {QUEUE}, {DNS_ON}}}", "app -> orders tcp 443", ALLOWED),
        case("4.5-kinesis-streams-is-kinesis", f"{{{NO_WAY_OUT}, {QUEUE.replace('sqs', 'kinesis-streams')}, {DNS_ON}}}", "app -> clicks tcp 443", ALLOWED, top="kinesis_streams: {clicks: {}}"),
        case("4.5-from-a-subnet-without-interface", f"{{{QUEUE}, {DNS_ON}}}", "db -> orders tcp 443", ALLOWED),
        case("4.5-group-of-the-endpoint", f"{{vpc_endpoints: {{queue: {{service: sqs, subnets: [app], security_groups: [sg-app]}}}}, {DNS_ON}}}", "db -> orders tcp 443", blocked("ENI_SG_RULES_MISMATCH", "vpc_endpoint:queue")),
        case("4.5-dns-attributes-off-goes-public", f"{{{NO_WAY_OUT}, {QUEUE}}}", "app -> orders tcp 443", blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-app")),
        case("4.5-own-name-needs-no-private-dns", f"{{{NO_WAY_OUT}, {QUEUE}}}", "app -> queue.sqs.ap-south-1.vpce.amazonaws.com tcp 443", ALLOWED),
        case("4.5-zonal-name", f"{{{NO_WAY_OUT}, {QUEUE}}}", "app -> queue-ap-south-1b.sqs.ap-south-1.vpce.amazonaws.com tcp 443", ALLOWED),
        case("4.5-name-of-no-endpoint", f"{{{QUEUE}}}", "app -> other.sqs.ap-south-1.vpce.amazonaws.com tcp 443", Answer("blocked", "DG_DNS_NO_RECORD", "forward")),
        case("4.5-zone-down-leaves-the-other", f"{{{QUEUE}, {DNS_ON}}}", "app2 -> orders tcp 443", ALLOWED, outage="ap-south-1a"),
        case("4.5-opens-nothing", f"{{{QUEUE}}}", "queue -> app tcp 443", blocked("DG_ENDPOINT_ONE_WAY", "vpc_endpoint:queue")),
        case("1-not-in-a-vpc", "", "logs -> app tcp 443", blocked("DG_SERVICE_NOT_IN_VPC", "s3_bucket:logs")),
        case("1-out-of-order", "", "app -> logs tcp 443", blocked("BAD_STATE", "s3_bucket:logs"), outage="logs"),
    ],
)  # fmt: skip
def test_way_to_a_service(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """Each rule both ways."""
    check(changes, ends, answer, {"top": TOP, **more})


FUNCTIONS = "lambda_functions: {attached: {subnets: [app], security_groups: [sg-app]}, outdoors: {subnets: [pub-a]}}"
TOP_API = """
lambda_functions: {resize: {}}
aws_services: {ec2-api: {service: ec2}}
rest_apis:
  shop: {integrations: [resize]}
  inner: {endpoint_type: private, integrations: [resize]}
"""
EXECUTE = "vpc_endpoints: {api: {service: execute-api, subnets: [app-a], security_groups: [sg-web]}}"
LINKED = """
load_balancers: {alb: {scheme: internal, subnets: [app], security_groups: [sg-alb], listeners: {80: {web: 80}}}}
vpc_links: {link: {subnets: [app], security_groups: [sg-link]}}
security_groups: {sg-link: {}, sg-alb: {ingress: [tcp 80 from sg-link]}}
"""


@pytest.mark.parametrize(
    ("changes", "ends", "answer", "more"),
    [
        case("7.3-function-to-the-internet", "", "resize -> server tcp 443", ALLOWED),
        case("7.3-function-to-a-service", "", "resize -> ec2-api tcp 443", ALLOWED),
        case("7.3-function-to-a-private-address", "", "resize -> app tcp 8080", blocked("DG_SERVICE_NOT_IN_VPC", "lambda_function:resize")),
        case("7.3-function-to-a-public-instance", "", "resize -> web tcp 443", ALLOWED),
        case("7.3-attached-through-nat", f"{{{FUNCTIONS}}}", "attached -> server tcp 443", ALLOWED),
        case("7.3-attached-in-a-public-subnet", f"{{{FUNCTIONS}}}", "outdoors -> server tcp 443", blocked("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "internet_gateway:igw")),
        case("7.3-attached-to-a-private-address", f"{{{FUNCTIONS}, security_groups: {{sg-db: {{ingress: [tcp 5432 from sg-app]}}}}}}", "attached -> db tcp 5432", ALLOWED),
        case("7.3-attached-without-way-out", f"{{{FUNCTIONS}, {NO_WAY_OUT}}}", "attached -> server tcp 443", blocked("NO_ROUTE_TO_DESTINATION", "route_table:rt-app")),
        case("1-attached-opens-only", "{lambda_functions: {attached: {subnets: [app-a], security_groups: [sg-open]}}}", "app -> 10.0.10.4 tcp 443", blocked("NO_POSSIBLE_DESTINATION", "lambda_function:attached")),
        case("1-called-through-its-api", f"{{{FUNCTIONS}}}", "user -> attached tcp 443", ALLOWED),
        case("1-called-through-an-endpoint", f"{{{NO_WAY_OUT}, {DNS_ON}, {FUNCTIONS}, vpc_endpoints: {{fn: {{service: lambda, subnets: [app-a], security_groups: [sg-web]}}}}}}", "app -> attached tcp 443", ALLOWED),
        case("7.3-api-calls-a-function", "", "user -> shop tcp 443", ALLOWED),
        case("7.3-api-function-down", "", "user -> shop tcp 443", blocked("BAD_STATE", "lambda_function:resize"), outage="resize"),
        case("7.3-private-api-from-outside", "", "user -> inner tcp 443", blocked("DG_POLICY_DENIED", "rest_api:inner")),
        case("7.3-private-api-through-its-endpoint", f"{{{NO_WAY_OUT}, {DNS_ON}, {EXECUTE}}}", "app -> inner.execute-api.ap-south-1.amazonaws.com tcp 443", ALLOWED),
        case("7.3-private-api-past-the-endpoint", f"{{{EXECUTE}}}", "app -> inner tcp 443", blocked("DG_POLICY_DENIED", "rest_api:inner")),
        case("7.3-api-through-a-vpc-link", LINKED, "user -> linked tcp 443", ALLOWED, top="rest_apis: {linked: {integrations: [alb], vpc_link: link, integration_port: 80}}"),
        case("7.3-api-asks-a-public-load-balancer-in-public", "{load_balancers: {alb: {subnets: [pub], security_groups: [sg-web], listeners: {443: {app: 8080}}}}}", "user -> linked tcp 443", ALLOWED, top="rest_apis: {linked: {integrations: [alb], integration_port: 443}}"),
        case("7.3-vpc-link-group-refused", LINKED + "instances: {web: {security_groups: [sg-db]}}", "user -> linked tcp 443", blocked("ENI_SG_RULES_MISMATCH", "instance:web"), top="rest_apis: {linked: {integrations: [alb], vpc_link: link, integration_port: 80}}"),
        case("7.3-vpc-link-other-listener", LINKED, "user -> linked tcp 443", blocked("ENI_SG_RULES_MISMATCH", "load_balancer:alb"), top="rest_apis: {linked: {integrations: [alb], vpc_link: link}}"),
    ],
)  # fmt: skip
def test_functions_and_apis(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """Lambda in and outside a VPC; API Gateway as a proxy."""
    check(changes, ends, answer, {"top": TOP_API, **more})


GUARDED = "s3_buckets: {logs: {allowed_vpc_endpoints: [s3]}}"


@pytest.mark.parametrize(
    ("changes", "ends", "answer", "more"),
    [
        case("endpoint-allows-the-bucket", GATEWAY.replace("s3,", "s3, allowed_resources: [logs],"), "app -> logs tcp 443", ALLOWED),
        case("endpoint-allows-another-bucket", GATEWAY.replace("s3,", "s3, allowed_resources: [other],"), "app -> logs tcp 443", blocked("DG_POLICY_DENIED", "vpc_endpoint:s3"), top="s3_buckets: {logs: {}, other: {}}"),
        case("endpoint-allows-the-principal", GATEWAY.replace("s3,", "s3, allowed_principals: [app],"), "app -> logs tcp 443", ALLOWED),
        case("endpoint-allows-another-principal", GATEWAY.replace("s3,", "s3, allowed_principals: [app],"), "app2 -> logs tcp 443", blocked("DG_POLICY_DENIED", "vpc_endpoint:s3")),
        case("interface-endpoint-allows-the-queue", f"{{{DNS_ON}, {QUEUE.replace('sqs,', 'sqs, allowed_resources: [orders],')}}}", "app -> orders tcp 443", ALLOWED),
        case("interface-endpoint-allows-another-principal", f"{{{DNS_ON}, {QUEUE.replace('sqs,', 'sqs, allowed_principals: [db],')}}}", "app -> orders tcp 443", blocked("DG_POLICY_DENIED", "vpc_endpoint:queue")),
        case("bucket-wants-the-endpoint", GATEWAY, "app -> logs tcp 443", ALLOWED, top=GUARDED),
        case("bucket-wants-another-endpoint", "vpc_endpoints: {s3: {service: s3, route_tables: [rt-pub, rt-main]}, other: {service: s3, route_tables: [rt-app]}}", "app -> logs tcp 443", blocked("DG_POLICY_DENIED", "s3_bucket:logs"), top=GUARDED),
        case("bucket-wants-the-endpoint-not-the-world", GATEWAY, "user -> logs tcp 443", blocked("DG_POLICY_DENIED", "s3_bucket:logs"), top=GUARDED),
        case("bucket-wants-the-vpc", GATEWAY, "app -> logs tcp 443", ALLOWED, top="s3_buckets: {logs: {allowed_vpcs: [vpc]}}"),
        case("bucket-wants-the-vpc-through-an-endpoint", "", "app -> logs tcp 443", blocked("DG_POLICY_DENIED", "s3_bucket:logs"), top="s3_buckets: {logs: {allowed_vpcs: [vpc]}}"),
        case("bucket-wants-an-address", "", "app -> logs tcp 443", ALLOWED, top="s3_buckets: {logs: {allowed_addresses: [198.51.100.9/32]}}"),
        case("bucket-wants-another-address", "", "user -> logs tcp 443", blocked("DG_POLICY_DENIED", "s3_bucket:logs"), top="s3_buckets: {logs: {allowed_addresses: [198.51.100.9/32]}}"),
        case("an-endpoint-has-no-public-address", GATEWAY, "app -> logs tcp 443", blocked("DG_POLICY_DENIED", "s3_bucket:logs"), top="s3_buckets: {logs: {allowed_addresses: [198.51.100.9/32, 10.0.0.0/8]}}"),
        case("bucket-allows-the-principal-behind-nat", "", "app -> logs tcp 443", ALLOWED, top="s3_buckets: {logs: {allowed_principals: [app]}}"),
        case("bucket-allows-another-principal", "", "app2 -> logs tcp 443", blocked("DG_POLICY_DENIED", "s3_bucket:logs"), top="s3_buckets: {logs: {allowed_principals: [app]}}"),
        case("function-allows-its-api", "", "user -> api tcp 443", ALLOWED, top="{rest_apis: {api: {integrations: [fn]}}, lambda_functions: {fn: {allowed_principals: [api]}}}"),
        case("function-allows-nobody-else", "", "user -> fn tcp 443", blocked("DG_POLICY_DENIED", "lambda_function:fn"), top="{rest_apis: {api: {integrations: [fn]}}, lambda_functions: {fn: {allowed_principals: [api]}}}"),
    ],
)  # fmt: skip
def test_policies(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """DG_POLICY_DENIED both ways: by the endpoint's policy and by the resource's."""
    check(changes, ends, answer, {"top": TOP, **more})


@pytest.mark.parametrize(
    ("says", "changes", "policy"),
    [
        ("takes requests through endpoint s3 only (aws:SourceVpce): this one came through none.", GATEWAY.replace("rt-app", "rt-main"), GUARDED),
        ("takes requests through endpoint other only (aws:SourceVpce): this one came through s3.", f"{{{GATEWAY.replace('}}', '}, other: {service: s3, route_tables: []}}')}}}", GUARDED.replace("[s3]", "[other]")),
        ("takes requests from VPC vpc only (aws:SourceVpc): this one came through no endpoint.", "", "s3_buckets: {logs: {allowed_vpcs: [vpc]}}"),
        ("takes requests from 192.0.2.0/24 only (aws:SourceIp): 198.51.100.9 is not there.", "", "s3_buckets: {logs: {allowed_addresses: [192.0.2.0/24]}}"),
        ("takes requests from 192.0.2.0/24 only (aws:SourceIp): a request through an endpoint has no public address.", GATEWAY, "s3_buckets: {logs: {allowed_addresses: [192.0.2.0/24]}}"),
        ("allows db only.", "", "s3_buckets: {logs: {allowed_principals: [db]}}"),
    ],
)  # fmt: skip
def test_what_a_buckets_policy_says(says: str, changes: str, policy: str) -> None:
    """What it takes, and how this request came."""
    report = ask(network_with(changes, policy), "app -> logs tcp 443")

    assert f"The policy of logs {says}" in report.text


@pytest.mark.parametrize(
    ("code", "fields"), [("", "allowed_resources: [orders]"), ("DG_POLICY_DENIED", "allowed_principals: [db]")]
)
def test_an_interface_endpoint_asks_its_filters_and_then_its_policy(code: str, fields: str) -> None:
    """What it refuses has passed network ACL and security groups before."""
    report = ask(
        network_with(f"{{{DNS_ON}, {QUEUE.replace('sqs,', f'sqs, {fields},')}}}", TOP), "app -> orders tcp 443"
    )
    hop = next(h for h in report.connections[-1].forward.hops if h.name == "queue")

    assert [("security_group_ingress", ""), ("gateway", code)] == [(s.check, s.code) for s in hop.steps][-2:]


@pytest.mark.parametrize(
    ("says", "changes"),
    [
        ("its private DNS needs enable_dns_support and enable_dns_hostnames of VPC vpc", f"{{{QUEUE}}}"),
        ("its private DNS is off, and the service's name is public", f"{{{QUEUE.replace('sqs,', 'sqs, private_dns_enabled: false,')}, {DNS_ON}}}"),
    ],
)  # fmt: skip
def test_it_says_why_an_endpoint_is_passed_by(says: str, changes: str) -> None:
    """A step of the service that was reached in public."""
    texts = [str(s.text) for s in steps_of(ask(network_with(changes, TOP), "app -> orders tcp 443"))]

    assert any(f"Endpoint queue is not used: {says}" in text for text in texts), texts


@pytest.mark.parametrize(
    ("expected", "changes", "ends"),
    [
        ((), f"{{{QUEUE}, {DNS_ON}}}", "app -> orders tcp 443"),
        (("DG_DNS_RESOLVES_PUBLIC",), f"{{{QUEUE}}}", "app -> orders tcp 443"),
        (("DG_DNS_RESOLVES_PUBLIC",), f"{{{QUEUE.replace('sqs,', 'sqs, private_dns_enabled: false,')}, {DNS_ON}}}", "app -> orders tcp 443"),
        ((), f"{{{QUEUE}}}", "user -> orders tcp 443"),
        ((), f"{{{GATEWAY}}}", "app -> logs tcp 443"),
        ((), f"{{{GATEWAY}}}", "app -> far tcp 443"),
    ],
)  # fmt: skip
def test_warnings(expected: tuple[str, ...], changes: str, ends: str) -> None:
    """An endpoint that stands there and is passed by is worth a word."""
    report = ask(network_with(changes, TOP), ends)

    assert report.warnings == expected, report.text


def test_an_api_opens_connections_of_its_own() -> None:
    """A child connection for each call; no health check is involved."""
    report = ask(network_with("", TOP_API), "user -> shop tcp 443")

    assert [(c.source_name, c.destination_name, c.purpose) for c in report.connections] == [
        ("user", "shop", ""),
        ("shop", "resize", "integration"),
    ]
    assert report.warnings == ()


def test_an_api_does_not_pass_an_endpoint_by() -> None:
    """It calls the function from outside the VPC, whose endpoint for functions is not on its way."""
    function = "fn: {service: lambda, subnets: [app-a], security_groups: [sg-web]}"
    endpoints = EXECUTE.replace("{api", f"{{{function}, api")
    report = ask(network_with(f"{{{endpoints}, {DNS_ON}}}", TOP_API), "app -> shop tcp 443")

    assert [c.purpose for c in report.connections] == ["", "integration"]
    assert report.warnings == ()


def hops(report: FlowReport) -> list[str]:
    return [h.name for h in report.connections[-1].forward.hops]


def test_a_gateway_endpoint_leaves_the_address_alone() -> None:
    """S3 sees the private address; through the NAT gateway it sees the Elastic IP, without a trip over the internet."""
    private = ask(network_with(GATEWAY, TOP), "app -> logs tcp 443")
    public = ask(network_with("", TOP), "app -> logs tcp 443")

    assert hops(private) == ["app", "s3", "logs"]
    assert "sees the source 10.0.10.10" in private.connections[0].forward.hops[-1].steps[-1].text
    assert hops(public) == ["app", "nat", "igw", "logs"]
    assert "sees the source 198.51.100.9" in public.connections[0].forward.hops[-1].steps[-1].text


def test_an_address_of_s3_that_nobody_declared() -> None:
    """Through the endpoint as well, and back."""
    network = network_with(GATEWAY)
    address = str(managed_prefix_list("com.amazonaws.ap-south-1.s3")[0][77])
    report = ask(network, f"app -> {address} tcp 443")

    assert report.verdict == "allowed", report.text
    assert hops(report) == ["app", "s3", "Internet"] or hops(report) == ["app", "s3", "internet"]


def test_a_connection_through_an_interface_endpoint() -> None:
    """Both nodes are tried; the service's own name gives the interfaces, and the only queue answers through them."""
    network = network_with(f"{{{QUEUE}, {DNS_ON}}}", TOP)
    by_id, by_name = (
        ask(network, "app -> orders tcp 443"),
        ask(network, "app -> sqs.ap-south-1.amazonaws.com tcp 443"),
    )

    assert by_id.paths_total == by_name.paths_total == 2
    assert hops(by_id) == hops(by_name) == ["app", "queue", "orders"]
    question = by_name.connections[0]
    assert (question.purpose, question.forward.hops[-1].component.kind) == ("dns", "vpc"), (
        "the VPC's resolver answers"
    )


def test_a_name_of_a_service_with_two_queues_means_neither() -> None:
    """The name does not say which queue the request is for, so the service's endpoint is the end."""
    network = network_with(f"{{{QUEUE}, {DNS_ON}}}", "sqs_queues: {orders: {}, returns: {}}")

    assert hops(ask(network, "app -> sqs.ap-south-1.amazonaws.com tcp 443")) == ["app", "queue"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sqs.us-east-1.amazonaws.com", ServiceName(service="sqs", region="us-east-1")),
        ("SQS.us-east-1.amazonaws.com.", ServiceName(service="sqs", region="us-east-1")),
        ("s3.eu-west-1.amazonaws.com", ServiceName(service="s3", region="eu-west-1")),
        ("my.logs.s3.eu-west-1.amazonaws.com", ServiceName(service="s3", region="eu-west-1", resource="my.logs")),
        ("logs.s3.amazonaws.com", ServiceName(service="s3", region="us-east-1", resource="logs")),
        ("api.execute-api.eu-west-1.amazonaws.com", ServiceName(service="execute-api", region="eu-west-1", resource="api")),
        ("ecr.dkr.eu-west-1.amazonaws.com", ServiceName(service="ecr.dkr", region="eu-west-1")),
        ("q.sqs.us-east-1.vpce.amazonaws.com", ServiceName(service="sqs", region="us-east-1", endpoint="q")),
        ("amazonaws.com", None),
        ("sqs.us-east-1.amazonaws.com.example", None),
        ("www.example.com", None),
    ],
)  # fmt: skip
def test_names_of_services(name: str, expected: ServiceName | None) -> None:
    assert parse(name) == expected


def test_ranges_are_dated_public_and_apart() -> None:
    """Every Region with S3 has DynamoDB; no two services share a block; unknown places get documentation addresses."""
    lists = managed_prefix_lists()
    blocks = [b for entries in lists.values() for b in entries]

    assert published() == "2023-05-10"
    assert all(b.is_global for b in blocks)
    assert not any(a.overlaps(b) for i, a in enumerate(blocks) for b in blocks[:i])
    assert {n.rpartition(".")[0] for n in lists if n.endswith(".s3")} == {
        n.rpartition(".")[0] for n in lists if n.endswith(".dynamodb")
    }
    assert str(service_ranges("s3", "us-east-1")[0]) == "52.216.0.0/15"
    assert str(service_ranges("sqs", "xx-nowhere-1")[0]) == "192.0.2.0/24"
    assert managed_prefix_list("com.amazonaws.global.cloudfront.origin-facing")
    assert managed_prefix_list("com.amazonaws.us-east-1.sqs") == ()


HUB = """
transit_gateways: {tgw: {transit_gateway_route_tables: {all: {default: true, routes: {0.0.0.0/0: vpc}}}}}
s3_buckets: {logs: {}}
sqs_queues: {orders: {}}
vpcs:
  spoke:
    cidr_block: 10.30.0.0/16
    enable_dns_hostnames: true
    subnets: {s: {cidr_block: 10.30.0.0/24, availability_zone: a}}
    route_tables: {main: {0.0.0.0/0: tgw}}
    transit_gateway_attachments: {att-s: {transit_gateway: tgw, subnets: [s]}}
    security_groups: {sg-s: {}}
    instances: {far: {subnet: s, security_groups: [sg-s]}}
"""
ATTACHED = "transit_gateway_attachments: {att: {transit_gateway: tgw, subnets: [app]}}"
BACK = "route_tables: {rt-pub: {10.30.0.0/16: tgw}, rt-app: {10.30.0.0/16: tgw}}"


@pytest.mark.parametrize(
    ("changes", "ends", "answer", "more"),
    [
        case("3.8-gateway-endpoint-behind-a-transit-gateway", f"{{{ATTACHED}, {BACK}, {GATEWAY}}}", "far -> logs tcp 443", blocked("DG_ENDPOINT_NOT_TRANSITIVE", "vpc_endpoint:s3")),
        case("3.8-after-the-hub's-nat-gateway", f"{{{ATTACHED}, {BACK}, vpc_endpoints: {{s3: {{service: s3, route_tables: [rt-pub]}}}}}}", "far -> logs tcp 443", ALLOWED),
        case("3.8-interface-endpoint-behind-a-transit-gateway", f"{{{ATTACHED}, {BACK}, {QUEUE}, {DNS_ON}}}", "far -> queue tcp 443", ALLOWED),
        case("4.5-name-is-public-in-the-spoke", f"{{{ATTACHED}, {BACK}, {QUEUE}, {DNS_ON}}}", "far -> orders tcp 443", ALLOWED),
    ],
)  # fmt: skip
def test_endpoints_from_connected_networks(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """A gateway endpoint serves interfaces of its VPC only, an interface endpoint whoever has a route to it."""
    report = check(changes, ends, answer, {"top": HUB, **more})

    through = [h.name for h in report.connections[-1].forward.hops]
    assert ("queue" in through) is (ends == "far -> queue tcp 443"), through
    assert report.warnings == (("DG_DNS_RESOLVES_PUBLIC",) if "queue" in through else ())


def test_a_private_bucket_that_is_out_of_order_denies_nobody() -> None:
    """It does not answer at all."""
    network = network_with("", "s3_buckets: {files: {public: false}}")
    asked = [ask(network, "user -> files tcp 443", outage=down).reason for down in ("", "files")]

    assert ["DG_POLICY_DENIED", "BAD_STATE"] == asked
