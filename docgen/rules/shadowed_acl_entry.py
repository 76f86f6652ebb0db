# Remarks on network ACL entries that never decide anything.
"""DGL-138."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.core.prefixes import within
from docgen.model import sources as at
from docgen.model.packet import Protocol
from docgen.model.policy import NetworkAclEntry
from docgen.rules._rule import Subject, rule


@rule("DGL-138", severity=Severity.WARNING, source=at.NETWORK_ACLS)
def shadowed_acl_entry(subject: Subject) -> Iterator[Finding]:
    """An entry of a network ACL can never match, because one before it matches first.

    ## Why it matters

    The lowest number that matches decides, also where a later entry says the opposite. An entry
    behind a wider one has no effect, and whoever wrote it believes that it has.

    ## Flagged

    ```yaml
    version: 1
    title: A deny that comes too late
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          data: {cidr_block: 10.0.20.0/24, network_acl: data}
        network_acls:
          data:
            ingress: {100: allow tcp 3306 from 10.0.0.0/16, 110: deny tcp 3306 from 10.0.99.0/24}
            egress: {100: allow tcp 1024-65535 to 10.0.0.0/16}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A deny before the allow
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          data: {cidr_block: 10.0.20.0/24, network_acl: data}
        network_acls:
          data:
            ingress: {90: deny tcp 3306 from 10.0.99.0/24, 100: allow tcp 3306 from 10.0.0.0/16}
            egress: {100: allow tcp 1024-65535 to 10.0.0.0/16}
    ```
    """
    for acl in subject.network.acls.values():
        for direction, entries in (("ingress", acl.ingress), ("egress", acl.egress)):
            for index, entry in enumerate(entries):
                before = next((e for e in entries[:index] if _takes_all_of(e, entry)), None)
                if before is None or before.rule_number == entry.rule_number:
                    continue
                yield Finding(
                    entry.span,
                    f"entry {entry.rule_number} of network ACL {acl.name!r} ({entry.text(direction)}) never "
                    f"decides: {before.rule_number} ({before.text(direction)}) comes first",
                    hint=f"give it a number below {before.rule_number}, or remove it",
                    notes=(Note(before.span, f"entry {before.rule_number} is declared here"),),
                )


def _takes_all_of(wide: NetworkAclEntry, narrow: NetworkAclEntry) -> bool:
    if not within(narrow.cidr_block, wide.cidr_block):
        return False
    if wide.protocol is Protocol.ALL:
        return True
    return wide.protocol is narrow.protocol and wide.ports.covers(narrow.ports)


RULE = shadowed_acl_entry
