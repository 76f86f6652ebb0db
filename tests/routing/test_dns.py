# ruff: noqa: E501 - one case, one line or two
"""Names: which zone and which record answer, and whom.

Sources: Route 53 Developer Guide, "Considerations when working with a private hosted zone", "Choosing a routing
policy", "Choosing between alias and non-alias records"; VPC User Guide, "DNS attributes for your VPC".
"""

from __future__ import annotations

import pytest

from docgen.model.packet import Family
from tests.routing.cases import ask
from tests.routing.names import build, found

# expected addresses (or the code that stops it), the zones, the flow
ZONES = [
    ("198.51.100.10", "public", "{example.com: {www: {a: [web]}}}", "user -> www.example.com tcp 443"),
    ("198.51.100.10", "public for a VPC too", "{example.com: {www: {a: [web]}}}", "web -> www.example.com tcp 443"),
    ("10.0.10.10", "private", "{corp: {name: in.example, vpcs: [one], app: {a: [app]}}}", "web -> app.in.example tcp 443"),
    ("10.0.0.10", "a private zone gives private addresses", "{in.example: {vpcs: [one], web: {a: [web]}}}",
     "app -> web.in.example tcp 443"),
    ("DG_DNS_NO_RECORD", "a VPC that is not associated", "{in.example: {vpcs: [one], app: {a: [app]}}}",
     "other -> app.in.example tcp 443"),
    ("DG_DNS_NO_RECORD", "the internet", "{in.example: {vpcs: [one], app: {a: [app]}}}", "user -> app.in.example tcp 443"),
    ("10.0.10.10", "a VPC of another account, associated", "{in.example: {vpcs: [one, two], app: {a: [app]}}}",
     "other -> app.in.example tcp 443"),
    ("198.51.100.10", "split view, outside", "{example.com: {www: {a: [web]}}, in: {name: example.com, vpcs: [one], www: {a: [app]}}}",
     "user -> www.example.com tcp 443"),
    ("10.0.10.10", "split view, inside", "{example.com: {www: {a: [web]}}, in: {name: example.com, vpcs: [one], www: {a: [app]}}}",
     "web -> www.example.com tcp 443"),
    ("198.51.100.10", "split view, in a VPC that is not associated",
     "{example.com: {www: {a: [web]}}, in: {name: example.com, vpcs: [one], www: {a: [app]}}}",
     "other -> www.example.com tcp 443"),
    ("DG_DNS_NXDOMAIN_PRIVATE_ZONE", "split view without the record does not fall back",
     "{example.com: {www: {a: [web]}}, in: {name: example.com, vpcs: [one], api: {a: [app]}}}",
     "web -> www.example.com tcp 443"),
    ("DG_DNS_NXDOMAIN_PRIVATE_ZONE", "the most specific private zone, without the record",
     "{example.com: {vpcs: [one], www.in: {a: [app]}}, in.example.com: {vpcs: [one], api: {a: [app]}}}",
     "web -> www.in.example.com tcp 443"),
    ("10.0.11.10", "the most specific private zone",
     "{example.com: {vpcs: [one], www.in: {a: [app]}}, in.example.com: {vpcs: [one], www: {a: [app2]}}}",
     "web -> www.in.example.com tcp 443"),
    ("198.51.100.10", "a private zone of another name does not hide it",
     "{example.com: {www: {a: [web]}}, in.example.com: {vpcs: [one], www: {a: [app2]}}}",
     "app -> www.example.com tcp 443"),
    ("DG_DNS_NO_RECORD", "a public zone without the record", "{example.com: {www: {a: [web]}}}", "user -> api.example.com tcp 443"),
    ("198.51.100.10", "a name with its last dot, in capitals", "{example.com: {www: {a: [web]}}}", "user -> WWW.Example.com. tcp 443"),
    ("198.51.100.10", "the apex", "{example.com: {'@': {a: [web]}}}", "user -> example.com tcp 443"),
    ("198.51.100.10", "a wildcard", "{example.com: {'*': {a: [web]}}}", "user -> any.example.com tcp 443"),
    ("198.51.100.10", "a wildcard for several labels", "{example.com: {'*': {a: [web]}}}", "user -> a.b.example.com tcp 443"),
    ("DG_DNS_NO_RECORD", "a wildcard is not the apex", "{example.com: {'*': {a: [web]}}}", "user -> example.com tcp 443"),
    ("198.51.100.20", "a name of its own beats the wildcard", "{example.com: {'*': {a: [web]}, www: {a: [other]}}}",
     "user -> www.example.com tcp 443"),
    ("DG_DNS_NO_RECORD", "a name below one that exists is not the wildcard's", "{example.com: {'*': {a: [web]}, www: {a: [other]}}}",
     "user -> x.www.example.com tcp 443"),
    ("DG_DNS_NO_RECORD", "an empty name between others is not the wildcard's", "{example.com: {'*': {a: [web]}, x.www: {a: [other]}}}",
     "user -> www.example.com tcp 443"),
    ("198.51.100.20", "a longer wildcard", "{example.com: {'*': {a: [web]}, '*.api': {a: [other]}}}", "user -> v1.api.example.com tcp 443"),
    ("198.51.100.10", "a CNAME", "{example.com: {www: {cname: web.example.com}, web: {a: [web]}}}", "user -> www.example.com tcp 443"),
    ("198.51.100.10", "a CNAME from a private zone to a public one",
     "{example.com: {www: {a: [web]}}, in.example: {vpcs: [one], www: {cname: www.example.com}}}", "app -> www.in.example tcp 443"),
    ("10.0.10.10", "a CNAME in public to a name that is private here",
     "{example.com: {www: {cname: app.in.example}}, in.example: {vpcs: [one], app: {a: [app]}}}", "web -> www.example.com tcp 443"),
    ("DG_DNS_NO_RECORD", "a CNAME in public to a name that is private elsewhere",
     "{example.com: {www: {cname: app.in.example}}, in.example: {vpcs: [one], app: {a: [app]}}}", "user -> www.example.com tcp 443"),
    ("DG_DNS_NO_RECORD", "CNAMEs in a circle", "{example.com: {a: {cname: b.example.com}, b: {cname: a.example.com}}}",
     "user -> a.example.com tcp 443"),
    ("198.51.100.10", "an alias of another record", "{example.com: {'@': {alias_record: www}, www: {a: [web]}}}",
     "user -> example.com tcp 443"),
    ("DG_DNS_NO_RECORD", "aliases in a circle", "{example.com: {a: {alias_record: b}, b: {alias_record: a}}}", "user -> a.example.com tcp 443"),
    ("10.0.10.4 10.0.11.4", "an alias of an internal load balancer", "{in.example: {vpcs: [one], '@': {alias: inner}}}",
     "web -> in.example tcp 443"),
    ("192.168.1.5", "a host on premises", "{in.example: {vpcs: [one], erp: {a: [erp]}}}", "app -> erp.in.example tcp 443"),
    ("UNKNOWN_DESTINATION", "a name that nobody knows", "{}", "user -> www.example.org tcp 443"),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "zones", "ends"), [pytest.param(e, z, f, id=n) for e, n, z, f in ZONES])
