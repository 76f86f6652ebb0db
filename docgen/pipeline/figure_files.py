# Figures of a design, each drawn at most once: cached by content, spread over the cores.
#
# In:  designs. Out: bytes by file name. Knows no format: asks the renderers.
"""figures, figures_of_all, draw_figures, render_figures, stage, named_like_a_view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from docgen import diagram, renderers
from docgen.core.data import dataclass
from docgen.core.errors import UnknownNameError
from docgen.pipeline.addresses import PAGE, checked
from docgen.pipeline.cache import FigureCache, design_key, kept_or_drawn
from docgen.pipeline.design import Design
from docgen.pipeline.drawing import (
    DrawnView,
    Form,
    Job,
    draw,
    has_layers,
    layered_files,
    layers_over,
    plain_files,
    stage_file,
    views_of,
    whole_file,
)
from docgen.pipeline.graphs import TEXT_SUFFIXES, graph_files
from docgen.pipeline.spread import beside, may_copy, spread

if TYPE_CHECKING:
    from docgen.pipeline.opened import Listed
    from docgen.pipeline.redrawn import Before

WHOLE = "drawio"
"""The format whose files can hold all views of a design."""
STAGE = "stage.json"
"""Ground and layers of the overview and of every flow, which the page shows as one picture."""


def figures(design: Design, *, cache: Path | None = None, site: str = "") -> Mapping[str, bytes]:
    """Every figure of a design by file name.

    `overview.svg`, `overview.dark.svg`, `overview.png` and `overview.drawio`, then the same but PNG for each
    `flow-<id>`, then `<slug>.drawio` with one page for each view, and last `stage.json`, which goes into the page.
    """
    return figures_of_all([design], cache=cache, site=site)[design.slug]


def figures_of_all(
    designs: Iterable[Design | Listed], *, cache: Path | None = None, workers: int = 1, site: str = ""
) -> Mapping[str, Mapping[str, bytes]]:
    """`figures` of many designs at once, by slug: the fast way for a whole site.

    Args:
        designs: In any order; the answer keeps it. One that is only listed is read where it has to be drawn.
        cache: Folder of figures kept between runs; None draws everything.
        workers: Processes to draw with; 1 draws in this one.
        site: Address of the site, for links out of draw.io; "" for none.
    """
    designs = list(designs)
    forms = {d.slug: _forms_of_page(d.slug, site) for d in designs}
    return kept_or_drawn(
        designs,
        lambda d: map(repr, forms[d.slug]),
        cache,
        lambda missing: draw_figures(missing, forms, workers, cache=cache),
    )


def _forms_of_page(slug: str, site: str) -> tuple[Form, ...]:
    """What stands beside a design's page; draw.io itself can follow whole addresses only."""
    page = f"{checked(site).rstrip('/')}/designs/{slug}/{PAGE}" if site else ""
    png = Form("png", flows=False)  # a tenth of a second each, of some hundred: nobody waits for what few ask for
    return (Form("svg", page=PAGE), Form("svg", "dark", page=PAGE), png, Form(WHOLE, page=page))


def render_figures(
    design: Design,
    formats: Iterable[str] = ("svg",),
    views: Iterable[str] = (),
    *,
    scale: float = 1.0,
    width: int | None = None,
    themes: Iterable[str] = ("light",),
    page: str = "",
    overlays: Iterable[str] = (),
) -> Mapping[str, bytes]:
    """Chosen views (all where none is named) in chosen formats and themes, by file name.

    All views as draw.io files come with `<slug>.drawio`, which has a page for each.

    Args:
        design: What to draw.
        formats: Names of renderers; `dot` and `mermaid` for the topology as text.
        views: `overview`, `flow-<id>`.
        scale: Size of PNG: px for each px of the drawing.
        width: Of PNG, in px; counts instead of `scale`.
        themes: `light`, `dark`.
        page: Address of the design's page, for links on components; "" for none.
        overlays: What the views show beside the components: `security-groups`.

    Raises:
        UnknownNameError: a view, format, theme or overlay does not exist.
        AddressError: `page` is no address.
    """
    known = views_of(design)
    chosen = tuple(views) or known
    _known("view", chosen, known)
    wanted = tuple(formats)
    drawn_formats = [name for name in wanted if name not in TEXT_SUFFIXES]
    _known("format", wanted, (*renderers.all_renderers(), *TEXT_SUFFIXES))
    forms = [
        Form(name, theme, checked(page))
        for name in drawn_formats
        for theme in (themes if renderers.all_renderers()[name].themed else ("light",))
    ]
    job = Job(
        design=design,
        views=chosen,
        forms=tuple(dict.fromkeys(forms)),
        scale=scale,
        width=width,
        overlays=tuple(overlays),
    )
    texts = graph_files(design, [name for name in wanted if name in TEXT_SUFFIXES], chosen)
    if not forms:
        return texts
    whole = chosen == known and WHOLE in wanted
    heavy = replace(job, forms=tuple(form for form in job.forms if form.heavy))
    if not (heavy.forms and any(form.layered for form in job.forms)):
        return _gathered(job, draw(job), whole=whole) | texts
    drawn = draw(replace(job, forms=tuple(form for form in job.forms if not form.heavy)))
    with beside(lambda: plain_files(heavy, [view.drawing for view in drawn])) as pictures:
        return _gathered(job, drawn, whole=whole, pictures=pictures) | texts


