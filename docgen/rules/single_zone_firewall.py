# Remarks on firewalls that one zone takes down.
"""DGL-31."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.gateway_load_balancer_endpoint import GatewayLoadBalancerEndpoint
from docgen.kinds.network_firewall import NetworkFirewall
from docgen.model import sources as at
from docgen.model.component import Component
from docgen.rules._design import by_vpc, each, listed, what
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-31",
    severity=Severity.WARNING,
    source=at.NETWORK_FIREWALL,
    related=(
        "Prowler networkfirewall_multi_az (high)",
        "AWS Config netfw-multi-az-enabled",
        "Trusted Advisor Network Firewall Multi-AZ",
    ),
)
def single_zone_firewall(subject: Subject) -> Iterator[Finding]:
    """Firewall endpoints, or endpoints of a Gateway Load Balancer, stand in one zone, and the VPC uses several.

    ## Why it matters

    Routes of every zone lead to that one: when it fails, nothing is inspected and nothing gets through; until
    then all traffic of the other zones crosses zones.

    ## Flagged

    ```yaml
    version: 1
    title: One firewall endpoint for two zones
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}
          firewall: {cidr_blocks: [10.0.30.0/28, 10.0.31.0/28], route_table: firewall}
        network_firewalls: {egress: {subnets: [firewall-a]}}
        route_tables:
          app: {0.0.0.0/0: egress}
          firewall: {0.0.0.0/0: igw}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A firewall endpoint in each zone
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24], route_table: app}
          firewall: {cidr_blocks: [10.0.30.0/28, 10.0.31.0/28], route_table: firewall}
        network_firewalls: {egress: {subnets: [firewall]}}
        route_tables:
          app: {0.0.0.0/0: egress}
          firewall: {0.0.0.0/0: igw}
    ```
    """
    network = subject.network
    alone: list[tuple[Component, set[str]]] = []
    for firewall in each(network, NetworkFirewall):
        alone.append((firewall, {i.zone for i in network.interfaces_of(firewall.key)}))
    for endpoints in by_vpc(network, GatewayLoadBalancerEndpoint).values():
        alone.append((endpoints[0], {i.zone for e in endpoints for i in network.interfaces_of(e.key)}))
    for component, zones in alone:
        used = {network.zone_of(k) for k in network.inside.get((component.scope, "subnet"), ())}
        missing = sorted(used - zones)
        if len(zones) == 1 and missing:
            yield Finding(
                component.span,
                f"{what(network, component.key)} stands in {zones.pop()} only; VPC {component.scope!r} also uses "
                f"{listed(missing)}",
                hint="add an endpoint in each zone, and lead the routes of a zone to its own",
            )


RULE = single_zone_firewall
