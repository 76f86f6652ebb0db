# The stages as a caller of the Python package uses them, with the kinds and flows filled in.
#
# In and out: the model's own types. `docgen/__init__.py` re-exports these.
"""load, resolve, trace, check, draw, render."""

from __future__ import annotations

from pathlib import Path

from docgen import diagram, loader, renderers, routing, rules
from docgen.core.diagnostic import Diagnostic, Result
from docgen.diagram import Drawing
from docgen.kinds import all_kinds
from docgen.model.architecture import Architecture, Flow
from docgen.model.component import Ref
from docgen.model.network import Network
from docgen.model.packet import Protocol
from docgen.model.trace import FlowReport


def load(path: str | Path, *, variant: str = "") -> Result[Architecture | None]:
    """Read a definition (a folder or a file); mistakes in it are diagnostics, not exceptions."""
    return loader.load(path, variant=variant)


def resolve(architecture: Architecture) -> Result[Network]:
    """Bind every reference and fill in AWS's defaults; with errors, the network lacks what they speak of."""
    return routing.resolve(architecture, all_kinds())


def flow(
    source: str, destination: str, port: int = 0, *, protocol: str = "tcp", source_port: int | None = None
) -> Flow:
    """A question to trace: from and to are component ids, addresses or names."""
    return Flow(
        id=f"{source}-to-{destination}",
        source=Ref(source),
        destination=Ref(destination),
        protocol=Protocol(protocol),
        port=port,
        source_port=source_port,
    )


def trace(network: Network, question: Flow) -> FlowReport:
    """Follow a flow hop by hop, there and back."""
    return routing.trace(network, question)


def check(network: Network) -> tuple[Diagnostic, ...]:
    """Judge a network by every rule, save for what its author accepts; its declared flows are traced first."""
    flows = network.architecture.flows
    reports = {f.id: routing.trace(network, f) for f in flows if not f.when.variant}
    return rules.sift(network, rules.check(rules.Subject(network=network, reports=reports))).kept


def draw(network: Network, view: str = "overview") -> Drawing:
    """Compose and place one view: `overview`, or `flow-<id>` of a declared flow.

    Raises:
        UnknownNameError: there is no such view.
    """
    flows = network.architecture.flows
    reports = {f.id: routing.trace(network, f) for f in flows if not f.when.variant}
    return diagram.draw(network, view, reports)


def render(
    drawing: Drawing, name: str = "svg", *, scale: float = 1.0, width: int | None = None, theme: str = "light"
) -> bytes:
    """Write a drawing as `svg`, `png`, `drawio`, `drawio.svg` or `drawio.png`.

    Args:
        drawing: What to write.
        name: Of the format.
        scale: Size of PNG: px for each px of the drawing.
        width: Of PNG, in px; counts instead of `scale`.
        theme: `light` or `dark`.

    Raises:
        UnknownNameError: there is no such format or theme.
    """
    return renderers.render(drawing, name, renderers.Options(scale=scale, width=width, theme=theme))
