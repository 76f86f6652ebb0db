# The contract with proxies that do one thing or another by what is asked for: a cache, and behaviors by path.
"""Asked, Selective, is_selective."""

from __future__ import annotations

from typing import Protocol, TypeGuard

from docgen.model.architecture import Cache
from docgen.model.forwarding import Proxy
from docgen.model.packet import Packet


class Asked(Proxy, Protocol):
    """A proxy as it answers certain requests."""

    def answers(self, packet: Packet) -> bool:
        """Whether it may answer by itself: from its cache, with a redirect."""
        ...


class Selective(Protocol):
    """A proxy that does one thing or another by what is asked for, and by what it has in its cache."""

    def for_request(self, path: str, cache: Cache | None, name: str = "") -> Asked:
        """What it does with requests for a path by a domain name; "" and None stand for all that may happen."""
        ...


def is_selective(component: object) -> TypeGuard[Selective]:
    """Whether it matters to it what is asked for."""
    return hasattr(type(component), "for_request")
