from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.component import Key
from docgen.model.network import EffectiveAcl
from docgen.model.packet import ANY_PORT, Packet, PortRange, Protocol
from docgen.model.policy import AclAction, NetworkAclEntry
from docgen.model.trace import Outcome
from docgen.routing.acl import judge_acl

PACKET = Packet(
    IPv4Address("10.0.1.5"), IPv4Address("10.0.2.5"), Protocol.TCP, PortRange(1024, 65535), PortRange(443, 443)
)


def entry(
    number: int, action: str, ports: tuple[int, int] = ANY_PORT, cidr: str = "0.0.0.0/0", protocol: str = "all"
):
    return NetworkAclEntry(
        rule_number=number,
        rule_action=AclAction(action),
        protocol=Protocol(protocol),
        ports=PortRange(*ports),
        cidr_block=IPv4Network(cidr),
    )


def acl(*entries: NetworkAclEntry) -> EffectiveAcl:
    ordered = tuple(sorted(entries, key=lambda e: e.rule_number))
    return EffectiveAcl(
        key=Key("network_acl", "v/acl"),
        name="acl",
        default=False,
        implicit=False,
        ingress=ordered,
        egress=ordered,
        subnets=(),
    )


@pytest.mark.parametrize(
    ("entries", "passes", "rule"),
    [
        pytest.param((), False, "* deny all", id="an-acl-without-entries-denies-everything"),
        pytest.param(
            (entry(100, "allow"), entry(90, "deny")), False, "90 deny all from 0.0.0.0/0", id="lowest-number-first"
        ),
        pytest.param(
            (entry(90, "allow"), entry(100, "deny")), True, "90 allow all from 0.0.0.0/0", id="the-rest-is-not-read"
        ),
        pytest.param(
            (entry(90, "deny", cidr="10.0.2.0/24"), entry(100, "allow")),
            True,
            "100 allow all from 0.0.0.0/0",
            id="inbound-looks-at-the-source-not-the-destination",
        ),
        pytest.param(
            (entry(90, "allow", protocol="udp"),), False, "* deny all", id="another-protocol-does-not-match"
        ),
        pytest.param(
            (entry(90, "allow", (443, 443), protocol="tcp"),),
            True,
            "90 allow tcp 443 from 0.0.0.0/0",
            id="the-port-is-the-destination's",
        ),
        pytest.param((entry(90, "allow", (80, 442), protocol="tcp"),), False, "* deny all", id="one-port-below"),
    ],
)
def test_first_entry_that_matches_decides(entries: tuple[NetworkAclEntry, ...], passes: bool, rule: str) -> None:
    """Ascending numbers, first match, then the final `*`."""
    step = judge_acl(acl(*entries), PACKET, "ingress", "app")

    assert (Outcome.PASS if passes else Outcome.DROP) is step.outcome
    assert rule == step.rule
    assert ("" if passes else "SUBNET_ACL_RESTRICTION") == step.code


def test_outbound_looks_at_the_destination() -> None:
    """The block of an egress entry is the other end, too."""
    entries = (entry(90, "deny", cidr="10.0.2.0/24"), entry(100, "allow"))

    assert judge_acl(acl(*entries), PACKET, "egress", "app").outcome is Outcome.DROP


def test_a_part_of_the_ephemeral_range_is_not_enough() -> None:
    """An answer to any client port must pass as a whole; the detail names what fails."""
    answer = replace(PACKET, destination_ports=PortRange(1024, 65535))
    step = judge_acl(acl(entry(100, "allow", (32768, 61000), protocol="tcp")), answer, "egress", "app")

    assert step.code == "SUBNET_ACL_RESTRICTION"
    assert step.detail == "DG_EPHEMERAL_RANGE_PARTIAL"
    assert "1024-32767, 61001-65535" in step.text


def test_two_entries_may_cover_a_range_together() -> None:
    """A range is judged part by part."""
    answer = replace(PACKET, destination_ports=PortRange(1024, 65535))
    lower, upper = (
        entry(100, "allow", (0, 40000), protocol="tcp"),
        entry(110, "allow", (40001, 65535), protocol="tcp"),
    )

    assert judge_acl(acl(lower, upper), answer, "egress", "app").outcome is Outcome.PASS


def test_icmp_has_no_ports() -> None:
    """A protocol without ports matches by protocol and block alone."""
    echo = replace(PACKET, protocol=Protocol.ICMP, source_ports=PortRange(0, 0), destination_ports=PortRange(0, 0))

    assert judge_acl(acl(entry(100, "allow", protocol="icmp")), echo, "ingress", "app").outcome is Outcome.PASS
    assert judge_acl(acl(entry(100, "allow", protocol="tcp")), echo, "ingress", "app").outcome is Outcome.DROP


ENTRIES = st.lists(
    st.builds(
        lambda action, a, b, protocol, cidr: (action, tuple(sorted((a, b))), protocol, cidr),
        st.sampled_from(["allow", "deny"]),
        st.integers(0, 60),
        st.integers(0, 60),
        st.sampled_from(["all", "tcp", "udp"]),
        st.sampled_from(["0.0.0.0/0", "10.0.1.0/24", "10.0.3.0/24"]),
    ),
    max_size=6,
)
RANGES = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda r: PortRange(min(r), max(r)))


@given(ENTRIES, RANGES)
def test_a_range_passes_exactly_when_every_port_does(entries: list, ports: PortRange) -> None:
    """Judging a range part by part agrees with judging its ports one by one."""
    numbered = acl(*(entry(10 * (i + 1), a, p, c, proto) for i, (a, p, proto, c) in enumerate(entries)))
    whole = judge_acl(numbered, replace(PACKET, destination_ports=ports), "ingress", "app")
    single = [
        judge_acl(numbered, replace(PACKET, destination_ports=PortRange(p, p)), "ingress", "app").outcome
        for p in range(ports.first, ports.last + 1)
    ]

    assert (whole.outcome is Outcome.PASS) == all(o is Outcome.PASS for o in single)
    some = any(o is Outcome.PASS for o in single)
    assert (whole.detail != "") == (some and whole.outcome is Outcome.DROP)


@given(ENTRIES, RANGES, st.integers(1, 65))
def test_a_deny_entry_never_opens_anything(entries: list, ports: PortRange, at: int) -> None:
    """Adding a deny entry at any number leaves what was refused refused."""
    numbered = [entry(10 * (i + 1), a, p, c, proto) for i, (a, p, proto, c) in enumerate(entries)]
    packet = replace(PACKET, destination_ports=ports)
    before = judge_acl(acl(*numbered), packet, "ingress", "app").outcome
    extra = [*numbered, entry(at if at % 10 else at + 1, "deny", (10, 40))]
    after = judge_acl(acl(*extra), packet, "ingress", "app").outcome

    assert not (before is Outcome.DROP and after is Outcome.PASS)
