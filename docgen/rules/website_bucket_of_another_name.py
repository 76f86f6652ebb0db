# Reports aliases to buckets whose name is not the record's.
"""DGL-189."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.hosted_zone import HostedZone
from docgen.kinds.s3_bucket import S3Bucket
from docgen.model import sources as at
from docgen.routing.dns_records import full_name
from docgen.rules._design import each, referred
from docgen.rules._rule import Subject, rule


@rule("DGL-189", severity=Severity.ERROR, source=at.ROUTE53_ALIAS)
def website_bucket_of_another_name(subject: Subject) -> Iterator[Finding]:
    """An alias points to an S3 bucket whose name is not the name of the record.

    ## Why it matters

    S3 finds a website's bucket by the name that the browser asked for: it must be the bucket's own. Route 53
    offers no other bucket as the target of an alias.

    ## Flagged

    ```yaml
    version: 1
    title: A bucket of another name
    region: ap-south-1
    s3_buckets: {shop-pages: {}}
    hosted_zones: {example.com: {www: {alias: shop-pages}}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A bucket of the same name
    region: ap-south-1
    s3_buckets: {www.example.com: {}}
    hosted_zones: {example.com: {www: {alias: www.example.com}}}
    ```
    """
    network = subject.network
    for zone in each(network, HostedZone):
        for record in zone.records:
            name = full_name(zone, record.name)
            for ref, key in referred(network, zone.scope, record, "alias"):
                if key.kind == S3Bucket.kind and network.get(key).id.lower() != name:
                    yield Finding(
                        ref.span.or_else(zone.span),
                        f"{name} is an alias of bucket {network.name(key)!r}, which has another name",
                        hint=f"name the bucket {name!r}, or put a CloudFront distribution in front of it",
                    )


RULE = website_bucket_of_another_name
