# Remarks on interfaces without source/destination check that forward nothing.
"""DGL-17."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.model import sources as at
from docgen.rules._design import by_place, forwarders, listed
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-17",
    severity=Severity.WARNING,
    source=at.NAT_INSTANCE,
    related=("Security Hub EC2.180 (Medium)",),
)
def needless_source_dest_check_off(subject: Subject) -> Iterator[Finding]:
    """The source/destination check is off, and no route uses the component to forward.

    ## Why it matters

    The check drops packets with foreign addresses. Only a NAT instance or an appliance needs it
    off; elsewhere it keeps a server from sending under another's address.

    ## Flagged

    ```yaml
    version: 1
    title: A server without the check
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
          app: {subnet: app, security_groups: [app], source_dest_check: false}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A NAT instance without the check
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: private}
        security_groups:
          nat: {ingress: [all from 10.0.0.0/16]}
        instances:
          nat: {subnet: public, elastic_ip: true, security_groups: [nat], source_dest_check: false, forwards: nat}
        route_tables:
          public: {0.0.0.0/0: igw}
          private: {0.0.0.0/0: nat}
    ```
    """
    network = subject.network
    forwarding = forwarders(network)
    needless = (
        (component.span, component)
        for component in network.of_kind("instance", "network_interface")
        if not getattr(component, "source_dest_check", True) and component.key not in forwarding
    )
    for span, components in by_place(needless):
        yield Finding(
            span,
            f"the source/destination check of {listed(network.name(c.key) for c in components)} is off, but no "
            "route leads there",
            hint="remove `source_dest_check: false`, or point a route to it",
        )


RULE = needless_source_dest_check_off