def stage(design: Design, views: Iterable[str] = (), *, cache: Path | None = None) -> bytes:
    """Only `stage.json` of some views: of the overview and of every flow where none is named.

    Raises:
        UnknownNameError: there is no such view.
    """
    known = views_of(design)
    chosen = tuple(dict.fromkeys(views)) or tuple(filter(_on_stage, known))
    _known("view", chosen, known)
    store = FigureCache(cache) if cache else None
    key = design_key(design, (STAGE, *chosen)) if store else ""
    kept = store.load(key) if store else None
    if kept is not None and STAGE in kept:
        return kept[STAGE]
    drawn = draw(Job(design=design, views=chosen, forms=()))
    made = stage_file([view.drawing for view in drawn])
    if store:
        store.store(key, {STAGE: made})
    return made


def named_like_a_view(formats: Iterable[str], themes: Iterable[str] = ("light",)) -> Callable[[str], bool]:
    """Whether a file is called as `render_figures` would call a view of some design in these formats and themes."""
    ends = {
        TEXT_SUFFIXES[name] if name in TEXT_SUFFIXES else renderers.file_name("", name, theme)
        for name in formats
        for theme in themes
    }
    return lambda name: any(
        name.endswith(end) and "." not in name.removesuffix(end) and diagram.is_view(name.removesuffix(end))
        for end in ends
    )


def _known(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise UnknownNameError(what, name, known)


def _gathered(
    job: Job, drawn: Sequence[DrawnView], *, whole: bool, pictures: Callable[[], Mapping[str, bytes]] = dict
) -> dict[str, bytes]:
    """All files of a job: those of single views, those with layers, the one with all views.

    Args:
        job: What was to be drawn.
        drawn: Its views.
        whole: Whether the file with all views is wanted.
        pictures: Gives what is missing of the files of single views; asked last.
    """
    files = {name: content for view in drawn for name, content in view.files.items()}
    if not any(form.layered for form in job.forms):
        return files
    drawings = [view.drawing for view in drawn]
    if has_layers(job.design):
        drawings = _with_layers(job, drawings)
    files |= layered_files(job, drawings)
    files |= pictures()
    files = {
        name: files[name] for view in job.views for name in (f.file_name(view) for f in job.forms if f.suits(view))
    }
    if whole:
        page = next(form.page for form in job.forms if form.name == WHOLE)
        files[f"{job.design.slug}.{WHOLE}"] = whole_file(job, drawings, page)
    return files


def _with_layers(job: Job, drawings: list[Any]) -> list[Any]:
    """These drawings, and of the other views those that can be laid over one of them; in the design's order."""
    known = views_of(job.design)
    have = {drawing.view: drawing for drawing in drawings}
    rest = tuple(view for view in known if view not in have)
    have |= {drawing.view: drawing for drawing in layers_over(drawings, replace(job, views=rest))}
    return [have[view] for view in known if view in have]


def draw_figures(
    designs: Sequence[Design | Listed],
    forms: Mapping[str, tuple[Form, ...]],
    workers: int,
    *,
    views: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    scale: float = 1.0,
    most_pixels: int = renderers.MOST_PIXELS,
    cache: Path | None = None,
) -> dict[str, Mapping[str, bytes]]:
    """Figures of each design, by slug.

    Args:
        designs: What to draw.
        forms: By slug.
        workers: Processes to draw with, each of them whole designs.
        views: Chosen ones by slug; all of a design that is not named.
        scale: Size of PNG.
        most_pixels: That a PNG may have.
        cache: Folder with the pictures of the run before, of which unchanged ones are taken; all views only.
    """
    asked = [_Asked(d, forms[d.slug], views.get(d.slug, ()), scale, most_pixels, cache) for d in designs]
    if len(asked) < workers and may_copy():  # too few to keep all cores busy: each in parts
        made = [_all_files(one, workers) for one in asked]
    else:
        made = spread(_all_files, asked, workers, lambda one: one.size)
    return {design.slug: files for design, files in zip(designs, made, strict=True)}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A design that may have to be read before it can be drawn, and how."""

    design: Design | Listed
    forms: tuple[Form, ...]
    views: tuple[str, ...]
    scale: float
    most_pixels: int
    cache: Path | None

    @property
    def before(self) -> Before | None:
        """The pictures of the run before."""
        if self.cache is None:
            return None
        from docgen.pipeline.redrawn import Before  # loads what keeps drawings, which one design alone does without

        key = design_key(self.design, map(repr, self.forms))
        return Before(self.cache, self.design.slug, self.forms, key)

    @property
    def size(self) -> float:
        """How much work it is, roughly."""
        outline = self.design.outline
        return (len(self.views) or 1 + len(outline.flows)) * outline.size

    @property
    def job(self) -> Job:
        """What to draw, all views where none is named."""
        whole = self.design.whole
        views = self.views or views_of(whole)
        return Job(design=whole, views=views, forms=self.forms, scale=self.scale, most_pixels=self.most_pixels)


def _all_files(asked: _Asked, workers: int = 1) -> Mapping[str, bytes]:
    """What a page needs of a design: its figures and its stage."""
    job, before = asked.job, asked.before
    drawn = draw(job, before.view, workers) if before else draw(job)
    if before:
        before.keep(drawn)
        if before.same(drawn):
            return before.figures
    whole = job.views == views_of(job.design) and any(form.name == WHOLE for form in job.forms)
    files = _gathered(job, drawn, whole=whole)
    return {**files, STAGE: stage_file([v.drawing for v in drawn if _on_stage(v.drawing.view)])}


def _on_stage(view: str) -> bool:
    """Whether the player of a page shows a view: views of a part stand beside it as files."""
    return view == "overview" or view.startswith(diagram.FLOW)
