"""Random VPCs whose every address is written out: what both the kernel and docgen can be asked about."""

from __future__ import annotations

from random import Random
from typing import Any

PORTS = (22, 443, 5432)
OUTSIDE = ("203.0.113.50", "203.0.113.80", "8.8.8.8")
BLOCKS = ("0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/16", "10.0.1.0/24", "10.1.0.0/16", "203.0.113.0/24", "198.51.100.0/24")


def random_vpcs(seed: int) -> dict[str, Any]:
    """One VPC, or two that are peered."""
    rng = Random(seed)
    names = ["v", "w"][: rng.choice([1, 2])]
    addresses = iter(range(10, 250))
    definition: dict[str, Any] = {
        "version": 1,
        "title": f"Random {seed}",
        "region": "ap-south-1",
        "zones": ["a", "b"],
        "prefix_lists": {"pl-some": {"entries": ["203.0.113.80/32", "8.8.0.0/16"]}},
        "vpcs": {name: _vpc(rng, name, at, addresses) for at, name in enumerate(names)},
    }
    if len(names) == 2:
        definition["vpc_peering_connections"] = {"pcx": {"requester_vpc": "v", "accepter_vpc": "w"}}
        for name, vpc in definition["vpcs"].items():
            far = "10.1.0.0/16" if name == "v" else "10.0.0.0/16"
            for table, held in vpc["route_tables"].items():
                if table != f"{name}pub" and rng.random() < 0.7:
                    held[rng.choice([far, far, "10.0.0.0/8", far.replace("0.0/16", "1.0/24")])] = "pcx"
    return definition


def random_hub(seed: int) -> dict[str, Any]:
    """Two or three VPCs on a transit gateway, with its default table or with tables of their own."""
    rng = Random(seed)
    names = ["v", "w", "x"][: rng.choice([2, 3])]
    addresses = iter(range(10, 250))
    vpcs = {name: _vpc(rng, name, at, addresses) for at, name in enumerate(names)}
    for name, vpc in vpcs.items():
        _attach(rng, name, vpc)
    tables = {}
    for at in range(rng.choice([0, 1, 2])):
        routes = {}
        if rng.random() < 0.6:
            routes[rng.choice(["0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16"])] = rng.choice([*names, "blackhole"])
        tables[f"table-{at}"] = {
            "associations": [n for i, n in enumerate(names) if i % 2 == at],
            "propagations": [n for n in names if rng.random() < 0.7],
            "routes": routes,
        }
    return {
        "version": 1,
        "title": f"Random hub {seed}",
        "region": "ap-south-1",
        "zones": ["a", "b"],
        "prefix_lists": {"pl-some": {"entries": ["203.0.113.80/32", "8.8.0.0/16"]}},
        "transit_gateways": {"hub": {"transit_gateway_route_tables": tables}},
        "vpcs": vpcs,
    }


def _attach(rng: Random, name: str, vpc: dict[str, Any]) -> None:
    """By subnets of its own or by those of the workloads, in one zone or in both; most tables lead to the hub."""
    base = vpc["cidr_block"].rpartition(".0.0")[0]
    if rng.random() < 0.6:
        for at, zone in enumerate("ab"):
            subnet: dict[str, Any] = {"cidr_block": f"{base}.9{at}.0/28", "availability_zone": zone}
            if rng.random() < 0.6:
                subnet["route_table"] = rng.choice(list(vpc["route_tables"]))
            if rng.random() < 0.3:
                subnet["network_acl"] = f"{name}acl"
            vpc["subnets"][f"{name}hub{zone}"] = subnet
        subnets = [f"{name}huba", f"{name}hubb"]
    else:
        subnets = [f"{name}s0", f"{name}s1"]
    vpc["transit_gateway_attachments"] = {
        f"{name}att": {"transit_gateway": "hub", "subnets": subnets if rng.random() < 0.75 else subnets[:1]}
    }
    for table in vpc["route_tables"].values():
        if rng.random() < 0.85:
            table[rng.choice(["10.0.0.0/8", "10.0.0.0/8", "10.1.0.0/16" if name != "w" else "10.0.0.0/16"])] = "hub"
        if rng.random() < 0.25:
            table["0.0.0.0/0"] = "hub"


