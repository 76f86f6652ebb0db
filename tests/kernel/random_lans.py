"""Random LANs with the classic faults in them: wrong masks, gateways, VLANs and routes."""

from __future__ import annotations

from random import Random
from typing import Any

OUTSIDE = ("198.18.0.1", "8.8.8.8")


def random_lans(seed: int) -> dict[str, Any]:
    """Two to four LANs behind routers in a row, the first with a way to the internet."""
    rng = Random(seed)
    count = rng.choice([2, 3, 4])
    switches: dict[str, Any] = {}
    for lan in range(count):
        switches[f"s{lan}"] = {}
        if rng.random() < 0.5:
            switches[f"u{lan}"] = {"trunks": [f"s{lan}"]} if rng.random() < 0.85 else {}
    return {
        "version": 1,
        "title": f"Random LANs {seed}",
        "switches": switches,
        "hosts": _hosts(rng, count, switches),
        "routers": {f"r{lan}": _router(rng, lan, count) for lan in range(count)},
    }


def _hosts(rng: Random, count: int, switches: dict[str, Any]) -> dict[str, Any]:
    hosts = {}
    for lan in range(count):
        for number in range(10, 10 + rng.choice([2, 3])):
            host: dict[str, Any] = {
                "switch": rng.choice([s for s in switches if s[1:] == str(lan)]),
                "ip_address": f"192.168.{lan}.{number}/{_mask(rng)}",
            }
            if rng.random() < 0.15:
                host["vlan"] = 20
            gateway = rng.choice([f"192.168.{lan}.1"] * 12 + ["192.168.9.1", f"192.168.{lan}.11", ""])
            if gateway and gateway != host["ip_address"].partition("/")[0]:
                host["default_gateway"] = gateway
            hosts[f"h{lan}x{number}"] = host
    return hosts


def _mask(rng: Random) -> int:
    return rng.choice([24] * 10 + [16, 22, 28, 29])


def _router(rng: Random, lan: int, count: int) -> dict[str, Any]:
    """One LAN each, and links to its neighbours."""
    cards: dict[str, Any] = {"lan": {"switch": f"s{lan}", "ip_address": f"192.168.{lan}.1/24"}}
    routes: dict[str, str] = {}
    if lan > 0:
        cards["left"] = {"link": f"w{lan - 1}", "ip_address": f"10.9.{lan - 1}.2/30"}
        routes |= {f"192.168.{other}.0/24": f"10.9.{lan - 1}.1" for other in range(lan)}
        routes["0.0.0.0/0"] = f"10.9.{lan - 1}.1"
    if lan < count - 1:
        cards["right"] = {"link": f"w{lan}", "ip_address": f"10.9.{lan}.1/30"}
        routes |= {f"192.168.{other}.0/24": f"10.9.{lan}.2" for other in range(lan + 1, count)}
    if lan == 0:
        cards["out"] = {"internet": True, "ip_address": "203.0.113.1/24"}
    if rng.random() < 0.3:
        cards["other"] = {"switch": f"s{lan}", "ip_address": f"192.168.{lan + 20}.1/24", "vlan": 20}
    for destination in list(routes):
        chance = rng.random()
        if chance < 0.1:
            del routes[destination]
        elif chance < 0.15 and lan < count - 1:
            routes[destination] = f"10.9.{lan}.2"
    if rng.random() < 0.2 and routes:
        routes["192.168.0.0/22"] = rng.choice(list(routes.values()))
    return {"interfaces": cards, "routes": routes} | ({"nat": rng.random() < 0.8} if lan == 0 else {})
