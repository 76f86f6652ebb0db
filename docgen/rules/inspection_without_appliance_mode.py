# Remarks on inspection VPCs that break connections between zones.
"""DGL-32."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.instance import Instance
from docgen.kinds.transit_gateway_vpc_attachment import TransitGatewayVpcAttachment
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.rules._design import each, listed, referred
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-32",
    severity=Severity.WARNING,
    source=at.TRANSIT_GATEWAY_APPLIANCE,
    related=("Reachability Analyzer TRANSIT_GATEWAY_APPLIANCE_MODE_RECOMMENDED",),
)
def inspection_without_appliance_mode(subject: Subject) -> Iterator[Finding]:
    """An attachment leads to appliances in several zones, and its appliance mode is off.

    ## Why it matters

    Without appliance mode a transit gateway keeps each packet in its sender's zone. Between hosts of two zones the
    question meets one appliance and the answer the other, which knows of no connection and drops it.

    ## Flagged

    ```yaml
    version: 1
    title: Firewalls that see half of a connection
    region: ap-south-1
    zones: [a, b]
    transit_gateways: {hub: {}}
    vpcs:
      inspection:
        cidr_block: 10.2.0.0/16
        subnets:
          firewall: {cidr_blocks: [10.2.30.0/24, 10.2.31.0/24], route_table: firewall}
          hub: {cidr_blocks: [10.2.99.0/28, 10.2.99.16/28], route_table: incoming}
        route_tables:
          firewall: {10.0.0.0/8: hub}
          incoming: {10.0.0.0/8: firewall}
        instances: {firewall: {subnet: firewall, source_dest_check: false}}
        transit_gateway_attachments:
          inspection: {transit_gateway: hub, subnets: [inspection/hub]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Firewalls that see both halves
    region: ap-south-1
    zones: [a, b]
    transit_gateways: {hub: {}}
    vpcs:
      inspection:
        cidr_block: 10.2.0.0/16
        subnets:
          firewall: {cidr_blocks: [10.2.30.0/24, 10.2.31.0/24], route_table: firewall}
          hub: {cidr_blocks: [10.2.99.0/28, 10.2.99.16/28], route_table: incoming}
        route_tables:
          firewall: {10.0.0.0/8: hub}
          incoming: {10.0.0.0/8: firewall}
        instances: {firewall: {subnet: firewall, source_dest_check: false}}
        transit_gateway_attachments:
          inspection: {transit_gateway: hub, subnets: [inspection/hub], appliance_mode_support: true}
    ```
    """
    network = subject.network
    for attachment in each(network, TransitGatewayVpcAttachment):
        subnets = [key for _, key in referred(network, attachment.scope, attachment, "subnets")]
        if attachment.appliance_mode_support or len({network.zone_of(s) for s in subnets}) < 2:
            continue
        targets = (r.target for s in subnets for r in network.table_of(s).routes if r.target is not None)
        appliances = list(dict.fromkeys(t for t in targets if _keeps_state(network, t)))
        if len({network.zone_of(a) for a in appliances}) > 1:
            yield Finding(
                attachment.span,
                f"attachment {network.name(attachment.key)!r} leads to {listed(map(network.name, appliances))} in "
                "several zones without appliance mode: answers may come to another appliance than questions",
                hint="write `appliance_mode_support: true`",
            )


def _keeps_state(network: Network, target: Key) -> bool:
    """Whether a route's target is an appliance; one that translates gets its answers by its own address."""
    component = network.get(target)
    if isinstance(component, Instance):
        return component.forwards != "nat"
    return target.kind in ("network_interface", "gateway_load_balancer_endpoint")


RULE = inspection_without_appliance_mode
