"""A Kinesis data stream: in a Region, outside every VPC."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.kind import Kind, Role, Scope
from docgen.routing.services import PublicService


@dataclass(frozen=True, slots=True, kw_only=True)
class KinesisStream(PublicService):
    """A data stream. Source: Kinesis API `CreateStream`; `AWS::Kinesis::Stream`."""

    kind: ClassVar[str] = "kinesis_stream"
    endpoint_prefix: ClassVar[str] = "kinesis"


KIND = Kind(
    component=KinesisStream,
    plural="kinesis_streams",
    title="Kinesis data stream",
    abbreviation="Kinesis",
    cfn_type="AWS::Kinesis::Stream",
    terraform_type="aws_kinesis_stream",
    icon="kinesis",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    parent_field="region",
    endpoint=True,
    summary="Answers at Kinesis's public addresses of its Region, or through an interface endpoint.",
    limits="No gateway endpoint.",
    source="https://docs.aws.amazon.com/streams/latest/dev/vpc.html",
    example="""\
version: 1
title: A stream
region: ap-south-1
kinesis_streams: {clicks: {}}
""",
)
