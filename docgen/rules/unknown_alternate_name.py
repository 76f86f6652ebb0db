# Reports names that CloudFront answers with status 403.
"""DGL-191."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.cloudfront_distribution import CloudFrontDistribution
from docgen.kinds.hosted_zone import HostedZone
from docgen.model import sources as at
from docgen.model.network import Network
from docgen.model.records import Record
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule


@rule("DGL-191", severity=Severity.ERROR, source=at.ALTERNATE_DOMAIN_NAMES)
def unknown_alternate_name(subject: Subject) -> Iterator[Finding]:
    """A record leads to a distribution that does not know the record's name.

    ## Why it matters

    CloudFront answers for its alternate domain names only: others get status 403. Route 53 does not even
    offer such an alias.

    ## Flagged

    ```yaml
    version: 1
    title: A name that CloudFront refuses
    region: ap-south-1
    s3_buckets: {assets: {}}
    hosted_zones: {example.com: {www: {alias: site}}}
    cloudfront_distributions:
      site: {origins: {assets: {s3_bucket: assets, origin_access_control: true}}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A name that CloudFront knows
    region: ap-south-1
    s3_buckets: {assets: {}}
    hosted_zones: {example.com: {www: {alias: site}}}
    cloudfront_distributions:
      site: {aliases: [www.example.com], origins: {assets: {s3_bucket: assets, origin_access_control: true}}}
    ```
    """
    network = subject.network
    for zone in each(network, HostedZone):
        for record in zone.records:
            distribution = _led_to(network, record)
            domain = zone.domain
            name = domain if record.name == "@" else f"{record.name}.{domain}"
            if distribution is not None and not distribution.answers_to(name):
                yield Finding(
                    record.span.or_else(zone.span),
                    f"{name} leads to distribution {network.name(distribution.key)!r}, which has no such alternate "
                    "domain name",
                    hint=f"add {name} to its `aliases`",
                )


def _led_to(network: Network, record: Record) -> CloudFrontDistribution | None:
    """The distribution that a record names, as an alias or by its own name."""
    for distribution in each(network, CloudFrontDistribution):
        if record.alias is not None and record.alias.name in (distribution.id, distribution.key.path):
            return distribution
        if record.cname.lower().rstrip(".") in [n.lower() for n in distribution.dns_names]:
            return distribution
    return None


RULE = unknown_alternate_name