def test_zone(expected: str, zones: str, ends: str) -> None:
    """Public and private zones, split view, wildcards, CNAMEs, aliases."""
    report = ask(build(f"hosted_zones: {zones}"), ends)

    assert expected == (" ".join(found(report)) or report.reason), report.text


# expected addresses (or the code), the records of www.example.com, what is down
POLICIES = [
    ("198.51.100.10 198.51.100.20", "simple: all addresses of one record", "{a: [web, other]}", ""),
    ("198.51.100.10 198.51.100.20", "multivalue answer", "[{a: [web], multi_value_answer: true}, {a: [other], multi_value_answer: true}]", ""),
    ("198.51.100.20", "multivalue answer leaves out what its check finds down",
     "[{a: [web], multi_value_answer: true, health_check: true}, {a: [other], multi_value_answer: true}]", "web"),
    ("198.51.100.10 198.51.100.20", "multivalue answer where nothing is healthy gives all",
     "[{a: [web], multi_value_answer: true, health_check: true}, {a: [other], multi_value_answer: true, health_check: true}]",
     "web other"),
    ("198.51.100.10 198.51.100.20", "weighted: any", "[{a: [web], weight: 90}, {a: [other], weight: 10}]", ""),
    ("198.51.100.10", "weighted: 0 is not given", "[{a: [web], weight: 90}, {a: [other], weight: 0}]", ""),
    ("198.51.100.10 198.51.100.20", "weighted: all 0", "[{a: [web], weight: 0}, {a: [other], weight: 0}]", ""),
    ("198.51.100.20", "weighted: 0 is given where no other is healthy",
     "[{a: [web], weight: 90, health_check: true}, {a: [other], weight: 0, health_check: true}]", "web"),
    ("198.51.100.10", "weighted: none healthy, those with a weight count",
     "[{a: [web], weight: 90, health_check: true}, {a: [other], weight: 0, health_check: true}]", "web other"),
    ("198.51.100.10", "weighted: without a check a record stays in", "[{a: [web], weight: 90}, {a: [other], weight: 0}]", "web"),
    ("198.51.100.10", "failover: the primary", "[{a: [web], failover: primary, health_check: true}, {a: [other], failover: secondary}]", ""),
    ("198.51.100.20", "failover: the secondary",
     "[{a: [web], failover: primary, health_check: true}, {a: [other], failover: secondary}]", "web"),
    ("198.51.100.10", "failover: without a check the primary stays", "[{a: [web], failover: primary}, {a: [other], failover: secondary}]", "web"),
    ("198.51.100.10", "failover: both down, the primary",
     "[{a: [web], failover: primary, health_check: true}, {a: [other], failover: secondary, health_check: true}]", "web other"),
    ("198.51.100.1 198.51.100.2", "failover of aliases: the primary",
     "[{alias: blue, failover: primary, evaluate_target_health: true}, {alias: green, failover: secondary}]", ""),
    ("198.51.100.3 198.51.100.4", "failover of aliases: the load balancer is down",
     "[{alias: blue, failover: primary, evaluate_target_health: true}, {alias: green, failover: secondary}]", "blue"),
    ("198.51.100.3 198.51.100.4", "failover of aliases: its last target is down",
     "[{alias: blue, failover: primary, evaluate_target_health: true}, {alias: green, failover: secondary}]", "app"),
    ("198.51.100.1 198.51.100.2", "failover of aliases: health not evaluated",
     "[{alias: blue, failover: primary}, {alias: green, failover: secondary}]", "app"),
    ("198.51.100.4", "failover of aliases: a zone down takes node and target",
     "[{alias: blue, failover: primary, evaluate_target_health: true}, {alias: green, failover: secondary}]", "a"),
    ("198.51.100.10 198.51.100.20", "latency: any", "[{a: [web], region: ap-south-1}, {a: [other], region: us-east-1}]", ""),
    ("198.51.100.20", "latency: the only healthy one",
     "[{a: [web], region: ap-south-1, health_check: true}, {a: [other], region: us-east-1}]", "web"),
    ("198.51.100.10 198.51.100.20", "geolocation: any", "[{a: [web], geo_location: '*'}, {a: [other], geo_location: DE}]", ""),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "records", "down"), [pytest.param(e, r, d, id=n) for e, n, r, d in POLICIES])
