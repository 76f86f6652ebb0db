# The way that an author says a flow takes (`via: s3`), and whether it does.
"""goes_through, remarks_on_way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docgen.model.architecture import Flow
from docgen.model.component import Key
from docgen.model.network import Network
from docgen.model.service import is_service
from docgen.model.trace import Connection
from docgen.routing.service_names import region_of


def named_on_the_way(network: Network, name: str) -> frozenset[Key]:
    """The components that `via` names: by id, path, `kind:id`, or the id that became one per zone."""
    return frozenset(
        key
        for key, c in network.components.items()
        if name in (c.id, key.path, str(key), f"{c.kind}:{c.id}")
        or (c.group and name in (c.group, f"{c.scope}/{c.group}"))
    )


def goes_through(network: Network, flow: Flow, connections: Iterable[Connection]) -> bool:
    """Whether the requests of a flow pass what its author says they do."""
    if flow.via is None:
        return True
    named = named_on_the_way(network, flow.via.name)
    return any(hop.component in named for c in connections for hop in c.forward.hops)


def remarks_on_way(network: Network, flow: Flow, connections: tuple[Connection, ...]) -> tuple[str, ...]:
    """A warning where the endpoint that the author counts on serves another Region's resources only."""
    if flow.via is None or goes_through(network, flow, connections):
        return ()
    wanted = {c.destination for c in connections if c.destination is not None}
    regions = {region_of(network, network.get(k)) for k in wanted if is_service(network.components.get(k))}
    for key in named_on_the_way(network, flow.via.name):
        endpoint: Any = network.get(key)
        if key.kind == "vpc_endpoint" and endpoint.is_gateway and regions - {region_of(network, endpoint)}:
            return ("DG_ENDPOINT_REGION_MISMATCH",)
    return ()
