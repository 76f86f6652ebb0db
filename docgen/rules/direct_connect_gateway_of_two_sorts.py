# Refuses Direct Connect gateways that lead to VPCs' own gateways and to transit gateways.
"""DGL-215."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.direct_connect_gateway import DirectConnectGateway
from docgen.kinds.virtual_interface import VirtualInterface, VirtualInterfaceType
from docgen.model import sources as at
from docgen.routing.hybrid import associated_with
from docgen.rules._design import each, listed, referred
from docgen.rules._rule import Subject, rule


@rule("DGL-215", severity=Severity.ERROR, source=at.DIRECT_CONNECT_TRANSIT)
def direct_connect_gateway_of_two_sorts(subject: Subject) -> Iterator[Finding]:
    """A Direct Connect gateway leads to gateways of two sorts, or has virtual interfaces of the other sort.

    ## Why it matters

    AWS refuses to attach a Direct Connect gateway to a transit gateway while it is associated with a virtual
    private gateway or has a private virtual interface. Transit gateways are reached over transit virtual
    interfaces, virtual private gateways over private ones.

    ## Flagged

    ```yaml
    version: 1
    title: One gateway for a hub and for a VPC
    region: ap-south-1
    zones: [a]
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    direct_connect_connections: {line: {data_center: hq}}
    virtual_interfaces: {vif: {type: transit, connection: line, direct_connect_gateway: global}}
    direct_connect_gateways:
      global: {associations: {hub: {allowed_prefixes: [10.0.0.0/16]}, vgw: {}}}
    transit_gateways: {hub: {}}
    vpcs:
      shop:
        cidr_block: 10.1.0.0/16
        virtual_private_gateway: vgw
        subnets: {app: {cidr_block: 10.1.10.0/24}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One gateway for a hub
    region: ap-south-1
    zones: [a]
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    direct_connect_connections: {line: {data_center: hq}}
    virtual_interfaces: {vif: {type: transit, connection: line, direct_connect_gateway: global}}
    direct_connect_gateways:
      global: {associations: {hub: {allowed_prefixes: [10.0.0.0/16]}}}
    transit_gateways: {hub: {}}
    vpcs:
      shop:
        cidr_block: 10.1.0.0/16
        virtual_private_gateway: vgw
        subnets: {app: {cidr_block: 10.1.10.0/24}}
    ```
    """
    network = subject.network
    wanted = {
        VirtualInterfaceType.TRANSIT: "transit_gateway",
        VirtualInterfaceType.PRIVATE: "virtual_private_gateway",
    }
    for gateway in each(network, DirectConnectGateway):
        behind = tuple(associated_with(network, gateway.key))
        name = network.name(gateway.key)
        if len({key.kind for key in behind}) > 1:
            yield Finding(
                gateway.span,
                f"{name!r} is associated with {listed(map(network.name, behind))}: AWS takes virtual private "
                "gateways or transit gateways, and not both",
                hint="make a Direct Connect gateway for each sort",
            )
            continue
        for interface in each(network, VirtualInterface):
            ends = [key for _, key in referred(network, interface.scope, interface, "direct_connect_gateway")]
            if ends == [gateway.key] and behind and behind[0].kind != wanted.get(interface.type):
                other = next(t for t, kind in wanted.items() if kind == behind[0].kind)
                yield Finding(
                    interface.span,
                    f"{network.name(interface.key)!r} is a {interface.type} virtual interface, and {name!r} leads to "
                    f"{listed(map(network.name, behind))}",
                    hint=f"write `type: {other}`",
                )


RULE = direct_connect_gateway_of_two_sorts
