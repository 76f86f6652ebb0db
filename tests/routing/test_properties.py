"""What must hold for any network: random small definitions, traced and changed."""

from __future__ import annotations

import copy
import re
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.model.trace import Connection, FlowReport, Trace, Verdict
from docgen.routing.tracer import HOP_LIMIT
from tests.analysis.random_networks import random_definition
from tests.routing.cases import ask, network_of

SUBNETS = ("s0", "s1", "s2", "s3")
INSTANCES = ("i0", "i1", "i2", "i3")
GROUPS = ("g0", "g1", "g2")
ACLS = ("n0", "n1")
TABLES = ("t0", "t1")
BLOCKS = ("0.0.0.0/0", "10.0.0.0/16", "10.0.0.0/24", "10.0.2.0/23", "203.0.113.0/24")
PORTS = (22, 443, 8080)
ENDPOINTS = ("instance", "user", "internet_host", "on_premises_host", "load_balancer", "db_instance", "s3_bucket")
ENDS = (*INSTANCES, "user", "server", "lb", "db", "internet", "ngw")

quick = settings(max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def protocols() -> st.SearchStrategy[str]:
    return st.one_of(
        st.sampled_from(["all", "icmp", "tcp"]),
        st.builds("{} {}".format, st.sampled_from(["tcp", "udp"]), st.sampled_from([*map(str, PORTS), "1024-65535"])),
    )


def group_rules(word: str) -> st.SearchStrategy[list[str]]:
    rule = st.builds("{} {} {}".format, protocols(), st.just(word), st.sampled_from([*BLOCKS, *GROUPS]))
    return st.lists(rule, max_size=3)


def entries(word: str) -> st.SearchStrategy[dict[str, str]]:
    allow = st.sampled_from(["allow", "allow", "deny"])
    entry = st.builds("{} {} {} {}".format, allow, protocols(), st.just(word), st.sampled_from(BLOCKS))
    return st.dictionaries(st.integers(1, 40).map(lambda n: str(n * 10)), entry, max_size=4)


def routes() -> st.SearchStrategy[dict[str, str]]:
    targets = st.sampled_from(["igw", "igw", "ngw", *INSTANCES])
    inside = st.dictionaries(
        st.sampled_from(["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24", "203.0.113.0/24"]),
        st.sampled_from(["ngw", *INSTANCES]),
        max_size=2,
    )
    return st.builds(lambda default, more: {"0.0.0.0/0": default, **more}, targets, inside)


@st.composite
def instances(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "subnet": draw(st.sampled_from(SUBNETS)),
        "elastic_ip": draw(st.booleans()),
        "security_groups": draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2, unique=True)),
        "source_dest_check": draw(st.booleans()),
        "forwards": draw(st.sampled_from(["nat", "unchanged"])),
    }


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """A VPC with everything that decides, in a random state; AWS would refuse some of them."""
    subnets = {}
    for at, name in enumerate(SUBNETS):
        table = draw(st.sampled_from([None, *TABLES, *TABLES]))
        acl = draw(st.sampled_from([None, None, None, *ACLS]))
        subnets[name] = {"cidr_block": f"10.0.{at}.0/24", "availability_zone": "ab"[at % 2]}
        subnets[name] |= {k: v for k, v in (("route_table", table), ("network_acl", acl)) if v}
    listener = {
        name: draw(st.sampled_from(PORTS)) for name in draw(st.lists(st.sampled_from(INSTANCES), unique=True))
    }
    edges = [[draw(st.sampled_from(("s0", "s2"))), draw(st.sampled_from(("s1", "s3")))] for _ in range(2)]
    vpc = {
        "cidr_block": "10.0.0.0/16",
        "internet_gateway": "igw",
        "subnets": subnets,
        "route_tables": {name: draw(routes()) for name in TABLES},
        "network_acls": {n: {"ingress": draw(entries("from")), "egress": draw(entries("to"))} for n in ACLS},
        "security_groups": {
            n: {"ingress": draw(group_rules("from")), "egress": draw(group_rules("to")) or ["all to 0.0.0.0/0"]}
            for n in GROUPS
        },
        "nat_gateways": {"ngw": {"subnet": draw(st.sampled_from(SUBNETS))}},
        "instances": {name: draw(instances()) for name in INSTANCES},
        "load_balancers": {
            "lb": {
                "scheme": draw(st.sampled_from(["internal", "internet-facing"])),
                "subnets": edges[0],
                "security_groups": [draw(st.sampled_from(GROUPS))],
                "listeners": {"443": listener},
            }
        },
        "db_instances": {"db": {"subnets": edges[1], "multi_az": True, "security_groups": ["g0"]}},
    }
    return {
        "version": 1,
        "title": "Random",
        "region": "ap-south-1",
        "zones": ["a", "b"],
        "users": {"user": {}},
        "internet_hosts": {"server": {}},
        "vpcs": {"v": vpc},
    }


flows = st.builds(
    "{} -> {} {}".format,
    st.sampled_from(ENDS),
    st.sampled_from([*ENDS, "10.0.0.2", "203.0.113.99", "198.51.100.1", "10.0.2.77"]),
    st.one_of(st.sampled_from(["icmp", "udp 22"]), st.sampled_from(PORTS).map("tcp {}".format)),
)
several = st.lists(flows, min_size=4, max_size=4)
down = st.sampled_from(["", "", "a", "i0", "ngw", "igw", "lb"])


def legs(report: FlowReport) -> list[Trace]:
    return [leg for c in report.connections for leg in (c.forward, c.returning) if leg is not None]


