# Errors about flow logs of transit gateways that choose their traffic.
"""DGL-200."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.flow_log import FlowLog
from docgen.model import sources as at
from docgen.rules._design import each, what
from docgen.rules._rule import Subject, rule


@rule("DGL-200", severity=Severity.ERROR, source=at.TRANSIT_FLOW_LOGS)
def traffic_type_of_transit_gateway(subject: Subject) -> Iterator[Finding]:
    """A flow log of a transit gateway or an attachment names a traffic type.

    ## Why it matters

    A transit gateway accepts and refuses nothing: it routes, or loses what it has no route for. AWS refuses the
    flow log.

    ## Flagged

    ```yaml
    version: 1
    title: What would a hub refuse?
    region: ap-south-1
    transit_gateways: {hub: {}}
    flow_logs: {hub: {transit_gateway: hub, traffic_type: REJECT, log_group_name: /hub}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Everything that the hub carries, and what it loses
    region: ap-south-1
    transit_gateways: {hub: {}}
    flow_logs: {hub: {transit_gateway: hub, log_group_name: /hub}}
    ```
    """
    network = subject.network
    for log in each(network, FlowLog):
        if log.traffic_type is not None and log.is_transit(network):
            yield Finding(
                log.span,
                f"flow log {network.name(log.key)!r} of {what(network, log.watched(network))} takes no traffic type",
                hint="remove `traffic_type`",
            )


RULE = traffic_type_of_transit_gateway
