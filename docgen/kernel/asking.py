# A flow as connections that are tried: its own, those that load balancers and endpoints open in turn, and calls.
#
# A proxy ends one connection and opens another, so each is tried by itself, from where it is opened.
"""Asker, Asked, Try."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Any

from docgen.kernel.blueprint import Probe
from docgen.kernel.edge import origins_for
from docgen.kernel.ends import Origin, Target, destinations, origin_at, origins, targets_of
from docgen.kernel.hosts import NO_HOST, host_of, owner_listens
from docgen.kernel.keeping import keep_client
from docgen.kernel.outside import INTERNET, answer_by_door
from docgen.kernel.prefixes import crosses_public_line
from docgen.kernel.targets import chosen_by, listener_on
from docgen.kernel.why import NotEmulatedError
from docgen.kernel.world import VOID, World, is_private
from docgen.model.architecture import Flow
from docgen.model.calls import Call, calls_on
from docgen.model.component import Key
from docgen.model.network import Interface
from docgen.model.packet import Family, Protocol

FIRST_PORT, LAST_PORT = 1024, 65535
"""Both ends of the range that clients take their own port from: ACLs may let a part of it pass."""
_DEEPEST = 8
MOST_TRIES = 400
"""Connections of one flow."""


@dataclass(slots=True)
class Try:
    """One connection."""

    origin: Origin
    target: Target
    probes: tuple[int, ...] = ()
    """Indexes into the blueprint's probes: the same connection from several ports."""
    missing: str = ""
    """Why it cannot be sent; its part of the flow is unknown then."""


@dataclass(slots=True)
class Asked:
    """What stands for a flow."""

    flow: Flow
    tries: list[Try] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    """What is not proven although the packets were sent."""
    reason: str = ""
    """Why it cannot be emulated at all; "" where it can."""


