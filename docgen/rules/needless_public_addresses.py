# Remarks on subnets that hand out public addresses which the design does not need.
"""DGL-07."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.instance import Instance
from docgen.kinds.subnet import Subnet
from docgen.model import sources as at
from docgen.rules._design import by_place, each, forwarders, internet_facing, is_public, listed, subnets_of, verb
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-07",
    severity=Severity.WARNING,
    source=at.IP_ADDRESSING,
    related=(
        "Security Hub EC2.15 (Medium)",
        "Prowler vpc_subnet_no_public_ip_by_default (high)",
        "Checkov CKV_AWS_130",
    ),
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
    handing_out = [s for s in each(network, Subnet) if s.map_public_ip_on_launch]
    leading_nowhere = ((s.span, s) for s in handing_out if not is_public(network, s.key))
    for span, subnets in by_place(leading_nowhere):
        yield Finding(
            span,
            f"{listed(network.name(s.key) for s in subnets)} {verb(len(subnets), 'gives', 'give')} out public "
            f"addresses, but {verb(len(subnets), 'has', 'have')} no route to an internet gateway",
            hint="remove `map_public_ip_on_launch`, or give the subnet a public route table",
        )
    if not network.architecture.flows:
        return  # nobody said who is to be reached
    needed = internet_facing(subject) | forwarders(network)
    exposed = (
        (subnet.span, (subnet, instance))
        for instance in each(network, Instance)
        if _takes_what_the_subnet_gives(instance) and instance.key not in needed
        for _, subnet in subnets_of(network, instance)
        if subnet.map_public_ip_on_launch and is_public(network, subnet.key)
    )
    for span, found in by_place(exposed):
        names = list(dict.fromkeys(network.name(subnet.key) for subnet, _ in found))
        yield Finding(
            span,
            f"{listed(names)} {verb(len(names), 'gives', 'give')} {listed(network.name(i.key) for _, i in found)} a "
            "public address, which nothing outside is meant to reach",
            hint="set `associate_public_ip_address: false` there, or use a private subnet",
        )


def _takes_what_the_subnet_gives(instance: Instance) -> bool:
    own = instance.elastic_ip or instance.public_ip_address
    return instance.associate_public_ip_address is None and not own


RULE = needless_public_addresses
