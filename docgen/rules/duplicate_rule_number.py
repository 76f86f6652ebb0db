# Reports network ACLs with two entries of one number.
"""DGL-116."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.network_acl import NetworkAcl
from docgen.model import sources as at
from docgen.model.policy import NetworkAclEntry
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-116", severity=Severity.ERROR, source=at.NETWORK_ACLS)
def duplicate_rule_number(subject: Subject) -> Iterator[Finding]:
    """Two entries of a network ACL have the same number and direction.

    ## Why it matters

    Entries are tried in the order of their numbers, so a number stands once in each direction;
    AWS refuses the second.

    ## Flagged

    ```yaml
    version: 1
    title: Two entries called 100
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          data: {cidr_block: 10.0.20.0/24, network_acl: data}
        network_acls:
          data:
            ingress:
              - {rule_number: 100, rule_action: allow, protocol: tcp, ports: 3306, cidr_block: 10.0.10.0/24}
              - {rule_number: 100, rule_action: allow, protocol: tcp, ports: 5432, cidr_block: 10.0.10.0/24}
            egress: {100: allow tcp 1024-65535 to 10.0.10.0/24}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A number for each entry
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          data: {cidr_block: 10.0.20.0/24, network_acl: data}
        network_acls:
          data:
            ingress: {100: allow tcp 3306 from 10.0.10.0/24, 110: allow tcp 5432 from 10.0.10.0/24}
            egress: {100: allow tcp 1024-65535 to 10.0.10.0/24}
    ```
    """
    for acl in each(subject.network, NetworkAcl):
        for direction, entries in (("ingress", acl.ingress), ("egress", acl.egress)):
            first: dict[int, NetworkAclEntry] = {}
            for entry in entries:
                other = first.setdefault(entry.rule_number, entry)
                if other is not entry:
                    yield Finding(
                        entry.span.or_else(acl.span),
                        f"network ACL {subject.network.name(acl.key)!r} has two {direction} entries with number "
                        f"{entry.rule_number}",
                        hint="give one of them another number; steps of ten leave room",
                        notes=(Note(other.span, "the first one is declared here"),),
                    )


RULE = duplicate_rule_number
