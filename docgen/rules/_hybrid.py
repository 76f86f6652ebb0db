# Questions about what joins a data center with AWS: VPN connections, lines, virtual interfaces and their gateways.
"""ends_of, vpns, interfaces, data_centers."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.kinds.virtual_interface import VirtualInterface
from docgen.kinds.vpn_connection import VpnConnection
from docgen.model.component import Component, Key
from docgen.model.network import Network
from docgen.routing.hybrid import associated_with, data_center_of, named
from docgen.rules._design import each


def ends_of(network: Network, connection: Component) -> frozenset[Key]:
    """The gateways of VPCs and the transit gateways that a VPN connection or a virtual interface leads to."""
    hub = named(network, connection, "direct_connect_gateway") if connection.kind == VirtualInterface.kind else None
    if hub is not None:
        return frozenset(associated_with(network, hub))
    of_vpn = ("transit_gateway",) if connection.kind == VpnConnection.kind else ()
    found = (named(network, connection, field) for field in ("virtual_private_gateway", *of_vpn))
    return frozenset(key for key in found if key is not None)


def vpns(network: Network, center: Key) -> list[VpnConnection]:
    """The VPN connections of a data center."""
    return [v for v in each(network, VpnConnection) if data_center_of(network, v) == center]


def interfaces(network: Network, center: Key) -> list[VirtualInterface]:
    """The virtual interfaces of a data center that lead to VPCs or transit gateways."""
    found = (v for v in each(network, VirtualInterface) if data_center_of(network, v) == center)
    return [v for v in found if ends_of(network, v)]


def data_centers(network: Network) -> Iterator[Key]:
    """The data centers of a definition."""
    return (c.key for c in network.of_kind("data_center"))
