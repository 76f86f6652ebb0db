# People at home: a client of a Client VPN endpoint, with a tunnel to each of the endpoint's interfaces.
#
# Source: AWS Client VPN Administrator Guide, "Routes", "Authorization rules", "Split-tunnel".
"""connect_clients, client_namespace, tunnel_ends."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Any

from docgen.kernel.hosts import host_of
from docgen.kernel.world import VOID, World, in_set
from docgen.model.component import Key
from docgen.model.network import Interface


def client_namespace(client: Key, at: str) -> str:
    """The namespace of a client whose tunnel ends at an interface; "" where it ends at none."""
    return f"client {client.path} {at}"


def tunnel_ends(world: World, endpoint: Key) -> list[Interface]:
    """The interfaces of an endpoint at which tunnels may end: those that work."""
    return [i for i in world.network.interfaces_of(endpoint) if world.network.interface_is_up(i)]


def connect_clients(world: World) -> None:
    """Every client, once for each interface of its endpoint: AWS may choose any."""
    for client in world.of("vpn_client"):
        key = world.bind(client, "endpoint")
        if key is None:
            continue
        endpoint: Any = world.network.get(key)
        address = str(world.network.outside[client.key])
        interfaces = tunnel_ends(world, key)
        if not interfaces:
            name = world.plan.namespace(client_namespace(client.key, ""))
            _lost(world, name, address, endpoint.key, "is associated with no subnet that works")
        for interface in interfaces:
            name = world.plan.namespace(client_namespace(client.key, interface.id))
            wire = world.wire(name, host_of(interface))
            _lost(world, name, address, client.key, "sends it past the tunnel, by its own network")
            blocks = _blocks(world, endpoint, interface.vpc)
            inside = blocks if endpoint.split_tunnel else [IPv4Network("0.0.0.0/0")]
            world.plan.ip(name, *(f"route add {b} {wire.to_two} src {address} metric 10" for b in inside))
            world.plan.ip(host_of(interface), f"route add {address}/32 {wire.to_one}")
            world.plan.rules(host_of(interface), _admission(world, endpoint, client, wire.two, blocks))


def _blocks(world: World, endpoint: Any, vpc: Key) -> list[IPv4Network]:
    """What the endpoint has routes for: the VPC, by its association, and what somebody wrote."""
    local = [b for b in world.network.blocks_of(vpc) if isinstance(b, IPv4Network)]
    return list(dict.fromkeys([*local, *(route.destination_cidr_block for route in endpoint.routes)]))


def _lost(world: World, name: str, address: str, key: Key, text: str) -> None:
    world.void(name)
    world.plan.ip(name, f"addr add {address}/32 dev {VOID}", f"route add default dev {VOID} metric 4000")
    end = world.drop(key, text)
    world.plan.rules(
        name, f"table ip lost {{\nchain output {{\ntype filter hook output priority 0\noifname {VOID} {end}\n}}\n}}\n"
    )


def _admission(world: World, endpoint: Any, client: Any, device: str, blocks: list[IPv4Network]) -> str:
    """A route, then an authorization rule: the longest block that contains the destination decides."""
    grants: dict[IPv4Network, bool] = {}
    for rule in endpoint.authorization_rules:
        granted = rule.access_group == "all" or rule.access_group in client.groups
        grants[rule.target_network_cidr] = grants.get(rule.target_network_cidr, False) or granted
    refused = world.drop(endpoint.key, "has no authorization rule for this person and destination")
    ordered = sorted(grants.items(), key=lambda g: -g[0].prefixlen)
    judged = "".join(f"ip daddr {block} {'return' if granted else refused}\n" for block, granted in ordered)
    no_route = world.drop(endpoint.key, "has no route for it")
    return f"""table ip admission-{device} {{
chain judged {{
{judged}{refused}
}}
chain forward {{
type filter hook forward priority -10
iifname {device} ip daddr != {in_set(blocks)} {no_route}
iifname {device} jump judged
}}
}}
"""
