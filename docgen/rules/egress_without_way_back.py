# Remarks on central ways out that answers do not find back through.
"""DGL-41."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.transit_gateway import TransitGateway
from docgen.kinds.transit_gateway_vpc_attachment import TransitGatewayVpcAttachment
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.routing.transit import leads_to
from docgen.rules._design import each, listed, referred
from docgen.rules._hubs import attachments, first_overlap, vpc_at
from docgen.rules._rule import Subject, rule

_SOMEWHERE = (ip_network("192.0.2.0/24"),)
"""What stands for the internet: nobody's own."""


@rule("DGL-41", severity=Severity.WARNING, source=at.TRANSIT_GATEWAY_EGRESS)
def egress_without_way_back(subject: Subject) -> Iterator[Finding]:
    """A VPC that takes others to the internet by a NAT gateway has no route back to them.

    ## Why it matters

    The NAT gateway gets the answer from the internet and looks up the spoke's address in the table of its own
    subnet. Without a route to the transit gateway there it has nowhere to send it.

    ## Flagged

    ```yaml
    version: 1
    title: A way out and none back
    region: ap-south-1
    zones: [a, b]
    transit_gateways:
      hub:
        transit_gateway_route_tables:
          spokes: {associations: [shop], routes: {0.0.0.0/0: egress}}
          out: {associations: [egress], propagations: [shop]}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24, availability_zone: a, route_table: app}}
        route_tables: {app: {0.0.0.0/0: hub}}
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [app]}}
      egress:
        cidr_block: 10.9.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.9.0.0/24, availability_zone: a, route_table: public}
          hub: {cidr_block: 10.9.99.0/28, availability_zone: a, route_table: incoming}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public: {0.0.0.0/0: igw}
          incoming: {0.0.0.0/0: nat}
        transit_gateway_attachments: {out: {transit_gateway: hub, subnets: [egress/hub]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Out and back
    region: ap-south-1
    zones: [a, b]
    transit_gateways:
      hub:
        transit_gateway_route_tables:
          spokes: {associations: [shop], routes: {0.0.0.0/0: egress}}
          out: {associations: [egress], propagations: [shop]}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24, availability_zone: a, route_table: app}}
        route_tables: {app: {0.0.0.0/0: hub}}
        transit_gateway_attachments: {shop-hub: {transit_gateway: hub, subnets: [app]}}
      egress:
        cidr_block: 10.9.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.9.0.0/24, availability_zone: a, route_table: public}
          hub: {cidr_block: 10.9.99.0/28, availability_zone: a, route_table: incoming}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public: {0.0.0.0/0: igw, 10.0.0.0/16: hub}
          incoming: {0.0.0.0/0: nat}
        transit_gateway_attachments: {out: {transit_gateway: hub, subnets: [egress/hub]}}
    ```
    """
    network = subject.network
    for gateway in each(network, TransitGateway):
        joined = attachments(network, gateway.key)
        for egress in joined:
            for nat in _nat_gateways_behind(network, egress):
                subnet = network.container(nat)
                if subnet is None or subnet.kind != "subnet":
                    continue
                routes = [r for r in network.table_of(subnet).routes if r.target == gateway.key]
                lost = [
                    vpc_at(spoke)
                    for spoke in joined
                    if spoke is not egress
                    and leads_to(network, gateway.key, spoke.key, egress.key, _SOMEWHERE)
                    and not first_overlap((r.destination for r in routes), network.blocks_of(vpc_at(spoke)))
                ]
                if lost:
                    table = network.table_of(subnet)
                    block = network.blocks_of(lost[0])[0]
                    yield Finding(
                        network.get(table.key).span if not table.implicit else network.get(nat).span,
                        f"route table {table.name!r} of NAT gateway {network.name(nat)!r} has no route back to "
                        f"{listed(map(network.name, lost))}, whose way to the internet it is",
                        hint=f"add `{block}: {network.name(gateway.key)}` to it",
                    )


def _nat_gateways_behind(network: Network, attachment: TransitGatewayVpcAttachment) -> dict[Key, None]:
    """The NAT gateways that the tables of the attachment's subnets lead to, in order."""
    subnets = [key for _, key in referred(network, attachment.scope, attachment, "subnets")]
    targets = (r.target for s in subnets for r in network.table_of(s).routes)
    return dict.fromkeys(t for t in targets if t is not None and t.kind == "nat_gateway")


RULE = egress_without_way_back
