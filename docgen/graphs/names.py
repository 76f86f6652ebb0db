# What a component is called in a graph.
"""names_of."""

from __future__ import annotations

from docgen.model.component import Key
from docgen.model.network import Network


def names_of(network: Network, key: Key) -> tuple[str, ...]:
    """What people call it, then what it is, with its name where it has a title."""
    title, name, kind = network.label(key), network.name(key), network.kind_of(key).title
    return (title, kind if title == name else f"{kind} {name}")
