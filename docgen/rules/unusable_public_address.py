# Reports written public addresses that are not public.
"""DGL-120."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from docgen.core.diagnostic import Finding, Severity
from docgen.core.prefixes import RFC1918, RFC6598
from docgen.model import sources as at
from docgen.rules._design import public_addresses
from docgen.rules._rule import Subject, rule

_NOT_PUBLIC = (
    *((block, "private") for block in RFC1918),
    (RFC6598, "shared between carriers"),
    (IPv4Network("0.0.0.0/8"), "not an address of a host"),
    (IPv4Network("127.0.0.0/8"), "loopback"),
    (IPv4Network("169.254.0.0/16"), "link-local"),
    (IPv4Network("224.0.0.0/3"), "multicast or reserved"),
)


@rule("DGL-120", severity=Severity.ERROR, source=at.IP_ADDRESSING)
def unusable_public_address(subject: Subject) -> Iterator[Finding]:
    """An Elastic IP, or the address of a host on the internet, is not a public address.

    ## Why it matters

    The internet does not carry private, loopback, link-local or multicast addresses, so nobody
    could be reached there.

    ## Flagged

    ```yaml
    version: 1
    title: A private address as Elastic IP
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
          web: {subnet: public, elastic_ip: 10.0.0.10}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A public address as Elastic IP
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
          web: {subnet: public, elastic_ip: 198.51.100.10}
    ```
    """
    for component, address in public_addresses(subject.network):
        for block, what in _NOT_PUBLIC:
            if address in block:
                yield Finding(
                    component.span,
                    f"{address} cannot be the public address of {subject.network.name(component.key)!r}: "
                    f"{block} is {what}",
                    hint="use an address of 198.51.100.0/24 (set aside for documents), or let docgen pick one",
                )


RULE = unusable_public_address
