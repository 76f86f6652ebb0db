"""A CloudFront distribution: answers viewers at the edge, and asks its origins for what it does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Protocol

from docgen.core.data import dataclass
from docgen.model.architecture import Cache
from docgen.model.component import Key, Ref, refers
from docgen.model.form import Fault
from docgen.model.forwarding import Arrival, Context, Decision, Deliver, Drop, Forward, Onward
from docgen.model.kind import Kind, Role, Scope
from docgen.model.network import Interface, Network
from docgen.model.origins import (
    HTTP,
    HTTPS,
    CacheBehavior,
    HttpVersion,
    Origin,
    OriginProtocolPolicy,
    ViewerProtocolPolicy,
    port_by,
)
from docgen.model.packet import Packet
from docgen.model.packet import Protocol as IpProtocol
from docgen.model.service import EdgeService
from docgen.model.trace import Check, Disposition, Outcome, Step
from docgen.routing.endpoints import End, component_ends
from docgen.routing.outside import receive_outside
from docgen.routing.services import send_from_service


class _VpcOrigin(Protocol):
    """What stands in a VPC for an origin without a public address."""

    key: Key

    def endpoint_key(self, network: Network) -> Key: ...

    def port_for(self, viewer_port: int) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudFrontDistribution(EdgeService):
    """A distribution. Source: CloudFront API `DistributionConfig`; `AWS::CloudFront::Distribution`."""

    kind: ClassVar[str] = "cloudfront_distribution"
    endpoint_prefix: ClassVar[str] = "cloudfront"
    opening_prefix: ClassVar[str] = "cloudfront.origin-facing"

    account: Ref | None = refers("account", default=None)
    """The account that owns it."""
    aliases: tuple[str, ...] = ()
    """Alternate domain names; a record that leads here is answered only if its name is among them."""
    origins: tuple[Origin, ...]
    """Where it gets its content."""
    default_cache_behavior: CacheBehavior | None = None
    """For paths that no other behavior takes; None: the first origin, cached."""
    cache_behaviors: tuple[CacheBehavior, ...] = ()
    """For some paths, the first that matches counts."""
    http_version: HttpVersion = HttpVersion.HTTP2
    """With `http3` or `http2and3` viewers may come by UDP too."""
    enabled: bool = True
    """A disabled one answers nobody."""

    def faults(self) -> Iterator[Fault]:
        """Behaviors ask origins that there are."""
        known = [o.name for o in self.origins]
        if not known:
            yield Fault("origins", "a distribution needs an origin", "add `origins: {assets: {s3_bucket: ...}}`")
        for behavior in self.behaviors if known else ():
            if behavior.target_origin not in known:
                place = "cache_behaviors" if behavior in self.cache_behaviors else "default_cache_behavior"
                text = f"there is no origin {behavior.target_origin!r} in this distribution"
                yield Fault(place, text, f"known: {', '.join(known)}")

    @property
    def behaviors(self) -> tuple[CacheBehavior, ...]:
        """All cache behaviors, the default one last."""
        default = self.default_cache_behavior
        if default is None and self.origins:
            default = CacheBehavior(target_origin=self.origins[0].name)
        return (*self.cache_behaviors, *((default,) if default else ()))

    @property
    def dns_names(self) -> tuple[str, ...]:
        """Its own name; alternate ones lead here only by a record somewhere."""
        return (f"{self.id}.cloudfront.net",)

    def answers_to(self, name: str) -> bool:
        """Whether viewers may ask by a name: `*.example.com` stands for all names below, of several labels too.

        Source: CloudFront Developer Guide, "Use wildcards in alternate domain names".
        """
        name = name.lower().rstrip(".")
        known = [n.lower().rstrip(".") for n in (*self.aliases, *self.dns_names)]
        return name in known or any(n.startswith("*.") and name.endswith(n[1:]) for n in known)

    def works(self, network: Network) -> bool:
        """Whether it is enabled."""
        del network
        return self.enabled

    # -- packets ------------------------------------------------------------------------------
    def forward(self, packet: Packet, arrival: Arrival, context: Context) -> tuple[Decision, ...]:
        """Take a viewer's connection at the edge, and the answers of origins."""
        del arrival
        network, name = context.network, context.network.name(self.key)
        if context.expected is not None:
            return (receive_outside(self.key, packet, context),)
        if not network.is_up(self.key):
            text = f"{name} answers nobody: it is {'out of order' if self.enabled else 'disabled'}."
            return (self._drop(network, text, "BAD_STATE", Check.STATE),)
        if packet.protocol is IpProtocol.ICMP:
            text = f"AWS does not say whether the edge locations of {name} answer a ping."
            step = self._step(network, text, Outcome.DROP, "UNSUPPORTED_COMPONENT")
            return (Drop(steps=(step,), disposition=Disposition.INSUFFICIENT_INFO),)
        port = packet.destination_ports.first
        quic = packet.protocol is IpProtocol.UDP
        if (quic and (port != HTTPS or "3" not in self.http_version)) or port not in (HTTP, HTTPS):
            text = f"{name} answers viewers on TCP 80 and 443{self._by_udp()}, not on {packet.protocol} {port}."
            return (self._drop(network, text, "PROTOCOL_RESTRICTION"),)
        text = f"{name} accepts the connection at the edge location nearest to {packet.source}."
        return (Deliver(steps=(self._step(network, text),)),)

    def _by_udp(self) -> str:
        return " and by HTTP/3 on UDP 443" if "3" in self.http_version else ""

    def send(self, packet: Packet, interface: Interface | None, context: Context) -> tuple[Decision, ...]:
        """Answer a viewer; open connections to origins only, to those inside a VPC by their VPC origin."""
        del interface
        network = context.network
        if context.expected is not None:
            return (send_from_service(self.key, packet, context),)
        port = packet.destination_ports.first
        for origin in self.origins:
            if packet.protocol is not IpProtocol.TCP or context.end != self._end_of(origin, network):
                continue
            if port not in (self._port(origin, HTTP, network), self._port(origin, HTTPS, network)):
                continue
            if origin.vpc_origin is None:
                return (send_from_service(self.key, packet, context),)
            return (self._into_vpc(origin, packet, context),)
        text = f"{network.name(self.key)} opens connections to its origins only, on their ports."
        return (self._drop(network, text, "NO_POSSIBLE_DESTINATION"),)

    def _into_vpc(self, origin: Origin, packet: Packet, context: Context) -> Decision:
        network, by = context.network, self._bound(origin, context.network)
        name = network.name(by)
        # AWS does not say which interface serves which node: the one in the node's own subnet is taken.
        near = context.intended.subnet if context.intended is not None else None
        interfaces = network.interfaces_of(by)
        entered = next((i for i in interfaces if i.subnet == near), interfaces[0] if interfaces else None)
        step = self._step(network, f"It goes through {name}, over AWS's own network.", check=Check.GATEWAY)
        arrival = Arrival(previous=self.key, interface=entered)
        return Forward(next=by, packet=packet, arrival=arrival, steps=(step,))

    # -- what it opens ------------------------------------------------------------------------
    def onward(self, packet: Packet, arrival: Arrival, network: Network) -> tuple[Onward, ...] | Drop:
        """Connections to the origins, as if nothing were in the cache and any path were asked for."""
        return self.for_request("", None).onward(packet, arrival, network)

    def for_request(self, path: str, cache: Cache | None, name: str = "") -> Asked:
        """What it does with requests for a path ("" for any) while its cache has the answer or has not.

        `name` is the domain name that the viewer asked by, "" where none is known.
        """
        path = path.partition("?")[0]  # the query has no say
        some = self.behaviors
        if path:
            some = tuple(b for b in some if b.takes(path) or b is some[-1])[:1]
        unknown = name if name and not self.answers_to(name) else ""
        return Asked(distribution=self, behaviors=some, cache=cache, unknown_name=unknown)

    def opened_for(self, behaviors: Iterable[CacheBehavior], port: int, network: Network) -> Iterator[Onward]:
        """A connection to each address of each origin of these behaviors."""
        wanted = {b.target_origin for b in behaviors}
        for origin in self.origins:
            if origin.name in wanted:
                for end in self._ends(origin, network):
                    yield Onward(
                        purpose="origin",
                        interface=None,
                        target=end.interface,
                        port=self._port(origin, port, network),
                        address=end.address,
                    )

    def _ends(self, origin: Origin, network: Network) -> Iterator[End]:
        end = self._end_of(origin, network)
        yield from component_ends(network, network.get(end), outside=origin.vpc_origin is None)

    def _bound(self, origin: Origin, network: Network) -> Key:
        fields = type(origin).__dataclass_fields__
        name = next(n for n in ("s3_bucket", "custom_origin", "vpc_origin") if getattr(origin, n) is not None)
        return network.bind(origin.target, self.scope, *fields[name].metadata["refers"])

    def _end_of(self, origin: Origin, network: Network) -> Key:
        """The component that answers for an origin."""
        bound = self._bound(origin, network)
        if origin.vpc_origin is None:
            return bound
        by: _VpcOrigin = network.get(bound)  # type: ignore[assignment]
        return by.endpoint_key(network)

    def _port(self, origin: Origin, viewer_port: int, network: Network) -> int:
        if origin.s3_bucket is not None:
            return viewer_port
        if origin.vpc_origin is not None:
            by: _VpcOrigin = network.get(self._bound(origin, network))  # type: ignore[assignment]
            return by.port_for(viewer_port)
        website = self._bound(origin, network).kind == "s3_bucket"
        policy = origin.origin_protocol_policy
        policy = policy or (OriginProtocolPolicy.HTTP_ONLY if website else OriginProtocolPolicy.HTTPS_ONLY)
        return port_by(policy, viewer_port, origin.http_port, origin.https_port)

    def signs_for(self, bucket: Key, network: Network) -> bool:
        """Whether it asks a bucket with origin access control: the bucket's policy allows it, then."""
        return any(o.origin_access_control and self._bound(o, network) == bucket for o in self.origins)

    # -- words --------------------------------------------------------------------------------
    def _drop(self, network: Network, text: str, code: str, check: Check = Check.LISTENER) -> Drop:
        step = self._step(network, text, Outcome.DROP, code, check)
        return Drop(steps=(step,), disposition=Disposition.DROPPED)

    def _step(
        self,
        network: Network,
        text: str,
        outcome: Outcome = Outcome.PASS,
        code: str = "",
        check: Check = Check.LISTENER,
    ) -> Step:
        name = network.name(self.key)
        return Step(check=check, outcome=outcome, by=self.key, by_name=name, text=text, code=code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A distribution as it answers certain requests."""

    distribution: CloudFrontDistribution
    behaviors: tuple[CacheBehavior, ...]
    cache: Cache | None
    unknown_name: str = ""
    """What the viewer asks by, where that is no name of the distribution."""

    def answers(self, packet: Packet) -> bool:
        """Whether the edge may answer without an origin: from its cache, or with a redirect."""
        if self.unknown_name:
            return False
        plain = packet.destination_ports.first == HTTP
        redirects = plain and any(b.viewer_protocol_policy is ViewerProtocolPolicy.REDIRECT for b in self.behaviors)
        return redirects or (self.cache is not Cache.MISS and any(b.cached for b in self.behaviors))

    def onward(self, packet: Packet, arrival: Arrival, network: Network) -> tuple[Onward, ...] | Drop:
        """A connection to each address of the origins that are asked."""
        del arrival
        if self.unknown_name:
            return self._refused(network, f"has no alternate domain name {self.unknown_name}: it refuses the request")
        port = packet.destination_ports.first
        asked = [b for b in self.behaviors if not (b.cached and self.cache is Cache.HIT)]
        if port == HTTP:
            refusing = [b for b in self.behaviors if b.viewer_protocol_policy is ViewerProtocolPolicy.HTTPS_ONLY]
            if refusing:
                only = f"takes HTTPS only for {refusing[0].path_pattern}: it refuses HTTP with status 403"
                return self._refused(network, only)
            asked = [b for b in asked if b.viewer_protocol_policy is not ViewerProtocolPolicy.REDIRECT]
        return tuple(self.distribution.opened_for(asked, port, network))

    def _refused(self, network: Network, why: str) -> Drop:
        key = self.distribution.key
        name = network.name(key)
        step = Step(
            check=Check.LISTENER,
            outcome=Outcome.DROP,
            by=key,
            by_name=name,
            text=f"{name} {why}.",
            code="DG_POLICY_DENIED",
        )
        return Drop(steps=(step,), disposition=Disposition.DROPPED)


KIND = Kind(
    component=CloudFrontDistribution,
    plural="cloudfront_distributions",
    title="CloudFront distribution",
    abbreviation="CloudFront",
    cfn_type="AWS::CloudFront::Distribution",
    terraform_type="aws_cloudfront_distribution",
    icon="cloudfront",
    role=Role.GLOBAL_SERVICE,
    scope=Scope.EDGE,
    across_regions=("origins",),
    across_accounts=("origins",),
    contained_in=("", "account"),
    parent_field="account",
    endpoint=True,
    alias_target=True,
    summary="A proxy at the edge: answers from its cache, where no packet enters a Region, or asks an origin from an "
    "origin-facing address of its own.",
    limits="Viewers come on TCP 80 and 443; behaviors choose an origin by path.",
    source="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowCloudFrontWorks.html",
    example="""\
version: 1
title: A site at the edge
region: ap-south-1
s3_buckets: {shop-assets: {}}
rest_apis: {orders: {integrations: [take-order]}}
lambda_functions: {take-order: {}}
cloudfront_distributions:
  site:
    aliases: [www.example.com]
    origins:
      assets: {s3_bucket: shop-assets, origin_access_control: true}
      api: {custom_origin: orders}
    default_cache_behavior: {target_origin: assets, viewer_protocol_policy: redirect-to-https}
    cache_behaviors:
      /api/*: {target_origin: api, cached: false, viewer_protocol_policy: https-only}
""",
)
