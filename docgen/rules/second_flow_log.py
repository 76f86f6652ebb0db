# Errors about flow logs that AWS refuses because there is the same one.
"""DGL-203."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.flow_log import FlowLog
from docgen.model import sources as at
from docgen.rules._design import each, what
from docgen.rules._rule import Subject, rule


@rule("DGL-203", severity=Severity.ERROR, source=at.FLOW_LOG_API)
def second_flow_log(subject: Subject) -> Iterator[Finding]:
    """Two flow logs watch the same resource for the same traffic and have the same destination.

    ## Why it matters

    AWS answers `FlowLogAlreadyExists`. With another destination it would take the second one, and each record
    would be written and paid for twice.

    ## Flagged

    ```yaml
    version: 1
    title: The same twice
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        flow_logs:
          one: {log_group_name: /vpc/shop}
          two: {traffic_type: ALL, log_group_name: /vpc/shop}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: One for people, one to keep
    region: ap-south-1
    zones: [a]
    s3_buckets: {archive: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        flow_logs:
          one: {traffic_type: REJECT, log_group_name: /vpc/shop}
          two: {log_destination: archive}
    ```
    """
    network = subject.network
    first: dict[tuple[object, ...], FlowLog] = {}
    for log in each(network, FlowLog):
        destination = log.log_destination.name if log.log_destination else log.log_group_name
        same = (log.watched(network), log.traffic_type or "ALL", destination)
        known = first.setdefault(same, log)
        if known is not log:
            yield Finding(
                log.span,
                f"flow log {network.name(log.key)!r} is the same as {network.name(known.key)!r}: "
                f"{what(network, log.watched(network))}, its traffic and its destination",
                hint="remove one of them",
            )


RULE = second_flow_log
