# The internet: people, hosts and services with public addresses around one router, and the internet gateways of VPCs.
#
# Sources: Amazon VPC User Guide, "Connect to the internet using an internet gateway", "VPC BPA basics", "Gateway
# endpoints".
"""build_internet, build_outside_host, connect_internet_gateways, connect_gateway_endpoints, edge_table."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

from docgen.kernel.routes import gateway_blocks, is_gateway_endpoint
from docgen.kernel.vpcs import Vpc
from docgen.kernel.world import PRIVATE, VOID, World, in_set
from docgen.model.component import Key
from docgen.model.network import Interface

INTERNET = "internet"
_KEY = Key("internet", "internet")
_TAG = 1000
"""Tables for answers that return by the door that the question came in by."""


def build_internet(world: World) -> None:
    """The router in the middle: it carries public addresses only."""
    world.router(INTERNET)
    world.plan.ip(INTERNET, f"route add default dev {VOID}")


def close_internet(world: World, doors: dict[str, Key]) -> None:
    """Its rules, once all is known: `doors` are private addresses that somebody asks for from outside, with whose
    network they are in; a gateway that leads there is handed the packet, so that it can refuse it itself."""
    lost = "knows no way to it: no private address is anybody's on the internet, and nobody announces it"
    gateways = tuple(g.key for g in world.of("internet_gateway"))  # none of them would take it either
    refused = "".join(
        f"ip daddr {address} oifname {VOID} {world.drop(vpc, 'has no way in from the internet', *gateways)}\n"
        for address, vpc in doors.items()
    )
    world.plan.rules(
        INTERNET,
        f"""table ip internet {{
chain forward {{
type filter hook forward priority 0
{refused}oifname {VOID} {world.drop(_KEY, lost, *gateways)}
}}
}}
""",
    )


def build_outside_host(world: World, key: Key) -> str:
    """Somebody with a public address, a component's or (`address`) its own; gives the namespace."""
    name, address = str(key), str(world.network.outside.get(key, key.path))
    for known, (namespace, taken) in world.homes.items():
        if name == known or address == taken:
            world.homes[name] = (namespace, address)
            return namespace
    namespace = f"out {name}"
    world.plan.namespace(namespace)
    wire = world.wire(namespace, INTERNET)
    world.plan.ip(namespace, f"addr add {address}/32 dev {wire.one}")
    world.plan.ip(namespace, f"route add default {wire.to_two} src {address}")
    world.plan.ip(INTERNET, f"route replace {address}/32 {wire.to_one}")
    world.homes[name] = (namespace, address)
    if key in world.network.components and not world.up(key):
        end = world.drop(key, "is out of order")
        world.plan.rules(
            namespace, f"table ip host {{\nchain input {{\ntype filter hook input priority 0\n{end}\n}}\n}}\n"
        )
    opening = world.network.opening.get(key)
    if opening is not None and opening.version == 4:
        world.plan.ip(namespace, f"addr add {opening}/32 dev {wire.one}")
        world.plan.ip(INTERNET, f"route replace {opening}/32 {wire.to_one}")
    return namespace


def connect_internet_gateways(world: World, vpcs: dict[Key, Vpc]) -> None:
    """Each between its VPC and the internet: one to one translation without state."""
    for gateway in world.of("internet_gateway"):
        vpc = vpcs[Key("vpc", gateway.scope)]
        name = f"igw {gateway.key.path}"
        world.plan.namespace(name, forwards=True)
        inner = world.wire(vpc.name, name, "internet_gateway", str(gateway.key), str(vpc.key))
        outer = world.wire(name, INTERNET, "internet", str(gateway.key))
        world.plan.ip(
            name, f"route add default {outer.to_two}", *(f"route add {b} {inner.to_one}" for b in vpc.blocks)
        )
        table = edge_table(world, gateway)
        if table is None:
            vpc.doors.append(inner.one)
        else:
            vpc.edge_tables[inner.one] = table
        mapped = [i for i in world.interfaces_in(vpc.key) if i.public_ip is not None]
        for interface in mapped:
            world.plan.ip(INTERNET, f"route replace {interface.public_ip}/32 {outer.to_one}")
        world.plan.rules(name, _translation(world, gateway, mapped, inner.two, outer.one))


_LARGEST = 1500
"""Bytes of the largest packet to and from the internet. Source: Amazon EC2 User Guide, "Network MTU"."""


def edge_table(world: World, gateway: Any) -> Key | None:
    """The route table of what comes into a VPC by an internet gateway or a virtual private gateway."""
    own = world.bind(gateway, "route_table") if gateway.kind == "internet_gateway" else None
    if own is not None:
        return own
    tables = (t.key for t in world.of("route_table") if gateway.key in world.all_bound(t, "gateways"))
    return next(tables, None)


