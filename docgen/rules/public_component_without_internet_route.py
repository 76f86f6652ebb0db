# Remarks on public addresses in subnets that do not lead to the internet.
"""DGL-35."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.core.prefixes import within
from docgen.kinds.instance import Instance
from docgen.kinds.internet_gateway import InternetGateway
from docgen.kinds.load_balancer import LoadBalancer, Scheme
from docgen.kinds.nat_gateway import ConnectivityType, NatGateway
from docgen.kinds.network_interface import NetworkInterface
from docgen.kinds.subnet import Subnet
from docgen.model import sources as at
from docgen.model.component import Component
from docgen.model.network import Network
from docgen.rules._design import by_place, is_public, listed, subnets_of, verb, vpcs_with_gateway, written
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-35",
    severity=Severity.WARNING,
    source=at.ALB_TROUBLES,
    related=("Trusted Advisor NLB - Internet-facing resource in private subnet",),
)
def public_component_without_internet_route(subject: Subject) -> Iterator[Finding]:
    """Something with a public address stands in a subnet without a route to the internet gateway.

    ## Why it matters

    What a NAT gateway, a load balancer or a server sends follows its subnet's table. Without the
    route a NAT gateway gets nowhere; a server or load balancer hears the internet, but its answers
    are lost on their way back.

    ## Flagged

    ```yaml
    version: 1
    title: A NAT gateway in a private subnet
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          app: {cidr_block: 10.0.10.0/24, route_table: private}
          inner: {cidr_block: 10.0.11.0/24}
        nat_gateways: {nat: {subnet: inner}}
        route_tables:
          private: {0.0.0.0/0: nat}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A NAT gateway in a public subnet
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          app: {cidr_block: 10.0.10.0/24, route_table: private}
          public: {cidr_block: 10.0.0.0/24, route_table: public}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public: {0.0.0.0/0: igw}
          private: {0.0.0.0/0: nat}
    ```
    """
    network = subject.network
    connected = vpcs_with_gateway(network)
    astray = (
        (component.span, (component, subnet))
        for component in network.components.values()
        if _faces_internet(component) and component.scope in connected
        for _, subnet in subnets_of(network, component)
        if subnet.key in network.subnet_route_table
        and not is_public(network, subnet.key)
        and not _behind_appliance(network, subnet)
    )
    for span, found in by_place(astray):
        what = _faces_internet(found[0][0])
        names = dict.fromkeys(network.name(component.key) for component, _ in found)
        tables = list(dict.fromkeys(network.subnet_route_table[subnet.key] for _, subnet in found))
        where = listed(dict.fromkeys(network.name(subnet.key) for _, subnet in found))
        without = f"{verb(len(tables), 'route table', 'route tables')} {listed(map(network.name, tables))}"
        yield Finding(
            span,
            f"{verb(len(names), what, what + 's')} {listed(names)} {verb(len(names), 'stands', 'stand')} in "
            f"{where}, and {without} {verb(len(tables), 'has', 'have')} no route to the internet gateway",
            hint="use subnets whose table has 0.0.0.0/0 to the internet gateway",
            notes=tuple(
                Note(network.get(key).span, f"route table {network.name(key)!r} is declared here")
                for key in tables
                if written(network.get(key))
            ),
        )


def _behind_appliance(network: Network, subnet: Subnet) -> bool:
    """Whether what comes in for a subnet is led to an appliance first, which then passes its answers on as well.

    Source: Amazon VPC User Guide, "Gateway route tables".
    """
    tables = (
        network.route_tables[table]
        for gateway, table in network.gateway_route_table.items()
        if gateway.kind == InternetGateway.kind and network.get(gateway).scope == subnet.scope
    )
    redirected = [r.destination for table in tables for r in table.routes if r.target is not None]
    return any(within(own, block) for own in subnet.blocks for block in redirected)


def _faces_internet(component: Component) -> str:
    """What a component is, if the author gave it a public address."""
    if isinstance(component, NatGateway):
        return "NAT gateway" if component.connectivity_type is ConnectivityType.PUBLIC else ""
    if isinstance(component, LoadBalancer):
        return "internet-facing load balancer" if component.scheme is Scheme.INTERNET_FACING else ""
    if isinstance(component, Instance):
        given = component.elastic_ip or component.public_ip_address or component.associate_public_ip_address
        return "public instance" if given else ""
    if isinstance(component, NetworkInterface):
        return "public interface" if component.elastic_ip else ""
    return ""


RULE = public_component_without_internet_route
