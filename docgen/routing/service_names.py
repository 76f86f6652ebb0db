# AWS services by name: their DNS names, their public addresses, and the interface endpoints in front of them.
#
# In:  a service, or one of its DNS names, and who asks. Out: places: a component, an interface or none, an address.
# Sources: AWS PrivateLink Guide, "Access AWS services through AWS PrivateLink"; VPC User Guide, "DNS attributes".
"""ServiceName, parse, places_of, service_addresses, opening_addresses, region_of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from docgen.core.aws_ranges import service_ranges
from docgen.core.data import dataclass
from docgen.core.prefixes import Address
from docgen.model.component import Component, Key, Ref
from docgen.model.network import Interface, Network
from docgen.model.service import RegionalService, is_edge_service, is_service

_REGION = r"(?P<region>[a-z]{2,4}(-[a-z]+)+-[1-9])"
_SUFFIX = r"\.amazonaws\.com"
_FORMS = (
    re.compile(rf"((?P<resource>[a-z0-9][a-z0-9.-]*)\.)?(?P<service>s3)[.-]{_REGION}{_SUFFIX}"),
    re.compile(rf"((?P<resource>[a-z0-9][a-z0-9.-]*)\.)?(?P<service>s3){_SUFFIX}"),
    re.compile(rf"(?P<resource>[a-z0-9-]+)\.(?P<service>execute-api)\.{_REGION}{_SUFFIX}"),
    re.compile(rf"(?P<service>[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?)\.{_REGION}{_SUFFIX}"),
)
_ENDPOINT = re.compile(rf"(?P<endpoint>[a-z0-9_-]+?)\.(?P<service>[a-z0-9.-]+?)\.{_REGION}\.vpce{_SUFFIX}")

GLOBAL = "global"
"""In place of a Region, for ranges of what is served at the edge."""

Place = tuple[Key | None, Interface | None, Address]
"""Who is asked for (None: the service at large), the interface that answers for it (None: in public), its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceName:
    """What a DNS name of AWS's says."""

    service: str
    """`sqs`, `s3`, `execute-api`."""
    region: str
    resource: str = ""
    """A bucket, an API; "" for the service itself."""
    endpoint: str = ""
    """The id of the interface endpoint whose own name this is, with the zone behind it where it is a zonal one."""

    @property
    def domain(self) -> str:
        """What the service's own names end in: `s3.us-east-1.amazonaws.com`."""
        return f"{self.service}.{self.region}.amazonaws.com"


def parse(name: str) -> ServiceName | None:
    """Read a DNS name; None for one that is not AWS's.

    `sqs.us-east-1.amazonaws.com`, `logs.s3.us-east-1.amazonaws.com`, `orders.execute-api.us-east-1.amazonaws.com`,
    and an endpoint's own: `queue.sqs.us-east-1.vpce.amazonaws.com`, zonal `queue-us-east-1a.sqs.us-east-1.vpce...`.
    """
    asked = name.lower().rstrip(".")
    own = _ENDPOINT.fullmatch(asked)
    if own:
        return ServiceName(service=own["service"], region=own["region"], endpoint=own["endpoint"])
    for form in _FORMS:
        found = form.fullmatch(asked)
        if found:
            parts = found.groupdict()
            region = parts.get("region") or "us-east-1"
            return ServiceName(service=parts["service"], region=region, resource=parts.get("resource") or "")
    return None


def places_of(network: Network, asked: ServiceName, vpc: Key | None) -> tuple[Place, ...]:
    """Where a client's connection to a service name goes: the endpoint with private DNS of the VPC whose resolver is
    asked, else in public.

    () where the name is one of an endpoint that the definition does not have.
    """
    if asked.endpoint:
        return _own_name(network, asked)
    return _places(network, asked.service, asked.region, resource_of(network, asked), vpc)


def places_of_resource(network: Network, component: RegionalService, source: Interface | None) -> tuple[Place, ...]:
    """Where a client's connection to a queue, a bucket goes, named by its id."""
    vpc = source.vpc if source is not None else None
    return _places(network, component.service_code, region_of(network, component), component.key, vpc)


def _places(network: Network, service: str, region: str, resource: Key | None, vpc: Key | None) -> tuple[Place, ...]:
    endpoint = private_dns_endpoint(network, service, region, vpc) if vpc is not None else None
    if endpoint is not None:
        interfaces = network.interfaces_of(endpoint)
        working = [i for i in interfaces if network.interface_is_up(i)] or list(interfaces)[:1]
        return tuple((resource or endpoint, i, i.private_ip) for i in working)
    if resource is not None:
        return ((resource, None, network.outside[resource]),)
    known = next((k for k in network.outside if _serves(network, k, service, region)), None)
    address = network.outside[known] if known else next(service_ranges(service, region)[0].hosts())
    return ((known, None, address),)


