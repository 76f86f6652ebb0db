# ruff: noqa: E501 - one case, one line or two
"""CloudFront: hits and misses, buckets with and without access control, public and private origins (semantics 7.4)."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address
from typing import Any

import pytest
import yaml

from docgen.analysis.reach import reach
from docgen.core.aws_ranges import managed_prefix_list
from docgen.core.prefixes import in_any
from docgen.kinds import all_kinds
from docgen.loader import load_text
from docgen.model.architecture import Cache, Flow, When
from docgen.model.component import Key, Ref
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.model.trace import FlowReport
from docgen.routing import resolve, trace
from docgen.rules import Subject, check
from tests.routing.cases import ALLOWED, BASE, Answer, blocked, merged, network_of
from tests.routing.told import told

TOP = """
s3_buckets: {assets: {}}
cloudfront_distributions:
  site:
    origins:
      assets: {s3_bucket: assets, origin_access_control: true}
      lb: {custom_origin: alb}
      inner: {vpc_origin: inner}
    default_cache_behavior: {target_origin: assets}
    cache_behaviors:
      /app/*: {target_origin: lb, cached: false}
      /inner/*: inner
      /safe/*: {target_origin: assets, viewer_protocol_policy: https-only}
      /moved/*: {target_origin: assets, viewer_protocol_policy: redirect-to-https}
"""
VPC = """
security_groups:
  sg-edge: {ingress: [tcp 443 from com.amazonaws.global.cloudfront.origin-facing]}
  sg-inner: {ingress: ["tcp 80,443 from CloudFront-VPCOrigins-Service-SG"]}
  sg-app: {ingress: [tcp 8080 from sg-edge, tcp 8080 from sg-inner]}
load_balancers:
  alb: {subnets: [pub], security_groups: [sg-edge], listeners: {443: {app: 8080}}}
  ialb: {scheme: internal, subnets: [app], security_groups: [sg-inner], listeners: {443: {app: 8080}}}
vpc_origins: {inner: {endpoint: ialb}}
"""
ONLY_INNER = "cloudfront_distributions: {site: {origins: {assets: , lb: }, default_cache_behavior: {target_origin: inner}, cache_behaviors: }}"


def design(changes: str = "", top: str = "") -> Network:
    """The network of these tests with changes to its VPC and to its top level."""
    base = merged(BASE, merged(yaml.safe_load(TOP), {"vpcs": {"vpc": yaml.safe_load(VPC)}}))
    changed = merged(base, {"vpcs": {"vpc": yaml.safe_load(changes) or {}}})
    return network_of(merged(changed, yaml.safe_load(top) or {}))


def ask(network: Network, ends: str, *, path: str = "", cache: str = "", outage: str = "") -> FlowReport:
    """Trace `user -> site tcp 443`, for a path and on a hit or a miss."""
    source, _, destination, protocol, *port = ends.split()
    when = When(outage=tuple(map(Ref, outage.split())), cache=Cache(cache) if cache else None)
    flow = Flow(
        id="q",
        source=Ref(source),
        destination=Ref(destination),
        protocol=Protocol(protocol),
        port=int(port[0]) if port else 0,
        path=path,
        when=when,
    )
    return told(trace(network, flow))


def case(name: str, changes: str, ends: str, answer: Answer, **more: Any) -> Any:
    return pytest.param(changes, ends, answer, more, id=name)


@pytest.mark.parametrize(
    ("changes", "ends", "answer", "more"),
    [
        case("hit-is-answered-at-the-edge", "", "user -> site tcp 443", ALLOWED, path="/a.png", cache="hit"),
        case("hit-although-the-origin-is-down", "", "user -> site tcp 443", ALLOWED, path="/a.png", cache="hit", outage="assets"),
        case("miss-asks-the-bucket", "", "user -> site tcp 443", ALLOWED, path="/a.png", cache="miss"),
        case("miss-while-the-origin-is-down", "", "user -> site tcp 443", blocked("BAD_STATE", "s3_bucket:assets"), path="/a.png", cache="miss", outage="assets"),
        case("both-while-the-origin-is-down", "", "user -> site tcp 443", blocked("BAD_STATE", "s3_bucket:assets"), path="/a.png", outage="assets"),
        case("without-access-control-private", "", "user -> site tcp 443", blocked("DG_POLICY_DENIED", "s3_bucket:assets"), path="/a.png", top="cloudfront_distributions: {site: {origins: {assets: {origin_access_control: false}}}}"),
        case("without-access-control-public", "", "user -> site tcp 443", ALLOWED, path="/a.png", top="{cloudfront_distributions: {site: {origins: {assets: {origin_access_control: false}}}}, s3_buckets: {assets: {public: true}}}"),
        case("website-endpoint-of-a-private-bucket", "", "user -> site tcp 443", blocked("DG_POLICY_DENIED", "s3_bucket:assets"), path="/a.png", top="cloudfront_distributions: {site: {origins: {assets: {s3_bucket: , origin_access_control: , custom_origin: assets}}}}"),
        case("website-endpoint-of-a-public-bucket", "", "user -> site tcp 443", ALLOWED, path="/a.png", top="{cloudfront_distributions: {site: {origins: {assets: {s3_bucket: , origin_access_control: , custom_origin: assets}}}}, s3_buckets: {assets: {public: true}}}"),
        case("bucket-policy-names-the-distribution", "", "user -> site tcp 443", ALLOWED, path="/a.png", top="s3_buckets: {assets: {allowed_principals: [site]}}"),
        case("bucket-policy-names-somebody-else", "", "user -> site tcp 443", blocked("DG_POLICY_DENIED", "s3_bucket:assets"), path="/a.png", top="s3_buckets: {assets: {allowed_principals: [app]}}"),
        case("viewer-past-cloudfront", "", "user -> assets tcp 443", blocked("DG_POLICY_DENIED", "s3_bucket:assets")),
        case("viewer-past-cloudfront-to-a-public-bucket", "", "user -> assets tcp 443", ALLOWED, top="s3_buckets: {assets: {public: true}}"),
        case("viewer-at-a-bucket-that-is-not-public", "", "user -> other tcp 443", blocked("DG_POLICY_DENIED", "s3_bucket:other"), top="s3_buckets: {other: {public: false}}"),
        case("somebody-with-a-role-past-cloudfront", "", "app -> assets tcp 443", ALLOWED),
        case("load-balancer-lets-cloudfront-in", "", "user -> site tcp 443", ALLOWED, path="/app/cart"),
        case("load-balancer-keeps-users-out", "", "user -> alb tcp 443", blocked("ENI_SG_RULES_MISMATCH", "load_balancer:alb")),
        case("load-balancer-lets-nobody-in", "security_groups: {sg-edge: {ingress: [tcp 443 from 203.0.113.0/24]}}", "user -> site tcp 443", blocked("ENI_SG_RULES_MISMATCH", "load_balancer:alb"), path="/app/cart"),
        case("load-balancer-without-that-listener", "", "user -> site tcp 443", blocked("ENI_SG_RULES_MISMATCH", "load_balancer:alb"), path="/app/cart", top="cloudfront_distributions: {site: {origins: {lb: {https_port: 8443}}}}"),
        case("custom-origin-without-a-public-address", "", "user -> site tcp 443", blocked("DG_SERVICE_NOT_IN_VPC", "cloudfront_distribution:site"), path="/app/cart", top="cloudfront_distributions: {site: {origins: {lb: {custom_origin: ialb}}}}"),
        case("custom-origin-on-the-internet", "", "user -> site tcp 443", ALLOWED, path="/app/cart", top="cloudfront_distributions: {site: {origins: {lb: {custom_origin: server}}}}"),
        case("custom-origin-instance", "security_groups: {sg-web: {ingress: [tcp 443 from com.amazonaws.global.cloudfront.origin-facing]}}", "user -> site tcp 443", ALLOWED, path="/app/cart", top="cloudfront_distributions: {site: {origins: {lb: {custom_origin: web}}}}"),
        case("behind-the-load-balancer-all-is-as-ever", "security_groups: {sg-app: {ingress: []}}", "user -> site tcp 443", blocked("SG_HAS_NO_RULES", "instance:app"), path="/app/cart"),
        case("custom-origin-asked-by-http", "", "user -> site tcp 443", blocked("ENI_SG_RULES_MISMATCH", "load_balancer:alb"), path="/app/cart", top="cloudfront_distributions: {site: {origins: {lb: {origin_protocol_policy: http-only}}}}"),
        case("custom-origin-asked-as-the-viewer-asks", "", "user -> site tcp 443", ALLOWED, path="/app/cart", top="cloudfront_distributions: {site: {origins: {lb: {origin_protocol_policy: match-viewer}}}}"),
        case("custom-origin-asked-by-https-unless-it-says-so", "", "user -> site tcp 80", ALLOWED, path="/app/cart"),
        case("vpc-origin", "", "user -> site tcp 443", ALLOWED, path="/inner/x", cache="miss"),
        case("vpc-origin-by-the-prefix-list", "security_groups: {sg-inner: {ingress: [tcp 443 from com.amazonaws.global.cloudfront.origin-facing]}}", "user -> site tcp 443", ALLOWED, path="/inner/x", cache="miss"),
        case("vpc-origin-by-the-vpcs-block-is-no-good", "security_groups: {sg-inner: {ingress: [tcp 443 from 10.0.0.0/16]}}", "user -> site tcp 443", blocked("ENI_SG_RULES_MISMATCH", "load_balancer:ialb"), path="/inner/x", cache="miss"),
        case("vpc-origin-needs-an-internet-gateway", "{internet_gateway: , route_tables: {rt-pub: {0.0.0.0/0: }, rt-app: {0.0.0.0/0: }}, load_balancers: {alb: }, security_groups: {sg-edge: , sg-app: {ingress: [tcp 8080 from sg-inner]}}, nat_gateways: , instances: {web: , web2: }}", "user -> site tcp 443", blocked("DG_INVALID_CONFIG", "vpc_origin:inner"), top=ONLY_INNER),
        case("vpc-origin-needs-no-route-to-it", "route_tables: {rt-app: {0.0.0.0/0: }}", "user -> site tcp 443", ALLOWED, path="/inner/x", cache="miss"),
        case("vpc-origin-network-load-balancer", "load_balancers: {ialb: {type: network}}", "user -> site tcp 443", ALLOWED, path="/inner/x", cache="miss"),
        case("vpc-origin-network-load-balancer-keeps-cloudfronts-address", "{load_balancers: {ialb: {type: network}}, security_groups: {sg-app: {ingress: [tcp 8080 from 10.0.0.0/16]}}}", "user -> site tcp 443", blocked("ENI_SG_RULES_MISMATCH", "instance:app"), path="/inner/x", cache="miss"),
        case("vpc-origin-network-load-balancer-from-its-own-address", "{load_balancers: {ialb: {type: network, listeners: {443: {target_groups: [t]}}}}, target_groups: {t: {port: 8080, protocol: TCP, preserve_client_ip: false, targets: [app]}}}", "user -> site tcp 443", ALLOWED, path="/inner/x", cache="miss"),
        case("vpc-origin-network-load-balancer-without-groups", "load_balancers: {ialb: {type: network, security_groups: }}", "user -> site tcp 443", blocked("DG_INVALID_CONFIG", "vpc_origin:inner"), path="/inner/x", cache="miss"),
        case("vpc-origin-network-load-balancer-with-tls", "load_balancers: {ialb: {type: network, listeners: {443: {protocol: TLS, app: 8080}}}}", "user -> site tcp 443", blocked("DG_INVALID_CONFIG", "vpc_origin:inner"), path="/inner/x", cache="miss"),
        case("vpc-origin-instance", "{vpc_origins: {inner: {endpoint: app}}, security_groups: {sg-app: {ingress: [tcp 443 from CloudFront-VPCOrigins-Service-SG]}}}", "user -> site tcp 443", ALLOWED, path="/inner/x", cache="miss"),
        case("vpc-origin-own-port", "{vpc_origins: {inner: {endpoint: app, https_port: 8443}}, security_groups: {sg-app: {ingress: [tcp 443 from CloudFront-VPCOrigins-Service-SG]}}}", "user -> site tcp 443", blocked("ENI_SG_RULES_MISMATCH", "instance:app"), path="/inner/x", cache="miss"),
        case("vpc-origin-http-only", "vpc_origins: {inner: {origin_protocol_policy: http-only}}", "user -> site tcp 443", blocked("ELBV2_LISTENERS_MISMATCH", "load_balancer:ialb"), path="/inner/x", cache="miss"),
        case("vpc-origin-and-block-public-access", "", "user -> site tcp 443", blocked("VPC_BLOCK_PUBLIC_ACCESS_ENABLED", "vpc_block_public_access:bpa"), path="/inner/x", cache="miss", top="vpc_block_public_access_options: {bpa: {mode: block-ingress}}"),
        case("vpc-origin-excluded-from-it", "", "user -> site tcp 443", ALLOWED, path="/inner/x", cache="miss", top="vpc_block_public_access_options: {bpa: {mode: block-ingress, exclusions: {vpc: allow-bidirectional}}}"),
        case("vpc-origin-excluded-for-egress-only", "", "user -> site tcp 443", blocked("VPC_BLOCK_PUBLIC_ACCESS_ENABLED", "vpc_block_public_access:bpa"), path="/inner/x", cache="miss", top="vpc_block_public_access_options: {bpa: {mode: block-bidirectional, exclusions: {vpc: allow-egress}}}"),
        case("nobody-calls-a-vpc-origin", "", "app -> 10.0.10.5 tcp 443", blocked("SG_HAS_NO_RULES", "vpc_origin:inner")),
        case("http-where-https-is-wanted", "", "user -> site tcp 80", blocked("DG_POLICY_DENIED", "cloudfront_distribution:site"), path="/safe/a"),
        case("https-where-it-is-wanted", "", "user -> site tcp 443", ALLOWED, path="/safe/a"),
        case("http-is-redirected-at-the-edge", "", "user -> site tcp 80", ALLOWED, path="/moved/a", outage="assets"),
        case("http-where-all-is-allowed", "", "user -> site tcp 80", ALLOWED, path="/a.png"),
        case("another-port", "", "user -> site tcp 8443", blocked("PROTOCOL_RESTRICTION", "cloudfront_distribution:site")),
        case("udp-without-http3", "", "user -> site udp 443", blocked("PROTOCOL_RESTRICTION", "cloudfront_distribution:site"), path="/a.png"),
        case("udp-with-http3", "", "user -> site udp 443", ALLOWED, path="/a.png", top="cloudfront_distributions: {site: {http_version: http2and3}}"),
        case("a-ping", "", "user -> site icmp", Answer("unknown", "UNSUPPORTED_COMPONENT", "forward")),
        case("disabled", "", "user -> site tcp 443", blocked("BAD_STATE", "cloudfront_distribution:site"), path="/a.png", top="cloudfront_distributions: {site: {enabled: false}}"),
        case("down", "", "user -> site tcp 443", blocked("BAD_STATE", "cloudfront_distribution:site"), cache="hit", outage="site"),
        case("from-inside-a-vpc", "", "app -> site tcp 443", ALLOWED, path="/a.png"),
        case("by-its-own-name", "", "user -> site.cloudfront.net tcp 443", ALLOWED, path="/a.png"),
        case("by-an-alias", "", "user -> www.example.com tcp 443", ALLOWED, path="/a.png", top="{hosted_zones: {example.com: {www: {alias: site}}}, cloudfront_distributions: {site: {aliases: [www.example.com]}}}"),
        case("by-a-cname", "", "user -> www.example.com tcp 443", ALLOWED, path="/a.png", top="{hosted_zones: {example.com: {www: {cname: site.cloudfront.net}}}, cloudfront_distributions: {site: {aliases: [www.example.com]}}}"),
        case("it-opens-nothing-but-its-origins", "", "site -> web tcp 443", blocked("NO_POSSIBLE_DESTINATION", "cloudfront_distribution:site")),
    ],
)  # fmt: skip
def test_cloudfront(changes: str, ends: str, answer: Answer, more: dict[str, Any]) -> None:
    """Each rule both ways."""
    report = ask(design(changes, more.pop("top", "")), ends, **more)

    assert report.verdict == answer.verdict, report.text
    assert report.reason == answer.code, report.text
    if answer.verdict != "allowed":
        assert report.leg == answer.leg
    if answer.by is not None:
        assert report.component is not None
        kind, _, name = answer.by.partition(":")
        assert (report.component.kind, report.component_name) == (kind, name), report.text


def names(report: FlowReport) -> list[tuple[str, str]]:
    return [(c.source_name, c.destination_name) for c in report.connections]


def test_a_hit_is_one_connection() -> None:
    """No packet enters the Region; a miss is the tree; without either both count."""
    network = design()
    hit, miss, both = (ask(network, "user -> site tcp 443", path="/a.png", cache=c) for c in ("hit", "miss", ""))

    assert names(hit) == [("user", "site")]
    assert names(miss) == names(both) == [("user", "site"), ("site", "assets")]
    assert [(r.paths_working, r.paths_total) for r in (hit, miss, both)] == [(1, 1), (1, 1), (2, 2)]


def test_a_hit_and_no_miss() -> None:
    """The answers that are kept still come while the origin is down: one path of two."""
    report = ask(design(), "user -> site tcp 443", path="/a.png", outage="assets")

    assert (report.paths_working, report.paths_total) == (1, 2)


def test_what_is_not_cached_is_always_asked_for() -> None:
    """A hit is no help."""
    hit, miss = (ask(design(), "user -> site tcp 443", path="/app/x", cache=c) for c in ("hit", "miss"))

    assert names(hit) == names(miss)
    assert ("site", "alb") in names(hit)


def test_without_a_path_every_origin_is_asked() -> None:
    """Each behavior must work."""
    report = ask(design(), "user -> site tcp 443", cache="miss")

    assert {d for s, d in names(report) if s == "site"} == {"assets", "alb", "ialb"}


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        ("alb", "/app/"),
        ("alb", "/app/a/b"),
        ("assets", "/app"),
        ("assets", "/APP/a"),
        ("assets", "/x/app/a"),
        ("ialb", "/inner/[a]"),
    ],
)
def test_paths(expected: str, path: str) -> None:
    """The first pattern that matches, with the case of its letters; else the default."""
    report = ask(design(), "user -> site tcp 443", path=path, cache="miss")

    assert {expected} == {d for s, d in names(report) if s == "site"}


def test_it_enters_a_vpc_in_the_subnet_of_the_node_that_it_asks() -> None:
    """One interface of the VPC origin for each node, in its subnet."""
    report = ask(design(), "user -> site tcp 443", path="/inner/x", cache="miss")
    opened = [c for c in report.connections if c.source_name == "site"]

    assert len({c.forward.hops[1].subnet for c in opened}) == len(opened) == 2
    assert [c.forward.hops[1].subnet for c in opened] == [c.forward.hops[2].subnet for c in opened]


def test_two_addresses() -> None:
    """Viewers call one address; origins see another, of AWS's prefix list."""
    report = ask(design(), "user -> site tcp 443", path="/app/x")
    asked, opened = report.connections[0].request, report.connections[1].request
    listed = managed_prefix_list("com.amazonaws.global.cloudfront.origin-facing")

    assert asked is not None
    assert opened is not None
    assert asked.destination == IPv4Address("13.224.0.1")
    assert in_any(opened.source, listed)
    assert not in_any(asked.destination, listed)


def test_answers_find_the_distribution_that_asked() -> None:
    """Two distributions open connections from addresses of their own."""
    top = "cloudfront_distributions: {other: {origins: {lb: {custom_origin: alb}}}}"
    report = ask(design("", top), "user -> other tcp 443")

    assert report.verdict == "allowed", report.text
    assert report.connections[1].returning is not None
    assert report.connections[1].returning.hops[-1].name == "other"


def test_the_answer_goes_back_through_the_vpc_origin() -> None:
    """Whatever the route table says, and without the internet gateway."""
    report = ask(design(), "user -> site tcp 443", path="/inner/x", cache="miss")
    there, back = report.connections[1].forward, report.connections[1].returning

    assert back is not None
    assert [h.name for h in there.hops] == ["site", "inner", "ialb"]
    assert [h.name for h in back.hops] == ["ialb", "inner", "site"]


def test_a_vpc_origins_interfaces_take_answers_only() -> None:
    """Nobody in the VPC may call them, whatever the group that AWS made lets in."""
    network = design()
    (origin,) = {i.private_ip for i in network.interfaces_of(Key("vpc_origin", "vpc/inner")) if i.zone.endswith("a")}
    report = ask(network, f"app -> {origin} tcp 443")

    assert report.verdict == "blocked"
    assert report.component == Key("vpc_origin", "vpc/inner")


def test_reach_sees_through_it() -> None:
    """The private load balancer's targets are reached from the internet, by way of the distribution only."""
    network = design(
        "load_balancers: {alb: }", "cloudfront_distributions: {site: {origins: {lb: }, cache_behaviors: {/app/*: }}}"
    )
    found = reach(network, to=[Key("instance", "vpc/app")], frm=[Key("internet", "internet")])

    assert {str(r.through) for r in found.results} == {"cloudfront_distribution:site"}


ACLS = """
version: 1
title: Rules at the edge
region: ap-south-1
s3_buckets: {{assets: {{}}}}
hosted_zones: {{example.com: {{{record}}}}}
cloudfront_distributions:
  site: {{aliases: {aliases}, origins: {{assets: {{s3_bucket: assets, origin_access_control: true}}}}}}
"""


@pytest.mark.parametrize(
    ("expected", "aliases", "record"),
    [
        (0, "['*.example.com']", "www: {alias: site}"),
        (0, "['*.example.com']", "a.b: {alias: site}"),
        (1, "['*.example.com']", "'@': {alias: site}"),
        (0, "['*.example.com', example.com]", "'@': {alias: site}"),
        (0, "['*.example.com']", "www: {cname: site.cloudfront.net}"),
        (1, "['*.b.example.com']", "www: {alias: site}"),
        (1, "['*.b.example.com']", "ab: {alias: site}"),
        (1, "['*.b.example.com']", "b: {cname: site.cloudfront.net.}"),
    ],
)
def test_names_that_a_distribution_knows(expected: int, aliases: str, record: str) -> None:
    """A star stands for one label or several; the domain's own name has to be said."""
    loaded = load_text(ACLS.format(aliases=aliases, record=record))
    assert loaded.value is not None, loaded.diagnostics
    found = check(Subject(network=resolve(loaded.value, all_kinds()).value, reports={}))

    assert len([d for d in found if d.code == "DGL-191"]) == expected


@pytest.mark.parametrize(
    ("reason", "record", "asked"),
    [
        ("", "www.b: {alias: site}", "www.b.example.com"),
        ("", "www.b: {alias: site}", "WWW.b.example.com."),
        ("", "x.www.b: {alias: site}", "x.www.b.example.com"),
        ("", "'@': {alias: site}", "example.com"),
        ("", "www: {cname: site.cloudfront.net}", "site.cloudfront.net"),
        ("DG_POLICY_DENIED", "a: {alias: site}", "a.example.com"),
        ("DG_POLICY_DENIED", "b: {cname: site.cloudfront.net.}", "b.example.com"),
        ("", "a: {alias: site}", "site"),
    ],
)
def test_a_name_that_it_does_not_know_is_refused(reason: str, record: str, asked: str) -> None:
    """Viewers by another name get status 403 whatever is in the cache; a flow to the distribution asks by its own."""
    loaded = load_text(ACLS.format(aliases="['*.b.example.com', example.com]", record=record))
    assert loaded.value is not None, loaded.diagnostics
    network = resolve(loaded.value, all_kinds()).value
    flow = Flow(id="f", source=Ref("internet"), destination=Ref(asked), protocol=Protocol.TCP, port=443)

    for cache in (None, Cache.HIT, Cache.MISS):
        assert trace(network, replace(flow, when=When(cache=cache))).reason == reason, cache
