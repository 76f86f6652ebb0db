# Remarks on targets whose security groups keep their load balancer out.
"""DGL-141."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.core.span import Span
from docgen.kinds.load_balancer import LoadBalancer
from docgen.model import sources as at
from docgen.model.network import Interface, Network
from docgen.model.packet import Protocol
from docgen.rules._design import admits, by_place, each, listed, targets_behind, verb, written
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
        refused = (
            (span, (member.port, member.interface))
            for listener in balancer.listeners
            for span, member, _ in targets_behind(network, balancer, listener)
            if nodes
            and member.interface is not None
            and member.interface.groups is not None
            and not _lets_in(network, member.interface, nodes, member.port)
        )
        for span, found in by_place(refused):
            yield _finding(network, balancer, span, found)


def _finding(network: Network, balancer: LoadBalancer, span: Span, found: list[tuple[int, Interface]]) -> Finding:
    """One remark for the targets that one line of the definition registers."""
    port = found[0][0]
    owners = list(dict.fromkeys(interface.owner for _, interface in found))
    groups = list(dict.fromkeys(group for _, interface in found for group in interface.groups or ()))
    carried = next((g for node in network.interfaces_of(balancer.key) for g in node.groups or ()), None)
    wanted = network.get(carried).id if carried else f"{network.interfaces_of(balancer.key)[0].private_ip}/32"
    return Finding(
        span,
        f"{listed(map(network.name, owners))} {verb(len(owners), 'does', 'do')} not let load balancer "
        f"{network.name(balancer.key)!r} in on port {port}: no rule of "
        f"{listed(map(network.name, groups)) if groups else 'any group'} allows it",
        hint=f"add an ingress rule such as `tcp {port} from {wanted}`",
        notes=tuple(
            Note(network.get(group).span, f"security group {network.name(group)!r} is declared here")
            for group in groups
            if written(network.get(group))
        ),
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
