# One design through load, resolve, trace and check, with its variants and what it changes in its base.
#
# In:  a folder, a file, or text. Out: Result[Design | None]: None where no network could be made.
"""Design, open_design and open_text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from docgen import loader, routing, rules
from docgen.analysis.coverage import Coverage, Observed, cover
from docgen.analysis.invariants import InvariantReport, broken_invariants, prove
from docgen.analysis.remedies import with_smallest_change
from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Result, Severity, Suppressed, has_errors
from docgen.core.digest import digest
from docgen.core.display import shown
from docgen.core.errors import UnknownNameError
from docgen.kinds import all_kinds
from docgen.model.architecture import Architecture, Flow
from docgen.model.changes import Changes, compare
from docgen.model.lesson import Lesson
from docgen.model.network import Network
from docgen.model.pins import Pins
from docgen.model.trace import FlowReport
from docgen.pipeline.expectations import unmet
from docgen.pipeline.invariants import not_held
from docgen.pipeline.lesson import Told, told
from docgen.pipeline.pinning import unfit_pins

if TYPE_CHECKING:
    from docgen.pages.outline import Outline

Load = Callable[[str], Result[Architecture | None]]
"""Loads the definition with the named variant applied ("" for none)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A definition after every stage before drawing: what pages, figures and commands are made from."""

    architecture: Architecture
    network: Network
    variants: Mapping[str, Network]
    """The network of each variant, by its id, in the definition's order; without those that have errors."""
    reports: Mapping[str, FlowReport]
    """The answer to each flow by its id, in the definition's order; traced in the flow's circumstances."""
    invariants: tuple[InvariantReport, ...] = ()
    """How each invariant of the definition stands, in order."""
    base: Architecture | None = None
    """The design that it extends."""
    changes: Changes | None = None
    """What is new since the base; None where it extends nothing."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Of all stages, by place."""
    suppressed: tuple[Suppressed, ...] = ()
    """Findings that the author accepts, by place."""
    lesson: Lesson | None = None
    """What its page tells beside it; None where there is no page.yaml."""
    prose: str = ""
    """Its README.md."""
    pins: Pins = field(default_factory=lambda: MappingProxyType({}))
    """What a person moved in its pictures."""
    folder: Path | None = None
    """Where it was read from, as given; None for text."""
    proofs: Observed = field(default_factory=Observed, repr=False, compare=False)
    """What was used by the headers that were traced to prove the invariants."""

    @property
    def slug(self) -> str:
        """Name of its folder."""
        return self.architecture.slug

    @property
    def failed(self) -> bool:
        """Whether there is an error, so that nothing may be written."""
        return has_errors(self.diagnostics)

    @property
    def whole(self) -> Design:
        """The design itself; see `ListedDesign`."""
        return self

    @property
    def outline(self) -> Outline:
        """What pages other than its own show of it."""
        from docgen.pages.outline import outline_of  # what most commands do without

        return outline_of(self)

    @property
    def drawn_from(self) -> str:
        """The hash of everything that its pictures are made from, beside docgen itself."""
        return digest((self.slug, *self.architecture.sources.values(), loader.layout_text(self.pins)))

    @property
    def told_from(self) -> str:
        """The hash of everything that its page is written from, beside docgen itself and pictures."""
        told = repr((self.lesson, self.diagnostics, self.suppressed))
        return digest((self.drawn_from, *self.architecture.sources, self.prose, told))

    @property
    def coverage(self) -> Coverage:
        """Which lines of the design its flows (not those of variants) and its invariants exercise."""
        plain = (f.id for f in self.architecture.flows if not f.when.variant)
        return cover(self.network, Observed(self.reports[i] for i in plain if i in self.reports), self.proofs)

    def _repr_html_(self) -> str:
        """In a notebook: the picture, with the player of its flows."""
        return shown(self)

    def flow(self, flow_id: str) -> Flow:
        """The flow of this id.

        Raises:
            UnknownNameError: there is none.
        """
        for flow in self.architecture.flows:
            if flow.id == flow_id:
                return flow
        raise UnknownNameError("flow", flow_id, [f.id for f in self.architecture.flows])

    def network_in(self, variant: str) -> Network:
        """The network of a variant, or with "" the design's own.

        Raises:
            UnknownNameError: there is no such variant, or it has errors.
        """
        if not variant:
            return self.network
        if variant not in self.variants:
            raise UnknownNameError("variant", variant, self.variants)
        return self.variants[variant]

    def network_of(self, flow: Flow) -> Network:
        """The network in which a flow is traced: the design's own, or its variant's (without the outage)."""
        return self.network_in(flow.when.variant)


