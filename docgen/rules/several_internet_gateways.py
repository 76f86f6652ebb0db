# Reports VPCs with more than one internet gateway.
"""DGL-108."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.egress_only_internet_gateway import EgressOnlyInternetGateway
from docgen.kinds.internet_gateway import InternetGateway
from docgen.kinds.virtual_private_gateway import VirtualPrivateGateway
from docgen.model import sources as at
from docgen.model.component import Component
from docgen.rules._design import by_vpc
from docgen.rules._rule import Subject, rule


@rule("DGL-108", severity=Severity.ERROR, source=at.VPC_QUOTAS)
def several_internet_gateways(subject: Subject) -> Iterator[Finding]:
    """A VPC has more than one internet gateway, egress-only one or virtual private gateway.

    ## Why it matters

    AWS attaches one internet gateway to a VPC, one egress-only and one virtual private gateway, and refuses a second.
    One is enough: it belongs to no zone, has no bandwidth limit and does not fail with a zone.

    ## Flagged

    ```yaml
    version: 1
    title: Two internet gateways
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateways: {igw-a: {}, igw-b: {}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One internet gateway
    region: ap-south-1
    zones: [a]
    vpcs:
      shop: {cidr_block: 10.0.0.0/16, internet_gateway: igw}
    ```
    """
    kinds: tuple[type[Component], ...] = (InternetGateway, EgressOnlyInternetGateway, VirtualPrivateGateway)
    for vpc, gateways in (held for kind in kinds for held in by_vpc(subject.network, kind).items()):
        for gateway in gateways[1:]:
            title = subject.network.kind_of(gateway.key).noun
            yield Finding(
                gateway.span,
                f"VPC {vpc!r} has a second {title}, {gateway.id!r}; AWS attaches only one",
                hint=f"remove it and let its routes point to {gateways[0].id!r}",
                notes=(Note(gateways[0].span, f"{gateways[0].id!r} is attached already"),),
            )


RULE = several_internet_gateways
