# Remarks on Auto Scaling groups and Lambda functions that one zone takes down.
"""DGL-24."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.auto_scaling_group import AutoScalingGroup
from docgen.kinds.lambda_function import LambdaFunction
from docgen.model import sources as at
from docgen.rules._design import each, subnets_of, what
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-24",
    severity=Severity.WARNING,
    source=at.FAULT_TOLERANCE_CHECKS,
    related=(
        "Security Hub AutoScaling.2 (Medium)",
        "Security Hub Lambda.5 (Medium)",
        "Prowler autoscaling_group_multiple_az (medium)",
        "Prowler awslambda_function_vpc_multi_az (medium)",
    ),
)
def workload_in_one_zone(subject: Subject) -> Iterator[Finding]:
    """An Auto Scaling group, or a Lambda function in a VPC, stands in one zone.

    ## Why it matters

    When that zone fails all instances fail, and there is no subnet left in which new ones could start. A function
    without an interface in a zone that works is not run at all.

    ## Flagged

    ```yaml
    version: 1
    title: A fleet in one zone
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
          app: {ingress: [tcp 8443 from edge]}
        auto_scaling_groups:
          app: {subnets: [app-a], desired_capacity: 4, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A fleet in two zones
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          edge: {ingress: [tcp 443 from 10.0.0.0/16]}
          app: {ingress: [tcp 8443 from edge]}
        auto_scaling_groups:
          app: {subnets: [app], desired_capacity: 4, security_groups: [app]}
    ```
    """
    network = subject.network
    for workload in (*each(network, AutoScalingGroup), *each(network, LambdaFunction)):
        zones = {s.availability_zone for _, s in subnets_of(network, workload)}
        if len(zones) == 1:
            yield Finding(
                workload.span,
                f"{what(network, workload.key)} has subnets in {zones.pop()} only",
                hint="add a subnet of another zone",
            )


RULE = workload_in_one_zone
