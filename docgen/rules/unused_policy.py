# Remarks on security groups and network ACLs that apply to nothing.
"""DGL-63."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.model import sources as at
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
def unused_policy(subject: Subject) -> Iterator[Finding]:
    """A security group or network ACL is used by nothing.

    ## Why it matters

    It protects nothing, and a reader believes that it does. A group that another group's rule
    names counts as used, and so does one called `default`.

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


RULE = unused_policy
