"""An SQS queue: in a Region, outside every VPC."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.kind import Kind, Role, Scope
from docgen.routing.services import PublicService


@dataclass(frozen=True, slots=True, kw_only=True)
class SqsQueue(PublicService):
    """A queue. Source: SQS API `CreateQueue`; `AWS::SQS::Queue`."""

    kind: ClassVar[str] = "sqs_queue"
    endpoint_prefix: ClassVar[str] = "sqs"


KIND = Kind(
    component=SqsQueue,
    plural="sqs_queues",
    title="SQS queue",
    abbreviation="SQS",
    cfn_type="AWS::SQS::Queue",
    terraform_type="aws_sqs_queue",
    icon="sqs",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    parent_field="region",
    endpoint=True,
    summary="Answers at SQS's public addresses of its Region, or through an interface endpoint.",
    limits="No gateway endpoint.",
    source="https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",
    example="""\
version: 1
title: A queue
region: ap-south-1
sqs_queues: {orders: {}}
""",
)
