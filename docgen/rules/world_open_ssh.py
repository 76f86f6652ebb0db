# Remarks on security groups that open SSH to everyone.
"""DGL-01."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.model import sources as at
from docgen.model.packet import ANY_PORT, Protocol
from docgen.rules._design import admits, names_world
from docgen.rules._rule import Subject, rule

_PORT = 22


@rule(
    "DGL-01",
    severity=Severity.WARNING,
    source=at.EC2_CONTROLS,
    related=(
        "Security Hub EC2.13 (High)",
        "Security Hub EC2.53",
        "Security Hub EC2.54",
        "AWS Config restricted-ssh",
        "Prowler ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22 (high)",
        "Prowler ec2_instance_port_ssh_exposed_to_internet (critical)",
        "Checkov CKV_AWS_24",
        "CIS AWS Foundations 6.0 6.3",
        "CIS AWS Foundations 6.0 6.4",
    ),
)
def world_open_ssh(subject: Subject) -> Iterator[Finding]:
    """A security group lets everyone connect by SSH.

    ## Why it matters

    Machines on the internet try passwords and old weaknesses on every open SSH port, day and night.

    ## Flagged

    ```yaml
    version: 1
    title: SSH for everyone
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        security_groups:
          admin: {ingress: [tcp 22 from 0.0.0.0/0]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: SSH for one office
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        security_groups:
          admin: {ingress: [tcp 22 from 203.0.113.0/28]}
    ```
    """
    for group in subject.network.groups.values():
        for entry in group.ingress:
            if not names_world(subject.network, entry) or not admits(
                entry.protocol, entry.ports, Protocol.TCP, _PORT
            ):
                continue
            if entry.protocol is Protocol.ALL or entry.ports == ANY_PORT:
                continue  # every port: world_open_port says so
            yield Finding(
                entry.span,
                f"security group {group.name!r} lets everyone connect by SSH: {entry.text('ingress')}",
                hint="allow your own addresses only, or use Session Manager and no port at all",
            )


RULE = world_open_ssh
