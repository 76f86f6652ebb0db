# Remarks on VPCs that nobody outside should reach, and whose Region does not say so.
"""DGL-09."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.internet_gateway import InternetGateway
from docgen.kinds.vpc import Vpc
from docgen.kinds.vpc_block_public_access import VpcBlockPublicAccess
from docgen.model import sources as at
from docgen.rules._design import by_vpc, each, internet_facing, listed
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-09",
    severity=Severity.WARNING,
    source=at.EC2_CONTROLS,
    related=("Security Hub EC2.172 (Medium)",),
)
def public_access_not_blocked(subject: Subject) -> Iterator[Finding]:
    """VPCs have an internet gateway and nothing public behind it, and Block Public Access is off.

    ## Why it matters

    Where nothing is meant to be reached from the internet, `block-ingress` keeps it so whatever
    routes, addresses and groups come to say; NAT gateways go on working.

    ## Flagged

    ```yaml
    version: 1
    title: Nothing public, and nothing that says so
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
          app: {cidr_block: 10.0.10.0/24, route_table: app}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public: {0.0.0.0/0: igw}
          app: {0.0.0.0/0: nat}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Nothing public, by decree
    region: ap-south-1
    zones: [a]
    vpc_block_public_access: {mode: block-ingress}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
          app: {cidr_block: 10.0.10.0/24, route_table: app}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public: {0.0.0.0/0: igw}
          app: {0.0.0.0/0: nat}
    ```
    """
    network = subject.network
    if internet_facing(subject):
        return
    gateways = by_vpc(network, InternetGateway)
    options = tuple(each(network, VpcBlockPublicAccess))
    natted = {c.scope for c in network.of_kind("nat_gateway")}
    opened = [
        vpc
        for vpc in each(network, Vpc)
        if gateways[vpc.id]
        and vpc.id in natted  # a gateway that nothing uses yet is not worth a word
        and not any(o.holds_for(vpc.region.name if vpc.region else "") for o in options)
    ]
    if opened:
        yield Finding(
            opened[0].span,
            f"nothing of VPC {listed(v.id for v in opened)} faces the internet, and Block Public Access is off",
            hint="add `vpc_block_public_access: {mode: block-ingress}` at the top",
        )


RULE = public_access_not_blocked
