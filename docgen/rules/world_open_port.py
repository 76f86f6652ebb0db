# Remarks on security groups that open more than the design's public ports to everyone.
"""DGL-03."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.model import sources as at
from docgen.model.packet import ANY_PORT, PortRange, Protocol
from docgen.model.policy import SecurityGroupRule
from docgen.model.trace import Verdict
from docgen.rules._design import OUTSIDE_KINDS, names_world, own_flows
from docgen.rules._rule import Subject, rule

_WEB = {80, 443}
_ADMIN = {22, 3389}
"""Reported by rules of their own."""


@rule(
    "DGL-03",
    severity=Severity.WARNING,
    source=at.EC2_CONTROLS,
    related=(
        "Security Hub EC2.18 (High)",
        "Security Hub EC2.19 (Critical)",
        "AWS Config vpc-sg-open-only-to-authorized-ports",
        "AWS Config restricted-common-ports",
        "Prowler ec2_securitygroup_allow_ingress_from_internet_to_all_ports (critical)",
        "Prowler ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports (high)",
        "Checkov CKV_AWS_260",
        "Checkov CKV_AWS_277",
    ),
)
def world_open_port(subject: Subject) -> Iterator[Finding]:
    """A security group opens ports to everyone that the design does not mean to be public.

    ## Why it matters

    What the world can reach, the world will try. Ports 80 and 443 are taken as public, and so is
    every port of a flow that comes from outside and is expected to be allowed.

    ## Flagged

    ```yaml
    version: 1
    title: A database port for everyone
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        security_groups:
          db: {ingress: [tcp 3306 from 0.0.0.0/0]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A database port for the application
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        security_groups:
          app: {ingress: [tcp 443 from 0.0.0.0/0]}
          db: {ingress: [tcp 3306 from app]}
    ```
    """
    public = _WEB | _declared_ports(subject)
    for group in subject.network.groups.values():
        for entry in group.ingress:
            if not names_world(subject.network, entry) or not _too_open(entry, public):
                continue
            everything = entry.protocol is Protocol.ALL or entry.ports == ANY_PORT
            what = "every port" if everything else f"{entry.protocol} {entry.ports}"
            yield Finding(
                entry.span,
                f"security group {group.name!r} opens {what} to everyone: {entry.text('ingress')}",
                hint="name the ports that are public; for the rest allow a security group or your own addresses",
            )


def _declared_ports(subject: Subject) -> set[int]:
    """Ports of flows that come from outside and may."""
    ports: set[int] = set()
    for flow, report in own_flows(subject):
        from_outside = report.connections and report.connections[0].source.kind in OUTSIDE_KINDS
        if from_outside and flow.expect is not None and flow.expect.verdict is Verdict.ALLOWED:
            ports.add(flow.port)
    return ports


def _too_open(entry: SecurityGroupRule, public: set[int]) -> bool:
    if entry.protocol is Protocol.ICMP:
        return False
    ports = ANY_PORT if entry.protocol is Protocol.ALL else PortRange(*entry.ports)
    if ports.last - ports.first > len(public) + len(_ADMIN):
        return True
    opened = set(range(ports.first, ports.last + 1))
    return bool(opened - public - _ADMIN)


RULE = world_open_port
