"""A definition's VPCs as namespaces: an implementation of AWS's rules by Linux's routing tables, nftables and
connection tracking, which shares no line with docgen's own.

Reads the definition as written, with every address in it. One namespace for each VPC's router, for each interface's
owner, for each internet gateway, and one for the internet.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

from tests.kernel.namespaces import Lab

PRIVATE = "{ 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10 }"
SERVED = "{ 22, 443, 5432 }"
"""Ports of servers: UDP from there that no state covers is an answer to somebody else's question."""
LOCAL_TABLE = 99
"""What comes from a gateway or a peer sees the VPC's own subnets only."""

Definition = dict[str, Any]


def build(lab: Lab, definition: Definition, internet: list[str]) -> None:
    """Everything in the definition; `internet` lists addresses that answer and ask from outside."""
    lab.namespace("internet", forwards=True)
    for address in internet:
        lab.ip("internet", f"addr add {address}/32 dev lo")
    lab.ip("internet", "route add unreachable default")
    for at, (name, vpc) in enumerate(definition["vpcs"].items()):
        _Vpc(lab, definition, name, vpc, at).build()
    for at, (name, peering) in enumerate(definition.get("vpc_peering_connections", {}).items()):
        _peer(lab, definition, name, peering, at)
    if definition.get("transit_gateways"):
        _hub(lab, definition)
    for name, vpc in definition["vpcs"].items():
        _routes(lab, definition, name, vpc)
    lab.settle()


def groups_of(owner: Definition, vpc: Definition) -> list[tuple[str, Definition]]:
    """The security groups of an instance."""
    return [(g, vpc["security_groups"][g]) for g in owner["security_groups"]]


def attached(vpc: Definition) -> dict[str, str]:
    """Zone to the subnet in which a transit gateway's interface stands."""
    (attachment,) = vpc.get("transit_gateway_attachments", {"": {"subnets": []}}).values()
    return {vpc["subnets"][s]["availability_zone"]: s for s in attachment["subnets"]}


def _bridge(vpc: Definition, subnet: str) -> str:
    return f"s{list(vpc['subnets']).index(subnet)}"


