# Reports Elastic IPs, public NAT gateways and internet-facing load balancers in VPCs without internet gateway.
"""DGL-121."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.kinds.load_balancer import LoadBalancer, Scheme
from docgen.kinds.nat_gateway import ConnectivityType, NatGateway
from docgen.model import sources as at
from docgen.model.component import Component
from docgen.rules._design import vpc_of, vpcs_with_gateway
from docgen.rules._rule import Subject, rule


@rule("DGL-121", severity=Severity.ERROR, source=at.INTERNET_GATEWAY)
def public_address_without_gateway(subject: Subject) -> Iterator[Finding]:
    """Something needs an internet gateway, and its VPC has none.

    ## Why it matters

    A public address is a translation that the internet gateway does. Without one AWS refuses to
    associate an Elastic IP, a public NAT gateway fails, and an internet-facing load balancer
    cannot be created.

    ## Flagged

    ```yaml
    version: 1
    title: An Elastic IP without a gateway
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets:
          public: {cidr_block: 10.0.0.0/24}
        instances:
          web: {subnet: public, elastic_ip: true}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: An Elastic IP and its gateway
    region: ap-south-1
    zones: [a]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
        route_tables:
          public: {0.0.0.0/0: igw}
        instances:
          web: {subnet: public, elastic_ip: true}
    ```
    """
    network = subject.network
    connected = vpcs_with_gateway(network)
    for component in network.components.values():
        what = _needs_gateway(component)
        vpc = vpc_of(network, component)
        if not what or vpc is None or vpc.id in connected:
            continue
        yield Finding(
            component.span,
            f"{what} {network.name(component.key)!r} needs an internet gateway, and VPC {vpc.id!r} has none",
            hint="add `internet_gateway: igw` to the VPC and a route 0.0.0.0/0 to it",
            notes=(Note(vpc.span, f"VPC {vpc.id!r} is declared here"),),
        )


def _needs_gateway(component: Component) -> str:
    if isinstance(component, NatGateway):
        return "public NAT gateway" if component.connectivity_type is ConnectivityType.PUBLIC else ""
    if isinstance(component, LoadBalancer):
        return "internet-facing load balancer" if component.scheme is Scheme.INTERNET_FACING else ""
    return "the Elastic IP of" if getattr(component, "elastic_ip", False) else ""


RULE = public_address_without_gateway
