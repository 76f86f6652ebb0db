# Everything that docgen adds to a site: pages, pictures, downloads, styles, typefaces, the schema.
#
# In:  the designs by chapter and their figures.
# Out: SiteFiles by path (pages as Markdown) and the pages by section, for the navigation. Writes nothing. All that
#      takes time is a Job, so that whoever does them can keep what came of it: a design is read for its page only.
"""Contents, Job, Make, SiteFile, contents, job_of, one_by_one, pictures_of, stages_of."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from docgen import loader
from docgen.core.data import dataclass
from docgen.model.comparison import Comparison
from docgen.model.network import Network
from docgen.model.source_map import SourceMap
from docgen.model.trace import FlowReport
from docgen.pages import Build, Chapter, Design, Page, Picture, Stage, Stages
from docgen.pages.architecture_page import architecture_page
from docgen.pages.cli_page import cli_page
from docgen.pages.glossary import with_tooltips
from docgen.pages.outline import Outline
from docgen.pages.player import OVERVIEW, Place, player
from docgen.pages.write import drawn_map, parts
from docgen.reports import results
from docgen.site.assets import ASSETS, assets
from docgen.site.commands import commands
from docgen.site.fonts import web_fonts
from docgen.site.icons import component_icons

SCHEMA = "architecture.schema.json"
PAGE_SCHEMA = "page.schema.json"
STAGE = "stage.json"
"""Among a design's figures: the picture that goes into its page."""
_HEADS = ""
"""Among the files of a job: titles and sources of the pages in it."""


@dataclass(frozen=True, slots=True)
class Job:
    """Some files of the site, and what they depend on beside docgen itself: made again only where that changed."""

    depends: tuple[str, ...]
    make: Callable[[], Mapping[str, bytes]]
    """The files by name."""


Make = Callable[[Sequence[Job]], Sequence[Mapping[str, bytes]]]
"""Who does the jobs: at once, or as they were done before; the files of each, in the order of the jobs."""


class ListedDesign(Protocol):
    """A design of a chapter, which may not have been read yet."""

    @property
    def outline(self) -> Outline:
        """What other pages show of it."""

    @property
    def told_from(self) -> str:
        """The hash of everything that its page is written from, beside pictures."""

    @property
    def whole(self) -> Design:
        """All of it."""


class IndexChapter(Protocol):
    """A chapter of the index."""

    @property
    def title(self) -> str:
        """As the index has it."""

    @property
    def summary(self) -> str:
        """Its idea in a sentence; "" where the index has none."""

    @property
    def designs(self) -> Iterable[ListedDesign]:
        """Those that could be opened, in order."""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site, or a page as Markdown."""

    path: str
    """Relative to the site, with slashes."""
    content: str | bytes
    source: str = ""
    """What an author edits to change it; "" for docgen's own."""


def one_by_one(jobs: Sequence[Job]) -> list[Mapping[str, bytes]]:
    """All of them, in this process."""
    return [job.make() for job in jobs]


Players = Callable[[str, str, tuple[str, ...]], "Job | None"]
"""From the way to the folder of all pages, a slug and ids of flows (none for all): what makes the small player of a
design; None where there is no such design or flow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A site's generated part."""

    build: Build
    pages: tuple[Page, ...]
    files: tuple[SiteFile, ...]
    """All of them, pages included, each path once."""
    players: Players = lambda *_: None
    make: Make = one_by_one