class _Vpc:
    def __init__(self, lab: Lab, definition: Definition, name: str, vpc: Definition, at: int) -> None:
        self.lab, self.definition, self.name, self.vpc, self.at = lab, definition, name, vpc, at
        self.router = f"vpc-{name}"

    def build(self) -> None:
        self.lab.namespace(self.router, forwards=True)
        for subnet, held in self.vpc["subnets"].items():
            block = ip_network(held["cidr_block"])
            bridge = _bridge(self.vpc, subnet)
            self.lab.bridge(self.router, bridge)
            self.lab.ip(self.router, f"addr add {block[1]}/{block.prefixlen} dev {bridge}")
        for name, instance in self.vpc.get("instances", {}).items():
            self.host(name, instance, forwards=not instance.get("source_dest_check", True))
            self.lab.rules(name, self.host_rules(instance))
        for name, gateway in self.vpc.get("nat_gateways", {}).items():
            self.host(name, gateway, forwards=True)
            self.lab.rules(name, self.nat_rules(gateway))
        self.lab.rules(self.router, self.acl_rules())
        if "internet_gateway" in self.vpc:
            self.internet_gateway()

    def host(self, name: str, owner: Definition, *, forwards: bool) -> None:
        block = ip_network(self.vpc["subnets"][owner["subnet"]]["cidr_block"])
        self.lab.namespace(name, forwards=forwards)
        self.lab.cable(name, "eth0", self.router, f"p-{name}")
        self.lab.ip(self.router, f"link set p-{name} master {_bridge(self.vpc, owner['subnet'])}")
        self.lab.ip(
            name,
            f"addr add {owner['private_ip_address']}/{block.prefixlen} dev eth0",
            f"route add default via {block[1]}",
        )

    # -- filters ------------------------------------------------------------------------------
    def host_rules(self, instance: Definition) -> str:
        """Security groups as stateful filters of the host; a translator or appliance forwards through both."""
        groups = groups_of(instance, self.vpc)
        inward = [line for _, g in groups for line in self.group_lines(g["ingress"], "saddr")]
        outward = [
            line for _, g in groups for line in self.group_lines(g.get("egress", ["all to 0.0.0.0/0"]), "daddr")
        ]
        own = instance["private_ip_address"]
        nat = ""
        if instance.get("forwards") == "nat":
            nat = f"""chain nat {{
type nat hook postrouting priority 100
ip saddr != {own} ip protocol {{ tcp, udp }} snat to {own}:1024-65535
}}
"""
        return f"""table ip groups {{
chain inward {{
{_lines(inward)}drop
}}
chain outward {{
{_lines(outward)}drop
}}
chain input {{
type filter hook input priority 0
iifname "lo" accept
ct state established accept
jump inward
}}
chain output {{
type filter hook output priority 0
oifname "lo" accept
ct state established accept
jump outward
}}
chain forward {{
type filter hook forward priority 0
ct state invalid drop
ct state established accept
udp sport {SERVED} drop
jump inward
jump outward
}}
{nat}}}
"""

    def group_lines(self, rules: list[str], end: str) -> Iterator[str]:
        for rule in rules:
            what, _, where = rule.replace(" to ", " from ").partition(" from ")
            for block in self.blocks(where):
                yield f"ip {end} {block} {_matches(what)}return"

    def blocks(self, where: str) -> list[str]:
        """A block, the entries of a prefix list, or the private addresses of a group's members."""
        lists = self.definition.get("prefix_lists", {})
        if where in lists:
            return list(lists[where]["entries"])
        if where in self.vpc["security_groups"]:
            return [i["private_ip_address"] for i in self.vpc["instances"].values() if where in i["security_groups"]]
        return [where]

    def acl_rules(self) -> str:
        """Network ACLs as stateless filters of the router; a subnet's own traffic does not pass it."""
        chains, jumps = [], []
        for subnet, held in self.vpc["subnets"].items():
            acl = self.vpc.get("network_acls", {}).get(held.get("network_acl", ""))
            if acl is None:
                continue
            bridge = _bridge(self.vpc, subnet)
            for way, end, direction in (("out", "daddr", "egress"), ("in", "saddr", "ingress")):
                entries = sorted((int(n), text) for n, text in acl.get(direction, {}).items())
                lines = _lines(_acl_line(text, end) for _, text in entries)
                chains.append(f"chain {way}{bridge} {{\n{lines}drop\n}}\n")
            jumps.append((f'iifname "{bridge}" jump out{bridge}', f'oifname "{bridge}" jump in{bridge}'))
        leaving, entering = [j[0] for j in jumps], [j[1] for j in jumps]
        first = []
        for zone, subnet in attached(self.vpc).items():
            bridge = _bridge(self.vpc, subnet)
            first.append(f'iifname "hub-{zone}" oifname "{bridge}" accept')
            if self.vpc["subnets"][subnet].get("network_acl"):
                leaving.append(f'iifname "hub-{zone}" jump out{bridge}')
                entering.append(f'oifname "hub-{zone}" jump in{bridge}')
        return f"""table ip acls {{
{"".join(chains)}chain forward {{
type filter hook forward priority 0
{_lines([*first, *leaving, *entering])}}}
}}
"""

    def nat_rules(self, gateway: Definition) -> str:
        """It translates what its router hands it, and lets nobody open a connection to it."""
        own = gateway["private_ip_address"]
        return f"""table ip nat-gateway {{
chain input {{
type filter hook input priority 0
drop
}}
chain forward {{
type filter hook forward priority 0
ct state invalid drop
}}
chain nat {{
type nat hook postrouting priority 100
ip protocol {{ tcp, udp }} snat to {own}:1024-65535
}}
}}
"""

    # -- the way out --------------------------------------------------------------------------
    def public(self) -> dict[str, str]:
        """Private address to public address."""
        owners = [*self.vpc.get("instances", {}).values(), *self.vpc.get("nat_gateways", {}).values()]
        return {o["private_ip_address"]: o["elastic_ip"] for o in owners if o.get("elastic_ip")}

    def internet_gateway(self) -> None:
        """One to one translation without state, as the router between VPC and internet."""
        gateway, links = f"igw-{self.name}", f"192.0.2.{self.at * 8}"
        inner, base = int(links.rpartition(".")[2]), links.rpartition(".")[0]
        near, far, out, world = (f"{base}.{inner + n}" for n in (1, 2, 5, 6))
        lab = self.lab
        lab.namespace(gateway, forwards=True)
        lab.cable(self.router, "igw", gateway, "vpc")
        lab.cable(gateway, "net", "internet", f"v{self.at}")
        lab.ip(self.router, f"addr add {near}/30 dev igw")
        lab.ip(gateway, f"addr add {far}/30 dev vpc", f"addr add {out}/30 dev net")
        lab.ip(gateway, f"route add {self.vpc['cidr_block']} via {near}", f"route add default via {world}")
        lab.ip("internet", f"addr add {world}/30 dev v{self.at}")
        mapped = self.public()
        for public in mapped.values():
            lab.ip("internet", f"route add {public}/32 via {out}")
        outward = ", ".join(f"{k} : {v}" for k, v in mapped.items())
        inward = ", ".join(f"{v} : {k}" for k, v in mapped.items())
        known, given = ", ".join(mapped), ", ".join(mapped.values())
        translate = ""
        if mapped:
            translate = f"""iifname "vpc" ip saddr != {{ {known} }} drop
iifname "vpc" ip saddr set ip saddr map {{ {outward} }}
iifname "net" ip daddr != {{ {given} }} drop
iifname "net" ip daddr set ip daddr map {{ {inward} }}
"""
        lab.rules(
            gateway,
            f"""table ip internet-gateway {{
chain translate {{
type filter hook prerouting priority -300
iifname "vpc" ip daddr {PRIVATE} drop
iifname "net" ip saddr {PRIVATE} drop
{translate or "drop"}
}}
}}
""",
        )


