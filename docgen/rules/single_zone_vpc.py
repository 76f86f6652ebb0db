# Remarks on VPCs that live in one zone.
"""DGL-29."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.subnet import Subnet
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.rules._design import by_vpc, each
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-29",
    severity=Severity.WARNING,
    source=at.AVAILABILITY_ZONES,
    related=(
        "Prowler vpc_subnet_different_az (medium)",
        "Well-Architected REL10-BP01",
    ),
)
def single_zone_vpc(subject: Subject) -> Iterator[Finding]:
    """Everything that runs in a VPC stands in one Availability Zone.

    ## Why it matters

    A zone is the unit that fails. Subnets in a second one cost nothing and are needed anyway for
    load balancers and databases.

    ## Flagged

    ```yaml
    version: 1
    title: All in one zone
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24}
        instances:
          app: {subnet: app}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Two zones
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        instances:
          app: {subnet: app}
    ```
    """
    running: set[Key] = {i.vpc for i in subject.network.interfaces.values()}
    subnets = by_vpc(subject.network, Subnet)
    for vpc in each(subject.network, Vpc):
        zones = {s.availability_zone for s in subnets[vpc.id]}
        if vpc.key in running and len(zones) == 1:
            yield Finding(
                vpc.span,
                f"everything in VPC {vpc.id!r} is in {zones.pop()} and stops when that zone fails",
                hint="add subnets in a second zone, such as `zones: [a, b]` with a block for each",
            )


RULE = single_zone_vpc
