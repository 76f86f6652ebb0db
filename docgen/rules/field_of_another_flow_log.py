# Errors about fields that a flow log's records do not have.
"""DGL-202."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.flow_log import FlowLog
from docgen.model import sources as at
from docgen.model.flow_log import FIELDS, TRANSIT_FIELDS
from docgen.rules._design import each, listed, what
from docgen.rules._rule import Subject, rule


@rule("DGL-202", severity=Severity.ERROR, source=at.FLOW_LOG_API)
def field_of_another_flow_log(subject: Subject) -> Iterator[Finding]:
    """A flow log names fields that the records of what it watches do not have.

    ## Why it matters

    Network interfaces and transit gateways write different records: a transit gateway has no `action`, and an
    interface no `packets-lost-no-route`. AWS refuses the format.

    ## Flagged

    ```yaml
    version: 1
    title: A hub that accepts
    region: ap-south-1
    transit_gateways: {hub: {}}
    flow_logs: {hub: {transit_gateway: hub, log_group_name: /hub, log_format: [srcaddr, dstaddr, action]}}
    ```

    ```yaml
    version: 1
    title: A subnet that loses
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        flow_logs:
          app: {subnet: app, log_group_name: /app, log_format: [srcaddr, dstaddr, packets-lost-blackhole]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A hub that loses
    region: ap-south-1
    transit_gateways: {hub: {}}
    flow_logs:
      hub: {transit_gateway: hub, log_group_name: /hub, log_format: [srcaddr, dstaddr, packets-lost-blackhole]}
    ```
    """
    network = subject.network
    for log in each(network, FlowLog):
        known = TRANSIT_FIELDS if log.is_transit(network) else tuple(FIELDS)
        foreign = [name for name in log.log_format if name not in known]
        if foreign:
            yield Finding(
                log.span,
                f"records of {what(network, log.watched(network))} have no {listed(foreign)}",
                hint="remove it from `log_format`",
            )


RULE = field_of_another_flow_log
