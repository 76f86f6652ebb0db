# Everything that docgen adds to a site: pages, pictures, downloads, styles, typefaces, the schema.
#
# In:  the designs by chapter and their figures.
# Out: SiteFiles by path (pages as Markdown) and the pages by section, for the navigation. Writes nothing.
"""Contents, SiteFile, Spread, contents, one_by_one, pictures_of, stages_of."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from docgen import loader
from docgen.model.comparison import Comparison
from docgen.model.network import Network
from docgen.model.source_map import SourceMap
from docgen.model.trace import FlowReport
from docgen.pages import Build, Chapter, Design, Page, Picture, Stage, Stages
from docgen.pages.architecture_page import architecture_page
from docgen.pages.write import write
from docgen.reports import results
from docgen.site.assets import ASSETS, assets
from docgen.site.commands import commands

R = TypeVar("R")

SCHEMA = "architecture.schema.json"
PAGE_SCHEMA = "page.schema.json"
STAGE = "stage.json"
"""Among a design's figures: the picture that goes into its page."""


class Spread(Protocol):
    """Calls a function for each design, in any order; the answers come in the order of the designs."""

    def __call__(self, work: Callable[[Design], R], designs: Sequence[Design], /) -> list[R]:
        """What `work` gives for each."""


class IndexChapter(Protocol):
    """A chapter of the index."""

    @property
    def title(self) -> str:
        """As the index has it."""

    @property
    def summary(self) -> str:
        """Its idea in a sentence; "" where the index has none."""

    @property
    def designs(self) -> Iterable[Design]:
        """Those that could be opened, in order."""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site, or a page as Markdown."""

    path: str
    """Relative to the site, with slashes."""
    content: str | bytes
    source: str = ""
    """What an author edits to change it; "" for docgen's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A site's generated part."""

    build: Build
    pages: tuple[Page, ...]
    files: tuple[SiteFile, ...]
    """All of them, pages included, each path once."""


def one_by_one(work: Callable[[Design], R], designs: Sequence[Design]) -> list[R]:
    """All in this process."""
    return [work(design) for design in designs]


def contents(
    chapters: Iterable[IndexChapter],
    figures: Mapping[str, Mapping[str, bytes]],
    comparisons: Iterable[Comparison] = (),
    source_map: SourceMap | None = None,
    spread: Spread = one_by_one,
) -> Contents:
    """Write the pages and gather what stands beside them.

    Args:
        chapters: The designs in their order.
        figures: By slug, then by file name (`overview.svg`); a design without figures gets no pictures.
        comparisons: Of these designs.
        source_map: What they say of a document; None for none.
        spread: Who calls a function for each design: what takes longest may be done at once.
    """
    chapters = tuple(chapters)
    build = Build(
        chapters=tuple(Chapter(title=c.title, designs=tuple(c.designs), summary=c.summary) for c in chapters),
        pictures={slug: pictures_of(of_design) for slug, of_design in figures.items()},
        stages={slug: stages_of(of_design[STAGE]) for slug, of_design in figures.items() if STAGE in of_design},
        commands=commands(),
        comparisons=tuple(comparisons),
        source_map=source_map,
    )
    own = spread(partial(_own_files, build), build.designs)
    pages = write(build, (page for page, _ in own))
    written = (
        *(SiteFile(page.path, page.markdown, page.source) for page in pages),
        *(file for design in build.designs for file in _pictures_beside(design, figures)),
        *(file for _, beside in own for file in beside),
        SiteFile(SCHEMA, _json(loader.json_schema())),
        SiteFile(PAGE_SCHEMA, _json(loader.page_schema())),
        *(SiteFile(f"{ASSETS}/{name}", content) for name, content in assets()),
    )
    return Contents(build=build, pages=pages, files=tuple({file.path: file for file in written}.values()))


def _pictures_beside(design: Design, figures: Mapping[str, Mapping[str, bytes]]) -> Iterator[SiteFile]:
    slug = design.architecture.slug
    for name, content in figures.get(slug, {}).items():
        if name != STAGE:
            yield SiteFile(f"designs/{slug}/{name}", content, design.architecture.span.file)


def _own_files(build: Build, design: Design) -> tuple[Page, tuple[SiteFile, ...]]:
    """The page of a design, and what it has to download beside pictures."""
    return architecture_page(build, design), tuple(_downloads(design))


def _downloads(design: Design) -> Iterator[SiteFile]:
    architecture = design.architecture
    folder = f"designs/{architecture.slug}"
    source = architecture.span.file
    yield SiteFile(f"{folder}/architecture.yaml", architecture.sources.get(source, ""), source)
    yield SiteFile(f"{folder}/traces.json", _json(results(_answers(design), flow_logs=True)), source)
    for network, report in _answers(design):
        trace = results([(network, report)], flow_logs=True)
        yield SiteFile(f"{folder}/flow-{report.flow_id}.json", _json(trace), source)


def _answers(design: Design) -> Iterator[tuple[Network, FlowReport]]:
    """The answer to each flow with the network of its variant."""
    flows = {flow.id: flow for flow in design.architecture.flows}
    for flow_id, report in design.reports.items():
        yield design.variants.get(flows[flow_id].when.variant, design.network), report


def pictures_of(figures: Mapping[str, bytes]) -> dict[str, Picture]:
    """Sizes by view, from the SVGs' own headers."""
    found = {}
    for name, content in figures.items():
        view, _, suffix = name.rpartition(".")
        size = re.search(rb'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', content[:2000])
        if suffix == "svg" and size and not view.endswith((".dark", ".drawio")):
            dark = f"{view}.dark.svg" in figures
            png = f"{view}.png" in figures
            found[view] = Picture(round(float(size[1])), round(float(size[2])), dark, png)
    return found


def stages_of(content: bytes) -> Stages:
    """The inverse of what the pipeline wrote."""
    values = json.loads(content)
    return Stages(art=values["art"], stages=tuple(Stage(**stage) for stage in values["stages"]))


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