def contents(
    chapters: Iterable[IndexChapter],
    figures: Mapping[str, Mapping[str, bytes]],
    comparisons: Iterable[Comparison] = (),
    source_map: SourceMap | None = None,
    make: Make = one_by_one,
    *,
    tooltips: bool = False,
) -> Contents:
    """Write the pages and gather what stands beside them.

    Args:
        chapters: The designs in their order.
        figures: By slug, then by file name (`overview.svg`); a design without figures gets no pictures.
        comparisons: Of these designs.
        source_map: What they say of a document; None for none.
        make: Who does what takes time.
        tooltips: Whether pages end with what an engine needs to explain words.
    """
    chapters = tuple(chapters)
    listed = tuple(design for chapter in chapters for design in chapter.designs)
    pictures = {slug: pictures_of(of_design) for slug, of_design in figures.items()}
    build = Build(
        chapters=tuple(
            Chapter(title=c.title, designs=tuple(d.outline for d in c.designs), summary=c.summary) for c in chapters
        ),
        pictures={slug: {OVERVIEW: seen[OVERVIEW]} for slug, seen in pictures.items() if OVERVIEW in seen},
        comparisons=tuple(comparisons),
        source_map=source_map,
    )

    def page_jobs(picture: str) -> Iterator[Job]:
        known = repr(build)  # which most parts are given
        for part in parts(build, picture):
            given = (known if value is build else repr(value) for value in part.given)
            yield Job((_name(part.write), *given, repr(tooltips)), partial(_files_of, part.pages, tooltips))
        yield Job(("cli", repr(tooltips)), partial(_files_of, _cli_pages, tooltips))

    def design_jobs() -> Iterator[Job]:
        for design in listed:
            depends = (*_depends(build, design, figures, pictures), repr(tooltips))
            yield Job(depends, partial(_design_files, build, design, figures, pictures, tooltips))

    first = [Job(("fonts",), web_fonts), Job(("icons",), component_icons), Job(("schemas",), _schemas)]
    fonts, icons, schemas, picture = make([*first, job_of(*drawn_map(build))])
    of_parts = [*page_jobs(text_of(picture))]
    made = make([*of_parts, *design_jobs()])
    written = (
        *(file for files in made[: len(of_parts)] for file in _site_files(files, "")),
        *(file for design in listed for file in _pictures_beside(design.outline, figures)),
        *(
            file
            for design, files in zip(listed, made[len(of_parts) :], strict=True)
            for file in _site_files(files, design.outline.source)
        ),
        *(SiteFile(path, text.decode("utf-8")) for path, text in schemas.items()),
        *(SiteFile(f"{ASSETS}/{name}", content) for name, content in (*assets(), *fonts.items(), *icons.items())),
    )
    return Contents(
        build=build,
        pages=tuple(page for files in made for page in _pages(files)),
        files=tuple({file.path: file for file in written}.values()),
        players=partial(_player_job, build, {d.outline.slug: d for d in listed}, figures, pictures),
        make=make,
    )


def job_of(write: Callable[..., str], given: Sequence[object]) -> Job:
    """A text that is made of plain values; see `text_of`."""
    return Job((_name(write), *map(repr, given)), lambda: {_HEADS: str(write(*given)).encode("utf-8")})


def text_of(files: Mapping[str, bytes]) -> str:
    """What a `job_of` made."""
    return files[_HEADS].decode("utf-8")


def _name(function: Callable[..., object]) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _files_of(write: Callable[[], Sequence[Page]], tooltips: bool) -> dict[str, bytes]:
    """Pages as files, with what `_pages` needs to know."""
    pages = write()
    heads = json.dumps([(page.path, page.title, page.source) for page in pages]).encode("utf-8")
    texts = {page.path: with_tooltips(page.markdown, page.path) if tooltips else page.markdown for page in pages}
    return {_HEADS: heads, **{path: text.encode("utf-8") for path, text in texts.items()}}


def _pages(files: Mapping[str, bytes]) -> Iterator[Page]:
    for path, title, source in json.loads(files[_HEADS]):
        yield Page(path, title, files[path].decode("utf-8"), source)


def _site_files(files: Mapping[str, bytes], source: str) -> Iterator[SiteFile]:
    """The same for the site; `source` is that of files which are no pages."""
    sources = {path: of_page for path, _, of_page in json.loads(files[_HEADS])}
    for path, content in files.items():
        if path != _HEADS:
            yield SiteFile(path, content.decode("utf-8"), sources.get(path, source))


