# Remarks on subnets that hand out public addresses which the design does not need.
"""DGL-07."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.instance import Instance
from docgen.kinds.subnet import Subnet
from docgen.model import sources as at
from docgen.rules._design import each, forwarders, internet_facing, is_public, listed, referred
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-07",
    severity=Severity.WARNING,
    source=at.IP_ADDRESSING,
    related=("Security Hub EC2.15", "Prowler vpc_subnet_no_public_ip_by_default", "Checkov CKV_AWS_130"),
)
def needless_public_addresses(subject: Subject) -> Iterator[Finding]:
    """A subnet gives public addresses to instances that nobody outside is meant to reach.

    ## Why it matters

    With `map_public_ip_on_launch` everything that is ever started in the subnet has an address on
    the internet, and one security group stands between. Reported where no flow from outside, DNS
    record or route needs the address, and where the subnet has no route to an internet gateway.

    ## Flagged

    ```yaml
    version: 1
    title: Public addresses in a private subnet
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], map_public_ip_on_launch: true}
        security_groups:
          app: {ingress: [tcp 8080 from 10.0.0.0/16]}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Private addresses only
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
          app: {subnet: app, security_groups: [app]}
    ```
    """
    network = subject.network
    needed = internet_facing(subject) | forwarders(network)
    asked = bool(network.architecture.flows)
    for subnet in each(network, Subnet):
        if not subnet.map_public_ip_on_launch:
            continue
        name = network.name(subnet.key)
        if not is_public(network, subnet.key):
            yield Finding(
                subnet.span,
                f"subnet {name!r} gives out public addresses, but has no route to an internet gateway",
                hint="remove `map_public_ip_on_launch`, or give the subnet a public route table",
            )
            continue
        exposed = [
            i
            for i in each(network, Instance)
            if i.associate_public_ip_address is None
            and not i.elastic_ip
            and i.public_ip_address is None
            and i.key not in needed
            and any(key == subnet.key for _, key in referred(network, i.scope, i, "subnet"))
        ]
        if asked and exposed:
            yield Finding(
                subnet.span,
                f"subnet {name!r} gives {listed(network.name(i.key) for i in exposed)} a public address, "
                "which "
                "nothing outside is meant to reach",
                hint="set `associate_public_ip_address: false` there, or move it to a private subnet",
            )


RULE = needless_public_addresses
