# Remarks on targets whose security groups keep their load balancer out.
"""DGL-141."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.model import sources as at
from docgen.model.network import Interface, Network
from docgen.model.packet import Protocol
from docgen.rules._design import admits, each, listed, referred
from docgen.rules._rule import Subject, rule


@rule("DGL-141", severity=Severity.WARNING, source=at.ALB_TROUBLES)
def target_port_not_allowed(subject: Subject) -> Iterator[Finding]:
    """A target's security groups do not let its load balancer in on the target port.

    ## Why it matters

    Requests and health checks come from the load balancer's own addresses. A target that refuses
    them counts as unhealthy, and clients get an error from the load balancer.

    ## Flagged

    ```yaml
    version: 1
    title: A target that lets clients in, but not the load balancer
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
          app: {ingress: [tcp 80 from edge]}
        load_balancers:
          edge: {scheme: internal, subnets: [app], security_groups: [edge], listeners: {443: {app: 8080}}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A target that lets the load balancer in
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
          app: {ingress: [tcp 8080 from edge]}
        load_balancers:
          edge: {scheme: internal, subnets: [app], security_groups: [edge], listeners: {443: {app: 8080}}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    network = subject.network
    for balancer in each(network, LoadBalancer):
        nodes = network.interfaces_of(balancer.key)
        for listener in balancer.listeners:
            for target in listener.targets:
                for _, key in referred(network, balancer.scope, target, "target"):
                    interfaces = network.interfaces_of(key)
                    if not nodes or not interfaces or _lets_in(network, interfaces[0], nodes, target.port):
                        continue
                    groups = interfaces[0].groups or ()
                    yield Finding(
                        target.span if target.span.file else balancer.span,
                        f"target {network.name(key)!r} does not let load balancer "
                        f"{network.name(balancer.key)!r} in on port {target.port}: no rule of "
                        f"{listed(map(network.name, groups)) if groups else 'its groups'} allows it",
                        hint=f"add an ingress rule such as `tcp {target.port} from "
                        f"{nodes[0].groups[0].path.rpartition('/')[2] if nodes[0].groups else '10.0.0.0/16'}`",
                        notes=(Note(network.get(key).span, f"{network.name(key)!r} is declared here"),),
                    )


def _lets_in(network: Network, target: Interface, nodes: tuple[Interface, ...], port: int) -> bool:
    """Whether any node may call the target on that port."""
    for key in target.groups or ():
        group = network.groups.get(key)
        for entry, named in zip(group.ingress, group.ingress_groups, strict=True) if group else ():
            if not admits(entry.protocol, entry.ports, Protocol.TCP, port):
                continue
            if any(
                (entry.cidr is not None and node.private_ip in entry.cidr)
                or (named is not None and named in (node.groups or ()))
                for node in nodes
            ):
                return True
    return False


RULE = target_port_not_allowed
