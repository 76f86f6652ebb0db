# What decides about packets at a component, in words: routes, network ACL entries, security group rules.
#
# In:  a Network. Out: names and values for data and tooltips. Knows generic policies, no kind, no px.
"""policies_of_subnet, policies_of_interface."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docgen.model.component import Key
from docgen.model.network import Interface, Network

_MOST = 24
"""Lines of one policy that a tooltip still shows."""


def policies_of_subnet(network: Network, subnet: Key) -> Iterator[tuple[str, str]]:
    """The tables of a subnet: its routes, and what its network ACL lets in and out."""
    table, acl = network.table_of(subnet), network.acl_of(subnet)
    yield "route_table", table.name
    yield "routes", _listed(f"{route.destination} -> {route.target_name}" for route in table.routes)
    yield "network_acl", acl.name
    yield "network_acl_ingress", _listed(f"{e.rule_number} {e.text('ingress')}" for e in acl.ingress)
    yield "network_acl_egress", _listed(f"{e.rule_number} {e.text('egress')}" for e in acl.egress)


def policies_of_interface(network: Network, interface: Interface) -> Iterator[tuple[str, str]]:
    """The security groups of an interface and what they let in and out."""
    groups = [network.groups[g] for g in interface.groups or () if g in network.groups]
    yield "security_groups", " ".join(network.name(g) for g in interface.groups or ())
    yield "security_group_ingress", _listed(rule.text("ingress") for g in groups for rule in g.ingress)
    yield "security_group_egress", _listed(rule.text("egress") for g in groups for rule in g.egress)


def _listed(lines: Iterable[str]) -> str:
    """Lines as one value; what is too much is counted."""
    unique = list(dict.fromkeys(lines))
    more = len(unique) - _MOST
    return "; ".join((*unique[:_MOST], f"and {more} more") if more > 0 else unique)
