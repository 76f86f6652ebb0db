# Remarks on instances with a public address that nobody outside is meant to reach.
"""DGL-08."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.instance import Instance
from docgen.model import sources as at
from docgen.rules._design import by_place, each, forwarders, internet_facing, listed, verb
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-08",
    severity=Severity.WARNING,
    source=at.IP_ADDRESSING,
    related=(
        "Security Hub EC2.9 (High)",
        "Security Hub EC2.25 (High)",
        "Security Hub ECS.2 (High)",
        "Prowler ec2_instance_public_ip (medium)",
        "Prowler ec2_launch_template_no_public_ip (high)",
        "Checkov CKV_AWS_88",
        "Checkov CKV_AWS_333",
    ),
)
def needless_public_address(subject: Subject) -> Iterator[Finding]:
    """An instance has a public address although nobody outside is meant to reach it.

    ## Why it matters

    Only the security group then stands between it and the internet. To reach out a private
    instance uses a NAT gateway. Flows from outside that are expected to be allowed, DNS records and
    routes to the instance count as a need; a design without flows is not judged.

    ## Flagged

    ```yaml
    version: 1
    title: A worker with a public address
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          worker: {ingress: []}
        instances:
          worker: {subnet: public, elastic_ip: true, security_groups: [worker]}
    flows:
      worker-calls-out: {from: worker, to: internet, protocol: tcp, port: 443, expect: allowed}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A web server with a public address
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          web: {ingress: [tcp 443 from 0.0.0.0/0]}
        instances:
          web: {subnet: public, elastic_ip: true, security_groups: [web]}
    flows:
      shopper-opens-page: {from: internet, to: web, protocol: tcp, port: 443, expect: allowed}
    ```
    """
    network = subject.network
    if not network.architecture.flows:
        return
    needed = internet_facing(subject) | forwarders(network)
    needless = (
        (instance.span, instance)
        for instance in each(network, Instance)
        if (instance.elastic_ip or instance.public_ip_address or instance.associate_public_ip_address)
        and instance.key not in needed
    )
    for span, instances in by_place(needless):
        have = verb(len(instances), "has", "have")
        yield Finding(
            span,
            f"{listed(network.name(i.key) for i in instances)} {have} a public address, and nothing outside is "
            "meant to get there",
            hint="keep it private; a NAT gateway lets it open connections to the internet",
        )


RULE = needless_public_address
