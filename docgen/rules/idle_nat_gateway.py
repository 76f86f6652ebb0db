# Remarks on NAT gateways that no route leads to.
"""DGL-69."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.nat_gateway import NatGateway
from docgen.model import sources as at
from docgen.rules._design import by_place, each, listed, verb
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-69",
    severity=Severity.INFO,
    source=at.NAT_GATEWAY,
    related=("Checkov CKV2_AWS_19",),
)
def idle_nat_gateway(subject: Subject) -> Iterator[Finding]:
    """No subnet's route leads to a NAT gateway.

    ## Why it matters

    A NAT gateway costs by the hour, used or not. Most often a route was forgotten.

    ## Flagged

    ```yaml
    version: 1
    title: A NAT gateway that nobody uses
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
          app: {cidr_block: 10.0.10.0/24}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public: {0.0.0.0/0: igw}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A NAT gateway in use
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
          app: {cidr_block: 10.0.10.0/24, route_table: private}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public: {0.0.0.0/0: igw}
          private: {0.0.0.0/0: nat}
    ```
    """
    network = subject.network
    used = {r.target for t in network.route_tables.values() if t.subnets for r in t.routes}
    idle = ((g.span, g) for g in each(network, NatGateway) if g.key not in used)
    for span, gateways in by_place(idle):
        yield Finding(
            span,
            f"no subnet has a route to {verb(len(gateways), 'NAT gateway', 'NAT gateways')} "
            f"{listed(network.name(g.key) for g in gateways)}, billed by the hour all the same",
            hint=f"add `0.0.0.0/0: {gateways[0].group or gateways[0].id}` to a private subnet's table, or remove it",
        )


RULE = idle_nat_gateway
