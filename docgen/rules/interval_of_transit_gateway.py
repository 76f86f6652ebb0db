# Errors about flow logs of transit gateways that sum up ten minutes.
"""DGL-201."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.flow_log import FlowLog
from docgen.model import sources as at
from docgen.rules._design import each, what
from docgen.rules._rule import Subject, rule


@rule("DGL-201", severity=Severity.ERROR, source=at.TRANSIT_FLOW_LOGS)
def interval_of_transit_gateway(subject: Subject) -> Iterator[Finding]:
    """A flow log of a transit gateway or an attachment sums up more than 60 seconds.

    ## Why it matters

    60 seconds is the only aggregation interval that AWS takes for them.

    ## Flagged

    ```yaml
    version: 1
    title: Ten minutes of a hub
    region: ap-south-1
    transit_gateways: {hub: {}}
    flow_logs: {hub: {transit_gateway: hub, max_aggregation_interval: 600, log_group_name: /hub}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A minute of a hub
    region: ap-south-1
    transit_gateways: {hub: {}}
    flow_logs: {hub: {transit_gateway: hub, max_aggregation_interval: 60, log_group_name: /hub}}
    ```
    """
    network = subject.network
    for log in each(network, FlowLog):
        if log.max_aggregation_interval == 600 and log.is_transit(network):
            yield Finding(
                log.span,
                f"flow log {network.name(log.key)!r} of {what(network, log.watched(network))} sums up 60 seconds, "
                "not 600",
                hint="remove `max_aggregation_interval`, or write 60",
            )


RULE = interval_of_transit_gateway
