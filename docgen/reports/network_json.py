# A resolved network as plain values: what `docgen show --format json` prints.
"""network_values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docgen.model.component import Key
from docgen.model.network import EffectiveAcl, EffectiveGroup, EffectiveRouteTable, Interface, Network
from docgen.model.policy import NetworkAclEntry, SecurityGroupRule


def network_values(network: Network) -> dict[str, Any]:
    """Components, interfaces with their addresses, and tables and filters as they take effect."""
    architecture = network.architecture
    return {
        "version": 1,
        "slug": architecture.slug,
        "title": architecture.title,
        "variant": architecture.variant or None,
        "components": [
            {"kind": key.kind, "path": key.path, "name": network.name(key), "zone": network.zone_of(key) or None}
            for key in network.components
        ],
        "interfaces": [_interface(network, interface) for interface in network.interfaces.values()],
        "route_tables": [_table(network, table) for table in network.route_tables.values()],
        "network_acls": [_acl(network, acl) for acl in network.acls.values()],
        "security_groups": [_group(network, group) for group in network.groups.values()],
    }


def _interface(network: Network, interface: Interface) -> dict[str, Any]:
    return {
        "id": interface.id,
        "owner": str(interface.owner),
        "subnet": network.name(interface.subnet),
        "vpc": network.name(interface.vpc),
        "zone": interface.zone,
        "zone_id": network.zone_ids.get((interface.vpc, interface.zone)),
        "private_ip": str(interface.private_ip),
        "public_ip": str(interface.public_ip) if interface.public_ip else None,
        "ipv6": str(interface.ipv6) if interface.ipv6 else None,
        "security_groups": None if interface.groups is None else [network.name(g) for g in interface.groups],
        "source_dest_check": interface.source_dest_check,
    }


def _table(network: Network, table: EffectiveRouteTable) -> dict[str, Any]:
    return {
        **_head(network, table.key, table.implicit),
        "main": table.main,
        "routes": [
            {
                "destination": str(route.destination),
                "target": route.target_name,
                "origin": route.origin.value,
                "state": route.state.value,
            }
            for route in table.routes
        ],
        "subnets": [network.name(subnet) for subnet in table.subnets],
    }


def _acl(network: Network, acl: EffectiveAcl) -> dict[str, Any]:
    return {
        **_head(network, acl.key, acl.implicit),
        "default": acl.default,
        "ingress": _entries(acl.ingress, "ingress"),
        "egress": _entries(acl.egress, "egress"),
        "subnets": [network.name(subnet) for subnet in acl.subnets],
    }


def _group(network: Network, group: EffectiveGroup) -> dict[str, Any]:
    return {
        **_head(network, group.key, group.implicit),
        "ingress": _rules(group.ingress, "ingress"),
        "egress": _rules(group.egress, "egress"),
        "interfaces": list(group.interfaces),
    }


def _head(network: Network, key: Key, implicit: bool) -> dict[str, Any]:
    return {"path": key.path, "name": network.name(key), "implicit": implicit}


def _entries(entries: Iterable[NetworkAclEntry], direction: str) -> list[dict[str, Any]]:
    return [{"rule_number": e.rule_number, "rule": e.text(direction)} for e in entries]


def _rules(rules: Iterable[SecurityGroupRule], direction: str) -> list[str]:
    return [rule.text(direction) for rule in rules]
