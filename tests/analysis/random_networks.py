"""Random definitions from a seed: everything that decides about a packet, in a random state."""

from __future__ import annotations

from random import Random
from typing import Any

from docgen.model.network import Network
from tests.analysis.random_wide_networks import with_more
from tests.routing.cases import network_of

PORTS = (22, 53, 80, 443, 5432, 8080)
BLOCKS = (
    "0.0.0.0/0",
    "10.0.0.0/8",
    "10.0.0.0/16",
    "10.1.0.0/16",
    "10.0.1.0/24",
    "10.0.0.0/23",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "203.0.113.50/32",
    "203.0.112.0/22",
    "100.64.0.0/10",
    "8.0.0.0/6",
)
ZONES = "ab"


def random_network(seed: int) -> Network:
    """The network of this seed."""
    return network_of(random_definition(seed))


def random_definition(seed: int) -> dict[str, Any]:
    """One to three VPCs; AWS would refuse some of them."""
    rng = Random(seed)
    names = ["v", "w", "x"][: rng.choice([1, 1, 2, 3])]
    definition = {
        "version": 1,
        "title": f"Random {seed}",
        "region": "ap-south-1",
        "zones": list(ZONES),
        "users": {"user": {"address": "203.0.113.50"}},
        "internet_hosts": {"server": {"address": "203.0.113.80"}},
        "prefix_lists": {"pl-some": {"entries": rng.sample(BLOCKS[1:9], 2)}},
        "vpcs": {name: _vpc(rng, name, at) for at, name in enumerate(names)},
    }
    if len(names) > 1:
        _join(rng, definition)
    return with_more(Random(f"more {seed}"), definition)


def _join(rng: Random, definition: dict[str, Any]) -> None:
    """Peering, a transit gateway, or both; some tables lead there."""
    vpcs = definition["vpcs"]
    links = rng.choice([["link"], ["hub"], ["link", "hub"], []])
    if "link" in links:
        definition["vpc_peering_connections"] = {"link": {"requester_vpc": "v", "accepter_vpc": "w"}}
    if "hub" in links:
        definition["transit_gateways"] = {"hub": {}}
        for name, vpc in vpcs.items():
            attachment = {"transit_gateway": "hub", "subnets": [f"{name}s0"]}
            vpc["transit_gateway_attachments"] = {f"{name}att": attachment}
    for name, vpc in vpcs.items():
        for table in vpc["route_tables"].values():
            for link in links:
                if rng.random() < 0.7 and (link == "hub" or name != "x"):
                    block = rng.choice(["10.0.0.0/8", "10.1.0.0/16" if name != "w" else "10.0.0.0/16", "10.1.1.0/24"])
                    table.setdefault(block, link)


def _vpc(rng: Random, name: str, at: int) -> dict[str, Any]:
    """A VPC; the third has the addresses of the first."""
    base = f"10.{at % 2}"
    if rng.random() < 0.1:
        base = "198.18"
    subnets = {}
    for i in range(rng.choice([2, 3, 4])):
        subnets[f"{name}s{i}"] = {"cidr_block": f"{base}.{i}.0/24", "availability_zone": ZONES[i % 2]}
    groups = [f"{name}g{i}" for i in range(3)]
    instances = [f"{name}i{i}" for i in range(rng.randint(1, 4))]
    targets = [*instances, f"{name}nat", *[f"{name}igw"] * 4]
    for subnet in subnets.values():
        if rng.random() < 0.8:
            subnet["route_table"] = rng.choice([f"{name}t0", f"{name}t1"])
        if rng.random() < 0.4:
            subnet["network_acl"] = f"{name}n0"
    return {
        "cidr_block": f"{base}.0.0/16",
        "internet_gateway": f"{name}igw",
        "subnets": subnets,
        "route_tables": {f"{name}t{i}": _routes(rng, targets, base) for i in range(2)},
        "network_acls": {f"{name}n0": {"ingress": _entries(rng, "from"), "egress": _entries(rng, "to")}},
        "security_groups": {
            g: {
                "ingress": _rules(rng, "from", groups, 3),
                "egress": _rules(rng, "to", groups, 1) or ["all to 0.0.0.0/0"],
            }
            for g in groups
        },
        "nat_gateways": {f"{name}nat": {"subnet": rng.choice(list(subnets))}},
        "instances": {i: _instance(rng, list(subnets), groups) for i in instances},
        "load_balancers": {f"{name}lb": _balancer(rng, name, instances, groups)},
        "db_instances": {
            f"{name}db": {
                "subnets": [f"{name}s0", f"{name}s1"],
                "multi_az": rng.random() < 0.5,
                "security_groups": [rng.choice(groups)],
            }
        },
    }


def _instance(rng: Random, subnets: list[str], groups: list[str]) -> dict[str, Any]:
    return {
        "subnet": rng.choice(subnets),
        "elastic_ip": rng.random() < 0.5,
        "security_groups": rng.sample(groups, rng.choice([1, 2])),
        "source_dest_check": rng.random() < 0.7,
        "forwards": rng.choice(["nat", "unchanged"]),
    }


def _balancer(rng: Random, name: str, instances: list[str], groups: list[str]) -> dict[str, Any]:
    return {
        "type": rng.choice(["application", "network"]),
        "scheme": rng.choice(["internal", "internet-facing"]),
        "subnets": [f"{name}s0", f"{name}s1"],
        "security_groups": [rng.choice(groups)],
        "listeners": {"443": {rng.choice(instances): rng.choice(PORTS)}},
    }


def _routes(rng: Random, targets: list[str], base: str) -> dict[str, str]:
    found = {"0.0.0.0/0": rng.choice(targets)} if rng.random() < 0.9 else {}
    if rng.random() < 0.4:
        found[rng.choice([f"{base}.1.0/24", f"{base}.0.0/24", "203.0.113.0/24", "10.1.0.0/16"])] = rng.choice(targets)
    if rng.random() < 0.2:
        found["pl-some"] = rng.choice(targets)
    return found


def _what(rng: Random) -> str:
    sort = rng.choice(["all", "icmp", "tcp", "port", "port", "range"])
    if sort == "port":
        return f"{rng.choice(['tcp', 'udp'])} {rng.choice(PORTS)}"
    return f"{rng.choice(['tcp', 'udp'])} 1024-65535" if sort == "range" else sort


def _rules(rng: Random, word: str, groups: list[str], most: int) -> list[str]:
    ends = [*BLOCKS, *BLOCKS[:1] * 6, *groups * 2, "pl-some"]
    if rng.random() < 0.3:
        return [f"all {word} 0.0.0.0/0"]
    return [f"{_what(rng)} {word} {rng.choice(ends)}" for _ in range(rng.randint(0, most))]


def _entries(rng: Random, word: str) -> dict[str, str]:
    return {
        str(number): f"{rng.choice(['allow', 'allow', 'deny'])} {_what(rng)} {word} {rng.choice(BLOCKS)}"
        for number in rng.sample(range(10, 400, 10), rng.randint(1, 5))
    } | ({"900": f"allow all {word} 0.0.0.0/0"} if rng.random() < 0.7 else {})
