# DNS names, as far as the design itself answers them: records, aliases and names of AWS's services. What depends on
# where people are, or on a resolver's rules, is not emulated.
#
# Sources: Amazon Route 53 Developer Guide, "Choosing between alias and non-alias records", "Considerations when
# working with a private hosted zone"; AWS PrivateLink Guide, "Access AWS services" (names of endpoints).
"""resolve, endpoint_for."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, ip_address
from typing import Any

from docgen.kernel.records import choose
from docgen.kernel.routes import is_gateway_endpoint, service_of
from docgen.kernel.why import NotEmulatedError
from docgen.kernel.world import World
from docgen.model.component import Key
from docgen.model.network import Interface
from docgen.model.records import Record
from docgen.model.service import ENDPOINT_NAMES

Answer = Key | IPv4Address | tuple[Interface, ...]
_DEEPEST = 8


def resolve(world: World, name: str, vpc: Key | None, deep: int = 0) -> tuple[Answer, ...]:
    """What a name leads to, asked from a VPC or (None) from outside.

    Raises:
        NotEmulatedError: the design alone does not answer it, or not always in the same way.
    """
    wanted = name.lower().rstrip(".")
    if deep > _DEEPEST:
        raise NotEmulatedError("a DNS name that leads to itself")
    for host in world.of("internet_host"):
        if wanted in (n.lower() for n in host.dns_names):
            return (host.key,)
    if wanted.endswith(".amazonaws.com"):
        return _of_service(world, wanted, vpc)
    zones = sorted(_zones(world, wanted, vpc), key=lambda z: (-len(_domain(z)), not _is_private(z)))
    if not zones:
        raise NotEmulatedError("a DNS name that the design does not answer")
    zone = zones[0]
    if zone.provider not in ("route53", "") and any(
        zone.provider in (c.id, str(c.key)) for c in world.network.components.values()
    ):
        raise NotEmulatedError("a DNS name that a server of the design answers")
    label = wanted.removesuffix(_domain(zone)).rstrip(".") or "@"
    return _record(world, zone, label, vpc, deep)


def _zones(world: World, wanted: str, vpc: Key | None) -> Iterator[Any]:
    for zone in world.of("hosted_zone"):
        domain = _domain(zone)
        inside = wanted == domain or wanted.endswith("." + domain)
        if inside and (not _is_private(zone) or vpc in world.all_bound(zone, "vpcs")):
            yield zone


def _domain(zone: Any) -> str:
    domain: str = (zone.name or zone.id).lower()
    return domain


def _is_private(zone: Any) -> bool:
    return bool(zone.vpcs) if zone.private_zone is None else bool(zone.private_zone)


def _record(world: World, zone: Any, label: str, vpc: Key | None, deep: int) -> tuple[Answer, ...]:
    records = [r for r in zone.records if r.name == label]
    if not records:
        records = [r for r in zone.records if r.name == "*"]
    if not records:
        raise NotEmulatedError("a DNS name that the design does not answer")
    return tuple(a for r in choose(world, zone, records) for a in _answers(world, zone, r, vpc, deep))


def _answers(world: World, zone: Any, record: Record, vpc: Key | None, deep: int) -> tuple[Answer, ...]:
    if record.cname:
        return resolve(world, record.cname, vpc, deep + 1)
    if record.alias_record:
        return _record(world, zone, record.alias_record, vpc, deep + 1)
    if record.alias is not None:
        target = world.bind_ref(record, "alias", record.alias, zone.scope)
        return (target,) if target is not None else ()
    found: list[Answer] = []
    for ref in record.a:
        bound = world.bind_ref(record, "a", ref, zone.scope)
        if bound is None:
            found.append(IPv4Address(str(ip_address(ref.name))))
        elif _is_private(zone):
            found.append(bound)
        else:
            found += [i.public_ip for i in world.network.interfaces_of(bound) if i.public_ip] or [bound]
    if not found:
        raise NotEmulatedError("IPv6 is not emulated")
    return tuple(found)


def endpoint_for(world: World, code: str, vpc: Key | None) -> Key | None:
    """The interface endpoint that a service's own name leads to inside a VPC."""
    if vpc is None:
        return None
    owner: Any = world.network.get(vpc)
    code = ENDPOINT_NAMES.get(code, code)
    for endpoint in world.of("vpc_endpoint"):
        named = not is_gateway_endpoint(endpoint) and service_of(endpoint) == code
        default = code not in ("s3", "dynamodb")
        private = default if endpoint.private_dns_enabled is None else endpoint.private_dns_enabled
        answered = owner.enable_dns_support and owner.enable_dns_hostnames
        if named and endpoint.scope == vpc.path and private and answered:
            found: Key = endpoint.key
            return found
    return None


def _of_service(world: World, name: str, vpc: Key | None) -> tuple[Answer, ...]:
    """Names of services and of their interface endpoints."""
    labels = name.removesuffix(".amazonaws.com").split(".")
    for endpoint in world.of("vpc_endpoint"):
        region = world.region_of(Key("vpc", endpoint.scope))
        if is_gateway_endpoint(endpoint) or labels[-1] != "vpce" or labels[-2] != region:
            continue
        interfaces = world.network.interfaces_of(endpoint.key)
        if labels[-3] == service_of(endpoint) and labels[0] == endpoint.id:
            return (interfaces,)
        for interface in interfaces:
            if labels[0] == f"{endpoint.id}-{interface.zone}":
                return ((interface,),)
    taken = endpoint_for(world, labels[0], vpc)
    if taken is not None and labels[-1] == world.region_of(vpc):  # type: ignore[arg-type]
        return (world.network.interfaces_of(taken),)
    for key, address in world.network.outside.items():
        code = getattr(world.network.components.get(key), "service_code", "")
        if code == labels[0] and isinstance(address, IPv4Address):
            return (key,)
    raise NotEmulatedError("a name of an AWS service that no component of the design stands for")
