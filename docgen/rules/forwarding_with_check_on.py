# Remarks on components that are to forward and whose source/destination check drops it.
"""DGL-137."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.model import sources as at
from docgen.rules._design import by_place, forwarders, listed, verb
from docgen.rules._rule import Subject, rule


@rule("DGL-137", severity=Severity.WARNING, source=at.NAT_INSTANCE)
def forwarding_with_check_on(subject: Subject) -> Iterator[Finding]:
    """A NAT instance or an appliance has its source/destination check on.

    ## Why it matters

    AWS drops at its interface whatever is neither from nor for its own address, so nothing gets
    through it.

    ## Flagged

    ```yaml
    version: 1
    title: A NAT instance with the check on
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
          nat: {subnet: public, elastic_ip: true, security_groups: [nat], forwards: nat}
        route_tables:
          public: {0.0.0.0/0: igw}
          private: {0.0.0.0/0: nat}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A NAT instance with the check off
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
    mute = (
        (component.span, component)
        for component in network.of_kind("instance", "network_interface")
        if component.key in forwarding and getattr(component, "source_dest_check", True)
    )
    for span, components in by_place(mute):
        yield Finding(
            span,
            f"{listed(network.name(c.key) for c in components)} {verb(len(components), 'is', 'are')} to forward "
            "others' packets, but the source/destination check is on and drops them",
            hint="set `source_dest_check: false`",
        )


RULE = forwarding_with_check_on
