"""What random networks have beside VPCs with instances: tables of a transit gateway, on-premises networks, IPv6."""

from __future__ import annotations

from random import Random
from typing import Any

Definition = dict[str, Any]
SITE = "192.168.0.0/16"


def with_more(rng: Random, definition: Definition) -> Definition:
    """The same definition with some of these in it; changed in place."""
    if "transit_gateways" in definition and rng.random() < 0.7:
        _hub_tables(rng, definition)
    if rng.random() < 0.4:
        _on_premises(rng, definition)
    if rng.random() < 0.4:
        _ipv6(rng, definition)
    if rng.random() < 0.3:
        _endpoint(rng, definition)
    return definition


def _hub_tables(rng: Random, definition: Definition) -> None:
    """Two route tables: associations, propagations and static routes in any combination, blackholes among them."""
    vpcs = list(definition["vpcs"])
    hub = definition["transit_gateways"]["hub"]
    hub["default_route_table_association"] = rng.random() < 0.5
    hub["default_route_table_propagation"] = rng.random() < 0.5
    hub["security_group_referencing_support"] = rng.random() < 0.5
    left = rng.sample(vpcs, rng.randint(0, len(vpcs)))
    blocks = ["10.0.0.0/8", "10.0.0.0/16", "10.1.0.0/16", "10.1.1.0/24", "0.0.0.0/0"]
    hub["transit_gateway_route_tables"] = {
        name: {
            "associations": users,
            "propagations": rng.sample(vpcs, rng.randint(0, len(vpcs))),
            "routes": {
                block: rng.choice([*vpcs, "blackhole"]) for block in rng.sample(blocks, rng.choice([0, 1, 1, 2]))
            },
        }
        for name, users in (("left", left), ("right", [v for v in vpcs if v not in left]))
    }
    for name, vpc in definition["vpcs"].items():
        attachment = vpc["transit_gateway_attachments"][f"{name}att"]
        attachment["appliance_mode_support"] = rng.random() < 0.3
        if rng.random() < 0.5:
            attachment["subnets"] = [f"{name}s0", f"{name}s1"]


def _on_premises(rng: Random, definition: Definition) -> None:
    """A data center behind a VPN to the first VPC's private gateway, or to the transit gateway; or behind a line."""
    definition["data_centers"] = {"site": {"cidr_blocks": [SITE]}}
    definition["on_premises_hosts"] = {"erp": {"data_center": "site", "ip_address": "192.168.1.5"}}
    vpc = definition["vpcs"]["v"]
    way = rng.choice(["vpn", "line", "hub"]) if "transit_gateways" in definition else rng.choice(["vpn", "line"])
    if way == "line":
        definition["direct_connect_connections"] = {"line": {"data_center": "site"}}
        definition["virtual_interfaces"] = {"vif": {"connection": "line", "virtual_private_gateway": "v/vgw"}}
    else:
        definition["customer_gateways"] = {"router": {"data_center": "site"}}
        end = {"transit_gateway": "hub"} if way == "hub" else {"virtual_private_gateway": "v/vgw"}
        definition["vpn_connections"] = {"vpn": {"customer_gateway": "router", **end}}
    if way != "hub":
        vpc["virtual_private_gateway"] = "vgw"
    for table in vpc["route_tables"].values():
        if way == "hub":
            table.setdefault(SITE, "hub")
        elif rng.random() < 0.7:
            table["propagating_vgws"] = ["vgw"]
    for group in vpc["security_groups"].values():
        if rng.random() < 0.5:
            group["ingress"] = [*group["ingress"], f"tcp 22 from {rng.choice([SITE, '192.168.1.0/24'])}"]


def _ipv6(rng: Random, definition: Definition) -> None:
    """A VPC with both families: routes, rules and addresses of the second one."""
    vpc = definition["vpcs"]["v"]
    vpc["ipv6_cidr_block"] = True
    ways = ["vigw"]
    if rng.random() < 0.5:
        vpc["egress_only_internet_gateway"] = "veigw"
        ways.append("veigw")
    for subnet in vpc["subnets"].values():
        if rng.random() < 0.8:
            subnet["ipv6_cidr_block"] = True
    for table in vpc["route_tables"].values():
        if rng.random() < 0.8:
            table["::/0"] = rng.choice(ways)
    for instance in vpc["instances"].values():
        instance["ipv6_address"] = "ipv6_cidr_block" in vpc["subnets"][instance["subnet"]] and rng.random() < 0.8
    for group in vpc["security_groups"].values():
        if rng.random() < 0.6:
            group["ingress"] = [*group["ingress"], f"tcp {rng.choice([22, 443])} from ::/0"]
        if rng.random() < 0.6:
            group["egress"] = [*group["egress"], "all to ::/0"]
    definition["users"]["user"]["ipv6_address"] = rng.random() < 0.5


def _endpoint(rng: Random, definition: Definition) -> None:
    """A bucket, with a gateway endpoint for some tables or an interface endpoint."""
    definition["s3_buckets"] = {"bucket": {}}
    vpc = definition["vpcs"]["v"]
    if rng.random() < 0.5:
        vpc["vpc_endpoints"] = {"vs3": {"service": "s3", "type": "gateway", "route_tables": ["vt0"]}}
        return
    group = rng.choice(list(vpc["security_groups"]))
    vpc["vpc_endpoints"] = {
        "vs3": {"service": "s3", "type": "interface", "subnets": ["vs0"], "security_groups": [group]}
    }
