"""A DynamoDB table: in a Region, outside every VPC."""

from __future__ import annotations

from typing import ClassVar

from docgen.core.data import dataclass
from docgen.model.kind import Kind, Role, Scope
from docgen.routing.services import PublicService


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamodbTable(PublicService):
    """A table. Source: DynamoDB API `CreateTable`; `AWS::DynamoDB::Table`."""

    kind: ClassVar[str] = "dynamodb_table"
    endpoint_prefix: ClassVar[str] = "dynamodb"


KIND = Kind(
    component=DynamodbTable,
    plural="dynamodb_tables",
    title="DynamoDB table",
    abbreviation="DynamoDB",
    cfn_type="AWS::DynamoDB::Table",
    terraform_type="aws_dynamodb_table",
    icon="dynamodb",
    role=Role.REGION_SERVICE,
    scope=Scope.REGION,
    contained_in=("", "account", "region"),
    parent_field="region",
    endpoint=True,
    summary="Answers at DynamoDB's public addresses of its Region, or through a gateway or an interface endpoint.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/vpc-endpoints-dynamodb.html",
    example="""\
version: 1
title: A table
region: ap-south-1
dynamodb_tables: {sessions: {}}
""",
)
