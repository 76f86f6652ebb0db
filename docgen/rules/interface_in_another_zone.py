# Reports network interfaces attached across zones.
"""DGL-135."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.network_interface import NetworkInterface
from docgen.model import sources as at
from docgen.rules._design import each, referred, subnets_of
from docgen.rules._rule import Subject, rule


@rule("DGL-135", severity=Severity.ERROR, source=at.RESOURCE_LOCATIONS)
def interface_in_another_zone(subject: Subject) -> Iterator[Finding]:
    """A network interface is attached to an instance of another zone.

    ## Why it matters

    An interface belongs to its subnet's zone and can only be attached to an instance there.

    ## Flagged

    ```yaml
    version: 1
    title: A second card in another zone
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          app: {ingress: [tcp 8080 from 10.0.0.0/16]}
        instances:
          server: {subnet: app-a, security_groups: [app]}
        network_interfaces:
          second: {subnet: app-b, attachment: server, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A second card in the same zone
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          app: {ingress: [tcp 8080 from 10.0.0.0/16]}
        instances:
          server: {subnet: app-a, security_groups: [app]}
        network_interfaces:
          second: {subnet: app-a, attachment: server, security_groups: [app]}
    ```
    """
    network = subject.network
    for interface in each(network, NetworkInterface):
        for ref, key in referred(network, interface.scope, interface, "attachment"):
            own = [s.availability_zone for _, s in subnets_of(network, interface)]
            other = [s.availability_zone for _, s in subnets_of(network, network.get(key))]
            if not own or not other or own == other:
                continue
            yield Finding(
                ref.span.or_else(interface.span),
                f"interface {network.name(interface.key)!r} in {own[0]} is attached to {network.name(key)!r} in "
                f"{other[0]}",
                hint=f"put the interface into a subnet of {other[0]}",
                notes=(Note(network.get(key).span, f"{network.name(key)!r} stands in {other[0]}"),),
            )


RULE = interface_in_another_zone
