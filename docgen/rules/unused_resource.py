# Remarks on security groups, network ACLs and Elastic IPs that serve nothing.
"""DGL-63."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.kinds.network_interface import NetworkInterface
from docgen.kinds.target_group import TargetGroup
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.rules._design import each, referred, registered
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-63",
    severity=Severity.INFO,
    source=at.EC2_CONTROLS,
    related=(
        "Security Hub EC2.16 (Low)",
        "Security Hub EC2.12 (Low)",
        "Security Hub EC2.22 (retired)",
        "Prowler ec2_networkacl_unused (low)",
        "Prowler ec2_securitygroup_not_used (low)",
        "Prowler ec2_elastic_ip_unassigned (low)",
        "Checkov CKV2_AWS_1",
        "Checkov CKV2_AWS_5",
        "Checkov CKV2_AWS_19",
    ),
)
def unused_resource(subject: Subject) -> Iterator[Finding]:
    """A security group, network ACL or Elastic IP is used by nothing.

    ## Why it matters

    A policy that nothing carries protects nothing, and a reader believes that it does. A group that
    another group's rule names counts as used, and so does one called `default`. An Elastic IP is
    billed by the hour, also on a network interface that no instance, route, target, name or flow uses.

    ## Flagged

    ```yaml
    version: 1
    title: A group that nobody carries
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        security_groups:
          app: {ingress: [tcp 8080 from 10.0.0.0/16]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A group in use
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          app: {ingress: [tcp 8080 from 10.0.0.0/16]}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    network = subject.network
    named = {
        other
        for g in network.groups.values()
        for other in (*g.ingress_groups, *g.egress_groups)
        if other is not None and other != g.key
    }
    for group in network.groups.values():
        component = network.get(group.key)
        if not (group.implicit or group.interfaces or group.key in named or component.id == "default"):
            yield Finding(
                component.span,
                f"no interface carries security group {group.name!r}, and no rule names it",
                hint="give it to a component, or remove it",
            )
    for acl in network.acls.values():
        if not (acl.implicit or acl.subnets or acl.default):
            yield Finding(
                network.get(acl.key).span,
                f"no subnet uses network ACL {acl.name!r}",
                hint=f"set `network_acl: {network.get(acl.key).id}` on a subnet, or remove it",
            )
    busy = _busy(subject)
    for interface in each(network, NetworkInterface):
        if interface.elastic_ip and interface.attachment is None and interface.key not in busy:
            yield Finding(
                interface.span,
                f"network interface {network.name(interface.key)!r} has an Elastic IP and serves nothing",
                hint="add `attachment:` with its instance, or remove the Elastic IP",
            )


def _busy(subject: Subject) -> frozenset[Key]:
    """Everything that a route, a target, a record or a flow leads to."""
    network = subject.network
    found = {r.target for t in network.route_tables.values() for r in t.routes if r.target is not None}
    holders: list[LoadBalancer | TargetGroup] = [*each(network, LoadBalancer), *each(network, TargetGroup)]
    for component in holders:
        for target in registered(component):
            found.update(key for _, key in referred(network, component.scope, target, "target"))
    for zone in network.of_kind("hosted_zone"):
        for record in getattr(zone, "records", ()):
            found.update(key for _, key in referred(network, zone.scope, record, "a"))
    for report in subject.reports.values():
        for connection in report.connections:
            found.update(k for k in (connection.source, connection.destination) if k is not None)
    return frozenset(found)


RULE = unused_resource
