# Remarks on security group rules that name a group which nobody carries.
"""DGL-143."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.model import sources as at
from docgen.rules._rule import Subject, rule


@rule("DGL-143", severity=Severity.WARNING, source=at.SECURITY_GROUP_RULES)
def group_without_members(subject: Subject) -> Iterator[Finding]:
    """A security group rule names a group that no interface carries.

    ## Why it matters

    A rule that names a group stands for the private addresses of its members. Without members it
    lets nobody in, though it reads as if it did.

    ## Flagged

    ```yaml
    version: 1
    title: A rule for a group without members
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
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A rule for a group with members
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
        instances:
          app: {subnet: app, security_groups: [app]}
          proxy: {subnet: app, security_groups: [edge]}
    ```
    """
    network = subject.network
    for group in network.groups.values():
        if not group.interfaces:
            continue  # unused itself: unused_resource says so
        for direction, rules, named in (
            ("ingress", group.ingress, group.ingress_groups),
            ("egress", group.egress, group.egress_groups),
        ):
            for entry, key in zip(rules, named, strict=True):
                if key is None or key not in network.groups or network.groups[key].interfaces:
                    continue
                yield Finding(
                    entry.span,
                    f"the rule `{entry.text(direction)}` of security group {group.name!r} matches nobody: no "
                    f"interface carries {network.name(key)!r}",
                    hint=f"give {network.name(key)!r} to the component that is meant, or name another group",
                    notes=(Note(network.get(key).span, f"{network.name(key)!r} is declared here"),)
                    if network.get(key).span.file
                    else (),
                )


RULE = group_without_members
