"""What a look-up says, and which records health takes out of an answer."""

from __future__ import annotations

import pytest

from docgen.model.trace import Disposition
from tests.routing.cases import ask
from tests.routing.names import build, found
from tests.routing.told import steps_of

ONE = "hosted_zones: {in.example: {vpcs: [one], app: {a: [app]}}}"
WEIGHED = (
    "hosted_zones: {example.com: {www: [{a: [web], weight: 90, set_identifier: old}, {a: [other], weight: 10}],"
    " other: {cname: www.example.com}, near: [{a: [web], region: ap-south-1, set_identifier: here},"
    " {a: [other], region: us-east-1}], here: [{a: [web], geo_location: DE}, {a: [other], geo_location: '*'}],"
    " many: [{a: [web], multi_value_answer: true}, {a: [other], multi_value_answer: true}],"
    " apex: {alias_record: www}, six: {aaaa: [other]}}}"
)


@pytest.mark.parametrize(
    ("says", "changes", "ends"),
    [
        pytest.param(
            "www.example.com with 198.51.100.10, 198.51.100.20 (old or A record, by weight 90 and 10).",
            WEIGHED, "user -> www.example.com tcp 443", id="weights",
        ),
        pytest.param(
            "(here or A record, by which Region is nearest to the asker).", WEIGHED,
            "user -> near.example.com tcp 443", id="latency",
        ),
        pytest.param(
            "(A record or A record, by where the asker is).", WEIGHED, "user -> here.example.com tcp 443",
            id="geolocation",
        ),
        pytest.param(
            "(multivalue answer of 2 of 2 records).", WEIGHED, "user -> many.example.com tcp 443", id="multivalue"
        ),
        pytest.param(
            "Route 53 says that other.example.com is another name for www.example.com (CNAME of www.example.com).",
            WEIGHED,
            "user -> other.example.com tcp 443", id="another-name",
        ),
        pytest.param(
            "VPC two is not associated with private hosted zone in.example; in public nobody answers for "
            "app.in.example.",
            ONE, "other -> app.in.example tcp 443", id="a-vpc-that-is-not-associated",
        ),
        pytest.param(
            "Private hosted zone in.example answers the resolvers of its VPCs only, not user; in public nobody "
            "answers for app.in.example.",
            ONE, "user -> app.in.example tcp 443", id="the-internet",
        ),
        pytest.param(
            "Only hq answers for corp.example; in public nobody answers for erp.corp.example.",
            "hosted_zones: {hq-zone: {name: corp.example, provider: hq, records: {erp: {a: [erp]}}}}",
            "user -> erp.corp.example tcp 443", id="a-zone-of-a-data-center",
        ),
    ],
)  # fmt: skip
def test_what_a_look_up_says(says: str, changes: str, ends: str) -> None:
    """Who answers, what, and by which policy; or why nobody does."""
    report = ask(build(changes), ends)
    told = [str(s.text) for s in steps_of(report) if s.check == "dns"]

    assert any(text.endswith(says) for text in told), told


@pytest.mark.parametrize(
    ("verdict", "disposition", "name"),
    [
        pytest.param("unknown", Disposition.INSUFFICIENT_INFO, "www.example.org", id="nobody-says"),
        pytest.param("blocked", Disposition.NO_ROUTE, "app.in.example", id="nobody-answers"),
    ],
)
def test_a_look_up_that_ends_the_flow(verdict: str, disposition: Disposition, name: str) -> None:
    """A name that the definition does not tell is not known; one that nobody may ask for is blocked."""
    (connection,) = ask(build(ONE), f"user -> {name} tcp 443").connections

    assert (verdict, disposition) == (connection.verdict, connection.forward.disposition)
    assert connection.component == connection.destination


@pytest.mark.parametrize(
    ("expected", "records", "down"),
    [
        pytest.param(
            "198.51.100.20", "www: [{a: [198.51.100.10], weight: 1, health_check: true}, {a: [other], weight: 1}]",
            "web", id="an-address-of-an-instance-that-is-down",
        ),
        pytest.param(
            "198.51.100.10 198.51.100.20",
            "www: [{a: [198.51.100.10], weight: 1, health_check: true}, {a: [other], weight: 1}]", "",
            id="an-address-of-an-instance-that-works",
        ),
        pytest.param(
            "203.0.113.9 198.51.100.20",
            "www: [{a: [203.0.113.9], weight: 1, health_check: true}, {a: [other], weight: 1}]", "web",
            id="an-address-that-nobody-here-has",
        ),
        pytest.param(
            "198.51.100.20",
            "www: [{alias_record: one, failover: primary, evaluate_target_health: true}, {a: [other], failover:"
            " secondary}], one: {a: [web], health_check: true}",
            "web", id="an-alias-of-a-record-that-is-unhealthy",
        ),
        pytest.param(
            "198.51.100.10",
            "www: [{alias_record: one, failover: primary, evaluate_target_health: true}, {a: [other], failover:"
            " secondary}], one: {a: [web], health_check: true}",
            "", id="an-alias-of-a-record-that-is-healthy",
        ),
        pytest.param("DG_DNS_NO_RECORD", "www: {aaaa: [other]}", "", id="an-instance-without-an-ipv6-address"),
    ],
)  # fmt: skip
def test_health(expected: str, records: str, down: str) -> None:
    """By what a record names, or what its alias does."""
    report = ask(
        build(f"hosted_zones: {{example.com: {{{records}}}}}"), "user -> www.example.com tcp 443", outage=down
    )

    assert expected == (" ".join(found(report)) or report.reason), report.text
