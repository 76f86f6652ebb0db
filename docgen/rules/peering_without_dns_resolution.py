# Remarks on names that lead past a peering connection.
"""DGL-48."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.rules._design import listed
from docgen.rules._hubs import peerings
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-48",
    severity=Severity.INFO,
    source=at.PEERING_DNS,
    related=("AWS Config vpc-peering-dns-resolution-check",),
)
def peering_without_dns_resolution(subject: Subject) -> Iterator[Finding]:
    """A peering connection does not resolve public names of the peer's instances to private addresses.

    ## Why it matters

    The public name of an instance leads to its public address outside its own VPC: clients of the peer go past the
    peering connection over the internet, or nowhere where they have no way there.

    ## Flagged

    ```yaml
    version: 1
    title: Names that lead around the peering
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets: {app: {cidr_block: 10.0.10.0/24, availability_zone: a, route_table: app}}
        route_tables: {app: {10.1.0.0/16: link}}
      partner:
        cidr_block: 10.1.0.0/16
        enable_dns_hostnames: true
        internet_gateway: igw
        subnets: {web: {cidr_block: 10.1.20.0/24, availability_zone: a, route_table: web}}
        route_tables: {web: {10.0.0.0/16: link, 0.0.0.0/0: igw}}
        instances: {web: {subnet: web, elastic_ip: 203.0.113.20}}
    vpc_peering_connections:
      link: {requester_vpc: shop, accepter_vpc: partner}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Names that lead over the peering
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets: {app: {cidr_block: 10.0.10.0/24, availability_zone: a, route_table: app}}
        route_tables: {app: {10.1.0.0/16: link}}
      partner:
        cidr_block: 10.1.0.0/16
        enable_dns_hostnames: true
        internet_gateway: igw
        subnets: {web: {cidr_block: 10.1.20.0/24, availability_zone: a, route_table: web}}
        route_tables: {web: {10.0.0.0/16: link, 0.0.0.0/0: igw}}
        instances: {web: {subnet: web, elastic_ip: 203.0.113.20}}
    vpc_peering_connections:
      link: {requester_vpc: shop, accepter_vpc: partner, allow_dns_resolution_from_remote_vpc: true}
    ```
    """
    network = subject.network
    for peering, sides in peerings(network):
        if peering.allow_dns_resolution_from_remote_vpc:
            continue
        for vpc in sides:
            names = dict.fromkeys(
                network.name(i.owner)
                for i in network.interfaces.values()
                if i.vpc == vpc and i.public_ip is not None and i.owner.kind == "instance"
            )
            if names and _gives_names(network, vpc):
                yield Finding(
                    peering.span,
                    f"seen from the peer, the public names of {listed(names)} in VPC {network.name(vpc)!r} lead to "
                    f"public addresses, not over {network.name(peering.key)!r}",
                    hint="write `allow_dns_resolution_from_remote_vpc: true`",
                )


def _gives_names(network: Network, vpc: Key) -> bool:
    component = network.get(vpc)
    return isinstance(component, Vpc) and component.enable_dns_support and component.enable_dns_hostnames


RULE = peering_without_dns_resolution
