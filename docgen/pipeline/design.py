# One design through load, resolve, trace and check, with its variants and what it changes in its base.
#
# In:  a folder, a file, or text. Out: Result[Design | None]: None where no network could be made.
"""Design and open_design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen.core.diagnostic import Diagnostic, Result, has_errors
from docgen.core.errors import UnknownNameError
from docgen.model.architecture import Architecture, Flow
from docgen.model.changes import Changes
from docgen.model.network import Network
from docgen.model.trace import FlowReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A definition after every stage before drawing: what pages, figures and commands are made from."""

    architecture: Architecture
    network: Network
    variants: Mapping[str, Network]
    """The network of each variant, by its id, in the definition's order."""
    reports: Mapping[str, FlowReport]
    """The answer to each flow by its id, in the definition's order; traced in the flow's circumstances."""
    base: Architecture | None = None
    """The design that it extends."""
    changes: Changes | None = None
    """What is new since the base; None where it extends nothing."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Of all stages, by place."""
    folder: Path | None = None
    """Where it was read from, as given; None for text."""

    @property
    def slug(self) -> str:
        """Name of its folder."""
        return self.architecture.slug

    @property
    def failed(self) -> bool:
        """Whether there is an error, so that nothing may be written."""
        return has_errors(self.diagnostics)

    def flow(self, flow_id: str) -> Flow:
        """The flow of this id.

        Raises:
            UnknownNameError: there is none.
        """
        for flow in self.architecture.flows:
            if flow.id == flow_id:
                return flow
        raise UnknownNameError("flow", flow_id, [f.id for f in self.architecture.flows])

    def network_of(self, flow: Flow) -> Network:
        """The network in which a flow is traced: the design's own, or its variant's (without the outage)."""
        return self.variants[flow.when.variant] if flow.when.variant else self.network


def open_design(path: str | Path) -> Result[Design | None]:
    """Load, resolve, trace and check one design (a folder or a file)."""
    raise NotImplementedError
