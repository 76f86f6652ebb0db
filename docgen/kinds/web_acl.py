"""A web ACL of AWS WAF: looks at requests, not at packets. Drawn; what its rules say is not traced."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Component, Ref, refers
from docgen.model.kind import Kind, Role, Scope, Support

DISTRIBUTION = "cloudfront_distribution"
PROTECTED = ("load_balancer", "rest_api", DISTRIBUTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAcl(Component):
    """A web ACL. Source: WAFV2 API `WebACL`; `AWS::WAFv2::WebACL`, `AWS::WAFv2::WebACLAssociation`."""

    kind: ClassVar[str] = "web_acl"

    region: Ref | None = refers("region", default=None)
    """The Region that it stands in; one for CloudFront is global."""
    cloudfront: bool = False
    """Whether it stands before distributions (WAF's scope `CLOUDFRONT`), not in a Region (`REGIONAL`)."""
    resources: tuple[Ref, ...] = refers(*PROTECTED, default=())
    """What it stands before: Application Load Balancers and APIs of one Region, or distributions."""

    @property
    def role(self) -> Role:
        """At the edge where it stands before CloudFront, else in its Region."""
        return Role.GLOBAL_SERVICE if self.cloudfront else Role.REGION_SERVICE


KIND = Kind(
    component=WebAcl,
    plural="web_acls",
    title="Web ACL",
    abbreviation="WAF",
    cfn_type="AWS::WAFv2::WebACL",
    terraform_type="aws_wafv2_web_acl",
    icon="waf",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    parent_field="region",
    support=Support.DRAWN,
    summary="Looks at the requests that arrive at what it protects, and refuses some; its rules are not traced.",
    limits="One for CloudFront protects distributions only, one of a Region load balancers and APIs there.",
    source="https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html",
    example="""\
version: 1
title: An API behind a web ACL
region: ap-south-1
lambda_functions: {take-order: {}}
rest_apis: {orders: {integrations: [take-order]}}
web_acls: {usual-attacks: {resources: [orders]}}
""",
)
