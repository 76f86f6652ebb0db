# Reports subnets in a zone that is not one of their VPC's Region.
"""DGL-104."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.subnet import Subnet
from docgen.model import sources as at
from docgen.rules._design import each, referred, vpc_of
from docgen.rules._rule import Subject, rule

_ZONE_SUFFIX = re.compile(r"[a-z]|(-[a-z0-9]+)+-\d[a-z]|(-[a-z0-9]+)+-wlz-\d")
"""A letter; for Local Zones and Wavelength Zones a place and a number."""


@rule("DGL-104", severity=Severity.ERROR, source=at.SUBNETS)
def zone_outside_region(subject: Subject) -> Iterator[Finding]:
    """A subnet's Availability Zone does not belong to its VPC's Region.

    ## Why it matters

    A VPC spans the zones of one Region; a subnet stands in exactly one of them. A zone's name is
    its Region's name and a letter.

    ## Flagged

    ```yaml
    version: 1
    title: A zone of another Region
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24, availability_zone: eu-west-1a}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A zone of the VPC's Region
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24, availability_zone: ap-south-1b}
    ```
    """
    network = subject.network
    for subnet in each(network, Subnet):
        vpc = vpc_of(network, subnet)
        regions = referred(network, vpc.scope, vpc, "region") if vpc else []
        if vpc is None or not regions:
            continue
        region = regions[0][1].path
        zone = subnet.availability_zone
        if zone.startswith(region) and _ZONE_SUFFIX.fullmatch(zone.removeprefix(region)):
            continue
        yield Finding(
            subnet.span,
            f"subnet {network.name(subnet.key)!r} is in zone {zone!r}, which is no zone of {region}, "
            f"the Region of VPC {vpc.id!r}",
            hint=f"use a zone such as {region}a",
        )


RULE = zone_outside_region
