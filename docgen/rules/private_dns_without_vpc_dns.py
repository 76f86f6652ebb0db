# Remarks on endpoints whose private DNS has no effect.
"""DGL-47."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.vpc_endpoint import VpcEndpoint
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-47", severity=Severity.WARNING, source=at.PRIVATELINK)
def private_dns_without_vpc_dns(subject: Subject) -> Iterator[Finding]:
    """An interface endpoint has private DNS, and its VPC's DNS attributes are not both on.

    ## Why it matters

    The service's name keeps leading to public addresses: requests take the default route, past the endpoint, or
    find no route at all. Outside the default VPC `enable_dns_hostnames` is off unless somebody turns it on.

    ## Flagged

    ```yaml
    version: 1
    title: An endpoint that nobody finds
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          endpoints: {ingress: [tcp 443 from 10.0.0.0/16]}
        vpc_endpoints:
          queue: {service: sqs, subnets: [app], security_groups: [endpoints]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An endpoint that the service's name leads to
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          endpoints: {ingress: [tcp 443 from 10.0.0.0/16]}
        vpc_endpoints:
          queue: {service: sqs, subnets: [app], security_groups: [endpoints]}
    ```
    """
    network = subject.network
    for endpoint in each(network, VpcEndpoint):
        vpc: Any = network.get(Key("vpc", endpoint.scope))
        off = [n for n in ("enable_dns_support", "enable_dns_hostnames") if not getattr(vpc, n)]
        if endpoint.private_dns and off:
            yield Finding(
                endpoint.span,
                f"private DNS of endpoint {network.name(endpoint.key)!r} has no effect: VPC "
                f"{network.name(vpc.key)!r} has {' and '.join(off)} off",
                hint=f"write `{off[0]}: true` in the VPC, or `private_dns_enabled: false` here",
            )


RULE = private_dns_without_vpc_dns
