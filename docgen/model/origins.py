# What a CloudFront distribution is told: its origins, and what it does with requests by their path.
#
# Source: CloudFront API `Origin`, `CacheBehavior`; Amazon CloudFront Developer Guide.
"""Origin, CacheBehavior, and what they speak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Ref, refers
from docgen.model.form import Fault, Short, limited

HTTP, HTTPS = 80, 443
ID = r"[A-Za-z0-9][A-Za-z0-9._-]*"


class ViewerProtocolPolicy(StrEnum):
    """CloudFront API `ViewerProtocolPolicy`."""

    ALLOW_ALL = "allow-all"
    HTTPS_ONLY = "https-only"
    REDIRECT = "redirect-to-https"


class OriginProtocolPolicy(StrEnum):
    """CloudFront API `OriginProtocolPolicy`."""

    HTTP_ONLY = "http-only"
    MATCH_VIEWER = "match-viewer"
    HTTPS_ONLY = "https-only"


class HttpVersion(StrEnum):
    """CloudFront API `HttpVersion`."""

    HTTP1_1 = "http1.1"
    HTTP2 = "http2"
    HTTP3 = "http3"
    HTTP2AND3 = "http2and3"


def port_by(policy: OriginProtocolPolicy, viewer_port: int, http_port: int, https_port: int) -> int:
    """The port that an origin is asked on for a viewer who came by this one."""
    plain = policy is OriginProtocolPolicy.HTTP_ONLY
    if policy is OriginProtocolPolicy.MATCH_VIEWER:
        plain = viewer_port == HTTP
    return http_port if plain else https_port


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a distribution gets what it does not have: a bucket, a public name, or something inside a VPC."""

    short: ClassVar[Short] = Short(key="name", example="api: {custom_origin: orders}")

    name: str = limited(pattern=ID, example="assets")
    """What cache behaviors call it (`Id`)."""
    s3_bucket: Ref | None = refers("s3_bucket", default=None)
    """A bucket, asked by S3's own API."""
    origin_access_control: bool = False
    """Requests to the bucket are signed, so that its policy can allow this distribution and nobody else."""
    custom_origin: Ref | None = refers(
        "load_balancer", "instance", "internet_host", "rest_api", "lambda_function", "s3_bucket", default=None
    )
    """Anything with a public address; a bucket here is its website endpoint, which takes no signed requests."""
    vpc_origin: Ref | None = refers("vpc_origin", default=None)
    """A VPC origin, which leads to a load balancer or an instance without a public address."""
    origin_protocol_policy: OriginProtocolPolicy | None = None
    """Of a custom origin. None: `https-only`, of a bucket's website `http-only`, the only way to ask it."""
    http_port: int = limited(minimum=1, maximum=65535, default=HTTP)
    """Of a custom origin."""
    https_port: int = limited(minimum=1, maximum=65535, default=HTTPS)
    """Of a custom origin."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """It leads to one thing; only requests to S3's own API are signed."""
        if sum(ref is not None for ref in (self.s3_bucket, self.custom_origin, self.vpc_origin)) != 1:
            text = "an origin is one of `s3_bucket`, `custom_origin` and `vpc_origin`"
            yield Fault("", text, "write `assets: {s3_bucket: shop-assets, origin_access_control: true}`")
        elif self.origin_access_control and self.s3_bucket is None:
            text = "only requests to a bucket are signed; a website endpoint or any other custom origin takes none"
            yield Fault("origin_access_control", text, "name the bucket as `s3_bucket`, or leave it out")
        if self.custom_origin is None and self.origin_protocol_policy is not None:
            text = "a bucket is asked by the viewer's protocol, and a VPC origin has its own policy"
            yield Fault("origin_protocol_policy", text, "leave it out, or write it at the VPC origin")

    @property
    def target(self) -> Ref:
        """What it names."""
        found = self.s3_bucket or self.custom_origin or self.vpc_origin
        assert found is not None
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheBehavior:
    """What is done with requests for some paths. Short form: `/api/*: api`."""

    short: ClassVar[Short] = Short(key="path_pattern", value="target_origin", example="/api/*: api")

    path_pattern: str = limited(pattern=r"[!-~]{1,255}", example="/api/*", default="*")
    """Paths that it is for; `*` stands for any characters, `?` for one."""
    target_origin: str = limited(pattern=ID, example="api")
    """The origin that it asks."""
    viewer_protocol_policy: ViewerProtocolPolicy = ViewerProtocolPolicy.ALLOW_ALL
    """What viewers may speak: `allow-all`, `https-only`, or `redirect-to-https`."""
    cached: bool = True
    """Whether answers are kept (a cache policy like CachingOptimized) or each one is asked for (CachingDisabled)."""
    allowed_methods: tuple[str, ...] = ("GET", "HEAD")
    """HTTP methods that are passed on; answers to GET and HEAD are kept, those to others never."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """CloudFront takes three sets of methods."""
        if frozenset(self.allowed_methods) not in _METHODS:
            text = "CloudFront allows GET and HEAD, these with OPTIONS, or all seven methods"
            yield Fault("allowed_methods", text, "write `[GET, HEAD, OPTIONS, PUT, PATCH, POST, DELETE]` for all")

    def takes(self, path: str) -> bool:
        """Whether a path matches its pattern."""
        pattern = self.path_pattern.replace("[", "[[]")  # fnmatch: the only other sign with a meaning
        return fnmatchcase(path, pattern if pattern.startswith(("/", "*")) else f"/{pattern}")


_METHODS = tuple(
    frozenset(some)
    for some in (
        ("GET", "HEAD"),
        ("GET", "HEAD", "OPTIONS"),
        ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"),
    )
)
