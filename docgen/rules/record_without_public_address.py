# Remarks on public names that answer with nothing the internet can use.
"""DGL-129."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.core.prefixes import RFC1918, in_any
from docgen.kinds.hosted_zone import HostedZone
from docgen.kinds.load_balancer import LoadBalancer, Scheme
from docgen.kinds.vpc_endpoint import VpcEndpoint
from docgen.model import sources as at
from docgen.model.component import Key, Ref
from docgen.model.network import Network
from docgen.model.records import Record
from docgen.routing.binding import is_address
from docgen.routing.dns_zones import is_public
from docgen.routing.endpoints import is_private
from docgen.rules._design import each, referred
from docgen.rules._rule import Subject, rule


@rule("DGL-129", severity=Severity.WARNING, source=at.ROUTE53_ALIAS)
def record_without_public_address(subject: Subject) -> Iterator[Finding]:
    """A name in a public zone leads to a private address.

    ## Why it matters

    Everybody can look the name up, nobody on the internet can connect, and the design's private
    addresses are told to the world.

    ## Flagged

    ```yaml
    version: 1
    title: A public name for a private server
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}
        security_groups:
          app: {ingress: [tcp 8080 from 10.0.0.0/16]}
        instances:
          web: {subnet: app-a, security_groups: [app]}
    hosted_zones:
      example.com: {www: {a: [web]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A public name for a public server
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_blocks: [10.0.0.0/24, 10.0.1.0/24], route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
        security_groups:
          web: {ingress: [tcp 443 from 0.0.0.0/0]}
        instances:
          web: {subnet: public-a, elastic_ip: true, security_groups: [web]}
    hosted_zones:
      example.com: {www: {a: [web]}}
    ```
    """
    network = subject.network
    for zone in each(network, HostedZone):
        if not is_public(network, zone):
            continue
        for record in zone.records:
            for ref, key in _private(network, zone, record):
                name = zone.id if record.name == "@" else f"{record.name}.{zone.id}"
                yield Finding(
                    ref.span.or_else(record.span),
                    f"{name} leads to {(network.name(key) if key else ref.name)!r}, which has no public address",
                    hint="point it to an internet-facing load balancer or to a public address",
                    notes=(Note(network.get(key).span, f"{network.name(key)!r} is declared here"),) if key else (),
                )


def _private(network: Network, zone: HostedZone, record: Record) -> Iterator[tuple[Ref, Key | None]]:
    """What a record names that the internet cannot reach: a component, or (with None) an address."""
    for ref, key in referred(network, zone.scope, record, "alias"):
        balancer = network.get(key)
        internal = isinstance(balancer, LoadBalancer) and balancer.scheme is Scheme.INTERNAL
        if internal or balancer.kind == VpcEndpoint.kind:
            yield ref, key
    for ref, key in referred(network, zone.scope, record, "a"):
        own = network.outside.get(key)
        if not any(i.public_ip for i in network.interfaces_of(key)) and (own is None or is_private(own)):
            yield ref, key
    for ref in record.a:
        if is_address(ref.name) and in_any(ip_address(ref.name), RFC1918):
            yield ref, None


RULE = record_without_public_address