def open_design(path: str | Path) -> Result[Design | None]:
    """Load, resolve, trace and check one design (a folder or a file)."""
    given = Path(path)
    folder = given if given.is_dir() else given.parent
    return _open(definition_loader(given), folder)


def open_text(text: str | bytes, name: str = "<stdin>", *, folder: Path | None = None) -> Result[Design | None]:
    """The same for a definition that does not stand in a file; `folder` is where `extends` looks."""
    return _open(lambda variant: loader.load_text(text, name, folder=folder, variant=variant), folder)


def definition_loader(definition: str | Path | bytes) -> Load:
    """How to load a definition: a path, or the text itself as bytes."""
    if isinstance(definition, bytes):
        return lambda variant: loader.load_text(definition, variant=variant)
    return lambda variant: loader.load(definition, variant=variant)


def open_network(load: Load, variant: str = "") -> Result[Network | None]:
    """Load and resolve only."""
    loaded = load(variant)
    if loaded.value is None:
        return Result(None, loaded.diagnostics)
    resolved = routing.resolve(loaded.value, all_kinds())
    return Result(resolved.value, loaded.diagnostics + resolved.diagnostics)


def _open(load: Load, folder: Path | None) -> Result[Design | None]:
    opened = open_network(load)
    network, found = opened.value, list(opened.diagnostics)
    if network is None:
        return Result(None, _ordered(found))
    architecture = network.architecture
    readable = not has_errors(found)

    variants: dict[str, Network] = {}
    for variant in architecture.variants:
        patched = open_network(load, variant.id)
        found += patched.diagnostics
        if patched.value is not None and not patched.failed:
            variants[variant.id] = patched.value

    # what could not be read is missing from the network: its flows would mislead
    reports = _trace_all(architecture, network, variants) if readable else {}
    judged = rules.check(rules.Subject(network=network, reports=reports))
    sifted = rules.sift(network, judged, complete=readable)
    found += sifted.kept
    for patched_network in variants.values():
        found += (d for d in rules.wrong_suppressions(patched_network) if d not in found)
    if readable:
        found += unmet(architecture, reports, network)
    proofs = Observed()
    invariants = prove(network, proofs.add) if readable else ()
    found += not_held(network, invariants)
    base = _base(architecture, folder, found)
    pins = _pins(folder, found)
    page = told(folder, {f.id for f in architecture.flows}, reports, found) if folder is not None else Told()
    design = Design(
        architecture=architecture,
        network=network,
        variants=MappingProxyType(variants),
        reports=MappingProxyType(reports),
        invariants=invariants,
        base=base,
        changes=compare(base, architecture) if base else None,
        lesson=page.lesson,
        prose=page.prose,
        pins=pins,
        suppressed=sifted.suppressed,
        folder=folder,
        proofs=proofs,
    )
    if pins and readable:
        found += unfit_pins(design)
    diagnostics = _ordered(found)
    return Result(replace(design, diagnostics=diagnostics), diagnostics)


def _pins(folder: Path | None, found: list[Diagnostic]) -> Pins:
    """What `layout.yaml` beside the definition says."""
    if folder is None:
        return MappingProxyType({})
    read = loader.read_layout(folder)
    found += read.diagnostics
    return read.value


def _trace_all(
    architecture: Architecture, network: Network, variants: Mapping[str, Network]
) -> dict[str, FlowReport]:
    networks = {"": network, **variants}
    return {
        flow.id: answer(networks[flow.when.variant], flow)
        for flow in architecture.flows
        if flow.when.variant in networks
    }


def answer(network: Network, flow: Flow) -> FlowReport:
    """Trace one flow; where it is blocked, find the smallest change that would open it too."""
    return with_smallest_change(network, flow, routing.trace(network, flow), broken_invariants)


def _base(architecture: Architecture, folder: Path | None, found: list[Diagnostic]) -> Architecture | None:
    if not architecture.extends or folder is None:
        return None
    loaded = loader.load(folder.parent / architecture.extends)
    if loaded.value is None or loaded.failed:
        found.append(
            Diagnostic(
                "DGP-02",
                Severity.ERROR,
                architecture.span,
                f"{architecture.slug!r} extends {architecture.extends!r}, which has errors",
                hint=f"`docgen check {architecture.extends}` lists them",
            )
        )
        return None
    return loaded.value


def _ordered(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By place, each once: a variant repeats what the design itself has to say."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: d.sort_key))
