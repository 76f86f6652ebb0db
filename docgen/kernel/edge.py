# What CloudFront asks of whom, by path and by what its cache holds: the definition's own words, no packet's affair.
#
# Source: Amazon CloudFront Developer Guide, "How CloudFront delivers content", "Cache behavior settings".
"""origins_for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.model.architecture import Cache
from docgen.model.origins import CacheBehavior, Origin, OriginProtocolPolicy, ViewerProtocolPolicy, port_by


def origins_for(distribution: Any, path: str, cache: Cache | None, port: int) -> Iterator[tuple[Origin, int]]:
    """The origins that a request may lead to, with the port that each is asked on; "" stands for any path."""
    by_name = {origin.name: origin for origin in distribution.origins}
    seen = set()
    for behavior in _behaviors(distribution, path):
        redirected = behavior.viewer_protocol_policy is not ViewerProtocolPolicy.ALLOW_ALL and port == 80
        if redirected or (behavior.cached and cache is Cache.HIT):
            continue
        origin = by_name.get(behavior.target_origin)
        if origin is not None and origin.name not in seen:
            seen.add(origin.name)
            yield origin, _port(origin, port)


def _behaviors(distribution: Any, path: str) -> Iterator[CacheBehavior]:
    first = distribution.origins[0].name
    default = distribution.default_cache_behavior or CacheBehavior(target_origin=first)
    ordered = (*distribution.cache_behaviors, default)
    if not path:
        yield from ordered
        return
    yield next((b for b in distribution.cache_behaviors if b.takes(path)), default)


def _port(origin: Origin, viewer_port: int) -> int:
    """A bucket is asked by the viewer's protocol, a custom origin by its policy."""
    if origin.custom_origin is None:
        return viewer_port
    policy = origin.origin_protocol_policy or OriginProtocolPolicy.HTTPS_ONLY
    return port_by(policy, viewer_port, origin.http_port, origin.https_port)
