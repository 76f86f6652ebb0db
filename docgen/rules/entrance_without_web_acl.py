# Remarks on entrances from the internet where nobody looks at requests.
"""DGL-11."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.cloudfront_distribution import CloudFrontDistribution
from docgen.kinds.load_balancer import LoadBalancer, Scheme
from docgen.kinds.rest_api import EndpointType, RestApi
from docgen.kinds.web_acl import WebAcl
from docgen.model import sources as at
from docgen.model.component import Component
from docgen.model.network import Network
from docgen.rules._design import each, names_world, referred, what
from docgen.rules._rule import Subject, rule


@rule(
    "DGL-11",
    severity=Severity.INFO,
    source=at.WEB_ACL,
    related=(
        "Security Hub ELB.16 (Medium)",
        "Prowler elbv2_waf_acl_attached (medium)",
        "Checkov CKV2_AWS_28",
        "Checkov CKV2_AWS_29",
    ),
)
def entrance_without_web_acl(subject: Subject) -> Iterator[Finding]:
    """A load balancer, an API or a distribution that faces the internet has no web ACL.

    ## Why it matters

    Security groups see addresses and ports. A web ACL of AWS WAF sees requests: it stops known attacks,
    bots and floods at the entrance. A Network Load Balancer cannot have one, and neither needs a load
    balancer that only CloudFront's own addresses get to, or an API that is private. It is a
    remark only: a design of the network need not say who looks at its requests.

    ## Flagged

    ```yaml
    version: 1
    title: Everybody's requests reach the servers
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          edge: {ingress: [tcp 443 from 0.0.0.0/0]}
          app: {ingress: [tcp 8080 from edge]}
        load_balancers:
          edge: {subnets: [public], security_groups: [edge], listeners: {443: {app: 8080}}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Requests are looked at first
    region: ap-south-1
    zones: [a, b]
    web_acls: {usual-attacks: {resources: [edge]}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          edge: {ingress: [tcp 443 from 0.0.0.0/0]}
          app: {ingress: [tcp 8080 from edge]}
        load_balancers:
          edge: {subnets: [public], security_groups: [edge], listeners: {443: {app: 8080}}}
        instances:
          app: {subnet: app, security_groups: [app]}
    ```
    """
    network = subject.network
    protected = {key for acl in each(network, WebAcl) for _, key in referred(network, acl.scope, acl, "resources")}
    for component in network.components.values():
        if component.key not in protected and _is_entrance(network, component):
            yield Finding(
                component.span,
                f"{what(network, component.key)} faces the internet without a web ACL",
                hint=f"add `web_acls: {{usual-attacks: {{resources: [{component.id}]{_scope(component)}}}}}`",
            )


def _is_entrance(network: Network, component: Component) -> bool:
    """Whether requests from anywhere reach it, and a web ACL could stand before it."""
    if isinstance(component, CloudFrontDistribution):
        return component.enabled
    if isinstance(component, RestApi):
        return component.endpoint_type is not EndpointType.PRIVATE
    if not isinstance(component, LoadBalancer) or component.is_network:
        return False
    groups = {g for i in network.interfaces_of(component.key) for g in i.groups or ()}
    rules = [r for g in groups if g in network.groups for r in network.groups[g].ingress]
    return component.scheme is Scheme.INTERNET_FACING and any(names_world(network, r) for r in rules)


def _scope(component: Component) -> str:
    return ", cloudfront: true" if isinstance(component, CloudFrontDistribution) else ""


RULE = entrance_without_web_acl
