# Remarks on traffic to S3 and DynamoDB that pays for a NAT gateway.
"""DGL-60."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.model import sources as at
from docgen.rules._rule import Subject, rule
from docgen.rules._service_traffic import through_nat


@rule(
    "DGL-60",
    severity=Severity.INFO,
    source=at.GATEWAY_ENDPOINTS,
    related=("AWS Config service-vpc-endpoint-enabled",),
)
def gateway_endpoint_missing(subject: Subject) -> Iterator[Finding]:
    """A flow to S3 or DynamoDB of the same Region goes through a NAT gateway.

    ## Why it matters

    A NAT gateway charges for every gigabyte; a gateway endpoint is free and needs no way to the internet.

    ## Flagged

    ```yaml
    version: 1
    title: Logs go out through the NAT gateway
    region: ap-south-1
    zones: [a]
    s3_buckets: {shop-logs: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
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
      logs: {from: app, to: shop-logs, port: 443}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Logs go through a gateway endpoint
    region: ap-south-1
    zones: [a]
    s3_buckets: {shop-logs: {}}
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
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
        vpc_endpoints: {s3: {service: s3, route_tables: [private]}}
    flows:
      logs: {from: app, to: shop-logs, port: 443}
    ```
    """
    for found in through_nat(subject):
        if found.service in ("s3", "dynamodb"):
            yield Finding(
                found.flow.span,
                f"flow {found.flow.id!r} reaches {found.resource!r} through NAT gateway {found.nat!r}",
                hint=f"add a gateway endpoint with `service: {found.service}` and the subnet's route table to VPC "
                f"{subject.network.name(found.vpc)!r}",
            )


RULE = gateway_endpoint_missing
