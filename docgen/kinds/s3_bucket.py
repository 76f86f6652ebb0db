"""An S3 bucket: in a Region, outside every VPC."""

from __future__ import annotations

from typing import Any, ClassVar

from docgen.core.data import dataclass
from docgen.model.component import Key
from docgen.model.forwarding import Arrival, Context, Decision, Drop
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Network
from docgen.model.packet import Packet
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.services import PublicService, receive_at_service

DISTRIBUTION = "cloudfront_distribution"
ANONYMOUS = ("user", "internet", "internet_host")
"""Kinds without a role. Somebody there may have keys to a bucket, unless CloudFront is meant to stand before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Bucket(PublicService):
    """A bucket; its id is its name. Source: S3 API `CreateBucket`; `AWS::S3::Bucket`."""

    kind: ClassVar[str] = "s3_bucket"
    endpoint_prefix: ClassVar[str] = "s3"

    public: bool | None = None
    """Whether it answers requests without a signature: a policy for everybody, and S3 Block Public Access off.
    None: not to CloudFront, and not to people where CloudFront asks it with origin access control."""

    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take a request that its policy allows."""
        denied = self._denied(context) if context.expected is None and context.network.is_up(self.key) else None
        if denied is not None:
            return (Drop(steps=(denied,), disposition=Disposition.DENIED_IN),)
        return (receive_at_service(self.key, packet, arrival, context),)

    def _denied(self, context: Context) -> Step | None:
        """The step that refuses a request without a signature, or None."""
        network, source = context.network, context.source
        if source is None or self.public or context.sessions.through is not None:
            return None
        name = network.name(self.key)
        asked = network.name(source)
        if source.kind == DISTRIBUTION:
            asking: Any = network.get(source)
            if asking.signs_for(self.key, network):
                return None
            text = (
                f"{name} is not public, and {asked} asks it without origin access control: a request that nobody "
                "signed is denied."
            )
        elif source.kind in ANONYMOUS:
            guards = [network.name(k) for k in self._guards(network)]
            if not guards and self.public is None:
                return None
            only = f": its policy allows {' and '.join(guards)} only" if guards else ""
            text = f"{name} is not public{only}, and {asked} asks without a signature."
        else:
            return None
        return Step(
            check=Check.GATEWAY, outcome=Outcome.DROP, by=self.key, by_name=name, text=text, code="DG_POLICY_DENIED"
        )

    def _guards(self, network: Network) -> tuple[Key, ...]:
        """Distributions that ask it with origin access control."""
        distributions: Any = network.of_kind(DISTRIBUTION)
        return tuple(d.key for d in distributions if d.signs_for(self.key, network))


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
    scope_note="its name is unique over all accounts",
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
