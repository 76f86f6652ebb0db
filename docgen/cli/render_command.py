"""`docgen render`."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli._console import exit_code, paths_argument, print_findings, progress


@click.command(
    epilog="""\b
Examples:
  docgen render three-tier -o pictures
  docgen render three-tier -o pictures -f png --scale 2 --view overview
  docgen render three-tier -o pictures -f png --width 1600 --theme both
  docgen render three-tier -o pictures -f drawio           editable; three-tier.drawio has a page for each view
  docgen render three-tier -o pictures -f drawio.svg       a picture everywhere, editable in draw.io
  docgen render architectures -o pictures -f svg,drawio    a folder for each design
"""
)
@paths_argument
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to."
)
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    default=("svg",),
    show_default=True,
    metavar="svg,png,drawio,drawio.svg,drawio.png",
    help="Formats, by comma or repeated.",
)
@click.option(
    "--view", "views", multiple=True, metavar="NAME", help="Only this view: overview, flow-<id>; may be repeated."
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
def command(
    paths: tuple[str, ...],
    output: Path,
    formats: tuple[str, ...],
    views: tuple[str, ...],
    scale: float,
    width: int | None,
    theme: str,
    page: str,
) -> int:
    """Draw the views of designs: the overview and one picture per flow.

    Writes nothing where a design has errors. Several designs get a folder each.
    """
    from docgen.cli._designs import open_paths
    from docgen.core.diagnostic import has_errors
    from docgen.pipeline import render_figures
    from docgen.pipeline.output import write_files

    opened = open_paths(paths)
    print_findings(opened.diagnostics, opened.sources, err=True)
    if has_errors(opened.diagnostics):
        return 1
    wanted = [name.strip() for given in formats for name in given.split(",") if name.strip()]
    for design in opened.designs:
        progress(f"drawing {design.slug}")
        folder = output if opened.count == 1 else output / design.slug
        themes = ("light", "dark") if theme == "both" else (theme,)
        figures = render_figures(design, wanted, views, scale=scale, width=width, themes=themes, page=page)
        for path in write_files(folder, figures):
            click.echo(str(path))
    return exit_code(opened.diagnostics)
