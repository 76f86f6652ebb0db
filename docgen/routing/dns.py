# Looks a name up in the definition: its hosted zones and the names of internet hosts.
"""look_up, as_connection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from docgen.model.component import Component, Key, Ref
from docgen.model.network import Network
from docgen.model.trace import Check, Connection, Disposition, Hop, Leg, Outcome, Step, Trace, Verdict
from docgen.routing.binding import is_address
from docgen.routing.endpoints import End, address_end, component_ends, outside_address, service_ends
from docgen.routing.service_names import ServiceName, parse, places_of
from docgen.routing.vpc_services import dns_is_off

MAX_ALIASES = 8
"""CNAME records followed before the look-up is called a loop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a look-up gave: where it was answered, in which words, and the ends that the name means."""

    zone: Key | None
    """The hosted zone that was asked (the VPC whose resolver is off); None for a name that no zone covers."""
    step: Step
    ends: tuple[End, ...]


def look_up(network: Network, name: str, source: End) -> Answer:
    """Resolve a name as `source` would.

    A public zone answers everybody alike; an alias gives the present addresses of its load balancer.
    """
    asked = name
    if source.interface is not None and dns_is_off(network, source.interface.vpc):
        vpc = source.interface.vpc
        text = f"VPC {network.name(vpc)} has enable_dns_support off: its resolver does not answer {source.name}."
        return Answer(zone=vpc, step=_step(network, vpc, text, "DG_DNS_ATTRIBUTES_DISABLED"), ends=())
    for _ in range(MAX_ALIASES):
        zone = _zone_for(network, name)
        if zone is None:
            if (service := parse(name)) is not None:
                return _service_answer(network, asked, service, source)
            return _outside_name(network, asked, name)
        if not network.is_up(zone.key):
            text = f"{_title(zone)} does not answer for {zone.id}: it is out of order."
            return Answer(zone=zone.key, step=_step(network, zone.key, text, "BAD_STATE"), ends=())
        record: Any = zone.record(name)  # type: ignore[attr-defined]
        if record is None:
            text = f"Zone {zone.id} has no record {name}."
            return Answer(zone=zone.key, step=_step(network, zone.key, text, "DG_DNS_NO_RECORD"), ends=())
        if record.cname:
            name = record.cname
            continue
        ends = tuple(_ends_of(network, record, source))
        addresses = ", ".join(dict.fromkeys(str(e.address) for e in ends)) or "nothing"
        what = f"alias of {record.alias}" if record.alias else "A record"
        text = f"{_title(zone)} answers {asked} with {addresses} ({what})."
        code = "" if ends else "DG_DNS_NO_RECORD"
        return Answer(zone=zone.key, step=_step(network, zone.key, text, code), ends=ends)
    zone_key = zone.key if zone else None
    by = zone_key or source.component
    step = _step(network, by, f"{asked} leads through too many CNAME records.", "DG_DNS_NO_RECORD")
    return Answer(zone=zone_key, step=step, ends=())


def _title(zone: Component) -> str:
    return "Route 53" if getattr(zone, "at_route53", False) else f"The DNS of {getattr(zone, 'provider', zone.id)}"


def _zone_for(network: Network, name: str) -> Component | None:
    """The most specific zone that the name belongs to."""
    wanted = name.lower().rstrip(".")
    zones = [
        z for z in network.of_kind("hosted_zone") if wanted == z.id.lower() or wanted.endswith(f".{z.id.lower()}")
    ]
    return max(zones, key=lambda z: len(z.id), default=None)


def _ends_of(network: Network, record: Any, source: End) -> Iterator[End]:
    outside = source.outside
    if record.alias is not None:
        target = network.get(network.bind(record.alias, "", *_kinds(record, "alias")))
        yield from component_ends(network, target, outside=outside)
    for ref in record.a:
        if is_address(ref.name):
            yield address_end(network, ip_address(ref.name), source)
        else:
            component = network.get(network.bind(ref, "", *_kinds(record, "a")))
            yield from _published(network, component, ref)


def _published(network: Network, component: Component, ref: Ref) -> Iterator[End]:
    """The public address of a component, which is what an A record in a public zone holds."""
    del ref
    for interface in network.interfaces_of(component.key):
        yield End(
            component=component.key,
            interface=interface,
            address=interface.public_ip or interface.private_ip,
            name=network.name(component.key),
        )


def _kinds(record: Any, field_name: str) -> tuple[str, ...]:
    return tuple(type(record).__dataclass_fields__[field_name].metadata["refers"])


def _service_answer(network: Network, asked: str, service: ServiceName, source: End) -> Answer:
    """A name of an AWS service: private DNS of an endpoint in the asker's VPC, else AWS's public zone."""
    ends = service_ends(network, places_of(network, service, source.interface), asked)
    by = next((e.interface.owner for e in ends if e.interface), None)
    addresses = ", ".join(dict.fromkeys(str(e.address) for e in ends))
    if by is not None and not service.endpoint:
        text = f"Private DNS of endpoint {network.name(by)} answers {asked} with {addresses}."
    elif ends:
        text = f"AWS's public DNS answers {asked} with {addresses}."
    else:
        text = f"No endpoint of the definition has the name {asked}."
    at = by or Key("internet", "internet")
    return Answer(zone=by, step=_step(network, at, text, "" if ends else "DG_DNS_NO_RECORD"), ends=ends)


def _outside_name(network: Network, asked: str, name: str) -> Answer:
    for host in network.of_kind("internet_host"):
        if name.lower() in (n.lower() for n in host.dns_names):  # type: ignore[attr-defined]
            address = outside_address(network, host)
            end = End(component=host.key, interface=None, address=address, name=network.name(host.key))
            step = _step(network, host.key, f"{asked} is {address}, a host on the internet.", "")
            return Answer(zone=None, step=step, ends=(end,))
    by = Key("internet", "internet")
    text = f"The definition does not say what {name} resolves to."
    return Answer(zone=None, step=_step(network, by, text, "UNKNOWN_DESTINATION"), ends=())


def _step(network: Network, by: Key, text: str, code: str) -> Step:
    return Step(
        check=Check.DNS,
        outcome=Outcome.DROP if code else Outcome.PASS,
        by=by,
        by_name=network.name(by),
        text=text,
        code=code,
    )


def as_connection(network: Network, source: End, name: str, answer: Answer) -> Connection:
    """The question for the name: not a packet of the flow, but its first step."""
    at = answer.zone or Key("internet", "internet")
    hops = (
        Hop(
            component=source.component,
            name=source.name,
            interface=source.interface.id if source.interface else "",
            subnet=source.interface.subnet if source.interface else None,
            packet_in=None,
            packet_out=None,
            steps=(),
        ),
        Hop(
            component=at,
            name=network.name(at),
            packet_in=None,
            packet_out=None,
            steps=(answer.step,),
        ),
    )
    found = bool(answer.ends)
    unknown = answer.step.code == "UNKNOWN_DESTINATION"
    disposition = Disposition.INSUFFICIENT_INFO if unknown else Disposition.NO_ROUTE
    verdict = Verdict.ALLOWED if found else Verdict.UNKNOWN if unknown else Verdict.BLOCKED
    return Connection(
        source=source.component,
        source_name=source.name,
        destination=answer.zone,
        destination_name=name,
        purpose="dns",
        verdict=verdict,
        leg=None if found else Leg.FORWARD,
        reason=answer.step.code,
        component=None if found else at,
        component_name="" if found else network.name(at),
        text=answer.step.text,
        forward=Trace(leg=Leg.FORWARD, hops=hops, disposition=Disposition.ACCEPTED if found else disposition),
    )
