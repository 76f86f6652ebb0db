# Remarks on traffic to AWS services that pays for a NAT gateway although an endpoint could carry it.
"""DGL-61."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.model import sources as at
from docgen.model.service import ENDPOINT_NAMES
from docgen.rules._rule import Subject, rule
from docgen.rules._service_traffic import through_nat


@rule(
    "DGL-61",
    severity=Severity.INFO,
    source=at.EC2_CONTROLS,
    related=(
        "Security Hub EC2.10 (Medium)",
        "Security Hub EC2.55",
        "Security Hub EC2.56",
        "Security Hub EC2.57",
        "Security Hub EC2.58",
        "Security Hub EC2.60",
        "Prowler vpc_endpoint_for_ec2_enabled (medium)",
    ),
)
def interface_endpoint_missing(subject: Subject) -> Iterator[Finding]:
    """A flow to another AWS service of the same Region goes through a NAT gateway.

    ## Why it matters

    With much traffic an interface endpoint costs less than a NAT gateway, and the traffic keeps private
    addresses. With little traffic the endpoint's hourly price for each zone is the higher one.

    ## Flagged

    ```yaml
    version: 1
    title: Messages go out through the NAT gateway
    region: ap-south-1
    zones: [a]
    sqs_queues: {orders: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
          app: {cidr_block: 10.0.10.0/24, route_table: private}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public: {0.0.0.0/0: igw}
          private: {0.0.0.0/0: nat}
        security_groups: {app: {}}
        instances: {app: {subnet: app, security_groups: [app]}}
    flows:
      order: {from: app, to: orders, port: 443}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Messages go through an interface endpoint
    region: ap-south-1
    zones: [a]
    sqs_queues: {orders: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        enable_dns_hostnames: true
        internet_gateway: igw
        subnets:
          public: {cidr_block: 10.0.0.0/24, route_table: public}
          app: {cidr_block: 10.0.10.0/24, route_table: private}
        nat_gateways: {nat: {subnet: public}}
        route_tables:
          public: {0.0.0.0/0: igw}
          private: {0.0.0.0/0: nat}
        security_groups: {app: {}, endpoints: {ingress: [tcp 443 from app]}}
        instances: {app: {subnet: app, security_groups: [app]}}
        vpc_endpoints: {sqs: {service: sqs, subnets: [app], security_groups: [endpoints]}}
    flows:
      order: {from: app, to: orders, port: 443}
    ```
    """
    for found in through_nat(subject):
        if found.service not in ("s3", "dynamodb"):
            endpoint = ENDPOINT_NAMES.get(found.service, found.service)
            yield Finding(
                found.flow.span,
                f"flow {found.flow.id!r} reaches {found.resource!r} through NAT gateway {found.nat!r}",
                hint=f"where the traffic is heavy, add an interface endpoint with `service: {endpoint}` to VPC "
                f"{subject.network.name(found.vpc)!r}",
            )


RULE = interface_endpoint_missing
