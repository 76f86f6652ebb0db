# IPv4 and IPv6 on lines to data centers: what a VPN connection's tunnels and a virtual interface's BGP peers carry.
#
# In:  a connection that says what it `carries`. Out: blocks of these families; faults and refusals for others.
# Sources: Site-to-Site VPN User Guide, "IPv4 and IPv6 traffic in AWS Site-to-Site VPN"; Direct Connect User Guide,
# "Add a BGP peer to a Direct Connect virtual interface".
"""carried, carries, faults_of_family, words, wrong_family."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docgen.core.prefixes import Address, Block
from docgen.model.form import Fault
from docgen.model.forwarding import Drop
from docgen.model.network import Network
from docgen.model.packet import Family, Packet
from docgen.model.trace import Check, Disposition, Outcome, Step


def carries(connection: Any, what: Address | Block) -> bool:
    """Whether an address or a block is of a family that a VPN connection or a virtual interface carries."""
    families: tuple[Family, ...] = connection.carries
    return (Family.IPV6 if what.version == 6 else Family.IPV4) in families


def carried(connection: Any, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Those of the blocks that it carries."""
    return tuple(block for block in blocks if carries(connection, block))


def faults_of_family(connection: Any, *fields: str, hint: str) -> Iterator[Fault]:
    """Blocks that somebody wrote and that it does not carry."""
    for field in fields:
        other = next((block for block in getattr(connection, field) if not carries(connection, block)), None)
        if other is not None:
            text = f"{connection.id!r} carries {words(connection)} only, and {other} is IPv{other.version}"
            yield Fault(field, text, hint)


def wrong_family(connection: Any, packet: Packet, network: Network) -> Drop | None:
    """The end of a packet that it does not carry; None for one that it does."""
    if carries(connection, packet.destination):
        return None
    name = network.name(connection.key)
    text = f"{name} carries {words(connection)} only, and {packet.destination} is IPv{packet.destination.version}."
    step = Step(
        check=Check.GATEWAY,
        outcome=Outcome.DROP,
        by=connection.key,
        by_name=name,
        text=text,
        code="DG_ADDRESS_FAMILY_MISMATCH",
    )
    return Drop(steps=(step,), disposition=Disposition.DROPPED)


def words(connection: Any) -> str:
    """`IPv4`, `IPv4 and IPv6`."""
    return " and ".join("IPv6" if family is Family.IPV6 else "IPv4" for family in connection.carries)
