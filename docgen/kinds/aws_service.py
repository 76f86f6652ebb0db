"""Any other AWS service that a design calls: the EC2 API, Systems Manager, CloudWatch Logs."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.form import limited
from docgen.model.kind import Kind, Role, Scope
from docgen.routing.services import PublicService


@dataclass(frozen=True, slots=True, kw_only=True)
class AwsService(PublicService):
    """The endpoint of an AWS service in a Region. Source: AWS General Reference, "Service endpoints and quotas".

    Short form: `aws_services: {ec2: {service: ec2}}`.
    """

    kind: ClassVar[str] = "aws_service"

    service: str = limited(pattern=r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?", example="ec2")
    """As its DNS name spells it: `ec2`, `ssm`, `logs`, `ecr.dkr`."""

    @property
    def service_code(self) -> str:
        """`ec2`."""
        return self.service


KIND = Kind(
    component=AwsService,
    plural="aws_services",
    title="AWS service",
    icon="aws-service",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    parent_field="region",
    endpoint=True,
    summary="Answers at public addresses of its Region, or through an interface endpoint.",
    source="https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",
    example="""\
version: 1
title: The EC2 API
region: ap-south-1
aws_services: {ec2-api: {service: ec2}}
""",
)