def test_routing_policy(expected: str, records: str, down: str) -> None:
    """What Route 53 may give, in this state of things, all of which is traced."""
    nodes = "{elastic_ips: [198.51.100.A, 198.51.100.B], type: network, cross_zone: true, security_groups: []}"
    fixed = [
        f"{name}: {nodes.replace('A', a).replace('B', b)}" for name, a, b in (("blue", "1", "2"), ("green", "3", "4"))
    ]
    network = build(f"hosted_zones: {{example.com: {{www: {records}}}}}")
    aliases = build(
        f"vpcs: {{one: {{load_balancers: {{{', '.join(fixed)}}}}}}}",
        "vpcs: {one: {load_balancers: {blue: {listeners: {443: {app: 8080}}}, green: {listeners: {443: {app2: 8080}}}}}}",
        f"hosted_zones: {{example.com: {{www: {records}}}}}",
    )
    report = ask(aliases if "alias" in records else network, "user -> www.example.com tcp 443", outage=down)

    assert expected == (" ".join(found(report)) or report.reason), report.text


@pytest.mark.parametrize(
    ("verdict", "reason", "records"),
    [
        pytest.param("allowed", "", "[{a: [web], region: ap-south-1}, {a: [other], region: us-east-1}]", id="both-work"),
        pytest.param(
            "unknown", "DG_DNS_ANSWER_DEPENDS",
            "[{a: [web], region: ap-south-1}, {a: [10.0.10.10], region: us-east-1}]", id="one-works",
        ),
        pytest.param(
            "blocked", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
            "[{a: [10.0.11.10], region: ap-south-1}, {a: [10.0.10.10], region: us-east-1}]", id="none-works",
        ),
        pytest.param(
            "blocked", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "[{a: [web], weight: 9}, {a: [10.0.10.10], weight: 1}]",
            id="weights-are-drawn-by-route-53",
        ),
        pytest.param(
            "allowed", "", "[{a: [web], geo_location: DE}, {a: [other], geo_location: '*'}]", id="geolocation-with-a-default"
        ),
        pytest.param("unknown", "DG_DNS_ANSWER_DEPENDS", "[{a: [web], geo_location: DE}]", id="no-answer-elsewhere"),
        pytest.param(
            "blocked", "DG_DNS_NO_RECORD", "[{a: [10.0.10.10], geo_location: DE}]",
            id="neither-there-nor-elsewhere",
        ),
        pytest.param(
            "unknown", "DG_DNS_ANSWER_DEPENDS",
            "{alias_record: far}, far: [{a: [web], region: ap-south-1}, {a: [10.0.10.10], region: us-east-1}]",
            id="behind-an-alias",
        ),
        pytest.param(
            "unknown", "DG_DNS_ANSWER_DEPENDS", "{cname: far.example.com}, far: [{a: [web], geo_location: DE}]",
            id="behind-a-cname",
        ),
        pytest.param(
            "blocked", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
            str([*[{"a": ["web"], "multi_value_answer": True, "set_identifier": str(n)} for n in range(8)],
                 {"a": ["10.0.10.10"], "multi_value_answer": True, "set_identifier": "9"}]).replace("True", "true"),
            id="of-nine-any-eight",
        ),
    ],
)  # fmt: skip
def test_answers_that_the_definition_cannot_tell(verdict: str, reason: str, records: str) -> None:
    """Where the asker's place decides, the verdict is known only if it is the same for all answers."""
    report = ask(build(f"hosted_zones: {{example.com: {{www: {records}}}}}"), "user -> www.example.com tcp 443")

    assert (verdict, reason) == (report.verdict, report.reason), report.text


