# Remarks on interfaces that carry the VPC's default security group.
"""DGL-05."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.model import sources as at
from docgen.rules._design import counted, listed
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-05",
    severity=Severity.WARNING,
    source=at.DEFAULT_SECURITY_GROUP,
    related=(
        "Security Hub EC2.2 (High)",
        "Prowler ec2_securitygroup_default_restrict_traffic (high)",
        "Checkov CKV2_AWS_12",
    ),
)
def default_security_group(subject: Subject) -> Iterator[Finding]:
    """Components use the VPC's default security group.

    ## Why it matters

    Whatever names no group gets the default one, whose members may all talk to each other on every
    port. A group that says what a component is for is safer, and says more to a reader.

    ## Flagged

    ```yaml
    version: 1
    title: A server without a group of its own
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        instances:
          app: {subnet: app}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A server with a group
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
    for group in network.groups.values():
        if not group.key.path.endswith("/default") or not group.interfaces:
            continue
        owners = list(dict.fromkeys(network.interfaces[i].owner for i in group.interfaces))
        yield Finding(
            network.get(owners[0]).span,
            f"{counted(len(owners), 'component')} of VPC {network.get(group.key).scope!r} "
            f"use{'s' if len(owners) == 1 else ''} the default security group: "
            f"{listed(network.name(o) for o in owners)}",
            hint="give each its own group with the ports it serves: `security_groups: [app]`",
        )


RULE = default_security_group
