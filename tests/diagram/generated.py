# Random networks for the tests of pictures: the same number gives the same network, on every machine.
"""definition, NETWORKS."""

from __future__ import annotations

import json
from random import Random
from typing import Any

NETWORKS = 300
_TIERS = ("public", "web", "app", "cache", "data")
_NAMES = (
    "",
    "Web",
    "Orders",
    "Payment authorisation and settlement service of the whole group",
    "注文データベース（本番環境）",
    "Διακομιστής παραγγελιών",
    "خادم الطلبات",
    "Überweisungs-Prüfdienst",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützen",
    "🛒 Shop 🛍️",
    "ऑर्डर सर्वर",
    "a_name_with_underscores_and-hyphens.and.dots/and/slashes",
)
_SIZES = ((1, 1), (1, 1), (1, 1), (2, 3), (2, 5), (1, 2), (3, 8), (1, 1), (2, 2), (6, 14))
"""Least and most VPCs, by the last digit of the number."""


def definition(number: int) -> str:
    """One network as a definition (JSON is YAML)."""
    return json.dumps(_Maker(number).made(), ensure_ascii=False)


class _Maker:
    def __init__(self, number: int) -> None:
        self.random = Random(number)
        self.number = number
        self.zones = "abcdef"[: self.random.choice((1, 2, 2, 2, 3, 3, 4, 5, 6))]
        low, high = _SIZES[number % len(_SIZES)]
        self.count = self.random.randint(low, high)
        if number % 60 == 39:
            self.count, self.zones = self.random.randint(20, 40), "ab"
        self.root: dict[str, Any] = {
            "version": 1,
            "title": f"Network {number}",
            "region": "ap-south-1",
            "zones": list(self.zones),
        }
        self.flows: dict[str, Any] = {}
        self.busy = self.count <= 5

    def made(self) -> dict[str, Any]:
        vpcs = {f"vpc-{n}": self._vpc(n) for n in range(self.count)}
        self.root["vpcs"] = vpcs
        style = self.random.choice(("hub", "hub", "mesh", "apart", "link")) if self.count > 1 else "apart"
        if style == "hub" or (style == "apart" and self.random.random() < 0.2):
            self._hub(vpcs)
        elif style == "mesh":
            self._mesh(vpcs)
        elif style == "link":
            self._private_link(vpcs)
        if self.random.random() < 0.3:
            self._on_premises(vpcs)
        if self.random.random() < 0.25:
            self._services(vpcs)
        if self.random.random() < 0.15:
            self._lan()
        self.root["flows"] = self.flows
        return self.root

    # -- one VPC -----------------------------------------------------------------------------------
    def _title(self) -> dict[str, str]:
        name = self.random.choice(_NAMES) if self.random.random() < 0.4 else ""
        return {"title": name} if name else {}

    def _vpc(self, n: int) -> dict[str, Any]:
        r = self.random
        zones = self.zones if r.random() < 0.8 else self.zones[: r.randint(1, len(self.zones))]
        most = 5 if self.count <= 5 else 3 if self.count <= 14 else 1
        tiers = [t for t in _TIERS if r.random() < 0.6][:most] or ["app"]
        net = f"10.{n}"
        made: dict[str, Any] = {"cidr_block": f"{net}.0.0/16", **self._title(), "enable_dns_hostnames": True}
        if len(zones) < len(self.zones):
            made["zones"] = list(zones)
        subnets: dict[str, Any] = {}
        for at, tier in enumerate(tiers):
            blocks = [f"{net}.{10 * at + z}.0/24" for z in range(len(zones))]
            subnets[f"{tier}-{n}"] = {
                "cidr_blocks": blocks,
                "tier": tier,
                "route_table": f"{'public' if tier == 'public' else 'private'}-{n}",
                **self._title(),
            }
        tables: dict[str, Any] = {f"private-{n}": {}}
        made |= {
            "subnets": subnets,
            "route_tables": tables,
            "security_groups": {f"any-{n}": {"ingress": ["tcp 0-65535 from 0.0.0.0/0"]}},
        }
        servers: dict[str, Any] = {}
        for tier in tiers:
            for copy in range(r.choice((0, 1, 1, 1, 2, 3)) if tier != "public" else r.choice((0, 0, 1))):
                id = f"{tier}-server-{n}" + (f"-{copy}" if copy else "")
                servers[id] = {"subnet": f"{tier}-{n}", "security_groups": [f"any-{n}"], **self._title()}
        if "public" in tiers:
            made["internet_gateway"] = f"igw-{n}"
            tables[f"public-{n}"] = {"0.0.0.0/0": f"igw-{n}"}
            if len(tiers) > 1 and r.random() < 0.5:
                made["nat_gateways"] = {f"nat-{n}": {"subnet": f"public-{n}", **self._title()}}
        if servers:
            made["instances"] = servers
        self._balanced(n, made, tiers, servers)
        if "data" in tiers and len(zones) > 1 and r.random() < 0.5:
            made["db_instances"] = {
                f"store-{n}": {
                    "subnets": [f"data-{n}"],
                    "multi_az": True,
                    "security_groups": [f"any-{n}"],
                    **self._title(),
                }
            }
            callers = [s for s in servers if not s.startswith(("data", "public"))]
            if callers:
                self._flow(r.choice(callers), f"store-{n}", 3306)
        return made

    def _balanced(self, n: int, made: dict[str, Any], tiers: list[str], servers: dict[str, Any]) -> None:
        r = self.random
        balancers: dict[str, Any] = {}
        for tier in ("web", "app"):
            targets = [s for s in servers if s.startswith(tier)]
            if not targets or r.random() < 0.4:
                continue
            public = "public" in tiers and tier == tiers[1]
            id = f"{tier}-balancer-{n}"
            balancers[id] = {
                "scheme": "internet-facing" if public else "internal",
                "subnets": [f"public-{n}" if public else f"{tier}-{n}"],
                "security_groups": [f"any-{n}"],
                "listeners": {443: {targets[0]: 8080}},
                **self._title(),
            }
            if public:
                self.root.setdefault("users", {})["visitor"] = self._title()
                self._flow("visitor", id, 443)
                if r.random() < 0.4:
                    self.root.setdefault("hosted_zones", {})[f"shop-{n}.example"] = {"www": {"alias": id}}
                    self._flow("visitor", f"www.shop-{n}.example", 443)
            else:
                callers = [s for s in servers if not s.startswith((tier, "data", "public"))]
                if callers:
                    self._flow(callers[0], id, 443)
        if balancers:
            made["load_balancers"] = balancers
        if "nat_gateways" in made and servers:
            made["route_tables"][f"private-{n}"]["0.0.0.0/0"] = (
                f"nat-{n}" if len(made.get("zones", self.zones)) > 1 else f"nat-{n}-a"
            )
            out = [s for s in servers if not s.startswith("public")]
            if out and r.random() < 0.5:
                self._flow(r.choice(out), "internet", 443)

    def _flow(self, source: str, destination: str, port: int) -> None:
        if len(self.flows) < 8:
            self.flows[f"flow-{len(self.flows)}"] = {"from": source, "to": destination, "port": port}

    # -- between VPCs ------------------------------------------------------------------------------
    def _between(self, vpcs: dict[str, Any], pairs: list[tuple[int, int]]) -> None:
        for a, b in pairs:
            one, other = (list(vpcs[f"vpc-{n}"].get("instances", {})) for n in (a, b))
            if one and other:
                self._flow(self.random.choice(one), self.random.choice(other), 443)

    def _hub(self, vpcs: dict[str, Any]) -> None:
        self.root["transit_gateways"] = {"hub": self._title()}
        for n in range(self.count):
            made = vpcs[f"vpc-{n}"]
            last = list(made["subnets"])[-1]
            made["transit_gateway_attachments"] = {f"attachment-{n}": {"transit_gateway": "hub", "subnets": [last]}}
            made["route_tables"][f"private-{n}"]["10.0.0.0/8"] = "hub"
        others = list(range(1, self.count))
        self.random.shuffle(others)
        self._between(vpcs, [(0, n) for n in others[:4]])

    def _mesh(self, vpcs: dict[str, Any]) -> None:
        pairs = [(a, b) for a in range(self.count) for b in range(a + 1, self.count)]
        self.random.shuffle(pairs)
        pairs = pairs[: max(3, self.count)]
        peerings: dict[str, Any] = {}
        for a, b in pairs:
            id = f"peer-{a}-{b}"
            peerings[id] = {"requester_vpc": f"vpc-{a}", "accepter_vpc": f"vpc-{b}"}
            vpcs[f"vpc-{a}"]["route_tables"][f"private-{a}"][f"10.{b}.0.0/16"] = id
            vpcs[f"vpc-{b}"]["route_tables"][f"private-{b}"][f"10.{a}.0.0/16"] = id
        self.root["vpc_peering_connections"] = peerings
        self._between(vpcs, pairs[:4])

    def _private_link(self, vpcs: dict[str, Any]) -> None:
        provider, consumer = vpcs["vpc-0"], vpcs["vpc-1"]
        last = list(provider["subnets"])[-1]
        provider.setdefault("instances", {})["service"] = {"subnet": last, "security_groups": ["any-0"]}
        provider.setdefault("load_balancers", {})["service-nlb"] = {
            "type": "network",
            "scheme": "internal",
            "subnets": [last],
            "security_groups": ["any-0"],
            "listeners": {443: {"service": 8443}},
        }
        provider["vpc_endpoint_services"] = {"service-api": {"network_load_balancers": ["service-nlb"]}}
        home = next(iter(consumer["subnets"]))
        consumer["vpc_endpoints"] = {
            "to-service": {"endpoint_service": "service-api", "subnets": [home], "security_groups": ["any-1"]}
        }
        callers = list(consumer.get("instances", {}))
        if callers:
            self._flow(callers[0], "to-service", 443)

    # -- around ------------------------------------------------------------------------------------
    def _on_premises(self, vpcs: dict[str, Any]) -> None:
        r = self.random
        for d in range(r.choice((1, 1, 2))):
            net = f"192.168.{16 * d}"
            self.root.setdefault("data_centers", {})[f"site-{d}"] = {"cidr_blocks": [f"{net}.0/20"], **self._title()}
            for h in range(r.randint(1, 3)):
                self.root.setdefault("on_premises_hosts", {})[f"host-{d}-{h}"] = {
                    "data_center": f"site-{d}",
                    "ip_address": f"{net}.{10 + h}",
                    **self._title(),
                }
            self._line(d, f"{net}.0/20", vpcs)

    def _line(self, d: int, block: str, vpcs: dict[str, Any]) -> None:
        r = self.random
        hub = "hub" if "transit_gateways" in self.root else ""
        home = vpcs["vpc-0"]
        if hub:
            end = {"transit_gateway": "hub"}
            home["route_tables"]["private-0"][block] = "hub"
        else:
            home["virtual_private_gateway"] = "vgw"
            end = {"virtual_private_gateway": "vgw"}
            home["route_tables"]["private-0"]["propagating_vgws"] = ["vgw"]
        if r.random() < 0.6 or hub:
            self.root.setdefault("customer_gateways", {})[f"router-{d}"] = {"data_center": f"site-{d}"}
            self.root.setdefault("vpn_connections", {})[f"tunnel-{d}"] = {"customer_gateway": f"router-{d}", **end}
        else:
            self.root.setdefault("direct_connect_connections", {})[f"line-{d}"] = {"data_center": f"site-{d}"}
            self.root.setdefault("virtual_interfaces", {})[f"interface-{d}"] = {"connection": f"line-{d}", **end}
        servers = list(home.get("instances", {}))
        if servers:
            self._flow(servers[0], f"host-{d}-0", 443)
            self._flow(f"host-{d}-0", servers[-1], 443)

    def _services(self, vpcs: dict[str, Any]) -> None:
        self.root["s3_buckets"] = {f"bucket-{n}": self._title() for n in range(self.random.randint(1, 4))}
        self.root["sqs_queues"] = {"queue": self._title()}
        home = vpcs["vpc-0"]
        home.setdefault("vpc_endpoints", {})["to-s3"] = {"service": "s3", "route_tables": ["private-0"]}
        servers = list(home.get("instances", {}))
        if servers:
            self._flow(servers[0], "bucket-0", 443)
        if self.random.random() < 0.5:
            self.root["cloudfront_distributions"] = {
                "site": {"origins": {"assets": {"s3_bucket": "bucket-0", "origin_access_control": True}}}
            }
            self.root.setdefault("users", {})["reader"] = self._title()
            self._flow("reader", "site", 443)

    def _lan(self) -> None:
        r = self.random
        floors = r.randint(1, 3)
        self.root["switches"] = {f"floor-{f}": self._title() for f in range(floors)}
        hosts: dict[str, Any] = {}
        for f in range(floors):
            for h in range(r.randint(1, 4)):
                hosts[f"pc-{f}-{h}"] = {
                    "switch": f"floor-{f}",
                    "ip_address": f"172.16.{f}.{10 + h}/24",
                    "default_gateway": f"172.16.{f}.1",
                    **self._title(),
                }
        self.root["hosts"] = hosts
        self.root["routers"] = {
            "core": {
                "interfaces": {
                    f"lan-{f}": {"switch": f"floor-{f}", "ip_address": f"172.16.{f}.1/24"} for f in range(floors)
                }
            }
        }
        self._flow("pc-0-0", f"pc-{floors - 1}-0", 443)