ATTRIBUTES = "hosted_zones: {in.example: {vpcs: [one], app: {a: [app]}}}"


@pytest.mark.parametrize(
    ("expected", "changes", "ends"),
    [
        ("10.0.10.10", "{}", "web -> app.in.example tcp 443"),
        ("DG_DNS_ATTRIBUTES_DISABLED", "{vpcs: {one: {enable_dns_hostnames: false}}}", "web -> app.in.example tcp 443"),
        ("DG_DNS_ATTRIBUTES_DISABLED", "{vpcs: {one: {enable_dns_support: false}}}", "web -> app.in.example tcp 443"),
        ("198.51.100.20", "{vpcs: {one: {enable_dns_hostnames: false}}, hosted_zones: {public: {name: in.example, provider: registrar, app: {a: [other]}}}}",
         "web -> app.in.example tcp 443"),
        ("198.51.100.20", "{hosted_zones: {example.com: {www: {a: [other]}}}, vpcs: {one: {enable_dns_hostnames: false}}}",
         "web -> www.example.com tcp 443"),
        ("DG_DNS_ATTRIBUTES_DISABLED", "{hosted_zones: {example.com: {www: {a: [other]}}}, vpcs: {one: {enable_dns_support: false}}}",
         "web -> www.example.com tcp 443"),
    ],
)  # fmt: skip
def test_private_zones_need_both_attributes(expected: str, changes: str, ends: str) -> None:
    """Without host names the resolver does not use private zones; without support it answers nothing."""
    report = ask(build(ATTRIBUTES, changes), ends)

    assert expected == (" ".join(found(report)) or report.reason), report.text


SHARED = "vpc_peering_connections: {link: {allow_dns_resolution_from_remote_vpc: true}}"
WEB = "ec2-198-51-100-10.ap-south-1.compute.amazonaws.com"


