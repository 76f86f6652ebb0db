# Remarks on failover records that stand alone.
"""DGL-182."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.hosted_zone import HostedZone
from docgen.model import sources as at
from docgen.model.records import Failover
from docgen.rules._design import each
from docgen.rules._names import place, record_sets
from docgen.rules._rule import Subject, rule


@rule("DGL-182", severity=Severity.WARNING, source=at.ROUTE53_FAILOVER)
def failover_without_secondary(subject: Subject) -> Iterator[Finding]:
    """A name has a primary failover record and no secondary, or a secondary and no primary.

    ## Why it matters

    Failover is a pair: while the primary is unhealthy the secondary answers. A record alone answers whatever
    its health.

    ## Flagged

    ```yaml
    version: 1
    title: A primary alone
    hosted_zones:
      example.com:
        www:
          - {a: [198.51.100.7], failover: primary, health_check: true}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A pair
    hosted_zones:
      example.com:
        www:
          - {a: [198.51.100.7], failover: primary, health_check: true}
          - {a: [198.51.100.8], failover: secondary}
    ```
    """
    for zone in each(subject.network, HostedZone):
        for name, records in record_sets(zone):
            roles = {r.failover for r in records if r.failover is not None}
            if len(roles) == 1:
                (has,) = roles
                other = Failover.SECONDARY if has is Failover.PRIMARY else Failover.PRIMARY
                yield Finding(
                    place(zone, records[0]),
                    f"{name} has a {has} failover record and no {other} one",
                    hint=f"add a record with `failover: {other}`, or leave `failover` out",
                )


RULE = failover_without_secondary
