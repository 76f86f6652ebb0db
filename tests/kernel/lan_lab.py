"""A definition's LANs as namespaces: switches as bridges (one for each VLAN), hosts and routers as namespaces.

Reads the definition as written. The kernel's own ARP, masks, routing tables and time to live do the rest.
"""

from __future__ import annotations

from ipaddress import IPv4Interface, ip_address, ip_interface
from typing import Any

from tests.kernel.namespaces import Lab

Definition = dict[str, Any]
WIRES = "wires"
"""The namespace that holds all bridges: a segment of a LAN is a bridge, however it is made."""


def build(lab: Lab, definition: Definition, internet: list[str]) -> None:
    """Everything in the definition; `internet` lists addresses that answer and ask from outside."""
    lab.namespace(WIRES)
    lab.namespace("internet", forwards=True)
    for address in internet:
        lab.ip("internet", f"addr add {address}/32 dev lo")
    wires = _Wires(lab, definition)
    for name, host in definition.get("hosts", {}).items():
        lab.namespace(name)
        wires.plug(name, "eth0", host)
        _gateway(lab, name, ip_interface(host["ip_address"]), host.get("default_gateway"))
    for at, (name, router) in enumerate(definition.get("routers", {}).items()):
        lab.namespace(name, forwards=True)
        _router(lab, wires, name, router, at)
    lab.settle()


class _Wires:
    """Bridges by (switch, VLAN) or link, made when first asked for; trunks join those of one VLAN."""

    def __init__(self, lab: Lab, definition: Definition) -> None:
        self.lab, self.definition = lab, definition
        self.bridges: dict[tuple[str, int], str] = {}
        held = [*definition.get("hosts", {}).values()]
        held += [card for r in definition.get("routers", {}).values() for card in r["interfaces"].values()]
        self.vlans = sorted({card.get("vlan", 1) for card in held})
        for switch, made in definition.get("switches", {}).items():
            for other in made.get("trunks", []):
                for vlan in self.vlans:
                    self._trunk(self.bridge(switch, vlan), self.bridge(other, vlan))

    def bridge(self, place: str, vlan: int) -> str:
        if (place, vlan) not in self.bridges:
            name = self.bridges[place, vlan] = f"b{len(self.bridges)}"
            self.lab.bridge(WIRES, name)
        return self.bridges[place, vlan]

    def _trunk(self, one: str, two: str) -> None:
        near, far = f"t{one}{two}", f"t{two}{one}"
        self.lab.ip(WIRES, f"link add name {near} type veth peer name {far}")
        for port, bridge in ((near, one), (far, two)):
            self.lab.ip(WIRES, f"link set {port} master {bridge}", f"link set {port} up")

    def plug(self, name: str, card: str, held: Definition) -> None:
        place = (held["switch"], held.get("vlan", 1)) if "switch" in held else (f"link {held['link']}", 1)
        port = f"p{len(self.lab.cables)}"
        self.lab.cable(name, card, WIRES, port)
        self.lab.ip(WIRES, f"link set {port} master {self.bridge(*place)}")
        self.lab.ip(name, f"addr add {held['ip_address']} dev {card}")


def _gateway(lab: Lab, name: str, own: IPv4Interface, gateway: str | None) -> None:
    """A gateway that the host's own LAN does not hold is none: the kernel refuses such a route."""
    if gateway is not None and ip_address(gateway) in own.network:
        lab.ip(name, f"route add default via {gateway}")


def _router(lab: Lab, wires: _Wires, name: str, router: Definition, at: int) -> None:
    connected = []
    for card, held in router["interfaces"].items():
        if held.get("internet"):
            _internet(lab, name, held["ip_address"], at, translates=bool(router.get("nat")))
        else:
            wires.plug(name, card, held)
            connected.append((card, ip_interface(held["ip_address"]).network))
    for destination, hop in router.get("routes", {}).items():
        if any(ip_address(hop) in network for _, network in connected):
            lab.ip(name, f"route add {destination} via {hop} metric 1")


def _internet(lab: Lab, name: str, address: str, at: int, *, translates: bool) -> None:
    own = ip_interface(address).ip
    lab.cable(name, "wan-net", "internet", f"r{at}")
    lab.ip(name, f"addr add {own}/32 dev wan-net", f"addr add 192.0.2.{at * 4 + 1}/30 dev wan-net")
    lab.ip(name, f"route add default via 192.0.2.{at * 4 + 2} src {own} metric 2")
    lab.ip("internet", f"addr add 192.0.2.{at * 4 + 2}/30 dev r{at}", f"route add {own}/32 via 192.0.2.{at * 4 + 1}")
    nat = f'oifname "wan-net" ip saddr != {own} ip protocol {{ tcp, udp }} snat to {own}:1024-65535\n'
    lab.rules(
        name,
        f"""table ip wan {{
chain input {{
type filter hook input priority 0
ip daddr {own} drop
}}
chain nat {{
type nat hook postrouting priority 100
{nat if translates else ""}}}
}}
""",
    )
