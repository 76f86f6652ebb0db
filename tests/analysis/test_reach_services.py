"""Who reaches a service's resource: by its public address, a gateway endpoint, or an interface endpoint."""

from __future__ import annotations

import pytest

from docgen.analysis.reach import Outcome, reach
from docgen.model.component import Key
from tests.routing.cases import network_with

DNS_ON = "enable_dns_support: true, enable_dns_hostnames: true"
NO_WAY_OUT = "route_tables: {rt-app: {0.0.0.0/0: }}"
QUEUE = "vpc_endpoints: {queue: {service: sqs, subnets: [app-a], security_groups: [sg-web]}}"
TOP = "{s3_buckets: {logs: {}}, sqs_queues: {orders: {}}}"


@pytest.mark.parametrize(
    ("expected", "changes", "resource"),
    [
        pytest.param(False, f"{{{NO_WAY_OUT}}}", "sqs_queue:orders", id="no-way"),
        pytest.param(True, f"{{{NO_WAY_OUT}, {QUEUE}, {DNS_ON}}}", "sqs_queue:orders", id="interface-endpoint"),
        pytest.param(False, f"{{{NO_WAY_OUT}}}", "s3_bucket:logs", id="no-way-to-s3"),
        pytest.param(
            True,
            f"{{{NO_WAY_OUT}, vpc_endpoints: {{s3: {{service: s3, route_tables: [rt-app]}}}}}}",
            "s3_bucket:logs",
            id="gateway-endpoint",
        ),
    ],
)
def test_app_reaches_the_resource(expected: bool, changes: str, resource: str) -> None:
    """Where an endpoint is the only way, reach finds it."""
    found = reach(network_with(changes, TOP), to=[Key(*resource.split(":"))])

    reaching = {r.source_name for r in found.results if r.outcome is Outcome.CONNECTS}
    assert ("app" in reaching) is expected, reaching
