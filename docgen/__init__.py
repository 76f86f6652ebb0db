"""docgen: diagrams and documentation of AWS networks, proven by tracing every packet.

The public Python interface; everything else may change::

    import docgen as dg

    network = dg.resolve(dg.load("architectures/three-tier").value).value
    report = dg.trace(network, dg.flow("internet", "www.example.com", 443))
    svg = dg.render(dg.draw(network), "svg")
    build = dg.build("architectures/three-tier")  # all of it at once, as files
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docgen.core.diagnostic import Diagnostic, Note, Result, Severity
    from docgen.core.errors import DocgenError, MissingToolError, UnknownNameError, UnreadableInputError
    from docgen.core.span import Span
    from docgen.model.architecture import Architecture, Flow
    from docgen.model.network import Network
    from docgen.model.trace import Connection, Disposition, FlowReport, Hop, Leg, Step, Trace, Verdict
    from docgen.pipeline.building import Build, build
    from docgen.pipeline.design import Design, open_design, open_text
    from docgen.pipeline.designs import Designs, open_all
    from docgen.pipeline.figure_files import figures, render_figures
    from docgen.pipeline.verbs import check, draw, flow, load, render, resolve, trace

_HOMES = {
    "docgen.core.diagnostic": ("Diagnostic", "Note", "Result", "Severity"),
    "docgen.core.errors": ("DocgenError", "MissingToolError", "UnknownNameError", "UnreadableInputError"),
    "docgen.core.span": ("Span",),
    "docgen.model.architecture": ("Architecture", "Flow"),
    "docgen.model.network": ("Network",),
    "docgen.model.trace": (
        "Connection",
        "Disposition",
        "FlowReport",
        "Hop",
        "Leg",
        "Step",
        "Trace",
        "Verdict",
    ),
    "docgen.pipeline.building": ("Build", "build"),
    "docgen.pipeline.design": ("Design", "open_design", "open_text"),
    "docgen.pipeline.designs": ("Designs", "open_all"),
    "docgen.pipeline.figure_files": ("figures", "render_figures"),
    "docgen.pipeline.verbs": ("check", "draw", "flow", "load", "render", "resolve", "trace"),
}
"""Where each name lives. Imported when it is first asked for, so that `docgen --help` stays quick."""

__all__ = [
    "Architecture",
    "Build",
    "Connection",
    "Design",
    "Designs",
    "Diagnostic",
    "Disposition",
    "DocgenError",
    "Flow",
    "FlowReport",
    "Hop",
    "Leg",
    "MissingToolError",
    "Network",
    "Note",
    "Result",
    "Severity",
    "Span",
    "Step",
    "Trace",
    "UnknownNameError",
    "UnreadableInputError",
    "Verdict",
    "build",
    "check",
    "draw",
    "figures",
    "flow",
    "load",
    "open_all",
    "open_design",
    "open_text",
    "render",
    "render_figures",
    "resolve",
    "trace",
]


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'docgen' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
