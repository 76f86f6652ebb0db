# Remarks on gateway endpoints that no route table uses.
"""DGL-149."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.vpc_endpoint import VpcEndpoint
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-149", severity=Severity.WARNING, source=at.GATEWAY_ENDPOINTS)
def idle_gateway_endpoint(subject: Subject) -> Iterator[Finding]:
    """A gateway endpoint stands in no route table that a subnet uses.

    ## Why it matters

    A gateway endpoint is nothing but a route. Where no subnet's table has it, traffic to the service takes the
    default route as before, or finds none.

    ## Flagged

    ```yaml
    version: 1
    title: An endpoint beside the tables
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24, route_table: private}
        route_tables: {private: {}}
        vpc_endpoints: {s3: {service: s3}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An endpoint in the subnet's table
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_block: 10.0.10.0/24, route_table: private}
        route_tables: {private: {}}
        vpc_endpoints: {s3: {service: s3, route_tables: [private]}}
    ```
    """
    network = subject.network
    used = {r.target for t in network.route_tables.values() if t.subnets for r in t.routes}
    for endpoint in each(network, VpcEndpoint):
        if endpoint.is_gateway and endpoint.key not in used:
            yield Finding(
                endpoint.span,
                f"no subnet uses gateway endpoint {network.name(endpoint.key)!r}",
                hint="name the tables of its subnets: `route_tables: [private]`",
            )


RULE = idle_gateway_endpoint
