# Reports addresses that two devices of one LAN have.
"""DGL-211."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.core.prefixes import Address
from docgen.model import sources as at
from docgen.model.component import Component
from docgen.routing.lan import lans
from docgen.rules._rule import Subject, rule


@rule("DGL-211", severity=Severity.WARNING, source=at.ADDRESS_CONFLICTS)
def duplicate_lan_address(subject: Subject) -> Iterator[Finding]:
    """Two devices on one LAN have the same address.

    ## Why it matters

    Both answer when somebody asks who has it (ARP), and packets go to whoever answered last: connections
    come and go. docgen takes the device that stands first in the definition.

    ## Flagged

    ```yaml
    version: 1
    title: Two desks with one address
    switches: {floor: {}}
    hosts:
      ann: {switch: floor, ip_address: 192.168.1.10/24}
      bob: {switch: floor, ip_address: 192.168.1.10/24}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One address in two VLANs
    switches: {floor: {}}
    hosts:
      ann: {switch: floor, vlan: 10, ip_address: 192.168.1.10/24}
      bob: {switch: floor, vlan: 20, ip_address: 192.168.1.10/24}
    ```
    """
    network = subject.network
    for lan in lans(network):
        first: dict[Address, Component] = {}
        for device, port in lan:
            component: Any = network.get(device)
            holder = first.setdefault(port.address.ip, component)
            if holder is not component:
                yield Finding(
                    component.span,
                    f"{network.name(device)!r} has the address {port.address.ip}, which {network.name(holder.key)!r} "
                    "has on the same LAN",
                    hint="give one of them another address",
                    notes=(Note(holder.span, f"{network.name(holder.key)!r} is declared here"),),
                )


RULE = duplicate_lan_address
