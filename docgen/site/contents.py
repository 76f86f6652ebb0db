# Everything that docgen adds to a site: pages, pictures, downloads, styles, typefaces, the schema.
#
# In:  the designs by chapter and their figures.
# Out: SiteFiles by path (pages as Markdown) and the pages by section, for the navigation. Writes nothing.
"""Contents, Job, Make, SiteFile, contents, one_by_one, pictures_of, stages_of."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol

from docgen import loader
from docgen.core.data import dataclass
from docgen.model.comparison import Comparison
from docgen.model.network import Network
from docgen.model.source_map import SourceMap
from docgen.model.trace import FlowReport
from docgen.pages import Build, Chapter, Design, Page, Picture, Stage, Stages
from docgen.pages.architecture_page import architecture_page, definition_file
from docgen.pages.write import write
from docgen.reports import results
from docgen.site.assets import ASSETS, assets
from docgen.site.commands import commands
from docgen.site.fonts import web_fonts
from docgen.site.icons import component_icons

SCHEMA = "architecture.schema.json"
PAGE_SCHEMA = "page.schema.json"
STAGE = "stage.json"
"""Among a design's figures: the picture that goes into its page."""


@dataclass(frozen=True, slots=True)
class Job:
    """Some files of the site, and what they depend on beside docgen itself: made again only where that changed."""

    depends: tuple[str, ...]
    make: Callable[[], Mapping[str, bytes]]
    """The files by name."""


Make = Callable[[Sequence[Job]], Sequence[Mapping[str, bytes]]]
"""Who does the jobs: at once, or as they were done before; the files of each, in the order of the jobs."""


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


def one_by_one(jobs: Sequence[Job]) -> list[Mapping[str, bytes]]:
    """All of them, in this process."""
    return [job.make() for job in jobs]


def contents(
    chapters: Iterable[IndexChapter],
    figures: Mapping[str, Mapping[str, bytes]],
    comparisons: Iterable[Comparison] = (),
    source_map: SourceMap | None = None,
    make: Make = one_by_one,
) -> Contents:
    """Write the pages and gather what stands beside them.

    Args:
        chapters: The designs in their order.
        figures: By slug, then by file name (`overview.svg`); a design without figures gets no pictures.
        comparisons: Of these designs.
        source_map: What they say of a document; None for none.
        make: Who does what takes longest: the page of each design, typefaces and icons.
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
    jobs = [Job(_depends(build, design, figures), partial(_own_files, build, design)) for design in build.designs]
    fonts, icons, *own = make([Job(("fonts",), web_fonts), Job(("icons",), component_icons), *jobs])
    pages = write(build, map(_page, build.designs, own))
    written = (
        *(SiteFile(page.path, page.markdown, page.source) for page in pages),
        *(file for design in build.designs for file in _pictures_beside(design, figures)),
        *(
            SiteFile(path, content.decode("utf-8"), design.architecture.span.file)
            for design, files in zip(build.designs, own, strict=True)
            for path, content in files.items()
        ),
        SiteFile(SCHEMA, _json(loader.json_schema())),
        SiteFile(PAGE_SCHEMA, _json(loader.page_schema())),
        *(SiteFile(f"{ASSETS}/{name}", content) for name, content in (*assets(), *fonts.items(), *icons.items())),
    )
    return Contents(build=build, pages=pages, files=tuple({file.path: file for file in written}.values()))


def _pictures_beside(design: Design, figures: Mapping[str, Mapping[str, bytes]]) -> Iterator[SiteFile]:
    slug = design.architecture.slug
    for name, content in figures.get(slug, {}).items():
        if name != STAGE:
            yield SiteFile(f"designs/{slug}/{name}", content, design.architecture.span.file)


def _own_files(build: Build, design: Design) -> dict[str, bytes]:
    """The page of a design, first, and what it has to download beside pictures."""
    page = architecture_page(build, design)
    texts = {page.path: page.markdown, **dict(_downloads(design))}
    return {path: text.encode("utf-8") for path, text in texts.items()}


def _page(design: Design, files: Mapping[str, bytes]) -> Page:
    path, content = next(iter(files.items()))
    return Page(path, design.architecture.title, content.decode("utf-8"), definition_file(design))


def _depends(build: Build, design: Design, figures: Mapping[str, Mapping[str, bytes]]) -> tuple[str, ...]:
    """Everything that `_own_files` looks at; of other designs these are the slugs."""
    slug = design.architecture.slug
    return (
        "design",
        slug,
        *design.architecture.sources.values(),
        design.prose,
        repr((design.lesson, design.diagnostics, design.suppressed)),
        repr([other.architecture.slug for other in build.designs]),
        repr(build.pictures.get(slug)),
        hashlib.sha256(figures.get(slug, {}).get(STAGE, b"")).hexdigest(),
    )


def _downloads(design: Design) -> Iterator[tuple[str, str]]:
    architecture = design.architecture
    folder = f"designs/{architecture.slug}"
    yield f"{folder}/architecture.yaml", architecture.sources.get(architecture.span.file, "")
    yield f"{folder}/traces.json", _json(results(_answers(design), flow_logs=True))
    for network, report in _answers(design):
        yield f"{folder}/flow-{report.flow_id}.json", _json(results([(network, report)], flow_logs=True))


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
