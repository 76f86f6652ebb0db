# Reports Resolver rules and forwarders with an endpoint that cannot serve them.
"""DGL-188."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.data_center import DataCenter
from docgen.kinds.resolver_endpoint import ResolverEndpoint
from docgen.kinds.resolver_rule import ResolverRule
from docgen.model import sources as at
from docgen.model.component import Key
from docgen.routing.peers import same_region
from docgen.rules._design import each, referred
from docgen.rules._rule import Subject, rule


@rule("DGL-188", severity=Severity.ERROR, source=at.RESOLVER_RULES)
def misplaced_resolver_rule(subject: Subject) -> Iterator[Finding]:
    """A Resolver rule or forwarder names an endpoint of the other direction, or VPCs of another Region.

    ## Why it matters

    Outbound endpoints ask, inbound endpoints are asked. A rule and its outbound endpoint belong to one Region
    and work for the VPCs of that Region only.

    ## Flagged

    ```yaml
    version: 1
    title: A rule that asks by an inbound endpoint
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    on_premises_hosts: {dns: {data_center: hq, ip_address: 192.168.1.53}}
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}
        security_groups: {app: {ingress: [udp 53 from 192.168.0.0/16]}}
        instances: {app: {subnet: app-a, security_groups: [app]}}
        resolver_endpoints: {way: {direction: inbound, subnets: [app], security_groups: [app]}}
    resolver_rules:
      to-hq: {domain_name: corp.example, resolver_endpoint: way, target_ips: [dns], vpcs: [shop]}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A rule that asks by an outbound endpoint
    data_centers: {hq: {cidr_blocks: [192.168.0.0/16]}}
    on_premises_hosts: {dns: {data_center: hq, ip_address: 192.168.1.53}}
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}
        security_groups: {app: {ingress: [udp 53 from 192.168.0.0/16]}}
        instances: {app: {subnet: app-a, security_groups: [app]}}
        resolver_endpoints: {way: {direction: outbound, subnets: [app], security_groups: [app]}}
    resolver_rules:
      to-hq: {domain_name: corp.example, resolver_endpoint: way, target_ips: [dns], vpcs: [shop]}
    ```
    """
    network = subject.network
    for rule_ in each(network, ResolverRule):
        for ref, key in referred(network, rule_.scope, rule_, "resolver_endpoint"):
            endpoint = network.get(key)
            assert isinstance(endpoint, ResolverEndpoint)
            if endpoint.is_inbound:
                text = f"{network.name(key)!r} is an inbound endpoint: the resolver does not ask by it"
                yield Finding(ref.span, text, hint="name an endpoint with `direction: outbound`")
            home = Key("vpc", endpoint.scope)
            for vpc_ref, vpc in referred(network, rule_.scope, rule_, "vpcs"):
                if not same_region(network, vpc, home):
                    text = f"VPC {network.name(vpc)!r} is not in the Region of {network.name(key)!r}"
                    yield Finding(vpc_ref.span, text, hint="make a rule and an outbound endpoint in its Region")
    for center in each(network, DataCenter):
        for forwarder in center.dns_forwarders:
            for ref, key in referred(network, center.scope, forwarder, "resolver_endpoint"):
                endpoint = network.get(key)
                if isinstance(endpoint, ResolverEndpoint) and not endpoint.is_inbound:
                    text = f"{network.name(key)!r} is an outbound endpoint: nobody can ask it"
                    yield Finding(ref.span, text, hint="name an endpoint with `direction: inbound`")


RULE = misplaced_resolver_rule
