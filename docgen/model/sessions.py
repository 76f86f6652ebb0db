# What stateful components remember of one connection while it is walked, there and back.
"""Sessions."""

from __future__ import annotations

from dataclasses import dataclass, field

from docgen.core.prefixes import Address
from docgen.model.component import Key
from docgen.model.network import Interface
from docgen.model.packet import Packet


@dataclass(slots=True)
class Sessions:
    """What stateful components remember of one connection; filled on the forward leg, read on the return leg."""

    tracked: dict[str, list[Packet]] = field(default_factory=dict)
    """Interfaces whose security groups let the connection pass, with its headers there."""
    passed: list[Key] = field(default_factory=list)
    """Appliances that passed the request on unchanged, in its order."""
    answered: set[Key] = field(default_factory=set)
    """Those of them that the answer passed too."""
    translations: dict[Key, tuple[Packet, Packet]] = field(default_factory=dict)
    """Translator to the header before and after it."""
    through: tuple[Key, Interface | None] | None = None
    """The VPC endpoint by which the request left its VPC, with the endpoint's interface: the answer comes back so."""
    returns_over: dict[tuple[Key, Address], Key] = field(default_factory=dict)
    """VPC and address to the peering connection by which a NAT gateway there asked: answers need no route."""
    sticky: dict[Key, str] = field(default_factory=dict)
    """Attachment in appliance mode to the interface that this connection keeps, there and back."""
    returns_by: dict[str, Interface] = field(default_factory=dict)
    """Interface to the load balancer's node that its answers go back through, whatever its route table says."""

    def copy(self) -> Sessions:
        """The same so far: one way of a connection may be remembered otherwise than another of equal cost."""
        return Sessions(
            tracked={interface: list(packets) for interface, packets in self.tracked.items()},
            passed=list(self.passed),
            answered=set(self.answered),
            translations=dict(self.translations),
            through=self.through,
            returns_over=dict(self.returns_over),
            sticky=dict(self.sticky),
            returns_by=dict(self.returns_by),
        )
