# Designs or one flow to the files of an export: draws what the exporter takes, composes the pages, asks it to write.
#
# In:  designs and the name of an exporter. Out: content by path.
"""export."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from docgen import exporters
from docgen.core.errors import DocgenError
from docgen.pages import Build, Chapter
from docgen.pages.build import flow_view
from docgen.pages.markdown import anchor
from docgen.pages.outline import definition_file, outline_of
from docgen.pages.player import OVERVIEW
from docgen.pipeline.addresses import checked
from docgen.pipeline.cache import kept_or_drawn
from docgen.pipeline.design import Design
from docgen.pipeline.drawing import Form
from docgen.pipeline.figure_files import STAGE, draw_figures
from docgen.reports import results
from docgen.site.contents import pictures_of, stages_of

SCALE = 2.0
"""px of PNG for each px of the drawing: sharp on the screens of today."""
_FORMS = {
    "svg": Form("svg"),
    "dark.svg": Form("svg", "dark"),
    "png": Form("png"),
    "drawio": Form("drawio"),
    "drawio.svg": Form("drawio.svg"),
    "drawio.png": Form("drawio.png"),
}
_STAGE = "stage"


class SameNameError(DocgenError, ValueError):
    """Two designs would be written to the same file."""


def export(
    designs: Sequence[Design],
    target: str,
    *,
    flow: str = "",
    site: str = "",
    cache: Path | None = None,
    workers: int = 1,
) -> Mapping[str, bytes]:
    """The files of an export, by path with slashes.

    Args:
        designs: In the order in which a list of them has them.
        target: Name of an exporter.
        flow: Id of the only flow to show; "" for whole designs.
        site: Address of the published site, which the pages then link to; "" for none.
        cache: Folder of pictures kept between runs; None draws everything.
        workers: Processes to draw with.

    Raises:
        UnknownNameError: there is no such exporter or flow.
        SameNameError: two designs have the same name.
        AddressError: `site` is no address.
    """
    exporter, address = exporters.exporter(target), checked(site)
    flows = {design.slug: (design.flow(flow).id,) if flow else () for design in designs}
    names: dict[str, object] = {}
    for design in designs:
        name = exporters.article_name(design, flows[design.slug])
        if name in names:
            raise SameNameError(f"{names[name]} and {design.folder} would both be written to {name!r}; rename one")
        names[name] = design.folder
    drawn = kept_or_drawn(
        designs, lambda _: ("export", target, flow), cache, lambda missing: _draw(missing, flow, exporter, workers)
    )
    return exporter.write([_made(d, flows[d.slug], drawn[d.slug], exporter.pictures, address) for d in designs])


def _made(
    design: Design, flows: tuple[str, ...], drawn: Mapping[str, bytes], pictures: Collection[str], site: str
) -> exporters.Export:
    build = _build(design, drawn)
    shown = flows or tuple(design.reports)
    traces = f"{_view(design, flows[0])}.json" if flows else "traces.json"
    return exporters.Export(
        article=exporters.compose(build, design, only=flows, site=site),
        files={
            **{
                f"{anchor(design.slug)}.drawio" if name == f"{design.slug}.drawio" else name: content
                for name, content in drawn.items()
                if name != STAGE and _suffix(name) in pictures
            },
            traces: _traces(design, shown),
            "architecture.yaml": design.architecture.sources.get(definition_file(design), "").encode("utf-8"),
        },
        design=design,
        build=build,
        flows=shown,
    )


def _suffix(name: str) -> str:
    return max((suffix for suffix in _FORMS if name.endswith(f".{suffix}")), key=len, default="")


def _view(design: Design, flow: str) -> str:
    return flow_view(design.flow(flow))


def _traces(design: Design, flows: Sequence[str]) -> bytes:
    answers = [(design.network_of(design.flow(flow)), design.reports[flow]) for flow in flows]
    return (json.dumps(results(answers, flow_logs=True), indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def _build(design: Design, files: Mapping[str, bytes]) -> Build:
    """What the pages' own code is made from, for this design alone."""
    slug = design.slug
    return Build(
        chapters=(Chapter(title="", designs=(outline_of(design),)),),
        pictures={slug: pictures_of(files)},
        stages={slug: stages_of(files[STAGE])} if STAGE in files else {},
    )


def _draw(
    designs: Sequence[Design], flow: str, exporter: exporters.Exporter, workers: int
) -> Mapping[str, Mapping[str, bytes]]:
    """The pictures of the designs by slug; of one flow its own and the stage that it is played on."""
    wanted = exporter.pictures
    forms = tuple(form for suffix, form in _FORMS.items() if suffix in wanted or suffix == "svg")  # SVG tells sizes
    views = {d.slug: (OVERVIEW, _view(d, flow)) for d in designs if flow}
    asked = {d.slug: forms for d in designs}
    drawn = draw_figures(designs, asked, workers, views=views, scale=SCALE, most_pixels=exporter.most_pixels)
    return {
        d.slug: {
            name: content
            for name, content in drawn[d.slug].items()
            if (name != STAGE or _STAGE in wanted) and not (flow and name.startswith(f"{OVERVIEW}."))
        }
        for d in designs
    }
