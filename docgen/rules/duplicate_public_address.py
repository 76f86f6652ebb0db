# Reports written public addresses that several components claim.
"""DGL-119."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.model import sources as at
from docgen.model.component import Component
from docgen.rules._design import public_addresses
from docgen.rules._rule import Subject, rule


@rule("DGL-119", severity=Severity.ERROR, source=at.INTERNET_GATEWAY)
def duplicate_public_address(subject: Subject) -> Iterator[Finding]:
    """Two components have the same public address.

    ## Why it matters

    An Elastic IP address is mapped to one private address of one interface; on the internet an
    address has one owner.

    ## Flagged

    ```yaml
    version: 1
    title: One Elastic IP for two servers
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
        instances:
          one: {subnet: public, elastic_ip: 198.51.100.10}
          two: {subnet: public, elastic_ip: 198.51.100.10}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An Elastic IP for each server
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
        instances:
          one: {subnet: public, elastic_ip: 198.51.100.10}
          two: {subnet: public, elastic_ip: 198.51.100.11}
    ```
    """
    name = subject.network.name
    first: dict[str, Component] = {}
    for component, address in public_addresses(subject.network):
        other = first.setdefault(str(address), component)
        if other is component:
            continue
        yield Finding(
            component.span,
            f"{name(component.key)!r} has the public address {address}, which {name(other.key)!r} already has",
            hint="give one of them another address, or let docgen pick one",
            notes=(Note(other.span, f"{name(other.key)!r} is declared here"),),
        )


RULE = duplicate_public_address
