# Remarks on primaries that are always healthy.
"""DGL-184."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.hosted_zone import HostedZone
from docgen.model import sources as at
from docgen.model.records import Failover
from docgen.rules._design import each
from docgen.rules._names import place, record_sets
from docgen.rules._rule import Subject, rule


@rule("DGL-184", severity=Severity.WARNING, source=at.ROUTE53_FAILOVER)
def failover_without_health_check(subject: Subject) -> Iterator[Finding]:
    """A primary failover record has neither a health check nor evaluates the health of its target.

    ## Why it matters

    Route 53 takes a record that nothing watches for healthy: the primary answers for ever, and the secondary
    never does.

    ## Flagged

    ```yaml
    version: 1
    title: A primary that nothing watches
    hosted_zones:
      example.com:
        www:
          - {a: [198.51.100.7], failover: primary}
          - {a: [198.51.100.8], failover: secondary}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A primary with a health check
    hosted_zones:
      example.com:
        www:
          - {a: [198.51.100.7], failover: primary, health_check: true}
          - {a: [198.51.100.8], failover: secondary}
    ```
    """
    for zone in each(subject.network, HostedZone):
        for name, records in record_sets(zone):
            for record in records:
                watched = record.health_check or record.evaluate_target_health
                if record.failover is Failover.PRIMARY and not watched:
                    cure = "evaluate_target_health" if record.is_alias else "health_check"
                    yield Finding(
                        place(zone, record),
                        f"nothing watches the primary of {name}: the secondary never answers",
                        hint=f"write `{cure}: true`",
                    )


RULE = failover_without_health_check