def _vpc(rng: Random, name: str, at: int, addresses: Any) -> dict[str, Any]:
    base = f"10.{at}"
    subnets = {
        f"{name}s{i}": {"cidr_block": f"{base}.{i}.0/24", "availability_zone": "ab"[i % 2]}
        for i in range(rng.choice([2, 3]))
    }
    tables = [f"{name}t0", f"{name}t1"]
    subnets[f"{name}s0"]["route_table"] = f"{name}pub"
    for subnet in list(subnets.values())[1:]:
        if rng.random() < 0.9:
            subnet["route_table"] = rng.choice([*tables, f"{name}pub"])
    for subnet in subnets.values():
        if rng.random() < 0.35:
            subnet["network_acl"] = f"{name}acl"
    groups = [f"{name}g{i}" for i in range(3)]
    instances = {
        f"{name}i{i}": _instance(rng, name, base, list(subnets), groups, next(addresses))
        for i in range(rng.choice([3, 4]))
    }
    number = next(addresses)
    nat = {"subnet": f"{name}s0", "private_ip_address": f"{base}.0.{number}", "elastic_ip": f"198.51.100.{number}"}
    igw, targets = f"{name}igw", [f"{name}nat", f"{name}nat", f"{name}igw", *instances]
    return {
        "cidr_block": f"{base}.0.0/16",
        "internet_gateway": igw,
        "subnets": subnets,
        "route_tables": {f"{name}pub": {"0.0.0.0/0": igw}} | {t: _routes(rng, targets, subnets) for t in tables},
        "network_acls": {f"{name}acl": {"ingress": _entries(rng, "from"), "egress": _entries(rng, "to")}},
        "security_groups": {g: {"ingress": _rules(rng, "from", groups), "egress": _egress(rng)} for g in groups},
        "nat_gateways": {f"{name}nat": nat},
        "instances": instances,
    }


def _instance(
    rng: Random, name: str, base: str, subnets: list[str], groups: list[str], number: int
) -> dict[str, Any]:
    subnet = rng.choice(subnets)
    made: dict[str, Any] = {
        "subnet": subnet,
        "private_ip_address": f"{base}.{subnet[len(name) + 1 :]}.{number}",
        "security_groups": rng.sample(groups, rng.choice([1, 2])),
        "source_dest_check": rng.random() < 0.6,
        "forwards": rng.choice(["nat", "unchanged"]),
    }
    if rng.random() < 0.6:
        made["elastic_ip"] = f"198.51.100.{number}"
    return made


def _routes(rng: Random, targets: list[str], subnets: dict[str, Any]) -> dict[str, str]:
    found = {"0.0.0.0/0": rng.choice(targets)} if rng.random() < 0.9 else {}
    appliances = targets[3:]
    if rng.random() < 0.3:
        found[rng.choice([s["cidr_block"] for s in subnets.values()])] = rng.choice(appliances)
    if rng.random() < 0.3:
        found[rng.choice(["203.0.113.0/24", "8.0.0.0/6", "203.0.113.80/32"])] = rng.choice(targets)
    if rng.random() < 0.2:
        found["pl-some"] = rng.choice(targets)
    return found


def _what(rng: Random) -> str:
    sort = rng.choice(["all", "tcp", "udp", "port", "port", "range"])
    if sort == "port":
        return f"{rng.choice(['tcp', 'tcp', 'udp'])} {rng.choice(PORTS)}"
    return f"{rng.choice(['tcp', 'udp'])} 1024-65535" if sort == "range" else sort


def _rules(rng: Random, word: str, groups: list[str]) -> list[str]:
    if rng.random() < 0.5:
        return [f"all {word} 0.0.0.0/0"]
    ends = [*BLOCKS, *groups, "pl-some"]
    return [f"{_what(rng)} {word} {rng.choice(ends)}" for _ in range(rng.randint(0, 4))]


def _egress(rng: Random) -> list[str]:
    if rng.random() < 0.8:
        return ["all to 0.0.0.0/0"]
    return [f"{_what(rng)} to {rng.choice([*BLOCKS, 'pl-some'])}" for _ in range(rng.randint(0, 3))]


def _entries(rng: Random, word: str) -> dict[str, str]:
    return {
        str(number): f"{rng.choice(['allow', 'allow', 'deny'])} {_what(rng)} {word} {rng.choice(BLOCKS)}"
        for number in rng.sample(range(10, 400, 10), rng.randint(1, 4))
    } | ({"900": f"allow all {word} 0.0.0.0/0"} if rng.random() < 0.8 else {})
