# Reports records of one name that Route 53 does not take together.
"""DGL-183."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.hosted_zone import HostedZone
from docgen.model import sources as at
from docgen.model.records import Record, RoutingPolicy
from docgen.rules._design import each
from docgen.rules._names import place, record_sets
from docgen.rules._rule import Subject, rule

_HINT = "give all records of the name one routing policy, or list all addresses in one record"


@rule("DGL-183", severity=Severity.ERROR, source=at.ROUTE53_ROUTING)
def mixed_routing_policies(subject: Subject) -> Iterator[Finding]:
    """Records of one name do not fit together: routing policies differ, or two are the same.

    ## Why it matters

    Route 53 takes several records of one name and type only with one routing policy, each with a value of its
    own: one primary, one record for each Region or place. A simple record stands alone, and so does a CNAME
    beside records of another sort.

    ## Flagged

    ```yaml
    version: 1
    title: A weight beside a failover
    hosted_zones:
      example.com:
        www:
          - {a: [198.51.100.7], failover: primary, health_check: true}
          - {a: [198.51.100.8], weight: 10}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Two weights
    hosted_zones:
      example.com:
        www:
          - {a: [198.51.100.7], weight: 90}
          - {a: [198.51.100.8], weight: 10}
    ```
    """
    for zone in each(subject.network, HostedZone):
        for name, records in record_sets(zone):
            why = _conflict(records)
            if why:
                yield Finding(
                    place(zone, records[1]), f"the records of {name} do not fit together: {why}", hint=_HINT
                )


def _conflict(records: tuple[Record, ...]) -> str:
    """Why they do not fit; "" where they do."""
    policies = list(dict.fromkeys(r.policy for r in records))
    if len(policies) > 1:
        return " and ".join(policies)
    if len({bool(r.cname) for r in records}) > 1:
        return "a CNAME stands beside records of another sort"
    (policy,) = policies
    if policy is RoutingPolicy.SIMPLE and len(records) > 1:
        sorts = [("a" if r.a or r.is_alias else "") + ("aaaa" if r.aaaa else "") for r in records]
        return "" if sorted(sorts) == ["a", "aaaa"] else f"{len(records)} simple records of one type"
    values = [r.failover or r.region or r.geo_location for r in records]
    twice = next((v for v in values if v and values.count(v) > 1), "")
    return f"{twice} stands twice" if twice else ""


RULE = mixed_routing_policies
