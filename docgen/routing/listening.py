# Whether somebody listens on the port that a connection comes in at: the host's affair, after all of the network's.
#
# In:  a request that arrived. Out: the refusal by the host itself, or None. A component that says nothing of what
# listens there (`listens`) refuses nothing.
"""refused_by_host."""

from __future__ import annotations

from docgen.model.calls import Listening
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.model.packet import Packet, Protocol
from docgen.model.trace import Check, Outcome, Step

_WITH_PORTS = (Protocol.TCP, Protocol.UDP)


def refused_by_host(network: Network, at: Key, packet: Packet) -> Step | None:
    """Why a component itself refuses a request that reached it: it says what listens there, and this port is none."""
    component = network.components.get(at)
    listens: tuple[Listening, ...] = getattr(component, "listens", ())
    if not listens or packet.protocol not in _WITH_PORTS:
        return None
    if any(one.takes(packet.protocol, packet.destination_ports.first) for one in listens):
        return None
    name = network.name(at)
    ports = ", ".join(map(str, listens))
    return Step(
        check=Check.DELIVERY,
        outcome=Outcome.DROP,
        by=at,
        by_name=name,
        text=f"Nothing listens on {packet.protocol} {packet.destination_ports} at {name} (it listens on {ports}): "
        "it refuses the connection itself.",
        code="DG_PORT_NOT_LISTENING",
    )