def check_connection(connection: Connection) -> None:
    blocked = connection.verdict is Verdict.BLOCKED
    assert blocked == bool(connection.reason and connection.verdict is not Verdict.UNKNOWN)
    assert blocked <= (connection.component is not None)
    assert (connection.leg is None) == (connection.verdict is Verdict.ALLOWED)


def check_leg(leg: Trace) -> None:
    assert 1 <= len(leg.hops) <= HOP_LIMIT + 1
    for before, after in zip(leg.hops, leg.hops[1:], strict=False):
        assert before.packet_out == after.packet_in
    assert leg.hops[0].packet_in is None
    for step in (s for hop in leg.hops for s in hop.steps):
        assert re.fullmatch(r"[A-Z0-9a-z].*\.", step.text), step.text


@quick
@given(definitions(), several, down)
def test_any_network_gives_sound_traces(definition: dict[str, Any], asked: list[str], outage: str) -> None:
    """No crash, no endless walk, the same answer twice, connected hops, a reason and a place for every refusal."""
    network, again = network_of(definition), network_of(definition)
    for ends in asked:
        report = ask(network, ends, outage=outage)
        assert report == ask(again, ends, outage=outage)
        assert report.paths_working <= report.paths_total
        if report.connections:
            assert (report.verdict is Verdict.ALLOWED) == (report.paths_working == report.paths_total)
        for connection in report.connections:
            check_connection(connection)
        for leg in legs(report):
            check_leg(leg)


@quick
@given(definitions(), several, st.sampled_from(GROUPS), st.sampled_from(["ingress", "egress"]), st.data())
def test_a_further_group_rule_never_blocks(
    definition: dict[str, Any], asked: list[str], group: str, direction: str, data: st.DataObject
) -> None:
    """Security groups only allow."""
    more = copy.deepcopy(definition)
    rule = data.draw(group_rules({"ingress": "from", "egress": "to"}[direction]))
    more["vpcs"]["v"]["security_groups"][group][direction] += rule
    before, after = network_of(definition), network_of(more)
    for ends in asked:
        if ask(before, ends).verdict is Verdict.ALLOWED:
            assert ask(after, ends).verdict is Verdict.ALLOWED


@quick
@given(definitions(), several, st.sampled_from(ACLS), st.sampled_from(["ingress", "egress"]), st.data())
def test_a_further_deny_never_opens(
    definition: dict[str, Any], asked: list[str], acl: str, direction: str, data: st.DataObject
) -> None:
    """A deny entry takes away, wherever it stands among the others."""
    more = copy.deepcopy(definition)
    word = {"ingress": "from", "egress": "to"}[direction]
    what, block = data.draw(protocols()), data.draw(st.sampled_from(BLOCKS))
    number = str(data.draw(st.integers(0, 40)) * 10 + 5)
    more["vpcs"]["v"]["network_acls"][acl][direction][number] = f"deny {what} {word} {block}"
    before, after = network_of(definition), network_of(more)
    for ends in asked:
        if ask(before, ends).verdict is Verdict.BLOCKED:
            assert ask(after, ends).verdict is Verdict.BLOCKED


PLACES = ("ap-south-1", "internet")
"""Ids that nobody chooses."""


def other_names(definition: dict[str, Any]) -> dict[str, str]:
    """A new name for every id of a definition; the order of the new ones is that of the old ones turned round."""
    components = network_of(definition).architecture.components
    ids = sorted({c.id for c in components if c.id not in PLACES})
    kept = {old: "pl-" if old.startswith("pl-") else "" for old in ids}  # by which a rule knows a prefix list
    return {old: f"{kept[old]}n{len(ids) - at:03}-{old}" for at, old in enumerate(ids)}


def renamed(value: Any, names: dict[str, str]) -> Any:
    """Every id replaced, in keys, references and rules."""
    if isinstance(value, dict):
        return {renamed(k, names): renamed(v, names) for k, v in value.items()}
    if isinstance(value, list):
        return [renamed(v, names) for v in value]
    word = r"(?<![\w-])(" + "|".join(sorted(names, key=len, reverse=True)) + r")(?![\w-])"
    return re.sub(word, lambda found: names[found[1]], value) if isinstance(value, str) else value


def check_names(definition: dict[str, Any], asked: list[str]) -> None:
    names = other_names(definition)
    before, after = network_of(definition), network_of(renamed(definition, names))
    for ends in asked:
        old, new = ask(before, ends), ask(after, renamed(ends, names))
        assert (old.verdict, old.leg, old.reason, old.paths_working, old.paths_total) == (
            new.verdict,
            new.leg,
            new.reason,
            new.paths_working,
            new.paths_total,
        ), ends


@quick
@given(definitions(), several)
def test_names_decide_nothing(definition: dict[str, Any], asked: list[str]) -> None:
    """Other ids, the same answers."""
    check_names(definition, asked)


@pytest.mark.parametrize("seed", range(40))
def test_names_decide_nothing_between_vpcs(seed: int) -> None:
    """Nor in networks of several VPCs, with peering, a transit gateway's tables, data centers, IPv6 and endpoints."""
    definition = random_definition(seed)
    rng = Random(f"asked of {seed}")
    starts = [c.id for c in network_of(definition).architecture.components if c.kind in ENDPOINTS]
    ends = [*starts, *("internet", "203.0.113.99", "10.1.1.77", "10.0.0.2")]
    what = [f"tcp {port}" for port in PORTS] + ["icmp"]
    check_names(definition, [f"{rng.choice(starts)} -> {rng.choice(ends)} {rng.choice(what)}" for _ in range(12)])
