# Draws views. The only module of the pipeline that talks to drawing code.
"""Job, DrawnView, Form, check_count, has_layers, draw, views_of, layers_over, plain_files, layered_files, whole_file,
stage_file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from docgen import diagram, renderers
from docgen.core.data import dataclass
from docgen.core.digest import digest
from docgen.core.errors import DocgenError
from docgen.model.network import Network
from docgen.pipeline.addresses import addresses_of
from docgen.pipeline.design import Design
from docgen.pipeline.spread import spread
from docgen.routing.outages import apply_outages


@dataclass(frozen=True, slots=True)
class Form:
    """A format in a theme, and where its links lead."""

    name: str
    theme: str = "light"
    page: str = ""
    """Address of the design's page; "" for no links."""
    flows: bool = True
    """Whether the views of flows have it too."""

    @property
    def layered(self) -> bool:
        """Whether it has layers, so that all views have to be drawn first."""
        return renderers.all_renderers()[self.name].layered

    @property
    def heavy(self) -> bool:
        """Whether it takes long."""
        return renderers.all_renderers()[self.name].heavy

    def suits(self, view: str) -> bool:
        """Whether a view is wanted in it."""
        return self.flows or not view.startswith(diagram.FLOW)

    def file_name(self, view: str) -> str:
        """What a view's file is called."""
        return renderers.file_name(view, self.name, self.theme)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Some views of one design, in some formats."""

    design: Design
    views: tuple[str, ...]
    forms: tuple[Form, ...]
    scale: float = 1.0
    width: int | None = None
    """Of PNG, in px; counts instead of the scale."""
    most_pixels: int = renderers.MOST_PIXELS
    """That a PNG may have."""
    overlays: tuple[str, ...] = ()
    """What all views show beside the components."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnView:
    """One view in every format asked that has no layers, and the drawing that they were made from."""

    files: Mapping[str, bytes]
    drawing: Any
    made_from: str
    """The hash of everything that it was drawn from, beside docgen itself; "" where no earlier one was asked for."""


def views_of(design: Design) -> tuple[str, ...]:
    """The views that a design has: the overview and one for each traced flow."""
    return diagram.views(design.network, design.reports)


def scores_of(design: Design, views: Sequence[str], overlays: Sequence[str] = ()) -> Mapping[str, Any]:
    """The scorecard of each of these views."""
    from docgen.diagram.scorecard import score

    return {
        view: score(diagram.draw(network_of_view(design, view), view, design.reports, overlays=overlays))
        for view in views
    }


MOST_PICTURES = 300
"""Of one design in one run: a page of more nobody reads, and a small definition can ask for any number."""


MOST_IN_LAYERS = 30_000
"""Components times views of a design whose pictures have each other as layers: each view is drawn for them."""


class TooManyPicturesError(DocgenError, ValueError):
    """A design asks for more pictures than are drawn in one run."""


def check_count(design: Design, views: Sequence[str]) -> None:
    """Whether so many views are drawn at once.

    Raises:
        TooManyPicturesError: they are not.
    """
    if len(views) > MOST_PICTURES:
        raise TooManyPicturesError(
            f"the design {design.slug!r} has {len(views):,} pictures (one for each flow, view and VPC); at most "
            f"{MOST_PICTURES} are drawn at once: name some, as with `docgen render --view`, or split the design"
        )


def has_layers(design: Design) -> bool:
    """Whether the draw.io file of one picture holds the flows of the others as layers.

    It depends on the design alone, so that a picture is the same whatever else is drawn with it.
    """
    return len(views_of(design)) * len(design.network.components) <= MOST_IN_LAYERS


Known = Callable[[str, str], "DrawnView | None"]
"""A view as it was drawn before, by its name and by what it is made from; None where it was not."""


def draw(job: Job, known: Known | None = None, workers: int = 1) -> list[DrawnView]:
    """Do a job, but for the formats with layers.

    Args:
        job: What to draw.
        known: Asked for each view before it is drawn.
        workers: Processes to draw with.

    Raises:
        TooManyPicturesError: it is too many views.
        PictureTooLargeError: a view shows too much.
    """
    check_count(job.design, job.views)
    found: dict[str, DrawnView] = {}
    missing: list[tuple[Any, str]] = []
    pages = sorted({form.page for form in job.forms}) if known else []
    links = repr([addresses_of(job.design.network, page) for page in pages])
    for view in job.views:
        scene = diagram.compose(network_of_view(job.design, view), view, job.design.reports, job.overlays)
        made_from = _made_from(job, scene, links) if known else ""
        if known and (before := known(view, made_from)) is not None:
            found[view] = before
        else:
            missing.append((scene, made_from))
    for one in spread(partial(_drawn, job), missing, workers):
        found[one.drawing.view] = one
    return [found[view] for view in job.views]