def _cli_pages() -> tuple[Page, ...]:
    return (cli_page(commands()),)


def _schemas() -> dict[str, bytes]:
    made = {SCHEMA: loader.json_schema(), PAGE_SCHEMA: loader.page_schema()}
    return {name: _json(schema).encode("utf-8") for name, schema in made.items()}


Figures = Mapping[str, Mapping[str, bytes]]
Pictures = Mapping[str, Mapping[str, Picture]]


def _pictures_beside(design: Outline, figures: Figures) -> Iterator[SiteFile]:
    for name, content in figures.get(design.slug, {}).items():
        if name != STAGE:
            yield SiteFile(f"designs/{design.slug}/{name}", content, design.source)


def _with_pictures(build: Build, slug: str, figures: Figures, pictures: Pictures) -> Build:
    """The build as one design's own page sees it."""
    drawn = figures.get(slug, {})
    stages = {slug: stages_of(drawn[STAGE])} if STAGE in drawn else {}
    return replace(build, pictures={slug: pictures[slug]} if slug in pictures else {}, stages=stages)


def _design_files(
    build: Build, design: ListedDesign, figures: Figures, pictures: Pictures, tooltips: bool
) -> dict[str, bytes]:
    """The page of a design and what it has to download beside pictures."""
    seen, whole = _with_pictures(build, design.outline.slug, figures, pictures), design.whole
    page = _files_of(lambda: (architecture_page(seen, whole),), tooltips)
    return page | {path: text.encode("utf-8") for path, text in _downloads(whole)}


def _depends(build: Build, design: ListedDesign, figures: Figures, pictures: Pictures) -> tuple[str, ...]:
    """Everything that `_design_files` looks at; of other designs these are the slugs."""
    slug = design.outline.slug
    return (
        "design",
        slug,
        design.told_from,
        repr([other.slug for other in build.designs]),
        repr(pictures.get(slug)),
        hashlib.sha256(figures.get(slug, {}).get(STAGE, b"")).hexdigest(),
    )


def _player_job(
    build: Build,
    listed: Mapping[str, ListedDesign],
    figures: Figures,
    pictures: Pictures,
    root: str,
    slug: str,
    flows: tuple[str, ...],
) -> Job | None:
    design = listed.get(slug)
    if design is None or not set(flows) <= {f.id for f in design.outline.flows if f.verdict is not None}:
        return None
    place = Place(root=root, files=f"{root}designs/{slug}/", prefix=slug, compact=True)

    def made() -> dict[str, bytes]:
        seen = _with_pictures(build, slug, figures, pictures)
        return {_HEADS: str(player(seen, design.whole, place, flows)).encode("utf-8")}

    return Job(("player", repr(place), repr(flows), *_depends(build, design, figures, pictures)), made)


def _downloads(design: Design) -> Iterator[tuple[str, str]]:
    architecture = design.architecture
    folder = f"designs/{architecture.slug}"
    yield f"{folder}/architecture.yaml", architecture.sources.get(architecture.span.file, "")
    by_flow = {
        report.flow_id: _json(results([(network, report)], flow_logs=True)) for network, report in _answers(design)
    }
    yield f"{folder}/traces.json", _together(by_flow.values())
    for flow_id, text in by_flow.items():
        yield f"{folder}/flow-{flow_id}.json", text


def _together(texts: Iterable[str]) -> str:
    """Results of one flow each as one text with all of them: put together and not written again, which takes long."""
    head, foot = _json(results(())).split("[]")
    start, end = f"{head}[\n", f"\n  ]{foot}"
    inside = ",\n".join(text.removeprefix(start).removesuffix(end) for text in texts)
    return f"{start}{inside}{end}" if inside else f"{head}[]{foot}"


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
