# Reports private NAT gateways with an Elastic IP.
"""DGL-136."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.nat_gateway import ConnectivityType, NatGateway
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-136", severity=Severity.ERROR, source=at.NAT_GATEWAY)
def elastic_ip_on_private_nat_gateway(subject: Subject) -> Iterator[Finding]:
    """A private NAT gateway has an Elastic IP.

    ## Why it matters

    A private NAT gateway translates towards other private networks with its private address; AWS
    refuses an Elastic IP for it.

    ## Flagged

    ```yaml
    version: 1
    title: A private NAT gateway with a public address
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          shared: {cidr_block: 10.0.0.0/24}
        nat_gateways: {nat: {subnet: shared, connectivity_type: private, elastic_ip: 198.51.100.9}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A private NAT gateway
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          shared: {cidr_block: 10.0.0.0/24}
        nat_gateways: {nat: {subnet: shared, connectivity_type: private}}
    ```
    """
    for gateway in each(subject.network, NatGateway):
        if gateway.connectivity_type is ConnectivityType.PRIVATE and gateway.elastic_ip is not None:
            yield Finding(
                gateway.span,
                f"private NAT gateway {subject.network.name(gateway.key)!r} has an Elastic IP, {gateway.elastic_ip}",
                hint="remove `elastic_ip`, or make the gateway public",
            )


RULE = elastic_ip_on_private_nat_gateway
