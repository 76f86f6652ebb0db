# Figures of a design, each drawn at most once: cached by content, spread over the cores.
#
# In:  designs. Out: bytes by file name. Knows no format: asks the renderers.
"""figures, figures_of_all, render_figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from docgen.core.errors import UnknownNameError
from docgen.pipeline.cache import FigureCache, design_key
from docgen.pipeline.design import Design
from docgen.pipeline.drawing import Job, draw_jobs, pages_file, views_of

ALL_FORMATS = ("svg", "png", "drawio")


def figures(design: Design, *, cache: Path | None = None) -> Mapping[str, bytes]:
    """Every figure of a design by file name, in order.

    `overview.svg`, `overview.png`, `overview.drawio`, then the same for each `flow-<id>`, and last
    `<slug>.drawio` with one page for each view.
    """
    return figures_of_all([design], cache=cache)[design.slug]


def figures_of_all(
    designs: Iterable[Design], *, cache: Path | None = None, workers: int = 1
) -> Mapping[str, Mapping[str, bytes]]:
    """`figures` of many designs at once, by slug: the fast way for a whole site.

    Args:
        designs: In any order; the answer keeps it.
        cache: Folder of figures kept between runs; None draws everything.
        workers: Processes to draw with; 1 draws in this one.
    """
    designs = list(designs)
    store = FigureCache(cache) if cache else None
    keys = {d.slug: design_key(d, ALL_FORMATS) for d in designs} if store else {}
    found = {d.slug: store.load(keys[d.slug]) if store else None for d in designs}
    missing = [d for d in designs if found[d.slug] is None]
    drawn = _draw_all(missing, workers)
    if store and drawn:
        for slug, made in drawn.items():
            store.store(keys[slug], made)
        store.prune()
    return {d.slug: found[d.slug] or drawn[d.slug] for d in designs}


def render_figures(
    design: Design, formats: Iterable[str] = ("svg",), views: Iterable[str] = (), *, scale: float = 1.0
) -> Mapping[str, bytes]:
    """Chosen views (all where none is named) in chosen formats, by file name, in order.

    Raises:
        UnknownNameError: a view or format does not exist.
    """
    known = views_of(design)
    chosen = tuple(views) or known
    for view in chosen:
        if view not in known:
            raise UnknownNameError("view", view, known)
    wanted = tuple(formats)
    for name in wanted:
        if name not in ALL_FORMATS:
            raise UnknownNameError("format", name, ALL_FORMATS)
    (drawn,) = draw_jobs([Job(design=design, views=chosen, formats=wanted, scale=scale)], workers=1)
    return {name: content for view in drawn for name, content in view.files.items()}


def _draw_all(designs: Sequence[Design], workers: int) -> dict[str, dict[str, bytes]]:
    """Every figure of each design; a job is a few views of one design, so that one design fills all cores."""
    jobs: list[Job] = []
    for design in designs:
        views = views_of(design)
        size = max(1, -(-len(views) // workers))
        jobs += [
            Job(design=design, views=views[at : at + size], formats=ALL_FORMATS) for at in range(0, len(views), size)
        ]
    made: dict[str, list[Mapping[str, bytes]]] = {d.slug: [] for d in designs}
    drawings: dict[str, list[object]] = {d.slug: [] for d in designs}
    for job, views_drawn in zip(jobs, draw_jobs(jobs, workers), strict=True):
        for view in views_drawn:
            made[job.design.slug].append(view.files)
            drawings[job.design.slug].append(view.drawing)
    return {
        slug: {
            **{name: content for part in parts for name, content in part.items()},
            f"{slug}.drawio": pages_file(drawings[slug]),
        }
        for slug, parts in made.items()
    }