def _routes(lab: Lab, definition: Definition, name: str, vpc: Definition) -> None:
    """A table for each route table and zone, chosen by the subnet that a packet comes from."""
    router = f"vpc-{name}"
    local = {held["cidr_block"]: f"dev {_bridge(vpc, s)}" for s, held in vpc["subnets"].items()}
    local.setdefault(vpc["cidr_block"], "unreachable")
    wanted = [(table, zone) for table in vpc.get("route_tables", {}) for zone in definition["zones"]]
    numbers = {table_in_zone: LOCAL_TABLE + 1 + at for at, table_in_zone in enumerate(wanted)}
    _table(lab, router, LOCAL_TABLE, local)
    for (table, zone), number in numbers.items():
        found = dict(local)
        for destination, target in vpc["route_tables"][table].items():
            for block in definition.get("prefix_lists", {}).get(destination, {}).get("entries", [destination]):
                if destination == block or block not in vpc["route_tables"][table]:
                    found[block] = _way(definition, name, vpc, target, zone)
        _table(lab, router, number, found)
    entrances = {_bridge(vpc, s): s for s in vpc["subnets"]} | {f"hub-{z}": s for z, s in attached(vpc).items()}
    for port, subnet in entrances.items():
        held = vpc["subnets"][subnet]
        number = numbers.get((held.get("route_table", ""), held["availability_zone"]), LOCAL_TABLE)
        lab.ip(router, f"rule add priority {number} iif {port} lookup {number}")
        if port.startswith("hub-"):  # what the attachment's interface shares a subnet with is not routed
            lab.ip(router, f"rule add priority 80 iif {port} to {held['cidr_block']} lookup {LOCAL_TABLE}")
    for link in ("igw", *definition.get("vpc_peering_connections", {})):
        lab.ip(router, f"rule add priority 90 iif {link} lookup {LOCAL_TABLE}")


def _table(lab: Lab, router: str, number: int, routes: dict[str, str]) -> None:
    for block, way in routes.items():
        text = f"unreachable {block}" if way == "unreachable" else f"{block} {way}"
        lab.ip(router, f"route add {text} table {number}")
    if "0.0.0.0/0" not in routes:
        lab.ip(router, f"route add unreachable default table {number}")


def _way(definition: Definition, name: str, vpc: Definition, target: str, zone: str) -> str:
    if target == vpc.get("internet_gateway"):
        at = list(definition["vpcs"]).index(name)
        return f"via 192.0.2.{at * 8 + 2}"
    if target in definition.get("vpc_peering_connections", {}):
        return f"via {_far(definition, target, name)} dev {target}"
    if target in definition.get("transit_gateways", {}):
        return (
            f"via {_hub_address(definition, name, zone)} dev hub-{zone}" if zone in attached(vpc) else "unreachable"
        )
    owner = vpc.get("instances", {}).get(target) or vpc["nat_gateways"][target]
    return f"via {owner['private_ip_address']} dev {_bridge(vpc, owner['subnet'])}"


