# Reports written private addresses that their subnet cannot give.
"""DGL-106."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.model import sources as at
from docgen.rules._design import subnets_of
from docgen.rules._rule import Subject, rule

_KINDS = ("instance", "network_interface", "nat_gateway", "db_instance")
_RESERVED = (
    "the network address",
    "the VPC router's address",
    "the address reserved for DNS",
    "the address that AWS reserves for later,",
)


@rule("DGL-106", severity=Severity.ERROR, source=at.SUBNET_SIZING)
def unusable_private_address(subject: Subject) -> Iterator[Finding]:
    """A private address lies outside its subnet or is one that AWS keeps.

    ## Why it matters

    An interface takes an address of its subnet. The first four addresses and the last one of
    every subnet belong to AWS.

    ## Flagged

    ```yaml
    version: 1
    title: The router's address
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24}
        instances:
          app: {subnet: app, private_ip_address: 10.0.10.1}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: The first free address
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24}
        instances:
          app: {subnet: app, private_ip_address: 10.0.10.4}
    ```
    """
    network = subject.network
    for component in network.of_kind(*_KINDS):
        address: IPv4Address | None = getattr(component, "private_ip_address", None)
        subnets = [(s, s.cidr_block) for _, s in subnets_of(network, component) if s.cidr_block is not None]
        if address is None or not subnets:
            continue
        home = next(((s, b) for s, b in subnets if address in b), None)
        subnet, block = home or subnets[0]
        problem = _reserved(address, block) if home else "lies outside"
        if not problem:
            continue
        yield Finding(
            component.span,
            f"{network.name(component.key)!r} cannot have {address}: it {problem} of subnet "
            f"{network.name(subnet.key)!r} ({block})",
            hint=_hint(block),
            notes=(Note(subnet.span, f"subnet {network.name(subnet.key)!r} has {block}"),),
        )


def _reserved(address: IPv4Address, block: IPv4Network) -> str:
    """What AWS keeps the address for; "" where it is free to use."""
    offset = int(address) - int(block.network_address)
    if offset < len(_RESERVED):
        return f"is {_RESERVED[offset]}"
    return "is the last address, which AWS reserves," if address == block[-1] else ""


def _hint(block: IPv4Network) -> str:
    if block.num_addresses < 8:
        return "use a larger subnet"
    return f"use an address from {block[4]} to {block[-2]}, or leave it out"


RULE = unusable_private_address