def _serves(network: Network, key: Key, service: str, region: str) -> bool:
    component = network.get(key)
    return is_service(component) and (component.service_code, region_of(network, component)) == (service, region)


def private_dns_endpoint(network: Network, service: str, region: str, vpc: Key) -> Key | None:
    """The interface endpoint whose private DNS answers for a service inside a VPC; None where nothing overrides."""
    for key in network.inside.get((vpc.path, "vpc_endpoint"), ()):
        endpoint = network.get(key)
        if endpoint.overrides(service, network) and region_of(network, endpoint) == region:  # type: ignore[attr-defined]
            return key
    return None


def why_bypassed(network: Network, service: str, region: str, vpc: Key) -> str:
    """Why clients in a VPC with an interface endpoint for a service reach it in public; "" where there is none."""
    for key in network.inside.get((vpc.path, "vpc_endpoint"), ()):
        endpoint: Any = network.get(key)
        if not endpoint.stands_for(service) or region_of(network, endpoint) != region:
            continue
        name = network.name(key)
        if endpoint.overrides(service, network):
            return f"Endpoint {name} is not used: the client goes to a public address instead of the service's name."
        if not endpoint.private_dns:
            return f"Endpoint {name} is not used: its private DNS is off, and the service's name is public."
        return (
            f"Endpoint {name} is not used: its private DNS needs enable_dns_support and enable_dns_hostnames of VPC "
            f"{network.name(vpc)}, so the service's name stays public."
        )
    return ""


def endpoint_interfaces(network: Network, resource: RegionalService) -> Iterator[Interface]:
    """The interfaces of every interface endpoint, in any VPC, that leads to a resource's service."""
    for endpoint in network.of_kind("vpc_endpoint"):
        leads = endpoint.stands_for(resource.service_code)  # type: ignore[attr-defined]
        if leads and region_of(network, endpoint) == region_of(network, resource):
            yield from network.interfaces_of(endpoint.key)


def _own_name(network: Network, asked: ServiceName) -> tuple[Place, ...]:
    """The interfaces of the endpoint that a name like `id.service.region.vpce...` says; one of them by zone."""
    meant = resource_of(network, asked)
    for endpoint in network.of_kind("vpc_endpoint"):
        if not endpoint.stands_for(asked.service) or region_of(network, endpoint) != asked.region:  # type: ignore[attr-defined]
            continue
        for interface in network.interfaces_of(endpoint.key):
            if asked.endpoint == f"{endpoint.id}-{interface.zone}":
                return ((meant or endpoint.key, interface, interface.private_ip),)
        if asked.endpoint == endpoint.id:
            return tuple((meant or endpoint.key, i, i.private_ip) for i in network.interfaces_of(endpoint.key))
    return ()


def resource_of(network: Network, asked: ServiceName) -> Key | None:
    """The component that a service name's first label is, for a name without one the only one of its service.

    None where the definition has none, or where several may be meant.
    """
    serving = [key for key in network.outside if _serves(network, key, asked.service, asked.region)]
    if not asked.resource:
        return serving[0] if len(serving) == 1 else None
    return next((key for key in serving if network.get(key).id == asked.resource), None)


def region_of(network: Network, component: Component) -> str:
    """The Region of a service's resource, or of the VPC that a component stands in; "" where none is written."""
    if component.scope:
        component = network.get(Key("vpc", component.scope))
    ref: Ref | None = getattr(component, "region", None)
    return ref.name if ref is not None else ""


def service_addresses(
    components: Mapping[Key, Component], taken: Iterable[Address | None]
) -> Iterator[tuple[Key, Address]]:
    """A public address of its service's ranges for every resource of a service, in order."""
    return _from_ranges({k: p for k, c in components.items() if (p := _place_of(c)) is not None}, taken)


def opening_addresses(
    components: Mapping[Key, Component], taken: Iterable[Address | None]
) -> Iterator[tuple[Key, Address]]:
    """The address from which each service at the edge opens connections."""
    edge = {k: (c.opening_prefix, GLOBAL) for k, c in components.items() if is_edge_service(c) and c.opening_prefix}
    return _from_ranges(edge, taken)


def _place_of(component: Component) -> tuple[str, str] | None:
    if is_edge_service(component):
        return component.endpoint_prefix, component.endpoint_region
    if is_service(component):
        return component.service_code, component.region.name if component.region else ""
    return None


def _from_ranges(
    places: Mapping[Key, tuple[str, str]], taken: Iterable[Address | None]
) -> Iterator[tuple[Key, Address]]:
    used = set(taken)
    free: dict[tuple[str, str], Iterator[Address]] = {}
    for key, place in places.items():
        if place not in free:
            blocks = (*service_ranges(*place), *service_ranges("*", "*"))
            free[place] = chain.from_iterable(block.hosts() for block in blocks)
        address = next((a for a in free[place] if a not in used), None)
        if address is not None:
            used.add(address)
            yield key, address
