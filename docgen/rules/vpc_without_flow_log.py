# Remarks on VPCs whose refused packets leave no trace.
"""DGL-62."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.flow_log import FlowLog
from docgen.kinds.vpc import Vpc
from docgen.model import sources as at
from docgen.rules._design import each, listed, verb
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-62",
    severity=Severity.INFO,
    source=at.FLOW_LOGS,
    related=(
        "Security Hub EC2.6 (Medium)",
        "AWS Config vpc-flow-logs-enabled",
        "Prowler vpc_flow_logs_enabled (medium)",
        "Checkov CKV2_AWS_11",
        "Well-Architected SEC04-BP01",
    ),
)
def vpc_without_flow_log(subject: Subject) -> Iterator[Finding]:
    """A VPC with something in it has no flow log that takes what is refused.

    ## Why it matters

    What a security group or network ACL refuses is written down nowhere else: without a flow log nobody sees who
    knocks, or why an answer does not come. Told once for a definition, and as a remark: a design need not say who
    watches it. A flow log on every subnet that is used does as well.

    ## Flagged

    ```yaml
    version: 1
    title: Nobody watches, and nobody sees refusals
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        instances: {app: {subnet: app}}
      data:
        cidr_block: 10.1.0.0/16
        subnets: {db: {cidr_block: 10.1.10.0/24}}
        instances: {db: {subnet: db}}
        flow_logs: {accepted: {traffic_type: ACCEPT, log_group_name: /vpc/data}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Refusals go to a log group
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        instances: {app: {subnet: app}}
        flow_logs: {refused: {traffic_type: REJECT, log_group_name: /vpc/shop}}
    ```
    """
    network = subject.network
    watched = {log.watched(network) for log in each(network, FlowLog) if log.takes("REJECT")}
    used = {(i.vpc, i.subnet) for i in network.interfaces.values()}
    unwatched = [
        vpc
        for vpc in each(network, Vpc)
        if vpc.key not in watched and any(v == vpc.key and subnet not in watched for v, subnet in used)
    ]
    if unwatched:
        many = len(unwatched)
        yield Finding(
            unwatched[0].span,
            f"{verb(many, 'VPC', 'VPCs')} {listed(v.id for v in unwatched)} {verb(many, 'has', 'have')} no flow log: "
            "what is refused there is written down nowhere",
            hint="add `flow_logs: {refused: {traffic_type: REJECT, log_group_name: /vpc/...}}` to it",
        )


RULE = vpc_without_flow_log
