# Reports references to another Region or account that AWS does not take.
"""DGL-187."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.vpc_endpoint import VpcEndpoint
from docgen.model import sources as at
from docgen.model.component import Component, Key, Ref
from docgen.model.network import Network
from docgen.routing.binding import references
from docgen.routing.service_names import region_of
from docgen.rules._design import each, what
from docgen.rules._rule import Subject, rule

_POLICY = "allowed_"
"""How fields of policies begin: they may name anything anywhere."""
_PLACES = ("region", "account")
"""Fields that say where a component itself is."""


@rule("DGL-187", severity=Severity.ERROR, source=at.RESOURCE_LOCATIONS)
def reference_beyond_scope(subject: Subject) -> Iterator[Finding]:
    """A component names one of another Region or of another account, where AWS wants both in one.

    ## Why it matters

    Most resources belong to a Region and to an account, and work with others of the same only. What may reach further
    is said on the page of each component: peering, endpoint services, zones, Direct Connect gateways.

    ## Flagged

    ```yaml
    version: 1
    title: A transit gateway of another Region
    transit_gateways: {hub: {region: us-east-1}}
    vpcs:
      shop:
        region: ap-south-1
        zones: [a]
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A transit gateway of the VPC's Region
    transit_gateways: {hub: {region: ap-south-1}}
    vpcs:
      shop:
        region: ap-south-1
        zones: [a]
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_block: 10.0.10.0/24}}
        transit_gateway_attachments: {to-hub: {transit_gateway: hub, subnets: [app]}}
    ```
    """
    network = subject.network
    for component in network.components.values():
        kind = network.kinds[component.kind]
        for field, ref, key in _named(network, component):
            other = network.components[key]
            here, there = region_of(network, component), region_of(network, other)
            if here and there and here != there and field not in kind.across_regions:
                yield _finding(network, component, ref, other, f"which is in {there}, not in {here}", "Region")
                continue
            owner, others = network.account_of(component.key), network.account_of(key)
            if owner and others and owner != others and field not in kind.across_accounts:
                where = f"which is in account {network.name(others)!r}, not in {network.name(owner)!r}"
                yield _finding(network, component, ref, other, where, "account")
    for endpoint in each(network, VpcEndpoint):
        yield from _service_of_another_region(network, endpoint)


def _named(network: Network, component: Component) -> Iterator[tuple[str, Ref, Key]]:
    """What a component names, with the field; references between two VPCs are `component_of_another_vpc`'s."""
    for name, field in type(component).__dataclass_fields__.items():
        if name.startswith(_POLICY) or name in _PLACES:
            continue
        content = getattr(component, name)
        own = tuple(field.metadata.get("refers", ()))
        for item in content if isinstance(content, tuple) else (content,):
            found = [(item, own)] if isinstance(item, Ref) else []
            if not found and hasattr(item, "__dataclass_fields__"):
                found = list(references(item))
            for ref, kinds in found:
                key = network.bound.get((component.scope, ref.name, kinds))
                if key in network.components and key is not None:
                    inner = network.components[key].scope and component.scope
                    if not inner:
                        yield name, ref, key


def _finding(network: Network, component: Component, ref: Ref, other: Component, where: str, domain: str) -> Finding:
    return Finding(
        ref.span.or_else(component.span),
        f"{what(network, component.key)} names {what(network, other.key)}, {where}",
        hint=f"use one of the same {domain}",
        notes=(Note(other.span, f"{other.id!r} is declared here"),) if other.span.file else (),
    )


def _service_of_another_region(network: Network, endpoint: VpcEndpoint) -> Iterator[Finding]:
    """An endpoint whose full service name says another Region than its VPC's."""
    parts = endpoint.service.split(".")
    home = region_of(network, endpoint)
    if endpoint.service.startswith("com.amazonaws.") and len(parts) > 3 and home and parts[2] != home:
        yield Finding(
            endpoint.span,
            f"endpoint {network.name(endpoint.key)!r} is for a service of {parts[2]}, and its VPC is in {home}",
            hint=f"write `service: {endpoint.service_name}`, the one of its own Region",
        )


RULE = reference_beyond_scope
