# Looks a name up in the definition: who is asked, in which order, and what they answer.
#
# A VPC's interfaces ask its resolver, which knows Resolver rules, private hosted zones and the private DNS of
# endpoints before it asks in public; hosts of a data center ask its DNS, which may forward to an inbound endpoint;
# everybody else asks in public. What goes over the network between them is a real packet, for the report to trace.
# Sources: Route 53 Developer Guide, "Considerations when working with a private hosted zone", "Resolver rules".
"""look_up, private_name_of, Answer, Question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Any

from docgen.core.data import dataclass
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.model.packet import Family
from docgen.model.records import Record
from docgen.model.trace import Check, Outcome, Step
from docgen.routing.aws_names import named_thing
from docgen.routing.binding import is_address
from docgen.routing.dns_answers import ends_of, for_resource, of_one_family
from docgen.routing.dns_records import Choice, choices, choose
from docgen.routing.dns_zones import (
    automatic_domain,
    forwarder_for,
    is_public,
    longest,
    private_zone_for,
    private_zones,
    rule_for,
    uses_private_zones,
    zones,
)
from docgen.routing.endpoints import End, address_end, component_ends, outside_address, service_ends
from docgen.routing.reactions import reaction
from docgen.routing.service_names import ServiceName, parse, places_of, private_dns_endpoint, resource_of
from docgen.routing.vpc_services import dns_is_off

PUBLIC = Key("internet", "internet")
_OUTSIDE = {
    "internet_host": "a host on the internet",
    "cloudfront_distribution": "an edge location",
    "global_service": "an AWS service that all Regions share",
}
"""Kinds with public names of their own, and what these lead to."""
MAX_DEPTH = 8
"""CNAME records and servers after each other before a look-up is called a loop."""
MAX_ASKED = 200
"""Names looked up for one: several records of a name may each lead to another one."""


class _TooManyError(Exception):
    """A look-up leads through too many names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One exchange of a look-up."""

    at: Key
    """Who answers: a hosted zone, a Resolver rule, the VPC."""
    steps: tuple[Step, ...]
    ends: tuple[End, ...] = ()
    """What the name means, where this is the last word."""
    packets: tuple[tuple[End, End], ...] = ()
    """Real questions (UDP, port 53) that go out because of it, each from and to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a look-up gave: the exchanges worth telling, in order, and the ends that the name means."""

    questions: tuple[Question, ...]
    ends: tuple[End, ...]
    open: bool = False
    """Whether what the definition does not say (where the asker is) decides between the ends."""


def look_up(
    network: Network, name: str, source: End, *, family: Family | None = None, meant: Key | None = None
) -> Answer:
    """Resolve a name as `source` would; `meant` is the resource of an AWS service that it wants."""
    search = _Search(network, name, source, family, meant)
    try:
        ends = search.run()
    except _TooManyError:
        ends = search.give_up()
    return Answer(questions=tuple(search.questions), ends=ends, open=search.open)


def private_name_of(network: Network, resource: Any, source: End) -> str:
    """The DNS name of a service's resource, where a private zone or a rule of the source's VPC answers for it."""
    region = resource.region.name if resource.region is not None else ""
    if source.interface is None or not region:
        return ""
    first = f"{resource.id}." if resource.service_code in ("s3", "execute-api") else ""
    name = f"{first}{resource.service_code}.{region}.amazonaws.com"
    vpc = source.interface.vpc
    return name if private_zone_for(network, vpc, name) or rule_for(network, vpc, name) else ""


class _Search:
    """One look-up as it goes from server to server."""

    def __init__(self, network: Network, asked: str, source: End, family: Family | None, meant: Key | None) -> None:
        self._network = network
        self._asked = asked
        self._source = source
        self._family = family
        self._meant = meant
        self._followed = 0
        self._depth = 0
        self._pending: list[Step] = []
        """Steps made since the last question: CNAME records, what an outage changes."""
        self.questions: list[Question] = []
        self.open = False

    def run(self) -> tuple[End, ...]:
        """Ask whom the source asks."""
        if self._source.interface is not None:
            return self._ask(self._source.interface.vpc, self._asked)
        if self._source.component.kind == "on_premises_host":
            return self._by_data_center(self._source.component, self._asked)
        return self._in_public(self._asked, None)

    def _ask(self, server: Key | None, name: str) -> tuple[End, ...]:
        """A VPC's resolver, another DNS server, or (None) the resolvers of the internet."""
        self._followed += 1
        if self._depth >= MAX_DEPTH or self._followed > MAX_ASKED:
            raise _TooManyError
        self._depth += 1
        ends = self._answer_of(server, name)
        self._depth -= 1
        return ends

    def give_up(self) -> tuple[End, ...]:
        """No answer, for the names lead on and on."""
        self._pending = []
        return self._say(PUBLIC, f"{self._asked} leads through too many CNAME records.", "DG_DNS_NO_RECORD")

    def _answer_of(self, server: Key | None, name: str) -> tuple[End, ...]:
        if server is None:
            return self._in_public(name, None)
        return self._by_vpc(server, name) if server.kind == "vpc" else self._by_server(server, name)

    # -- a VPC's resolver

    def _by_vpc(self, vpc: Key, name: str) -> tuple[End, ...]:
        """The most specific of rules, private zones and endpoints; a rule for the same domain comes first."""
        network = self._network
        if dns_is_off(network, vpc):
            asker = self._source.name
            text = f"VPC {network.name(vpc)} has enable_dns_support off: its resolver does not answer {asker}."
            return self._say(vpc, text, "DG_DNS_ATTRIBUTES_DISABLED")
        zone, rule = private_zone_for(network, vpc, name), rule_for(network, vpc, name)
        service = parse(name)
        endpoint = private_dns_endpoint(network, service.service, service.region, vpc) if service else None
        inside = len(zone.domain) if zone is not None else -1
        hidden = len(service.domain) if service is not None and endpoint is not None else automatic_domain(name)
        if rule is not None and len(rule.domain) >= max(inside, hidden):
            return self._forwarded(rule, name)
        if zone is not None and inside >= hidden:
            return self._in_zone(zone, name, vpc)
        return self._in_public(name, vpc)

    def _forwarded(self, rule: Any, name: str) -> tuple[End, ...]:
        """Through the rule's outbound endpoint to the DNS servers that it names."""
        network = self._network
        endpoint: Any = network.get(network.bind(rule.resolver_endpoint, rule.scope, "resolver_endpoint"))
        servers = list(self._servers(rule))
        working = [s for s in servers if network.is_up(s.component)] or servers[:1]
        opened = component_ends(network, endpoint, outside=False)
        where = " or ".join(dict.fromkeys(s.name for s in working))
        text = (
            f"Resolver rule {network.name(rule.key)} ({rule.domain_name}) forwards {name} to {where} by "
            f"{network.name(endpoint.key)}."
        )
        self._note(rule.key, text, packets=[(o, s) for o in opened for s in working])
        server = working[0].component
        if server.kind == "resolver_endpoint":
            server = Key("vpc", network.get(server).scope)
        return self._ask(server, name)

    def _servers(self, rule: Any) -> Iterator[End]:
        network = self._network
        kinds = tuple(type(rule).__dataclass_fields__["target_ips"].metadata["refers"])
        for ref in rule.target_ips:
            if is_address(ref.name):
                yield address_end(network, ip_address(ref.name), self._source)
            else:
                yield from component_ends(network, network.get(network.bind(ref, rule.scope, *kinds)), outside=False)

    # -- DNS servers on premises, and others' own

    def _by_data_center(self, host: Key, name: str) -> tuple[End, ...]:
        network = self._network
        component: Any = network.get(host)
        center: Any = network.get(network.bind(component.data_center, component.scope, "data_center"))
        server = network.bind(center.dns_server, center.scope, "on_premises_host") if center.dns_server else host
        if not network.is_up(server):
            text = f"{network.name(server)}, the DNS server of {network.name(center.key)}, is out of order."
            return self._say(server, text, "BAD_STATE")
        return self._ask(server, name)

    def _by_server(self, server: Key, name: str) -> tuple[End, ...]:
        """A DNS server that is not AWS's: its own zones, the forwarders of its data center, else in public."""
        network = self._network
        component: Any = network.components.get(server)
        ref = getattr(component, "data_center", None)
        center: Any = network.get(network.bind(ref, component.scope, "data_center")) if ref else None
        own = {component.id if component else "", center.id if center else ""} - {""}
        zone = longest(z for z in zones(network) if z.provider in own and z.covers(name))
        forwarder = forwarder_for(center, name) if center is not None else None
        if forwarder is not None and (zone is None or len(forwarder.domain_name) > len(zone.domain)):
            return self._to_inbound(server, center, forwarder, name)
        if zone is not None:
            return self._in_zone(zone, name, server)
        if center is None:
            who = network.name(server) if server != PUBLIC else "the DNS server that is asked"
            text = f"The definition does not say what {who} answers for {name}."
            return self._say(server, text, "UNKNOWN_DESTINATION")
        return self._in_public(name, server)

    def _to_inbound(self, server: Key, center: Any, forwarder: Any, name: str) -> tuple[End, ...]:
        network = self._network
        endpoint: Any = network.get(network.bind(forwarder.resolver_endpoint, center.scope, "resolver_endpoint"))
        host = End(component=server, interface=None, address=network.outside[server], name=network.name(server))
        vpc = Key("vpc", endpoint.scope)
        text = (
            f"{network.name(server)} forwards {name} ({forwarder.domain_name}) to {network.name(endpoint.key)}, an "
            f"inbound endpoint of VPC {network.name(vpc)}."
        )
        given = component_ends(network, endpoint, outside=False)
        self._note(endpoint.key, text, packets=[(host, e) for e in given])
        return self._ask(vpc, name)

    # -- in public

    def _in_public(self, name: str, server: Key | None) -> tuple[End, ...]:
        """By the public zones of the definition, the names of AWS and of internet hosts."""
        network = self._network
        vpc = server if server is not None and server.kind == "vpc" else None
        zone = longest(z for z in zones(network) if is_public(network, z) and z.covers(name))
        if zone is not None:
            return self._in_zone(zone, name, server)
        thing = named_thing(network, name, vpc)
        if thing is not None and thing.code:
            return self._say(thing.by, thing.text, thing.code)
        if thing is not None:
            return self._found(thing.by, f"{thing.text} answers {name} with {_addresses(thing.ends)}.", thing.ends)
        service = parse(name)
        if service is not None:
            return self._service(name, service, vpc)
        for host in network.of_kind(*_OUTSIDE):
            if name.lower().rstrip(".") in (n.lower() for n in host.dns_names):  # type: ignore[attr-defined]
                address = outside_address(network, host)
                end = End(component=host.key, interface=None, address=address, name=network.name(host.key))
                text = f"{self._asked} is {address}, {_OUTSIDE[host.kind]}."
                return self._found(PUBLIC, text, (end,), told=False)
        return self._nobody(name, vpc)

    def _service(self, name: str, service: ServiceName, vpc: Key | None) -> tuple[End, ...]:
        """A name of an AWS service: private DNS of an endpoint in the asker's VPC, else AWS's public zone."""
        network = self._network
        ends = service_ends(network, places_of(network, service, vpc), self._asked)
        by = next((e.interface.owner for e in ends if e.interface), None)
        if not ends:
            text = f"No endpoint of the definition has the name {name}."
            return self._say(PUBLIC, text, "DG_DNS_NO_RECORD")
        own = by is not None and not service.endpoint
        who = f"Private DNS of endpoint {network.name(by)}" if own and by is not None else "AWS's public DNS"
        text = f"{who} answers {self._asked} with {_addresses(ends)}."
        # The resolver answers: the question is no packet to the endpoint, which may even be out of order.
        return self._found(vpc or PUBLIC, text, ends, told=by is not None)

    def _nobody(self, name: str, vpc: Key | None) -> tuple[End, ...]:
        """Of a private zone's name that says enough; of any other the definition does not say what it means."""
        network = self._network
        hidden = longest(z for z in zones(network) if not is_public(network, z) and z.covers(name))
        if hidden is None:
            return self._say(PUBLIC, f"The definition does not say what {name} resolves to.", "UNKNOWN_DESTINATION")
        zone = network.name(hidden.key)
        if vpc is not None and hidden in private_zones(network, vpc) and not uses_private_zones(network, vpc):
            text = (
                f"VPC {network.name(vpc)} has enable_dns_hostnames off, so its resolver does not use private hosted "
                f"zone {zone}; in public nobody answers for {name}."
            )
            return self._say(vpc, text, "DG_DNS_ATTRIBUTES_DISABLED")
        if not hidden.is_private:
            text = f"Only {hidden.provider} answers for {hidden.domain}; in public nobody answers for {name}."
        elif vpc is not None:
            text = (
                f"VPC {network.name(vpc)} is not associated with private hosted zone {zone}; in public nobody "
                f"answers for {name}."
            )
        else:
            text = (
                f"Private hosted zone {zone} answers the resolvers of its VPCs only, not {self._source.name}; in "
                f"public nobody answers for {name}."
            )
        return self._say(hidden.key, text, "DG_DNS_NO_RECORD")

    # -- a zone

    def _in_zone(self, zone: Any, name: str, server: Key | None) -> tuple[End, ...]:
        """What a zone of the definition answers; a CNAME's other name is looked up by whoever asked."""
        network = self._network
        who = _title(network, zone)
        if not network.is_up(zone.key):
            return self._say(zone.key, f"{who} does not answer for {zone.domain}: it is out of order.", "BAD_STATE")
        records = zone.records_for(name)
        if not records and zone.is_private:
            text = f"{who} has no record {name}, and the resolver asks nobody else for names of {zone.domain}."
            return self._say(zone.key, text, "DG_DNS_NXDOMAIN_PRIVATE_ZONE")
        if not records:
            return self._say(zone.key, f"Zone {network.name(zone.key)} has no record {name}.", "DG_DNS_NO_RECORD")
        choice, *further = choices(network, zone, records)
        self.open = self.open or any(c.open for c in (choice, *further))
        self._compare(zone, records, choice)
        others = tuple(dict.fromkeys(r.cname for r in choice.records if r.cname))
        ends = tuple(e for r in choice.records for e in ends_of(network, zone, r, self._source))
        ends = of_one_family(ends, self._source, self._family)
        if ends or not others:
            service = parse(self._asked)
            resource = self._meant or (resource_of(network, service) if service else None)
            ends = for_resource(network, ends, resource, service.service if service else "")
            text = f"{who} answers {self._asked} with {_addresses(ends)} ({choice.words})."
            self._found(zone.key, text, ends) if ends else self._say(zone.key, text, "DG_DNS_NO_RECORD")
        if any(c.leaves_out for c in (choice, *further)):
            text = f"{who} has no answer for {name} to askers in other places: no default record (`*`) is healthy."
            self._say(zone.key, text, "DG_DNS_NO_RECORD")
        for other in others:
            text = f"{who} says that {name} is another name for {other} ({choice.words})."
            self._pending.append(self._step(zone.key, text))
            ends += self._ask(server, other)
        return tuple(dict.fromkeys(ends))

    def _compare(self, zone: Any, records: tuple[Record, ...], choice: Choice) -> None:
        """A step about the records that an outage has made unhealthy."""
        intact = self._network.intact
        given = choose(intact, zone, records).records if intact is not None else ()
        lost = [r.set_identifier or r.sort for r in given if r not in choice.records]
        if lost:
            what = f"{_title(self._network, zone)} finds {' and '.join(lost)} unhealthy and answers with others."
            self._pending.append(reaction(self._network, zone.key, what))

    # -- what is told

    def _found(self, at: Key, text: str, ends: tuple[End, ...], *, told: bool = True) -> tuple[End, ...]:
        """The answer; a foreign name with nothing of the design on the way to it is not worth a line."""
        if told or self.questions or self._pending:
            self._note(at, text, ends=ends)
        return ends

    def _say(self, at: Key, text: str, code: str) -> tuple[End, ...]:
        """No answer, and why."""
        self._note(at, text, code)
        return ()

    def _note(
        self,
        at: Key,
        text: str,
        code: str = "",
        ends: tuple[End, ...] = (),
        packets: Iterable[tuple[End, End]] = (),
    ) -> None:
        steps = (*self._pending, self._step(at, text, code))
        self._pending = []
        self.questions.append(Question(at=at, steps=steps, ends=ends, packets=tuple(packets)))

    def _step(self, by: Key, text: str, code: str = "") -> Step:
        return Step(
            check=Check.DNS,
            outcome=Outcome.DROP if code else Outcome.PASS,
            by=by,
            by_name=self._network.name(by),
            text=text,
            code=code,
        )


def _title(network: Network, zone: Any) -> str:
    if zone.is_private:
        return f"Private hosted zone {network.name(zone.key)}"
    return "Route 53" if zone.at_route53 else f"The DNS of {zone.provider}"


def _addresses(ends: Iterable[End]) -> str:
    return ", ".join(dict.fromkeys(str(e.address) for e in ends)) or "nothing"