@dataclass(slots=True)
class Asker:
    """Adds the probes of flows to a world's blueprint."""

    world: World
    strangers: dict[str, Key] = field(default_factory=dict)
    """Private addresses that somebody on the internet asks for, in VPCs without internet gateway."""
    _asked: int = 0
    _seen: set[tuple[str, str, int, str]] = field(default_factory=set)
    _links: dict[tuple[str, str], str] = field(default_factory=dict)

    def ask(self, flow: Flow) -> Asked:
        """The tries of one flow."""
        asked = Asked(flow)
        self._seen = set()
        try:
            if flow.family is Family.IPV6:
                raise NotEmulatedError("IPv6 is not emulated")
            for origin in origins(self.world, flow.source.name):
                for target in destinations(self.world, flow.destination.name, origin, asked.notes):
                    self._connect(asked, origin, target, flow.protocol.value, flow.port, depth=0)
        except NotEmulatedError as error:
            asked.reason = str(error)
        if not asked.tries and not asked.reason:
            asked.reason = "nobody answers to this name"
        return asked

    def _connect(self, asked: Asked, origin: Origin, target: Target, protocol: str, port: int, depth: int) -> None:
        mark = (origin.namespace, target.address, port, protocol)
        if mark in self._seen:
            return
        self._seen.add(mark)
        if len(asked.tries) >= MOST_TRIES:
            raise NotEmulatedError(f"it has more than {MOST_TRIES} connections")
        if crosses_public_line(self.world, origin.key, target.address):
            raise NotEmulatedError("a public virtual interface is not emulated")
        self._serve(target, protocol, port)
        self._strange(origin, target)
        if depth <= _DEEPEST and self._keep(asked, origin, target, protocol, port, depth):
            return
        asked.tries.append(self._try(asked.flow, origin, target, protocol, port, depth))
        if depth > _DEEPEST:
            return
        try:
            if target.key.kind == "cloudfront_distribution":
                self._edge(asked, target, port, depth)
            elif target.interface is not None:
                self._onward(asked, origin, target, protocol, port, depth)
        except NotEmulatedError as error:
            asked.tries.append(Try(origin, target, missing=str(error)))

    def _keep(self, asked: Asked, origin: Origin, target: Target, protocol: str, port: int, depth: int) -> bool:
        """Through a Network Load Balancer that keeps the client's address: one connection, by each target in turn."""
        balancer: Any = self.world.network.components.get(target.key)
        listener = listener_on(balancer, protocol, port) if target.key.kind == "load_balancer" else None
        if listener is None or target.interface is None:
            return False
        chosen = chosen_by(self.world, balancer, listener, target.interface)
        if not any(one.keeps_client for one in chosen):
            return False
        for one in chosen:
            owner = one.interface.owner
            end = Target(owner, str(one.interface.private_ip), host_of(one.interface), one.interface, (balancer.key,))
            self._serve(end, protocol, one.port)
            there = replace(target, namespace=end.namespace, behind=(balancer.key,))
            tried = self._try(asked.flow, origin, there, protocol, port, depth)
            asked.tries.append(tried)
            ports = [self.world.plan.probes[i].source_port for i in tried.probes]
            keep_client(self.world, origin.interface, target.interface, one, protocol, ports)
            self._onward(asked, origin, end, protocol, one.port, depth)
        return True

    def _try(self, flow: Flow, origin: Origin, target: Target, protocol: str, port: int, depth: int) -> Try:
        given = flow.source_port if depth == 0 else None
        ports = (given,) if given is not None else (FIRST_PORT + self._asked, LAST_PORT - self._asked)
        self._asked += 1
        if protocol == Protocol.ICMP.value:
            ports = ports[:1]
        probes = []
        for source_port in ports:
            probes.append(len(self.world.plan.probes))
            size = flow.packet_size if depth == 0 else 0
            probe = Probe(
                origin.namespace, origin.address, source_port, target.address, port, protocol, size, target.namespace
            )
            self.world.plan.probes.append(probe)
        return Try(origin, target, tuple(probes))

    def _serve(self, target: Target, protocol: str, port: int) -> None:
        """Somebody listens there, unless the component says that it does not."""
        if not target.namespace or protocol == Protocol.ICMP.value:
            return
        component: Any = self.world.network.components.get(target.key)
        if target.key.kind == "load_balancer":
            listens = listener_on(component, protocol, port) is not None
        elif target.key.kind == "vpc_endpoint":
            listens = True
        else:
            listens = owner_listens(self.world.network, target.key, protocol, port)
        if listens:
            self.world.plan.listen(target.namespace, protocol, (port,))
        if target.interface is not None:  # whoever has the same address elsewhere is to answer with its own name
            address = target.interface.private_ip
            for other in self.world.network.interfaces.values():
                if other.private_ip == address and other != target.interface and other.owner.kind not in NO_HOST:
                    self.world.plan.listen(host_of(other), protocol, (port,))

    def _strange(self, origin: Origin, target: Target) -> None:
        """Hand what is for a private address to the gateway of whose it is: nothing else on the internet would."""
        address = ip_address(target.address)
        if not origin.public or (target.interface is None and not is_private(address)):
            return
        around = (
            v.key for v in self.world.of("vpc") if any(address in b for b in self.world.network.blocks_of(v.key))
        )
        vpc = target.interface.vpc if target.interface is not None else next(around, None)
        if vpc is None:
            return
        for gateway in self.world.of("internet_gateway"):
            if gateway.scope == vpc.path:
                if is_private(address):
                    wire = self.world.wires["internet", str(gateway.key)]
                    self.world.plan.ip(INTERNET, f"route replace {target.address}/32 {wire.to_one}")
                return
        self.strangers[target.address] = vpc

    # -- what is opened in turn ---------------------------------------------------------------
    def _onward(self, asked: Asked, origin: Origin, target: Target, protocol: str, port: int, depth: int) -> None:
        assert target.interface is not None
        component: Any = self.world.network.components.get(target.key)
        if target.key.kind == "load_balancer":
            self._balance(asked, component, target.interface, protocol, port, depth)
        elif target.key.kind == "vpc_endpoint":
            self._private_link(asked, component, origin, target.interface, port, depth)
        elif asked.flow.follow_calls:
            calls: tuple[Call, ...] = getattr(component, "calls", ())
            for call in calls_on(calls, port):
                self._call(asked, call, origin_at(target.interface), depth)

    def _edge(self, asked: Asked, target: Target, port: int, depth: int) -> None:
        """From an edge location to the origins that may be asked for what is wanted."""
        distribution: Any = self.world.network.get(target.key)
        opening = self.world.network.opening.get(target.key)
        asked.notes.add("what CloudFront does by path and cache, which is taken from the design")
        for origin, asks in origins_for(distribution, asked.flow.path, asked.flow.when.cache, port):
            bound = self.world.bind_ref(origin, _field(origin), origin.target, distribution.scope)
            if bound is None or bound.kind == "vpc_origin" or opening is None:
                raise NotEmulatedError(
                    "CloudFront enters a VPC by an interface of its own, which no definition names"
                )
            edge = Origin(target.key, target.namespace, str(opening), public=True)
            for onward in targets_of(self.world, bound, edge, asked.notes):
                self._connect(asked, edge, onward, "tcp", asks, depth + 1)

    def _balance(self, asked: Asked, balancer: Any, node: Interface, protocol: str, port: int, depth: int) -> None:
        listener = listener_on(balancer, protocol, port)
        if listener is None:
            return
        chosen = chosen_by(self.world, balancer, listener, node)
        if not chosen:
            raise NotEmulatedError("a load balancer's node has nobody to choose: no packet shows that")
        for one in chosen:
            interface = one.interface
            address, behind = str(interface.private_ip), (balancer.key,)
            onward = Target(interface.owner, address, host_of(interface), interface, behind)
            self._connect(asked, origin_at(node), onward, protocol, one.port, depth + 1)

    def _private_link(
        self, asked: Asked, endpoint: Any, origin: Origin, interface: Interface, port: int, depth: int
    ) -> None:
        """From an endpoint's interface to the node of its zone: the node sees the client's own private address."""
        if endpoint.endpoint_service is None:
            asked.notes.add("what is behind the endpoint, AWS's own network")
            return
        network = self.world.network
        key = self.world.bind(endpoint, "endpoint_service")
        assert key is not None
        service: Any = network.get(key)
        place = network.place(interface.vpc, interface.zone)
        pending = endpoint.key in self.world.all_bound(service, "pending")
        for balancer_key in self.world.all_bound(service, "network_load_balancers"):
            balancer: Any = network.get(balancer_key)
            nodes = [n for n in network.interfaces_of(balancer_key) if network.place(n.vpc, n.zone) == place]
            if pending or not nodes:
                text = "has not accepted the endpoint" if pending else "is offered in other zones only"
                self._refused_link(asked, origin, interface, key, text, port, depth)
            for node in nodes if not pending else ():
                link = self._link(origin, interface, node)
                target = Target(balancer_key, str(node.private_ip), host_of(node), node)
                self._serve(target, "tcp", port)
                near = Origin(origin.key, link, origin.address, origin.vpc, origin.interface)
                asked.tries.append(self._try(asked.flow, near, target, "tcp", port, depth + 1))
                self._balance(asked, balancer, node, "tcp", port, depth + 1)

    def _link(self, origin: Origin, interface: Interface, node: Interface) -> str:
        purpose = (f"{interface.vpc.path} {interface.id} {node.id}", origin.address)
        if purpose not in self._links:
            name = self.world.plan.namespace(f"link {len(self._links)}")
            wire = self.world.wire(name, host_of(node))
            self.world.plan.ip(name, f"addr add {origin.address}/32 dev {wire.one}")
            self.world.plan.ip(name, f"route add default {wire.to_two} src {origin.address}")
            answer_by_door(self.world, host_of(node), wire.two, wire.to_one)
            self._links[purpose] = name
        return self._links[purpose]

    def _refused_link(
        self, asked: Asked, origin: Origin, interface: Interface, service: Key, text: str, port: int, depth: int
    ) -> None:
        """A link that leads nowhere."""
        purpose = (f"{interface.vpc.path} {interface.id} nobody", origin.address)
        if purpose not in self._links:
            name = self.world.void(self.world.plan.namespace(f"link {len(self._links)}"))
            self.world.plan.ip(name, f"addr add {origin.address}/32 dev {VOID}", f"route add default dev {VOID}")
            end = self.world.drop(service, text)
            chain = f"chain output {{\ntype filter hook output priority 0\noifname {VOID} {end}\n}}"
            self.world.plan.rules(name, f"table ip link {{\n{chain}\n}}\n")
            self._links[purpose] = name
        near = Origin(origin.key, self._links[purpose], origin.address)
        target = Target(service, _NOBODY)
        asked.tries.append(self._try(asked.flow, near, target, "tcp", port, depth + 1))

    def _call(self, asked: Asked, call: Call, origin: Origin, depth: int) -> None:
        for target in destinations(
            self.world, call.to.name, origin, asked.notes, origin.vpc.path if origin.vpc else ""
        ):
            port = call.asked_port or self._only_port(target.key)
            self._connect(asked, origin, target, call.speaks.value, port, depth + 1)

    def _only_port(self, key: Key) -> int:
        """The port of what has only one."""
        component: Any = self.world.network.components.get(key)
        if key.kind == "load_balancer":
            ports = {listener.port for listener in component.listeners}
        elif hasattr(component, "listening_port"):
            ports = {component.listening_port}
        elif hasattr(component, "service_code"):
            ports = {443}
        else:
            ports = {one.ports.first for one in getattr(component, "listens", ())}
        if len(ports) != 1:
            raise NotEmulatedError("a call whose port nobody says")
        return int(ports.pop())


def _field(origin: Any) -> str:
    return next(name for name in ("s3_bucket", "custom_origin", "vpc_origin") if getattr(origin, name) is not None)


_NOBODY = "192.0.2.1"
"""An address of nobody (RFC 5737): where a link that was not accepted leads."""
