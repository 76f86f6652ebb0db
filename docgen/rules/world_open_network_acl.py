# Remarks on network ACLs that let administration ports in from everywhere.
"""DGL-06."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from docgen.core.diagnostic import Finding, Severity
from docgen.model import sources as at
from docgen.model.packet import Protocol
from docgen.model.policy import AclAction, NetworkAclEntry
from docgen.rules._design import admits, is_world
from docgen.rules._rule import Subject, rule

_ADMIN = {22: "SSH", 3389: "RDP"}


@rule(
    "DGL-06",
    severity=Severity.WARNING,
    source=at.NETWORK_ACLS,
    related=(
        "Security Hub EC2.21 (Medium)",
        "Prowler ec2_networkacl_allow_ingress_tcp_port_22 (medium)",
        "Prowler ec2_networkacl_allow_ingress_tcp_port_3389 (medium)",
        "Prowler ec2_networkacl_allow_ingress_any_port (high)",
        "Checkov CKV_AWS_231",
        "Checkov CKV_AWS_232",
        "Checkov CKV_AWS_352",
    ),
)
def world_open_network_acl(subject: Subject) -> Iterator[Finding]:
    """A network ACL of one's own lets SSH or RDP in from everywhere.

    ## Why it matters

    Whoever writes an ACL wants a second fence beside the security groups. One that lets the whole
    internet try the administration ports is none. A range for answers (1024-65535) is not reported.

    ## Flagged

    ```yaml
    version: 1
    title: An ACL that lets everything in
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          public: {cidr_block: 10.0.0.0/24, network_acl: public}
        network_acls:
          public:
            ingress: {100: allow all from 0.0.0.0/0}
            egress: {100: allow all to 0.0.0.0/0}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An ACL that lets web traffic and answers in
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          public: {cidr_block: 10.0.0.0/24, network_acl: public}
        network_acls:
          public:
            ingress: {100: allow tcp 443 from 0.0.0.0/0, 110: allow tcp 1024-65535 from 0.0.0.0/0}
            egress: {100: allow all to 0.0.0.0/0}
    ```
    """
    for acl in subject.network.acls.values():
        if acl.default:
            continue
        opened: dict[int, list[str]] = {}
        for (port, service), version in product(_ADMIN.items(), (4, 6)):
            entry = _deciding(acl.ingress, port, version)
            if entry is not None and entry.rule_action is AclAction.ALLOW and not _for_answers(entry):
                opened.setdefault(acl.ingress.index(entry), []).append(service)
        for index, services in opened.items():
            entry = acl.ingress[index]
            yield Finding(
                entry.span,
                f"network ACL {acl.name!r} lets {' and '.join(services)} in from everywhere: "
                f"{entry.rule_number} {entry.text('ingress')}",
                hint="allow the ports that are public, and tcp 1024-65535 for answers",
            )


def _deciding(entries: Sequence[NetworkAclEntry], port: int, version: int) -> NetworkAclEntry | None:
    """The entry that decides on this TCP port for a sender of this family that no narrower entry speaks of."""
    world = (e for e in entries if e.cidr_block.version == version and is_world(e.cidr_block))
    return next((e for e in world if admits(e.protocol, e.ports, Protocol.TCP, port)), None)


def _for_answers(entry: NetworkAclEntry) -> bool:
    return entry.protocol is not Protocol.ALL and entry.ports.first >= 1024 and entry.ports.last >= 60999


RULE = world_open_network_acl