def layers_over(drawings: Sequence[Any], job: Job) -> list[Any]:
    """Those of the job's views that can be laid over one of these drawings of its design.

    Raises:
        TooManyPicturesError: it is too many views.
        PictureTooLargeError: a view shows too much.
    """
    check_count(job.design, job.views)
    laid = []
    for view in job.views:
        scene = diagram.compose(network_of_view(job.design, view), view, job.design.reports, job.overlays)
        laid.append(diagram.place_on(drawings, scene, diagram.pins_of_view(job.design.pins, view)))
    return [drawing for drawing in laid if drawing]


def _made_from(job: Job, scene: Any, links: str) -> str:
    """The hash of everything that a view is drawn from, beside docgen itself: its scene, pins, links and forms."""
    forms = [form for form in job.forms if form.suits(scene.view)]
    linked = [view for view in (*job.views, "", *views_of(job.design)) if not view.startswith(diagram.FLOW)]
    asked = (forms, linked, has_layers(job.design), job.scale, job.width, job.most_pixels)
    return digest((repr(scene), repr(diagram.pins_of_view(job.design.pins, scene.view)), repr(asked), links))


def _drawn(job: Job, composed: tuple[Any, str]) -> DrawnView:
    scene, made_from = composed
    drawing = diagram.place(scene, diagram.pins_of_view(job.design.pins, scene.view))
    return DrawnView(files=plain_files(job, [drawing]), drawing=drawing, made_from=made_from)


def plain_files(job: Job, drawings: Sequence[Any]) -> dict[str, bytes]:
    """Drawings in those of the job's formats that have no layers."""
    return {
        form.file_name(drawing.view): _rendered(job, drawing, form)
        for drawing in drawings
        for form in job.forms
        if not form.layered and form.suits(drawing.view)
    }


def layered_files(job: Job, drawings: Sequence[Any]) -> dict[str, bytes]:
    """The job's views in those of its formats that have layers.

    Args:
        job: What to write.
        drawings: Of all views of the design: where they fit a view, they are its layers, unless they are too many.
    """
    layers = tuple(drawings) if has_layers(job.design) else ()
    return {
        form.file_name(drawing.view): _rendered(job, drawing, form, layers)
        for drawing in drawings
        if drawing.view in job.views
        for form in job.forms
        if form.layered and form.suits(drawing.view)
    }


def whole_file(job: Job, drawings: Sequence[Any], page: str) -> bytes:
    """One draw.io file with a page for each drawing."""
    from docgen.renderers import drawio

    links = addresses_of(job.design.network, page)
    layers = tuple(drawings) if has_layers(job.design) else ()
    return drawio.render_pages(drawings, renderers.Options(links=links, layers=layers))


def stage_file(drawings: Sequence[Any]) -> bytes:
    """What a page needs to play flows on one picture, as JSON."""
    from docgen.renderers._stage import stage_values

    return json.dumps(stage_values(drawings), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _rendered(job: Job, drawing: Any, form: Form, layers: tuple[Any, ...] = ()) -> bytes:
    options = renderers.Options(
        scale=job.scale,
        width=job.width,
        most_pixels=job.most_pixels,
        theme=form.theme,
        links={**addresses_of(job.design.network, form.page), **_own_views(job, drawing, form)},
        layers=layers,
    )
    return renderers.render(drawing, form.name, options)


def _own_views(job: Job, drawing: Any, form: Form) -> dict[str, str]:
    """Where folded VPCs are drawn in full: the file beside this one, by the id of their icon."""
    written = views_of(job.design) if form.page else job.views
    return {id: form.file_name(view) for id, view in diagram.folded_views(drawing).items() if view in written}


def network_of_view(design: Design, view: str) -> Network:
    """The network that a view shows: of a flow, that of its variant, with what is down."""
    for flow in design.architecture.flows:
        if view == f"flow-{flow.id}":
            return apply_outages(design.network_of(flow), flow.when.outage)
    return design.network
