# Reports private addresses that two interfaces of one VPC claim.
"""DGL-107."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.core.prefixes import Address
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.model.network import Interface
from docgen.rules._rule import Subject, rule


@rule("DGL-107", severity=Severity.ERROR, source=at.IP_ADDRESSING)
def duplicate_private_address(subject: Subject) -> Iterator[Finding]:
    """Two interfaces of one VPC have the same private address.

    ## Why it matters

    AWS refuses the second one: an address belongs to one interface.

    ## Flagged

    ```yaml
    version: 1
    title: Two servers with one address
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24}
        instances:
          one: {subnet: app, private_ip_address: 10.0.10.10}
          two: {subnet: app, private_ip_address: 10.0.10.10}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Two servers with an address each
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24}
        instances:
          one: {subnet: app, private_ip_address: 10.0.10.10}
          two: {subnet: app}
    ```
    """
    network = subject.network
    first: dict[tuple[Key, Address], Interface] = {}
    for interface in network.interfaces.values():
        for address in interface.addresses:
            if address == interface.public_ip:
                continue
            other = first.setdefault((interface.vpc, address), interface)
            if other is interface:
                continue
            owner, holder = network.get(interface.owner), network.get(other.owner)
            yield Finding(
                owner.span,
                f"{network.name(owner.key)!r} has the {'private' if address.version == 4 else 'IPv6'} address "
                f"{address}, which {network.name(holder.key)!r} already has",
                hint="give one of them another address, or leave both out and let docgen pick",
                notes=(Note(holder.span, f"{network.name(holder.key)!r} is declared here"),),
            )


RULE = duplicate_private_address
