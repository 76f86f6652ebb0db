# Remarks on Direct Connect that nothing takes over for.
"""DGL-27."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.core.span import Span
from docgen.kinds.direct_connect_connection import DirectConnectConnection
from docgen.kinds.virtual_interface import VirtualInterface
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.routing.hybrid import named
from docgen.rules._design import by_place, listed
from docgen.rules._hybrid import data_centers, ends_of, interfaces, vpns
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-27",
    severity=Severity.WARNING,
    source=at.DIRECT_CONNECT_RESILIENCY,
    related=(
        "Prowler directconnect_connection_redundancy (medium)",
        "Prowler directconnect_virtual_interface_redundancy (medium)",
        "Trusted Advisor AWS Direct Connect Location Resiliency",
        "Well-Architected REL02-BP02",
    ),
)
def single_direct_connect(subject: Subject) -> Iterator[Finding]:
    """A gateway is reached over one Direct Connect line or location only, and no VPN takes over.

    ## Why it matters

    A line is one port on one device. AWS maintains devices and locations fail; with a second location, or a VPN
    connection that announces the same blocks, the network stays joined.

    ## Flagged

    ```yaml
    version: 1
    title: One line and nothing else
    region: ap-south-1
    zones: [a]
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    direct_connect_connections: {line: {data_center: hq}}
    virtual_interfaces: {private: {connection: line, virtual_private_gateway: vgw}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        virtual_private_gateway: vgw
        subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
        route_tables: {app: {propagating_vgws: [vgw]}}
    ```

    ```yaml
    version: 1
    title: Two lines that end in the same building
    region: ap-south-1
    zones: [a]
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    direct_connect_connections:
      one: {data_center: hq, location: Equinix MB2}
      two: {data_center: hq, location: Equinix MB2}
    virtual_interfaces:
      first: {connection: one, virtual_private_gateway: vgw}
      second: {connection: two, virtual_private_gateway: vgw}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        virtual_private_gateway: vgw
        subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
        route_tables: {app: {propagating_vgws: [vgw]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A line, and a VPN that takes over
    region: ap-south-1
    zones: [a]
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    direct_connect_connections: {line: {data_center: hq}}
    virtual_interfaces: {private: {connection: line, virtual_private_gateway: vgw}}
    customer_gateways: {hq-router: {data_center: hq}}
    vpn_connections: {backup: {customer_gateway: hq-router, virtual_private_gateway: vgw}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        virtual_private_gateway: vgw
        subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
        route_tables: {app: {propagating_vgws: [vgw]}}
    ```

    ```yaml
    version: 1
    title: Two lines in two locations
    region: ap-south-1
    zones: [a]
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    direct_connect_connections:
      one: {data_center: hq, location: Equinix MB2}
      two: {data_center: hq, location: GPX Mumbai}
    virtual_interfaces:
      first: {connection: one, virtual_private_gateway: vgw}
      second: {connection: two, virtual_private_gateway: vgw}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        virtual_private_gateway: vgw
        subnets: {app: {cidr_block: 10.0.10.0/24, route_table: app}}
        route_tables: {app: {propagating_vgws: [vgw]}}
    ```
    """
    network = subject.network
    for span, found in by_place(_alone(network)):
        gateways = listed(dict.fromkeys(network.name(gateway) for gateway, _ in found))
        yield Finding(
            span,
            f"{gateways} {'is' if len(found) == 1 else 'are'} reached over {found[0][1]} only",
            hint="add a line in a second location, or a VPN connection that takes over",
        )


def _alone(network: Network) -> Iterator[tuple[Span, tuple[Key, str]]]:
    """Gateways without a second way to their data center: where that is to be told, and what their one way is."""
    for center in data_centers(network):
        backed = {end for v in vpns(network, center) for end in ends_of(network, v)}
        ways = interfaces(network, center)
        for gateway in dict.fromkeys(e for v in ways for e in sorted(ends_of(network, v))):
            if gateway in backed:
                continue
            lines = _lines(network, [v for v in ways if gateway in ends_of(network, v)])
            places = {line.location for line in lines}
            if len(lines) == 1:
                yield lines[0].span, (gateway, f"the Direct Connect line {network.name(lines[0].key)!r}")
            elif len(places) == 1 and "" not in places:
                yield lines[1].span, (gateway, f"lines in the location {places.pop()!r}")


def _lines(network: Network, vifs: list[VirtualInterface]) -> list[DirectConnectConnection]:
    keys = dict.fromkeys(named(network, vif, "connection") for vif in vifs)
    found = (network.components.get(key) for key in keys if key is not None)
    return [line for line in found if isinstance(line, DirectConnectConnection)]


RULE = single_direct_connect