@pytest.mark.parametrize(
    ("expected", "changes", "ends"),
    [
        ("10.0.0.10", "{}", f"app -> {WEB} tcp 443"),
        ("198.51.100.10", "{}", f"user -> {WEB} tcp 443"),
        ("198.51.100.10", "{}", f"other -> {WEB} tcp 443"),
        ("10.0.0.10", SHARED, f"other -> {WEB} tcp 443"),
        ("198.51.100.10", SHARED + "\nvpcs: {two: {enable_dns_hostnames: false}}", f"other -> {WEB} tcp 443"),
        ("DG_DNS_ATTRIBUTES_DISABLED", "vpcs: {one: {enable_dns_hostnames: false}}", f"user -> {WEB} tcp 443"),
        ("10.0.10.10", "{}", "web -> ip-10-0-10-10.ap-south-1.compute.internal tcp 443"),
        ("DG_DNS_NO_RECORD", "{}", "other -> ip-10-0-10-10.ap-south-1.compute.internal tcp 443"),
        ("DG_DNS_NO_RECORD", "{}", "user -> ip-10-0-10-10.ap-south-1.compute.internal tcp 443"),
        ("198.51.100.1 198.51.100.2", "{}", "user -> blue-1234567890.ap-south-1.elb.amazonaws.com tcp 443"),
        ("10.0.10.4 10.0.11.4", "{}", "web -> internal-inner-1234567890.ap-south-1.elb.amazonaws.com tcp 443"),
        ("198.51.100.1", "{}", "user -> ap-south-1a.blue-1234567890abcdef.elb.ap-south-1.amazonaws.com tcp 443"),
        ("UNKNOWN_DESTINATION", "{}", "user -> ec2-203-0-113-9.ap-south-1.compute.amazonaws.com tcp 443"),
        ("UNKNOWN_DESTINATION", "{}", "user -> ec2-999-0-113-9.ap-south-1.compute.amazonaws.com tcp 443"),
    ],
)
def test_names_of_aws(expected: str, changes: str, ends: str) -> None:
    """Public names of instances are private addresses inside, and over peering only where it says so."""
    report = ask(build(changes), ends)

    assert expected == (" ".join(found(report)) or report.reason), report.text


@pytest.mark.parametrize(("private", "ends"), [(True, "app ->"), (False, "user ->"), (False, "other ->")])
def test_the_name_of_a_public_database(private: bool, ends: str) -> None:
    """Inside its VPC a private address, else its public one."""
    database = "orders: {subnets: [pub], engine: mysql, publicly_accessible: true, security_groups: [open]}"
    network = build(f"vpcs: {{one: {{db_instances: {{{database}}}}}}}")
    (address,) = found(ask(network, f"{ends} orders.abcdefghijkl.ap-south-1.rds.amazonaws.com tcp 3306"))

    assert private is address.startswith("10.0.0.")


def test_a_name_with_ipv6_addresses() -> None:
    """The asker's own family counts; `family` asks for one; a name without AAAA has no IPv6 address."""
    six = """
    users: {user: {ipv6_address: true}}
    vpcs:
      one:
        ipv6_cidr_block: 2001:db8:1000::/56
        subnets: {pub: {ipv6_cidr_blocks: [2001:db8:1000::/64, 2001:db8:1000:1::/64]}}
        instances: {web: {ipv6_address: 2001:db8:1000::10}}
        route_tables: {pub: {"::/0": igw}}
        security_groups: {open: {ingress: [all from 0.0.0.0/0, all from ::/0]}}
    hosted_zones: {example.com: {both: {a: [web], aaaa: [web]}, four: {a: [web]}, six: {aaaa: [web]}}}
    """
    network = build(six)

    assert found(ask(network, "user -> both.example.com tcp 443")) == ["198.51.100.10"]
    assert found(ask(network, "user -> both.example.com tcp 443", family=Family.IPV6)) == ["2001:db8:1000::10"]
    assert found(ask(network, "user -> six.example.com tcp 443")) == ["2001:db8:1000::10"]
    assert ask(network, "user -> four.example.com tcp 443", family=Family.IPV6).reason == "DG_ADDRESS_FAMILY_MISMATCH"


