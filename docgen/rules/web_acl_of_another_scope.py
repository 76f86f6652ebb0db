# Reports web ACLs that AWS does not associate.
"""DGL-194."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.load_balancer import LoadBalancer
from docgen.kinds.web_acl import DISTRIBUTION, WebAcl
from docgen.model import sources as at
from docgen.rules._design import each, referred, what
from docgen.rules._rule import Subject, rule


@rule("DGL-194", severity=Severity.ERROR, source=at.WEB_ACL_ASSOCIATION)
def web_acl_of_another_scope(subject: Subject) -> Iterator[Finding]:
    """A web ACL stands before something that it cannot protect.

    ## Why it matters

    A web ACL for CloudFront protects distributions, one of a Region its load balancers and APIs; the scope is
    fixed when it is made. A Network Load Balancer has none at all: it does not read requests.

    ## Flagged

    ```yaml
    version: 1
    title: A Regional web ACL before CloudFront
    region: ap-south-1
    s3_buckets: {assets: {}}
    cloudfront_distributions: {site: {origins: {assets: {s3_bucket: assets, origin_access_control: true}}}}
    web_acls: {usual-attacks: {resources: [site]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A web ACL for CloudFront
    region: ap-south-1
    s3_buckets: {assets: {}}
    cloudfront_distributions: {site: {origins: {assets: {s3_bucket: assets, origin_access_control: true}}}}
    web_acls: {usual-attacks: {resources: [site], cloudfront: true}}
    ```
    """
    network = subject.network
    for acl in each(network, WebAcl):
        for ref, key in referred(network, acl.scope, acl, "resources"):
            component = network.get(key)
            scope = "for CloudFront" if acl.cloudfront else "of a Region"
            if isinstance(component, LoadBalancer) and component.is_network:
                why, hint = "which does not read requests", "put an Application Load Balancer there, or remove it"
            elif acl.cloudfront is not (key.kind == DISTRIBUTION):
                why = f"and the web ACL is one {scope}"
                hint = "write `cloudfront: true`" if key.kind == DISTRIBUTION else "write another web ACL for it"
            else:
                continue
            yield Finding(ref.span, f"web ACL {acl.id!r} names {what(network, key)}, {why}", hint=hint)


RULE = web_acl_of_another_scope
