# Remarks on interface endpoints that one zone takes down.
"""DGL-25."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.vpc_endpoint import VpcEndpoint
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-25",
    severity=Severity.WARNING,
    source=at.PRIVATELINK,
    related=(
        "Prowler vpc_endpoint_multi_az_enabled (medium)",
        "Trusted Advisor VPC interface endpoint network interfaces in multiple AZs",
    ),
)
def single_zone_endpoint(subject: Subject) -> Iterator[Finding]:
    """An interface endpoint has network interfaces in one zone only, and its VPC uses several.

    ## Why it matters

    With private DNS the service's name leads to the endpoint alone. When its zone fails, no zone of the VPC
    reaches the service; until then every other zone pays for crossing zones.

    ## Flagged

    ```yaml
    version: 1
    title: An endpoint in one of two zones
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
          queue: {service: sqs, subnets: [app-a], security_groups: [endpoints]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An endpoint in both zones
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
        zones = {i.zone for i in network.interfaces_of(endpoint.key)}
        used = {network.zone_of(k) for k in network.inside.get((Key("vpc", endpoint.scope).path, "subnet"), ())}
        missing = sorted(used - zones)
        if len(zones) == 1 and missing:
            yield Finding(
                endpoint.span,
                f"endpoint {network.name(endpoint.key)!r} stands in {zones.pop()} only; its VPC also uses "
                f"{', '.join(missing)}",
                hint="add a subnet of another zone to its `subnets`",
            )


RULE = single_zone_endpoint