def test_failover_says_what_it_does() -> None:
    """The step that answers in an outage is led by one that names the record which is left out."""
    records = (
        "[{a: [web], failover: primary, health_check: true, set_identifier: one}, {a: [other], failover: secondary}]"
    )
    network = build(f"hosted_zones: {{example.com: {{www: {records}}}}}")

    steps = ask(network, "user -> www.example.com tcp 443", outage="web").connections[0].forward.hops[-1].steps
    assert [s.check for s in steps] == ["failover", "dns"]
    assert steps[0].text == "Route 53 finds one unhealthy and answers with others."
    assert len(ask(network, "user -> www.example.com tcp 443").connections[0].forward.hops[-1].steps) == 1


def test_many_records_end_in_bounded_time() -> None:
    """Weighted aliases and CNAME records that all lead to each other."""
    names = [f"n{i}" for i in range(20)]
    aliases = [f"{{alias_record: {n}, weight: 1, evaluate_target_health: true}}" for n in names]
    others = [f"{{cname: {n}.example.net, weight: 1}}" for n in names]
    zone = {
        "example.com": ", ".join(f"{n}: [{', '.join(aliases)}]" for n in names),
        "example.net": ", ".join(f"{n}: [{', '.join(others)}]" for n in names),
    }
    network = build("hosted_zones: {" + ", ".join(f"{d}: {{{r}}}" for d, r in zone.items()) + "}")

    assert ask(network, "user -> n0.example.com tcp 443").reason == "DG_DNS_NO_RECORD"
    assert ask(network, "user -> n0.example.net tcp 443").reason == "DG_DNS_NO_RECORD"


def test_many_weighted_names_are_all_followed() -> None:
    """More than the depth allows, side by side."""
    others = ", ".join(f"{{cname: w{i}.example.com, weight: 1}}" for i in range(12))
    ends = ", ".join(f"w{i}: {{a: [203.0.113.{100 + i}]}}" for i in range(12))
    network = build(f"hosted_zones: {{example.com: {{www: [{others}], {ends}}}}}")

    assert len(found(ask(network, "web -> www.example.com tcp 443"))) == 12


@pytest.mark.parametrize(("names", "reason"), [(8, ""), (9, "DG_DNS_NO_RECORD")])
def test_eight_names_after_each_other_are_followed(names: int, reason: str) -> None:
    """One more is called a loop."""
    records = [f"n{i}: {{cname: n{i + 1}.example.com}}" for i in range(names - 1)]
    last = f"n{names - 1}: {{a: [203.0.113.100]}}"
    network = build(f"hosted_zones: {{example.com: {{{', '.join([*records, last])}}}}}")
    report = ask(network, "web -> n0.example.com tcp 443")

    assert reason == report.reason, report.text
    assert (["203.0.113.100"] if not reason else []) == found(report)


@pytest.mark.parametrize(("names", "addresses"), [(8, 2), (9, 0)])
def test_a_name_beside_others_makes_them_no_shorter(names: int, addresses: int) -> None:
    """The chain is as long, whatever was looked up before it."""
    records = [f"n{i}: {{cname: n{i + 1}.example.com}}" for i in range(1, names - 1)]
    first = (
        "n0: [{cname: side.example.com, weight: 1}, {cname: n1.example.com, weight: 1}], side: {a: [203.0.113.99]}"
    )
    last = f"n{names - 1}: {{a: [203.0.113.100]}}"
    network = build(f"hosted_zones: {{example.com: {{{', '.join([first, *records, last])}}}}}")

    assert addresses == len(found(ask(network, "web -> n0.example.com tcp 443")))


@pytest.mark.parametrize(("names", "reason"), [(3, ""), (4, "DG_DNS_NO_RECORD")])
def test_so_many_names_are_looked_up_and_no_more(names: int, reason: str, monkeypatch) -> None:
    """However they lie beside each other."""
    monkeypatch.setattr("docgen.routing.dns.MAX_ASKED", 3)
    others = ", ".join(f"{{cname: w{i}.example.com, weight: 1}}" for i in range(1, names))
    ends = ", ".join(f"w{i}: {{a: [203.0.113.{100 + i}]}}" for i in range(1, names))
    network = build(f"hosted_zones: {{example.com: {{www: [{others}], {ends}}}}}")
    report = ask(network, "web -> www.example.com tcp 443")

    assert (names - 1 if not reason else 0) == len(found(report))
