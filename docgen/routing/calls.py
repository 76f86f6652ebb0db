# What a component calls when it is called: which of its calls a request leads to, and what each of them means.
#
# In:  a component of a Network and the port that it was called on. Out: Flows of its own to trace.
# Which port a call means where it says none is here too, and the diagnostics of calls that mean nothing.
"""calls_at, as_flow, callers, check_calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.core.diagnostic import Diagnostic, Severity
from docgen.core.names import did_you_mean
from docgen.model.architecture import Flow
from docgen.model.calls import Call, Listening, calls_on
from docgen.model.component import Component, Key, Ref
from docgen.model.network import Interface, Network
from docgen.model.packet import Protocol
from docgen.model.service import is_service
from docgen.routing.binding import is_address
from docgen.routing.endpoints import (
    End,
    UnclearEndError,
    end_names,
    is_broken_name,
    named_components,
    named_interface,
    own_ends,
)


def calls_at(network: Network, at: Key, port: int) -> tuple[Call, ...]:
    """What a component calls in turn when it is called on this port."""
    calls: tuple[Call, ...] = getattr(network.components.get(at), "calls", ())
    return calls_on(calls, port) if calls else ()


def callers(network: Network, at: Key, interface: Interface | None) -> tuple[End, ...]:
    """Where its calls start: at the interface that was called if it is its own, else at any working one of them."""
    component = network.get(at)
    ends = tuple(own_ends(network, component))
    if interface is not None and interface.owner == at:
        return tuple(e for e in ends if e.interface == interface) or ends
    working = tuple(e for e in ends if e.interface is None or network.interface_is_up(e.interface))
    return working or ends


def as_flow(network: Network, at: Key, call: Call, flow: Flow) -> Flow:
    """A call as a question of its own, in the circumstances of the flow that leads to it."""
    component = network.get(at)
    port, protocol = call.asked_port, call.speaks
    if not port and protocol is not Protocol.ICMP:
        usual = _usual_port(network, component, call)
        if usual is not None:
            protocol, port = usual
    return Flow(
        id=flow.id,
        source=Ref(str(at)),
        destination=Ref(_name_near(network, component, call.to.name), call.to.span),
        protocol=protocol,
        port=port,
        path=call.to.path,
        when=flow.when,
    )


def _name_near(network: Network, component: Component, name: str) -> str:
    """The name as it reads inside the component's own VPC, where one there has it."""
    near = f"{component.scope}/{name}"
    return near if component.scope and (near in network.ends or near in network.end_groups) else name


def _usual_port(network: Network, component: Component, call: Call) -> tuple[Protocol, int] | None:
    """Protocol and port of a call that says none: the only ones that what it calls has."""
    name = _name_near(network, component, call.to.name)
    if is_address(name):
        return None
    one = named_interface(network, name)
    found = (network.get(one.owner),) if one is not None else named_components(network, name)
    ports = {_only_port(c) for c in found}
    usual = ports.pop() if len(ports) == 1 else None
    return usual if usual is not None and call.protocol in (None, usual[0]) else None


_Port = tuple[Protocol, int]


def _only_port(component: Component) -> _Port | None:
    listens: tuple[Listening, ...] = getattr(component, "listens", ())
    if len(listens) == 1 and listens[0].ports.first == listens[0].ports.last:
        return listens[0].protocol, listens[0].ports.first
    listeners: tuple[Any, ...] = getattr(component, "listeners", ())
    if len(listeners) == 1:
        kind: Any = getattr(component, "type", None)
        return listeners[0].speaks(kind).carried_by[0], listeners[0].port
    return (Protocol.TCP, 443) if is_service(component) else None


def check_calls(network: Network) -> Iterator[Diagnostic]:
    """A diagnostic for every call that names nothing, or leaves open which port it means."""
    for component in network.components.values():
        for call in getattr(component, "calls", ()):
            problem = _problem(network, component, call)
            if problem is not None:
                yield Diagnostic(problem.code, Severity.ERROR, call.to.span, problem.text, hint=problem.hint)


def _problem(network: Network, component: Component, call: Call) -> UnclearEndError | None:
    name = _name_near(network, component, call.to.name)
    is_name = is_address(name) or named_interface(network, name) is not None
    try:
        if not is_name and not named_components(network, name):
            if is_broken_name(network, name):
                return None
            if "." not in name:
                hint = did_you_mean(name, end_names(network))
                return UnclearEndError("DGR-01", f"there is no component called {name!r}", hint)
        if call.speaks is Protocol.ICMP or call.asked_port or _usual_port(network, component, call) is not None:
            return None
    except UnclearEndError as error:
        return error
    written = call.to.name
    web = f", or `https://{written}`" if "." in written and not is_address(written) else ""
    return UnclearEndError("DGR-06", f"the call of {written!r} says no port", f"write `{written}:8080`{web}")
