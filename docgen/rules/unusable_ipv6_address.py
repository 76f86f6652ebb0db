# Reports IPv6 addresses that an interface cannot have.
"""DGL-152."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv6Address, IPv6Network

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.model import sources as at
from docgen.rules._design import subnets_of
from docgen.rules._rule import Subject, rule

_KINDS = ("instance", "network_interface", "load_balancer")
_RESERVED = 4
"""The first four addresses, and the last one, of each subnet's block."""


@rule("DGL-152", severity=Severity.ERROR, source=at.SUBNET_SIZING)
def unusable_ipv6_address(subject: Subject) -> Iterator[Finding]:
    """An IPv6 address is wanted where there is none to have, or lies outside the subnet's block.

    ## Why it matters

    An interface takes IPv6 addresses of its subnet's IPv6 block. The first four and the last one
    belong to AWS.

    ## Flagged

    ```yaml
    version: 1
    title: An IPv6 address in an IPv4-only subnet
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        instances: {app: {subnet: app, ipv6_address: true}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An IPv6 address in a dual-stack subnet
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        ipv6_cidr_block: true
        subnets: {app: {cidr_block: 10.0.10.0/24, ipv6_cidr_block: true}}
        instances: {app: {subnet: app, ipv6_address: true}}
    ```
    """
    network = subject.network
    for component in network.of_kind(*_KINDS):
        wanted = getattr(component, "ipv6_address", None) or getattr(component, "has_ipv6", None)
        for _, subnet in subnets_of(network, component) if wanted else ():
            block = subnet.ipv6_cidr_block
            name, place = network.name(component.key), network.name(subnet.key)
            if not isinstance(block, IPv6Network):
                text = f"{name!r} wants an IPv6 address, and subnet {place!r} has no IPv6 block"
                hint = "add `ipv6_cidr_block: true` to the subnet, and to its VPC"
            elif isinstance(wanted, IPv6Address) and not _usable(wanted, block):
                text = f"{name!r} cannot have {wanted}: it is not among the usable addresses of {place!r} ({block})"
                hint = f"use an address from {block[_RESERVED]} on, or `true`"
            else:
                continue
            yield Finding(component.span, text, hint=hint, notes=(Note(subnet.span, f"{place!r} is declared here"),))


def _usable(address: IPv6Address, block: IPv6Network) -> bool:
    return address in block and _RESERVED <= int(address) - int(block[0]) < block.num_addresses - 1


RULE = unusable_ipv6_address