def _translation(world: World, gateway: Any, mapped: list[Interface], vpc: str, net: str) -> str:
    key = gateway.key
    if not world.up(key):
        down = world.drop(key, "is out of order")
        return f"table ip gateway {{\nchain translate {{\ntype filter hook prerouting priority -300\n{down}\n}}\n}}\n"
    rules = [*_public_access(world, gateway, mapped, vpc, net)]
    rules.append(f"iifname {vpc} ip daddr {PRIVATE} {world.drop(key, 'sends nothing to a private address')}")
    rules.append(f"iifname {net} ip saddr {PRIVATE} {world.drop(key, 'takes nothing from a private address')}")
    rules.append(f"meta length > {_LARGEST} {world.drop(key, f'passes packets of up to {_LARGEST} bytes')}")
    no_source = world.drop(key, "cannot translate its source, which has no public address")
    blocks = world.public_access_blocks(Key("vpc", gateway.scope))
    no_owner = world.drop(key, "knows nobody with this public address", *blocks)
    if mapped:
        outward = ", ".join(f"{i.private_ip} : {i.public_ip}" for i in mapped)
        inward = ", ".join(f"{there} : {here}" for there, here in {i.public_ip: i.private_ip for i in mapped}.items())
        rules += [
            f"iifname {vpc} ip saddr != {in_set(i.private_ip for i in mapped)} {no_source}",
            f"iifname {vpc} ip saddr set ip saddr map {{ {outward} }}",
            f"iifname {net} ip daddr != {in_set(i.public_ip for i in mapped)} {no_owner}",
            f"iifname {net} ip daddr set ip daddr map {{ {inward} }}",
        ]
    else:
        rules += [f"iifname {vpc} {no_source}", f"iifname {net} {no_owner}"]
    text = "\n".join(rules)
    return f"table ip gateway {{\nchain translate {{\ntype filter hook prerouting priority -300\n{text}\n}}\n}}\n"


def _public_access(world: World, gateway: Any, mapped: list[Interface], vpc: str, net: str) -> list[str]:
    """VPC Block Public Access, at the gateway, by the subnet of who is inside."""
    rules: list[str] = []
    scope = Key("vpc", gateway.scope)
    for key in world.public_access_blocks(scope):
        block: Any = world.network.get(key)
        mode = str(block.mode)
        spared = {world.bind_ref(e, "resource", e.resource, block.scope): str(e.mode) for e in block.exclusions}
        refused = world.drop(key, f"blocks public access ({mode})")
        for interface in mapped:
            how = spared.get(interface.subnet) or spared.get(scope) or ""
            if how == "allow-bidirectional":
                continue
            if interface.owner.kind == "nat_gateway" and (mode == "block-ingress" or how == "allow-egress"):
                continue  # it lets nobody open a connection, and what comes in is an answer
            rules.append(f"iifname {net} ip daddr {interface.public_ip} {refused}")
            rules.append(f"iifname {vpc} ip saddr {interface.private_ip} {refused}")
    return rules


def connect_gateway_endpoints(world: World, vpcs: dict[Key, Vpc]) -> None:
    """Each a router beside its VPC with a cable to every service that it leads to."""
    for endpoint in world.of("vpc_endpoint"):
        if not is_gateway_endpoint(endpoint):
            continue
        vpc = vpcs[Key("vpc", endpoint.scope)]
        name = world.router(f"vpce {endpoint.key.path}")
        inner = world.wire(vpc.name, name, "vpc_endpoint", str(endpoint.key), str(vpc.key))
        vpc.doors.append(inner.one)
        blocks = gateway_blocks(world, endpoint)
        world.plan.ip(name, *(f"route add {b} {inner.to_one}" for b in vpc.blocks), f"route add default dev {VOID}")
        for namespace, address in dict.fromkeys(world.homes.values()):
            if any(ip_address(address) in block for block in blocks):
                wire = world.wire(name, namespace, "service", str(endpoint.key), address)
                world.plan.ip(name, f"route add {address}/32 {wire.to_two}")
                answer_by_door(world, namespace, wire.two, wire.to_one)
        foreign = world.drop(endpoint.key, "serves interfaces of its own VPC only")
        lost = world.drop(endpoint.key, "leads to no such address")
        owned = vpc.owned() or ("127.0.0.1",)
        world.plan.rules(
            name,
            f"""table ip endpoint {{
chain forward {{
type filter hook forward priority 0
iifname {inner.two} ip saddr != {in_set(owned)} {foreign}
oifname {VOID} {lost}
}}
}}
""",
        )


def answer_by_door(world: World, namespace: str, device: str, hop: str) -> None:
    """What came in by a device is answered by it, whatever the tables say: addresses of VPCs may be the same."""
    tag = _TAG + int(device[1:])
    world.plan.ip(
        namespace, f"rule add priority 50 fwmark {tag} lookup {tag}", f"route add default {hop} table {tag}"
    )
    world.plan.rules(
        namespace,
        f"""table ip door{tag} {{
chain remember {{
type filter hook prerouting priority -140
iifname {device} ct mark set {tag}
}}
chain answer {{
type route hook output priority -140
ct mark {tag} meta mark set {tag}
}}
}}
""",
    )
