# The physical world: switches as bridges (one for each VLAN), hosts and routers as namespaces. ARP, masks and the
# time to live are the kernel's own.
#
# Sources: RFC 826, RFC 1122, RFC 1812; IEEE 802.1D, 802.1Q.
"""build_lans, lan_namespace."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Interface
from typing import Any

from docgen.kernel.outside import INTERNET
from docgen.kernel.world import VOID, World
from docgen.model.component import Key

WIRES = "switches"
"""The namespace that holds all bridges: a segment of a LAN is a bridge, however it is made."""


def lan_namespace(key: Key) -> str:
    """The namespace of a host or a router."""
    return f"lan {key.path}"


def build_lans(world: World) -> None:
    """All switches, hosts and routers."""
    if not any(True for _ in world.of("host", "router")):
        return
    world.plan.namespace(WIRES)
    wiring = _Wiring(world)
    for host in world.of("host"):
        _host(world, wiring, host)
    for router in world.of("router"):
        _router(world, wiring, router)


@dataclass(slots=True)
class _Wiring:
    """Bridges by (switch or link, VLAN), made when first asked for; trunks join those of one VLAN."""

    world: World
    bridges: dict[tuple[str, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cards = [*self.world.of("host"), *(card for r in self.world.of("router") for card in r.interfaces)]
        vlans = sorted({card.vlan for card in cards})
        for switch in self.world.of("switch"):
            for other in self.world.all_bound(switch, "trunks"):
                if self.world.up(switch.key) and self.world.up(other):
                    for vlan in vlans:
                        self._trunk(self._bridge(str(switch.key), vlan), self._bridge(str(other), vlan))

    def _bridge(self, place: str, vlan: int) -> str:
        if (place, vlan) not in self.bridges:
            name = self.bridges[place, vlan] = self.world.device("b")
            self.world.plan.bridge(WIRES, name)
        return self.bridges[place, vlan]

    def _trunk(self, one: str, two: str) -> None:
        near, far = self.world.device("t"), self.world.device("t")
        self.world.plan.ip(WIRES, f"link add name {near} type veth peer name {far}")
        for port, bridge in ((near, one), (far, two)):
            self.world.plan.ip(WIRES, f"link set {port} master {bridge}", f"link set {port} up")

    def plug(self, name: str, device: str, card: Any, scope: str) -> None:
        """A card into its switch or link; a switch that is down carries nothing."""
        switch = self.world.bind(card, "switch", scope)
        port = self.world.device("p")
        self.world.plan.cable(name, device, WIRES, port)
        if switch is None:
            self.world.plan.ip(WIRES, f"link set {port} master {self._bridge(f'link {card.link}', 1)}")
        elif self.world.up(switch):
            self.world.plan.ip(WIRES, f"link set {port} master {self._bridge(str(switch), card.vlan)}")
        self.world.plan.ip(name, f"addr add {card.ip_address} dev {device}")


def _void(world: World, name: str, key: Key, text: str) -> None:
    """Where packets without a route go, those of the namespace itself as well."""
    world.void(name)
    world.plan.ip(name, f"route add default dev {VOID} metric 4000")
    end = world.drop(key, text)
    if key.kind == "router":
        loop = world.drop(key, "uses up its time to live: it goes round in circles")
        first = f"fib daddr type != local ip ttl <= 1 {loop}"
    else:
        first = "fib daddr type unicast " + world.drop(key, "is no router, and it is not addressed to it")
    world.plan.rules(
        name,
        f"""table ip lost {{
chain first {{
type filter hook prerouting priority -150
{first}
}}
chain output {{
type filter hook output priority 0
oifname {VOID} {end}
}}
chain forward {{
type filter hook forward priority 0
oifname {VOID} {end}
}}
}}
""",
    )


def _host(world: World, wiring: _Wiring, host: Any) -> None:
    name = world.plan.namespace(lan_namespace(host.key))
    own: IPv4Interface = host.ip_address
    world.addresses.setdefault(str(own.ip), host.key)
    if world.up(host.key):
        wiring.plug(name, "eth0", host, host.scope)
        if host.default_gateway is not None and host.default_gateway in own.network:
            world.plan.ip(name, f"route add default via {host.default_gateway}")
    _void(world, name, host.key, "has no default gateway that it could ask")


def _router(world: World, wiring: _Wiring, router: Any) -> None:
    name = world.plan.namespace(lan_namespace(router.key), forwards=True)
    if not world.up(router.key):
        return
    networks = []
    for at, card in enumerate(router.interfaces):
        if card.internet:
            _to_internet(world, router, card, name)
        else:
            world.addresses.setdefault(str(card.ip_address.ip), router.key)
            wiring.plug(name, f"eth{at}", card, router.scope)
            networks.append(card.ip_address.network)
    for route in router.routes:
        if any(route.next_hop in network for network in networks):
            world.plan.ip(name, f"route add {route.destination} via {route.next_hop} metric {max(1, route.metric)}")
    _void(world, name, router.key, "has no route for it")


def _to_internet(world: World, router: Any, card: Any, name: str) -> None:
    own = card.ip_address.ip
    world.addresses.setdefault(str(own), router.key)
    wire = world.wire(name, INTERNET)
    world.plan.ip(name, f"addr add {own}/32 dev {wire.one}", f"route add default {wire.to_two} src {own} metric 2000")
    world.plan.ip(INTERNET, f"route replace {own}/32 {wire.to_one}")
    nat = f"oifname {wire.one} ip saddr != {own} snat to {own}\n" if router.nat else ""
    world.plan.rules(
        name,
        f"""table ip wan {{
chain input {{
type filter hook input priority 0
ct state established,related accept
ip daddr {own} {world.drop(router.key, "lets nobody in who was not asked")}
}}
chain nat {{
type nat hook postrouting priority 100
{nat}}}
}}
""",
    )
