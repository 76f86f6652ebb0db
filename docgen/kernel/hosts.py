# What stands in a subnet, each a namespace with its security groups: servers, translators, appliances.
#
# Sources: Amazon VPC User Guide, "NAT gateway basics", "NAT instances" (source/destination checks); Amazon EC2 User
# Guide, "Security group connection tracking".
"""build_host, host_of, owner_listens, NO_HOST."""

from __future__ import annotations

from typing import Any

from docgen.kernel.filters import PASSED_ON, group_chains, is_network_balancer
from docgen.kernel.world import World
from docgen.model.component import Key
from docgen.model.network import Interface, Network

NO_HOST = ("transit_gateway_vpc_attachment",)
"""Owners whose interfaces are doors of the VPC and not hosts."""


def host_of(interface: Interface) -> str:
    """The namespace of an interface."""
    return f"eni {interface.vpc.path} {interface.id}"


def build_host(world: World, interface: Interface, router: str, bridge: str, block: Any) -> None:
    """One interface's owner, plugged into the bridge of its subnet."""
    plan, name = world.plan, host_of(interface)
    forwards = "balanced" if is_network_balancer(world, interface) else _forwards(world.network, interface)
    plan.namespace(name, forwards=bool(forwards))
    port = world.device("p")
    plan.cable(name, "eth0", router, port)
    plan.ip(router, f"link set {port} master {bridge}")
    plan.ip(name, f"addr add {interface.private_ip}/{block.prefixlen} dev eth0", f"route add default via {block[1]}")
    if not world.network.interface_is_up(interface):
        plan.rules(name, _out_of_order(world, interface))
    elif interface.owner.kind == "nat_gateway":
        plan.rules(name, _nat_gateway(world, interface))
    else:
        plan.rules(name, _server(world, interface, forwards))


def _forwards(network: Network, interface: Interface) -> str:
    """`nat` or `unchanged` for what passes on packets of others, "" for what does not."""
    if interface.owner.kind in ("nat_gateway", "client_vpn_endpoint"):
        return "nat"
    if interface.source_dest_check or interface.owner.kind == "load_balancer":
        return ""
    owner: Any = network.get(interface.owner)
    if getattr(owner, "attachment", None) is not None:
        owner = network.get(network.bind(owner.attachment, owner.scope, "instance"))
    return "nat" if str(getattr(owner, "forwards", "")) == "nat" else "unchanged"


def _out_of_order(world: World, interface: Interface) -> str:
    end = world.drop(interface.owner, "is out of order")
    return f"""table ip host {{
chain input {{
type filter hook prerouting priority -250
iifname "eth0" {end}
}}
chain output {{
type filter hook output priority 0
oifname "eth0" {end}
}}
}}
"""


def _server(world: World, interface: Interface, forwards: str) -> str:
    """Its groups are stateful; what it passes on goes through both of their directions, in and out."""
    own = interface.private_ip
    check = nat = ""
    if not forwards:
        check = "fib daddr type != local " + world.drop(
            interface.owner, "drops what is not addressed to it (source/destination check)"
        )
    if forwards == "nat":
        nat = f"ip saddr != {own} masquerade\n"
    inward = (
        "" if interface.owner.kind == "client_vpn_endpoint" else "jump inward\n"
    )  # a tunnel is none of its subnet's
    mark = f"ip dscp set {PASSED_ON}\n" if forwards == "unchanged" else ""
    first = ""
    if forwards == "balanced":  # its groups see the port of the listener, before the destination is changed
        mark, inward = f"ct state new ip dscp set {world.dscp_of(interface.owner)}\n", ""
        first = f'iifname "eth0" ct state new ip daddr {own} jump inward\n'
    loop = world.drop(interface.owner, "gets its own packet back: it goes round in circles")
    return f"""table ip host {{
{group_chains(world, interface)}chain check {{
type filter hook prerouting priority -150
iifname "eth0" ip saddr {own} {loop}
iifname "eth0" ip daddr != 255.255.255.255 {check or "accept"}
}}
chain first {{
type filter hook prerouting priority -110
{first}}}
chain input {{
type filter hook input priority 0
iifname "lo" accept
ct state established,related accept
jump inward
}}
chain output {{
type filter hook output priority 0
oifname "lo" accept
ct state established,related accept
jump outward
}}
chain forward {{
type filter hook forward priority 0
{mark}ct state invalid {world.drop(interface.owner, "knows no connection that this belongs to")}
ct state established,related accept
{inward}jump outward
}}
chain nat {{
type nat hook postrouting priority 100
{nat}}}
}}
"""


def _nat_gateway(world: World, interface: Interface) -> str:
    """It translates what its router hands it, and lets nobody open a connection to it."""
    key, own, blocks = interface.owner, interface.private_ip, world.public_access_blocks(interface.vpc)
    return f"""table ip host {{
chain check {{
type filter hook prerouting priority -150
iifname "eth0" ip saddr {own} {world.drop(key, "gets its own packet back: it goes round in circles")}
}}
chain input {{
type filter hook input priority 0
iifname "eth0" {world.drop(key, "lets nobody open a connection to it", *blocks)}
}}
chain forward {{
type filter hook forward priority 0
ct state invalid {world.drop(key, "knows no connection that this belongs to")}
}}
chain nat {{
type nat hook postrouting priority 100
snat to {own}
}}
}}
"""


def owner_listens(network: Network, key: Key, protocol: str, port: int) -> bool:
    """Whether something listens there: what the component says, or anything where it says nothing."""
    listens = getattr(network.components.get(key), "listens", ())
    return not listens or any(
        str(one.protocol) == protocol and one.ports.first <= port <= one.ports.last for one in listens
    )
