"""An SNS topic: in a Region, outside every VPC."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.kind import Kind, Role, Scope
from docgen.routing.services import PublicService


@dataclass(frozen=True, slots=True, kw_only=True)
class SnsTopic(PublicService):
    """A topic. Source: SNS API `CreateTopic`; `AWS::SNS::Topic`."""

    kind: ClassVar[str] = "sns_topic"
    endpoint_prefix: ClassVar[str] = "sns"


KIND = Kind(
    component=SnsTopic,
    plural="sns_topics",
    title="SNS topic",
    abbreviation="SNS",
    cfn_type="AWS::SNS::Topic",
    terraform_type="aws_sns_topic",
    icon="sns",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    parent_field="region",
    endpoint=True,
    summary="Answers at SNS's public addresses of its Region, or through an interface endpoint.",
    limits="No gateway endpoint.",
    source="https://docs.aws.amazon.com/sns/latest/dg/sns-internetwork-traffic-privacy.html",
    example="""\
version: 1
title: A topic
region: ap-south-1
sns_topics: {alerts: {}}
""",
)
