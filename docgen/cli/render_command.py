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
    metavar="svg,png,drawio",
    help="Formats, by comma or repeated.",
)
@click.option(
    "--view", "views", multiple=True, metavar="NAME", help="Only this view: overview, flow-<id>; may be repeated."
)
@click.option("--scale", type=click.FloatRange(0.1, 8), default=1.0, show_default=True, help="Size of PNG.")
def command(
    paths: tuple[str, ...], output: Path, formats: tuple[str, ...], views: tuple[str, ...], scale: float
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
        figures = render_figures(design, wanted, views, scale=scale)
        for path in write_files(folder, figures):
            click.echo(str(path))
    return exit_code(opened.diagnostics)
