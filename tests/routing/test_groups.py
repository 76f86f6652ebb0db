"""Security groups: union of rules, state, references, and what is lost on the way."""

from __future__ import annotations

import pytest

from docgen.model.trace import Check, Verdict

SHOP = """
    version: 1
    title: Groups
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          web: {{cidr_block: 10.0.0.0/24, route_table: public}}
          app: {{cidr_block: 10.0.1.0/24}}
        route_tables: {{public: {{0.0.0.0/0: igw}}}}
        security_groups:
          web: {{ingress: [tcp 443 from 0.0.0.0/0]}}
          extra: {extra}
          app: {app}
        instances:
          web: {{subnet: web, elastic_ip: true, security_groups: [web]}}
          app: {{subnet: app, security_groups: [app, extra]}}
          peer: {{subnet: app, security_groups: [app]}}
"""


def shop(app: str = "{}", extra: str = "{}") -> str:
    return SHOP.format(app=app, extra=extra)


@pytest.mark.parametrize(
    ("app", "extra", "port", "reason"),
    [
        pytest.param("{}", "{}", 8080, "SG_HAS_NO_RULES", id="no-rule-in-any-group"),
        pytest.param("{ingress: [tcp 8080 from web]}", "{}", 8080, "", id="a-reference-to-the-sender's-group"),
        pytest.param("{ingress: [tcp 8080 from app]}", "{}", 8080, "ENI_SG_RULES_MISMATCH", id="another-group"),
        pytest.param("{ingress: [tcp 8080 from 10.0.0.0/24]}", "{}", 8080, "", id="the-sender's-block"),
        pytest.param("{ingress: [udp 8080 from web]}", "{}", 8080, "ENI_SG_RULES_MISMATCH", id="another-protocol"),
        pytest.param("{ingress: [tcp 8080-8090 from web]}", "{}", 8090, "", id="the-last-port-of-a-range"),
        pytest.param("{ingress: [tcp 8080-8090 from web]}", "{}", 8091, "ENI_SG_RULES_MISMATCH", id="one-past-it"),
        pytest.param("{}", "{ingress: [all from web]}", 8080, "", id="any-of-several-groups-may-allow"),
        pytest.param(
            "{ingress: [tcp 22 from web]}", "{ingress: [tcp 8080 from web]}", 8080, "", id="union-of-groups"
        ),
    ],
)
def test_ingress(ask, app: str, extra: str, port: int, reason: str) -> None:
    """Any rule of any group that matches allows; nothing denies."""
    report = ask(shop(app, extra), "web", "app", port)

    assert reason == report.reason
    assert (Verdict.BLOCKED if reason else Verdict.ALLOWED) is report.verdict


@pytest.mark.parametrize(
    ("egress", "reason"),
    [
        pytest.param("[]", "SG_HAS_NO_RULES", id="no-outbound-rule"),
        pytest.param("[tcp 443 to 10.0.1.0/24]", "ENI_SG_RULES_MISMATCH", id="another-port"),
        pytest.param("[tcp 8080 to 10.0.1.0/24]", "", id="the-destination's-block"),
        pytest.param("[tcp 8080 to app]", "", id="the-destination's-group"),
        pytest.param("[tcp 8080 to web]", "ENI_SG_RULES_MISMATCH", id="a-group-the-destination-does-not-carry"),
    ],
)
def test_egress(ask, egress: str, reason: str) -> None:
    """The sender's groups judge first."""
    text = shop("{ingress: [tcp 8080 from 0.0.0.0/0]}").replace(
        "web: {ingress: [tcp 443 from 0.0.0.0/0]}", f"web: {{egress: {egress}}}"
    )
    report = ask(text, "web", "app", 8080)

    assert reason == report.reason
    assert ("web" if reason else "") == report.component_name


def test_an_answer_needs_no_rule(ask) -> None:
    """State: neither side's other direction is asked."""
    report = ask(shop("{ingress: [tcp 8080 from web], egress: []}"), "web", "app", 8080)

    assert report.verdict is Verdict.ALLOWED
    back = report.connections[0].returning
    assert [s.text for h in back.hops for s in h.steps if s.check is Check.SECURITY_GROUP_EGRESS] == [
        "The security groups of app remember the connection and let it out."
    ]


def test_the_default_group_admits_its_own_members_only(ask) -> None:
    """Interfaces without a group carry the VPC's default one."""
    text = (
        shop()
        .replace("security_groups: [app, extra]", "description: x")
        .replace("{subnet: app, security_groups: [app]}", "{subnet: app}")
    )

    assert ask(text, "peer", "app", 22).verdict is Verdict.ALLOWED
    assert ask(text, "web", "app", 22).reason == "ENI_SG_RULES_MISMATCH"


def test_icmp_matches_by_protocol(ask) -> None:
    """A rule for ICMP lets a ping in; one for TCP does not."""
    assert ask(shop("{ingress: [icmp from web]}"), "web", "app", 0, "icmp").verdict is Verdict.ALLOWED
    assert ask(shop("{ingress: [tcp 80 from web]}"), "web", "app", 0, "icmp").reason == "ENI_SG_RULES_MISMATCH"


def test_losing_rules_say_why(ask) -> None:
    """Every rule that was looked at stands in the step."""
    report = ask(shop("{ingress: [tcp 22 from web, tcp 8080 from 10.9.0.0/16]}"), "web", "app", 8080)
    blocker = report.connections[0].forward.blocker

    assert [(c.text, c.reason) for c in blocker.candidates] == [
        ("app: tcp 22 from web", "does not cover port 8080"),
        ("app: tcp 8080 from 10.9.0.0/16", "does not contain 10.0.0.4"),
    ]
