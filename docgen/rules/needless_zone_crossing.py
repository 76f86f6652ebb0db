# Remarks on traffic between zones that could stay in one.
"""DGL-65."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.model import sources as at
from docgen.model.network import Interface, Network
from docgen.model.trace import Connection, FlowReport, Verdict
from docgen.rules._design import own_flows
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-65",
    severity=Severity.INFO,
    source=at.DETAIL_CODES,
    related=("Reachability Analyzer AVAILABILITY_ZONE_CROSSED",),
)
def needless_zone_crossing(subject: Subject) -> Iterator[Finding]:
    """Traffic of an allowed flow crosses zones although its own zone has another of the same.

    ## Why it matters

    What goes between zones is charged in both directions and takes longer, and a client that needs
    two zones fails with either of them. docgen traces who calls whom: it tells where somebody calls a
    member of a group in another zone while one stands in its own, and where a Network Load Balancer
    sends to other zones while its own has targets. An Application Load Balancer is not reported:
    spreading over zones is what it is for.

    ## Flagged

    ```yaml
    version: 1
    title: A cache for each zone, and everybody calls both
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}
        security_groups:
          app: {egress: [tcp 6379 to cache]}
          cache: {ingress: [tcp 6379 from app]}
        instances:
          app: {subnet: app, security_groups: [app]}
          cache: {subnet: app, security_groups: [cache]}
    flows:
      app-asks-cache: {from: app, to: cache, port: 6379, expect: allowed}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A cache for each zone, and everybody calls their own
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}
        security_groups:
          app: {egress: [tcp 6379 to cache]}
          cache: {ingress: [tcp 6379 from app]}
        instances:
          app: {subnet: app, security_groups: [app]}
          cache: {subnet: app, security_groups: [cache]}
    flows:
      app-a-asks-cache: {from: app-a, to: cache-a, port: 6379, expect: allowed}
      app-b-asks-cache: {from: app-b, to: cache-b, port: 6379, expect: allowed}
    ```
    """
    network = subject.network
    told: set[object] = set()
    for flow, report in own_flows(subject):
        if report.verdict is not Verdict.ALLOWED or flow.when.outage:
            continue
        for call in _crossing(network, report):
            balancer = network.get(call.source.owner)
            if isinstance(balancer, LoadBalancer):
                if balancer.key not in told:
                    told.add(balancer.key)
                    yield _of_balancer(network, balancer, call)
            elif flow.id not in told:
                told.add(flow.id)
                yield Finding(
                    flow.span,
                    f"flow {flow.id!r} goes from {network.name(call.source.owner)!r} in {call.source.zone} to "
                    f"{network.name(call.far.owner)!r} in {call.far.zone}, and {network.name(call.near.owner)!r} "
                    "stands in its own zone",
                    hint="let clients call the member of their own zone, by a name for each zone for example",
                )


def _of_balancer(network: Network, balancer: LoadBalancer, call: _Call) -> Finding:
    return Finding(
        balancer.span,
        f"{network.name(balancer.key)!r} sends from {call.source.zone} to {network.name(call.far.owner)!r} in "
        f"{call.far.zone}, and {network.name(call.near.owner)!r} stands in its own zone",
        hint="leave `cross_zone` off where each zone has targets enough",
    )


class _Call(NamedTuple):
    source: Interface
    far: Interface
    """Whom it calls in another zone."""
    near: Interface
    """Who could have been called instead."""


def _crossing(network: Network, report: FlowReport) -> Iterator[_Call]:
    """Connections to another zone, of a source that opens the like in its own zone in the same flow."""
    near: dict[tuple[object, ...], Interface] = {}
    ends = [(c, e) for c in report.connections if (e := _ends(network.interfaces, c)) is not None]
    for connection, (source, end) in ends:
        if _alike(network, source, end):
            near.setdefault(_choice(network, connection, source, end), end)
    for connection, (source, end) in ends:
        instead = near.get(_choice(network, connection, source, end))
        if _alike(network, source, end) is False and instead is not None:
            yield _Call(source, end, instead)


def _alike(network: Network, one: Interface, other: Interface) -> bool | None:
    """Whether two interfaces stand in one zone; None where that is not known, between accounts."""
    return network.same_zone((one.vpc, one.zone), (other.vpc, other.zone))


def _ends(interfaces: Mapping[str, Interface], connection: Connection) -> tuple[Interface, Interface] | None:
    """Both interfaces of a connection inside the network."""
    hops = connection.forward.hops
    if connection.verdict is not Verdict.ALLOWED or not hops:
        return None
    source, end = interfaces.get(hops[0].interface), interfaces.get(hops[-1].interface)
    return None if source is None or end is None or not source.zone or not end.zone else (source, end)


def _choice(network: Network, connection: Connection, source: Interface, end: Interface) -> tuple[object, ...]:
    """What makes two connections alike: the same question of one load balancer's node, or one group's members."""
    owner, caller = network.get(end.owner), network.get(source.owner)
    if isinstance(caller, LoadBalancer):
        return (source.id, connection.parent) if caller.is_network else (source.id, end.id)
    if owner.kind in ("instance", "network_interface") and owner.group != owner.id:
        return (source.id, owner.kind, owner.scope, owner.group)
    return (source.id, end.id)


RULE = needless_zone_crossing
