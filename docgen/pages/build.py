# Everything that pages are written from, and what they are written to.
#
# In the pipeline's order these are its results; `Design` is what pages need of `docgen.pipeline.Design`, named
# here as a protocol because pages lie below the pipeline.
"""Build, Chapter, Design, Picture, Stages, Command, Page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Protocol

from docgen.analysis.coverage import Coverage
from docgen.analysis.invariants import InvariantReport
from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Suppressed
from docgen.model.architecture import Architecture, Flow
from docgen.model.changes import Changes
from docgen.model.comparison import Comparison
from docgen.model.lesson import Lesson
from docgen.model.network import Network
from docgen.model.source_map import SourceMap
from docgen.model.trace import FlowReport
from docgen.pages.outline import Outline


class Design(Protocol):
    """A definition after every stage before drawing."""

    @property
    def architecture(self) -> Architecture:
        """What its author wrote."""

    @property
    def network(self) -> Network:
        """The same with every reference bound."""

    @property
    def variants(self) -> Mapping[str, Network]:
        """The network of each variant, by its id."""

    @property
    def reports(self) -> Mapping[str, FlowReport]:
        """The answer to each flow, by its id, in the definition's order."""

    @property
    def invariants(self) -> tuple[InvariantReport, ...]:
        """How each invariant of the definition stands, in order."""

    @property
    def base(self) -> Architecture | None:
        """The design that it extends."""

    @property
    def changes(self) -> Changes | None:
        """What is new since the base."""

    @property
    def lesson(self) -> Lesson | None:
        """What its page tells beside it; None where its author wrote nothing."""

    @property
    def prose(self) -> str:
        """The folder's README.md: Markdown by the design's author; `docgen.pages.prose` makes it harmless."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Of all stages, by place."""

    @property
    def coverage(self) -> Coverage:
        """Which lines its flows and invariants exercise."""

    @property
    def suppressed(self) -> tuple[Suppressed, ...]:
        """Findings that the author accepts."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The size of a view's picture, in px at 1:1; its files are named after the view."""

    width: int
    height: int
    dark: bool = False
    """Whether there is a second file for dark pages, `<view>.dark.svg`."""
    png: bool = False
    """Whether there is `<view>.png`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A picture that several views share, as SVG markup without its root."""

    width: int
    height: int
    ground: str
    """Boxes and icons."""
    layers: Mapping[str, str]
    """Lines and signs by view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """The pictures that a design's page plays its flows on."""

    art: Mapping[str, str]
    """Data URIs of artwork by id; grounds use them by `#id`."""
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Designs that belong together, in their order."""

    title: str
    designs: tuple[Outline, ...]
    summary: str = ""
    """Its idea in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option or argument of a command."""

    usage: str
    """`--format [text|json]`, `PATH`."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command of the command line, as its own help tells it."""

    name: str
    """With the program's: `docgen trace`."""
    usage: str
    summary: str
    text: str
    """What `--help` says above the options, examples included; preformatted."""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """All designs with what stands around them."""

    chapters: tuple[Chapter, ...]
    pictures: Mapping[str, Mapping[str, Picture]] = field(default_factory=dict)
    """By slug, then by view: `overview`, `flow-<id>`."""
    stages: Mapping[str, Stages] = field(default_factory=dict)
    """By slug: the picture inside the page; a design without one shows its files."""
    comparisons: tuple[Comparison, ...] = ()
    source_map: SourceMap | None = None

    @property
    def designs(self) -> tuple[Outline, ...]:
        """All of them in order."""
        return tuple(design for chapter in self.chapters for design in chapter.designs)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as plain Markdown."""

    path: str
    """Relative to the folder of all pages, with slashes: `designs/three-tier/index.md`."""
    title: str
    markdown: str
    source: str = ""
    """The file that an author edits to change it; "" for what comes from docgen's code."""


def design_path(slug: str) -> str:
    """Where a design's page stands; its pictures and downloads stand beside it."""
    return f"designs/{slug}/index.md"


def rule_path(code: str) -> str:
    """Where a rule's page stands."""
    return f"reference/rules/{code.lower()}.md"


def kind_path(kind: str) -> str:
    """Where the page of a kind of component stands."""
    return f"reference/components/{kind}.md"


def comparison_path(id: str) -> str:
    """Where the page of a comparison stands."""
    return f"learn/compare/{id}.md"


def flow_view(flow: Flow) -> str:
    """The view of a flow's picture."""
    return f"flow-{flow.id}"
