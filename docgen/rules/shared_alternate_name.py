# Reports names that two distributions claim.
"""DGL-193."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.cloudfront_distribution import CloudFrontDistribution
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-193", severity=Severity.ERROR, source=at.ALTERNATE_DOMAIN_NAMES)
def shared_alternate_name(subject: Subject) -> Iterator[Finding]:
    """Two distributions have the same alternate domain name.

    ## Why it matters

    CloudFront chooses the distribution by the name that is asked for: a name belongs to one of them, in all
    accounts.

    ## Flagged

    ```yaml
    version: 1
    title: A name of two distributions
    region: ap-south-1
    s3_buckets: {assets: {}}
    cloudfront_distributions:
      site: {aliases: [www.example.com], origins: {assets: {s3_bucket: assets, origin_access_control: true}}}
      other: {aliases: [www.example.com], origins: {assets: {s3_bucket: assets, origin_access_control: true}}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A name for each distribution
    region: ap-south-1
    s3_buckets: {assets: {}}
    cloudfront_distributions:
      site: {aliases: [www.example.com], origins: {assets: {s3_bucket: assets, origin_access_control: true}}}
      other: {aliases: [img.example.com], origins: {assets: {s3_bucket: assets, origin_access_control: true}}}
    ```
    """
    network = subject.network
    owners: dict[str, CloudFrontDistribution] = {}
    for distribution in each(network, CloudFrontDistribution):
        for alias in distribution.aliases:
            first = owners.setdefault(alias.lower().rstrip("."), distribution)
            if first is not distribution:
                yield Finding(
                    distribution.span,
                    f"distribution {network.name(distribution.key)!r} has the alternate domain name {alias}, which "
                    f"{network.name(first.key)!r} has already",
                    hint="take it from one of them",
                    notes=(Note(first.span, f"{network.name(first.key)!r} is declared here"),),
                )


RULE = shared_alternate_name
