"""An S3 bucket: in a Region, outside every VPC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from docgen.model.kind import Kind, Role, Scope
from docgen.routing.services import PublicService


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Bucket(PublicService):
    """A bucket; its id is its name. Source: S3 API `CreateBucket`; `AWS::S3::Bucket`."""

    kind: ClassVar[str] = "s3_bucket"
    endpoint_prefix: ClassVar[str] = "s3"


KIND = Kind(
    component=S3Bucket,
    plural="s3_buckets",
    title="S3 bucket",
    abbreviation="S3",
    cfn_type="AWS::S3::Bucket",
    terraform_type="aws_s3_bucket",
    icon="s3-bucket",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    parent_field="region",
    endpoint=True,
    alias_target=True,
    summary="Answers at S3's public addresses of its Region, directly or through a gateway or an interface endpoint.",
    limits="Bucket names are unique over all accounts of a partition.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html",
    example="""\
version: 1
title: A bucket
region: ap-south-1
s3_buckets: {shop-logs: {}}
""",
)
