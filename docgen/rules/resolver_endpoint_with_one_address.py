# Reports Resolver endpoints with a single address.
"""DGL-186."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.resolver_endpoint import ResolverEndpoint
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-186", severity=Severity.ERROR, source=at.RESOLVER)
def resolver_endpoint_with_one_address(subject: Subject) -> Iterator[Finding]:
    """A Resolver endpoint has fewer than two addresses.

    ## Why it matters

    AWS wants two addresses at least, and they belong in different zones: with one zone gone, names still
    resolve.

    ## Flagged

    ```yaml
    version: 1
    title: One address
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}
        security_groups: {app: {ingress: [udp 53 from 192.168.0.0/16]}}
        instances: {app: {subnet: app-a, security_groups: [app]}}
        resolver_endpoints: {inbound: {direction: inbound, subnets: [app-a], security_groups: [app]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An address in each zone
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}
        security_groups: {app: {ingress: [udp 53 from 192.168.0.0/16]}}
        instances: {app: {subnet: app-a, security_groups: [app]}}
        resolver_endpoints: {inbound: {direction: inbound, subnets: [app], security_groups: [app]}}
    ```
    """
    network = subject.network
    for endpoint in each(network, ResolverEndpoint):
        count = len(network.interfaces_of(endpoint.key))
        if count < 2:
            yield Finding(
                endpoint.span,
                f"Resolver endpoint {network.name(endpoint.key)!r} has {count or 'no'} address, and needs two",
                hint="name subnets in two zones",
            )


RULE = resolver_endpoint_with_one_address
