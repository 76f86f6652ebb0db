# Remarks on counts beyond what AWS gives without asking.
"""DGL-131."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.network_acl import NetworkAcl
from docgen.kinds.prefix_list import PrefixList
from docgen.kinds.route_table import RouteTable
from docgen.kinds.security_group import SecurityGroup
from docgen.kinds.subnet import Subnet
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.model.component import Component, Key
from docgen.model.network import Network
from docgen.model.policy import Route, SecurityGroupRule
from docgen.rules._design import by_place, by_vpc, each, listed, verb
from docgen.rules._rule import Subject, rule

_SUBNETS = 200
_ROUTE_TABLES = 200
_ROUTES = 500
_BLOCKS = 5
_GROUP_RULES = 60
_GROUPS_OF_INTERFACE = 5
_ACL_ENTRIES = 20


@rule("DGL-131", severity=Severity.WARNING, source=at.VPC_QUOTAS)
def quota_exceeded(subject: Subject) -> Iterator[Finding]:
    """A count is above AWS's default quota.

    ## Why it matters

    AWS refuses what goes beyond a quota until it has been raised for the account and Region, which
    takes a request and some days; a few quotas cannot be raised at all.

    ## Flagged

    ```yaml
    version: 1
    title: Six groups on one interface
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          one: {ingress: [tcp 8001 from 10.0.0.0/16]}
          two: {ingress: [tcp 8002 from 10.0.0.0/16]}
          three: {ingress: [tcp 8003 from 10.0.0.0/16]}
          four: {ingress: [tcp 8004 from 10.0.0.0/16]}
          five: {ingress: [tcp 8005 from 10.0.0.0/16]}
          six: {ingress: [tcp 8006 from 10.0.0.0/16]}
        instances:
          app: {subnet: app, security_groups: [one, two, three, four, five, six]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One group with six rules
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          app: {ingress: [tcp 8001-8006 from 10.0.0.0/16]}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    network = subject.network
    over = (
        (component.span, (component, f"{count} {what}; AWS allows {quota} by default"))
        for component, count, quota, what in _counts(network)
        if count > quota
    )
    for span, found in by_place(over):
        for text in dict.fromkeys(text for _, text in found):
            names = [network.name(component.key) for component, own in found if own == text]
            yield Finding(
                span,
                f"{listed(names)} {verb(len(names), 'has', 'have')} {text}",
                hint="split it up, or ask AWS for a higher quota",
            )


def _counts(network: Network) -> Iterator[tuple[Component, int, int, str]]:
    subnets, tables = by_vpc(network, Subnet), by_vpc(network, RouteTable)
    for vpc in each(network, Vpc):
        yield vpc, len(subnets[vpc.id]), _SUBNETS, "subnets"
        yield vpc, len(tables[vpc.id]), _ROUTE_TABLES, "route tables"
        yield vpc, 1 + len(vpc.secondary_cidr_blocks), _BLOCKS, "IPv4 blocks"
    for table in each(network, RouteTable):
        for family in (4, 6):
            number = sum(_weight(network, r) for r in table.routes if _family(network, r) == family)
            yield table, number, _ROUTES, f"IPv{family} routes" + _by_lists(table.routes)
    for group in each(network, SecurityGroup):
        for rules, name in ((group.ingress, "inbound"), (group.egress, "outbound")):
            families = [_family(network, r) for r in rules]
            for family in (4, 6) if 6 in families else (4,):  # a rule that names a group counts in both
                counted = (r for r, own in zip(rules, families, strict=True) if own in (None, family))
                number = sum(_weight(network, r) for r in counted)
                yield group, number, _GROUP_RULES, f"{name} rules for IPv{family}" + _by_lists(rules)
    for acl in each(network, NetworkAcl):
        yield acl, len(acl.ingress), _ACL_ENTRIES, "inbound entries"
        yield acl, len(acl.egress), _ACL_ENTRIES, "outbound entries"
    for component in network.components.values():
        for interface in network.interfaces_of(component.key)[:1]:
            yield component, len(interface.groups or ()), _GROUPS_OF_INTERFACE, "security groups on an interface"


def _list_of(network: Network, value: Route | SecurityGroupRule) -> PrefixList | None:
    ref = value.destination_prefix_list if isinstance(value, Route) else value.prefix_list
    found = network.components.get(Key("prefix_list", ref.name)) if ref is not None else None
    return found if isinstance(found, PrefixList) else None


def _weight(network: Network, value: Route | SecurityGroupRule) -> int:
    """What a route or rule counts for: a prefix list for as many as it may hold."""
    named = _list_of(network, value)
    return named.weight if named is not None else 1


def _family(network: Network, value: Route | SecurityGroupRule) -> int | None:
    """4 or 6; None for a rule that names a group."""
    named = _list_of(network, value)
    if named is not None:
        return named.family
    block = value.destination_cidr_block if isinstance(value, Route) else value.cidr
    return block.version if block is not None else None


def _by_lists(values: Sequence[Route | SecurityGroupRule]) -> str:
    named = any((v.destination_prefix_list if isinstance(v, Route) else v.prefix_list) is not None for v in values)
    return " (a prefix list counts for its `max_entries`)" if named else ""


RULE = quota_exceeded
