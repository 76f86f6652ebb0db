# Reports subnets that two network ACLs claim.
"""DGL-134."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.core.span import Span
from docgen.kinds.network_acl import NetworkAcl
from docgen.kinds.subnet import Subnet
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.rules._design import each, referred
from docgen.rules._rule import Subject, rule


@rule("DGL-134", severity=Severity.ERROR, source=at.NETWORK_ACLS)
def several_network_acls(subject: Subject) -> Iterator[Finding]:
    """Two network ACLs claim the same subnet.

    ## Why it matters

    A subnet has exactly one network ACL. It may name the ACL, or the ACL its subnets, but both
    have to agree.

    ## Flagged

    ```yaml
    version: 1
    title: Two ACLs for one subnet
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          data: {cidr_block: 10.0.20.0/24, network_acl: strict}
        network_acls:
          strict:
            ingress: {100: allow tcp 3306 from 10.0.10.0/24}
            egress: {100: allow tcp 1024-65535 to 10.0.10.0/24}
          open:
            ingress: {100: allow all from 10.0.0.0/16}
            egress: {100: allow all to 10.0.0.0/16}
            subnets: [data]
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One ACL for one subnet
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          data: {cidr_block: 10.0.20.0/24}
        network_acls:
          strict:
            ingress: {100: allow tcp 3306 from 10.0.10.0/24}
            egress: {100: allow tcp 1024-65535 to 10.0.10.0/24}
            subnets: [data]
    ```
    """
    network = subject.network
    claims: dict[Key, list[tuple[Key, Span]]] = {}
    for subnet in each(network, Subnet):
        for ref, acl in referred(network, subnet.scope, subnet, "network_acl"):
            claims.setdefault(subnet.key, []).append((acl, ref.span))
    for component in each(network, NetworkAcl):
        for ref, key in referred(network, component.scope, component, "subnets"):
            claims.setdefault(key, []).append((component.key, ref.span))
    for key, claimed in claims.items():
        (first, span), *more = claimed
        for acl, other in more:
            if acl != first:
                yield Finding(
                    other if other.file else network.get(acl).span,
                    f"subnet {network.name(key)!r} has two network ACLs, {network.name(first)!r} and "
                    f"{network.name(acl)!r}",
                    hint="keep one of them",
                    notes=(Note(span.or_else(network.get(first).span), "the first is named here"),),
                )


RULE = several_network_acls
