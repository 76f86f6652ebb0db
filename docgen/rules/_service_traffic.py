# Which declared flows reach an AWS service of their own Region through a NAT gateway.
"""ThroughNat, through_nat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docgen.model.architecture import Flow
from docgen.model.component import Key
from docgen.model.service import is_service
from docgen.routing.service_names import region_of
from docgen.rules._design import own_flows
from docgen.rules._rule import Subject


class ThroughNat(NamedTuple):
    """One flow that does."""

    flow: Flow
    nat: str
    """The NAT gateway's name."""
    service: str
    """`s3`."""
    resource: str
    """The bucket's name."""
    vpc: Key


def through_nat(subject: Subject) -> Iterator[ThroughNat]:
    """Each flow once for each service that it reaches so."""
    network = subject.network
    for flow, report in own_flows(subject):
        told = set()
        for connection in report.connections:
            hops = connection.forward.hops
            reached = network.components.get(hops[-1].component)
            nat = next((h for h in hops if h.component.kind == "nat_gateway"), None)
            if nat is None or not is_service(reached):
                continue
            home = network.get(nat.component)
            if region_of(network, home) == region_of(network, reached) and reached.service_code not in told:
                told.add(reached.service_code)
                vpc = Key("vpc", home.scope)
                yield ThroughNat(flow, nat.name, reached.service_code, network.name(reached.key), vpc)
