# Remarks on buckets that have to be public because CloudFront signs nothing.
"""DGL-10."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.cloudfront_distribution import CloudFrontDistribution
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-10",
    severity=Severity.WARNING,
    source=at.ORIGIN_ACCESS_CONTROL,
    related=(
        "Security Hub CloudFront.13 (Medium)",
        "Prowler cloudfront_distributions_s3_origin_access_control (medium)",
        "Checkov CKV2_AWS_46",
    ),
)
def unsigned_bucket_origin(subject: Subject) -> Iterator[Finding]:
    """A distribution asks a bucket without origin access control.

    ## Why it matters

    Requests that nobody signed are answered by public buckets only. Then everybody can read the bucket past
    CloudFront, its cache and its web ACL; where the bucket is not public, CloudFront gets nothing.

    ## Flagged

    ```yaml
    version: 1
    title: A bucket that has to be public
    region: ap-south-1
    s3_buckets: {assets: {public: true}}
    cloudfront_distributions:
      site: {origins: {assets: {s3_bucket: assets}}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A bucket that only CloudFront reads
    region: ap-south-1
    s3_buckets: {assets: {}}
    cloudfront_distributions:
      site: {origins: {assets: {s3_bucket: assets, origin_access_control: true}}}
    ```
    """
    network = subject.network
    for distribution in each(network, CloudFrontDistribution):
        for origin in distribution.origins:
            if origin.s3_bucket is not None and not origin.origin_access_control:
                yield Finding(
                    origin.span.or_else(distribution.span),
                    f"origin {origin.name!r} of distribution {network.name(distribution.key)!r} asks bucket "
                    f"{origin.s3_bucket.name!r} without origin access control",
                    hint="add `origin_access_control: true`",
                )


RULE = unsigned_bucket_origin
