"""`docgen render`."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli import _complete
from docgen.cli._console import exit_code, paths_argument, print_findings, progress
from docgen.cli._stale import check_option, tell

if TYPE_CHECKING:
    from docgen.pipeline import Design


@click.command(
    epilog="""\b
Examples:
  docgen render three-tier -o pictures
  docgen render three-tier -o pictures -f png --scale 2 --view overview
  docgen render three-tier -o pictures -f png --width 1600 --theme both
  docgen render three-tier -o pictures -f drawio           editable; three-tier.drawio has a page for each view
  docgen render three-tier -o pictures -f drawio.svg       a picture everywhere, editable in draw.io
  docgen render three-tier -o pictures -f mermaid          the topology as text, for a README or a wiki
  docgen render architectures -o pictures -f svg,drawio    a folder for each design
  docgen render three-tier -o pictures --overlay security-groups
  docgen render three-tier --scorecard
  docgen render three-tier -o docs/net --check             which of the pictures kept there are stale
"""
)
@paths_argument
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    shell_complete=_complete.formats,
    default=("svg",),
    show_default=True,
    metavar="svg,png,drawio,drawio.svg,drawio.png,mermaid,dot",
    help="Formats, by comma or repeated; the last two are text.",
)
@click.option(
    "--view",
    "views",
    multiple=True,
    shell_complete=_complete.views,
    metavar="NAME",
    help="Only this view (overview, vpc-<id>, view-<id>, flow-<id>); may be repeated.",
)
@click.option("--scale", type=click.FloatRange(0.1, 8), default=1.0, show_default=True, help="Size of PNG.")
@click.option("--width", type=click.IntRange(16, 16000), metavar="PX", help="Width of PNG, instead of --scale.")
@click.option(
    "--theme",
    type=click.Choice(["light", "dark", "both"]),
    default="light",
    show_default=True,
    help="Colours; the name of a dark file has .dark in it.",
)
@click.option("--page", default="", metavar="URL", help="Address of the design's page: components link there.")
@click.option(
    "--overlay",
    "overlays",
    multiple=True,
    metavar="NAME",
    help="Show this too: security-groups, as frames around what carries them.",
)
@click.option("--scorecard", is_flag=True, help="Say in numbers how good the pictures are; -o may be left out.")
@check_option
def command(
    paths: tuple[str, ...],
    output: Path | None,
    formats: tuple[str, ...],
    views: tuple[str, ...],
    scale: float,
    width: int | None,
    theme: str,
    page: str,
    overlays: tuple[str, ...],
    scorecard: bool,
    check_only: bool,
) -> int:
    """Draw the views of designs: the overview, one picture per VPC where there are several, one per flow.

    Writes nothing where a design has errors. Several designs get a folder each. With --check a picture of these
    formats that is named like a view and belongs to none is told too, unless --view chose some.
    """
    from docgen.cli._designs import open_paths
    from docgen.core.diagnostic import has_errors
    from docgen.pipeline import render_figures
    from docgen.pipeline.drawing import has_layers
    from docgen.pipeline.figure_files import named_like_a_view
    from docgen.pipeline.output import stale_files, write_files

    if math.isnan(scale):  # it is in no range, and outside of none
        raise click.UsageError("Invalid value for '--scale': nan is no number.")
    if output is None and (check_only or not scorecard):
        raise click.UsageError("Missing option '-o' / '--output'.")
    opened = open_paths(paths)
    print_findings(opened.diagnostics, opened.sources, err=True)
    if has_errors(opened.diagnostics):
        return 1
    wanted = [name.strip() for given in formats for name in given.split(",") if name.strip()]
    faults = 0
    for design in opened.designs if scorecard else ():
        faults += _print_scores(design, views, overlays)
    if output is None:
        return 1 if faults else exit_code(opened.diagnostics)
    themes = ("light", "dark") if theme == "both" else (theme,)
    kept: dict[str, bytes] = {}
    for design in opened.designs:
        progress(f"drawing {design.slug}")
        folder = output if opened.count == 1 else output / design.slug
        figures = render_figures(
            design, wanted, views, scale=scale, width=width, themes=themes, page=page, overlays=overlays
        )
        if any("drawio" in name for name in wanted) and not has_layers(design):
            words = "too many pictures to be layers of each other: each draw.io file has its own lines only"
            click.echo(f"{design.slug}: {words}", err=True)
        if check_only:
            kept |= {(folder / name).relative_to(output).as_posix(): made for name, made in figures.items()}
            continue
        for path in write_files(folder, figures):
            click.echo(str(path))
    if check_only:
        like_ours = named_like_a_view(wanted, themes)
        deep = 0 if opened.count == 1 else 1
        stale = stale_files(
            output, kept, None if views else lambda name: name.count("/") == deep and like_ours(name.split("/")[-1])
        )
        faults += tell(stale, len(kept))
    return 1 if faults else exit_code(opened.diagnostics)


_COLUMNS = ("view", "faults", "crossings", "bends", "most", "detour", "alignment", "aspect")


def _print_scores(design: Design, views: tuple[str, ...], overlays: tuple[str, ...]) -> int:
    """One line for each view, and one for each fault; how many faults there are."""
    from docgen.core.errors import UnknownNameError
    from docgen.pipeline.drawing import scores_of, views_of

    known = views_of(design)
    for view in views:
        if view not in known:
            raise UnknownNameError("view", view, known)
    cards = scores_of(design, views or known, overlays)
    counts = {view: sum(map(len, card.faults().values())) for view, card in cards.items()}
    rows = [
        (
            view,
            str(counts[view]),
            str(card.crossings),
            f"{card.bends_mean:.2f}",
            str(card.bends_most),
            f"{card.detour:.2f}",
            f"{card.alignment:.2f}",
            f"{card.aspect:.2f}",
        )
        for view, card in cards.items()
    ]
    widths = [max(len(row[at]) for row in (_COLUMNS, *rows)) for at in range(len(_COLUMNS))]
    click.echo(design.slug)
    for row in (_COLUMNS, *rows):
        click.echo(
            "  "
            + row[0].ljust(widths[0])
            + "".join(f"  {t.rjust(w)}" for t, w in zip(row[1:], widths[1:], strict=True))
        )
    for view, card in cards.items():
        for name, found in card.faults().items():
            for fault in found:
                click.echo(f"  {view}: {name}: {fault}")
    return sum(counts.values())