def _far(definition: Definition, peering: str, name: str) -> str:
    connections = definition["vpc_peering_connections"]
    at = list(connections).index(peering)
    return f"192.0.2.{128 + at * 4 + (2 if connections[peering]['requester_vpc'] == name else 1)}"


def _peer(lab: Lab, definition: Definition, name: str, peering: Definition, at: int) -> None:
    """A cable between two routers, over which only what is for the other VPC goes."""
    one, two = peering["requester_vpc"], peering["accepter_vpc"]
    lab.cable(f"vpc-{one}", name, f"vpc-{two}", name)
    for here, there, number in ((one, two, 1), (two, one, 2)):
        router, far = f"vpc-{here}", definition["vpcs"][there]["cidr_block"]
        lab.ip(router, f"addr add 192.0.2.{128 + at * 4 + number}/30 dev {name}")
        lab.rules(
            router,
            f"""table ip {name} {{
chain forward {{
type filter hook forward priority 10
oifname "{name}" ip daddr != {far} drop
iifname "{name}" ip saddr != {far} drop
}}
}}
""",
        )


def _hub_address(definition: Definition, name: str, zone: str, *, far: bool = True) -> str:
    """The hub's end, or the VPC's, of the cable in a zone."""
    at = list(definition["vpcs"]).index(name) * len(definition["zones"]) + definition["zones"].index(zone)
    return f"192.0.2.{160 + at * 4 + (2 if far else 1)}"


def _hub(lab: Lab, definition: Definition) -> None:
    """A transit gateway: a cable to each zone in which a VPC is attached, and its tables once for each zone."""
    ((hub, held),) = definition["transit_gateways"].items()
    lab.namespace(hub, forwards=True)
    for name, vpc in definition["vpcs"].items():
        for zone in attached(vpc):
            lab.cable(f"vpc-{name}", f"hub-{zone}", hub, f"{name}-{zone}")
            lab.ip(f"vpc-{name}", f"addr add {_hub_address(definition, name, zone, far=False)}/30 dev hub-{zone}")
            lab.ip(hub, f"addr add {_hub_address(definition, name, zone)}/30 dev {name}-{zone}")
    vpcs = [name for name, vpc in definition["vpcs"].items() if attached(vpc)]
    tables = held.get("transit_gateway_route_tables", {})
    named = {a for t in tables.values() for a in t.get("associations", [])}
    default = {"associations": [v for v in vpcs if v not in named], "propagations": vpcs}
    number = LOCAL_TABLE
    for table in [default, *tables.values()]:
        routes = {definition["vpcs"][v]["cidr_block"]: v for v in table.get("propagations", [])}
        routes |= table.get("routes", {})
        for zone in definition["zones"]:
            number += 1
            _table(lab, hub, number, {b: _over_hub(definition, v, zone) for b, v in routes.items()})
            for name in table.get("associations", []):
                if zone in attached(definition["vpcs"][name]):
                    lab.ip(hub, f"rule add priority {number} iif {name}-{zone} lookup {number}")


def _over_hub(definition: Definition, name: str, zone: str) -> str:
    """To a VPC in the sender's zone if it is attached there, else in the one where it is."""
    zones = attached(definition["vpcs"][name]) if name != "blackhole" else {}
    if not zones:
        return "unreachable"
    there = zone if zone in zones else next(iter(zones))
    return f"via {_hub_address(definition, name, there, far=False)} dev {name}-{there}"


def _acl_line(text: str, end: str) -> str:
    action, _, rest = text.partition(" ")
    what, _, block = rest.replace(" to ", " from ").partition(" from ")
    return f"ip {end} {block} {_matches(what)}{'return' if action == 'allow' else 'drop'}"


def _matches(what: str) -> str:
    """`tcp 22-80` as nftables says it; `all` matches anything."""
    protocol, _, ports = what.strip().partition(" ")
    if protocol == "all":
        return ""
    return f"{protocol} dport {ports} " if ports else f"meta l4proto {protocol} "


def _lines(lines: Any) -> str:
    return "".join(f"{line}\n" for line in lines)
