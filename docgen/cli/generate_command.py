"""`docgen generate`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from docgen.cli._console import DEFAULT_FOLDER, print_findings, progress
from docgen.cli._stale import check_option, tell
from docgen.core.span import Span
from docgen.core.terminal import visible


@click.command(
    epilog="""\b
Examples:
  docgen generate -o build/markdown                 every page that docgen makes, with pictures and downloads
  docgen generate -o build/markdown --pages site    your own pages too, with their places for docgen filled in
  docgen generate -o docs/net --check               which of the pages kept there are stale
  properdocs build -f properdocs.yml                any engine that reads Markdown takes it from there
"""
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DEFAULT_FOLDER)
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder of the Markdown."
)
@click.option(
    "--pages",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of pages written by hand, copied along.",
)
@click.option(
    "--cache",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of designs and pictures kept between runs.",
)
@check_option
def command(folder: Path, output: Path, pages: Path | None, cache: Path | None, check_only: bool) -> int:
    """Write the site as plain Markdown, for an engine of your own; MkDocs is not asked.

    FOLDER holds the designs. The output folder is written anew: it must not exist, be empty, or be one that this
    command wrote.
    """
    from docgen import pipeline, site
    from docgen.pipeline.kept import keeping
    from docgen.pipeline.output import replace_tree, stale_files

    if not site.is_ours(output):
        raise click.UsageError(f"{output} holds something that `docgen generate` did not write; name another folder")
    progress("opening, tracing and drawing the designs")
    designs = pipeline.open_all(folder, cache=cache, workers=pipeline.all_cores())
    if designs.failed:
        print_findings([d for d in designs.diagnostics if d.severity == "error"], designs.sources, err=True)
        return 1
    figures = pipeline.figures_of_all(designs.listed, cache=cache, workers=pipeline.all_cores())
    told = designs.collection
    files = site.plain_files(designs.chapters, figures, told.comparisons, told.source_map, pages, keeping(cache))
    if check_only:
        return tell(stale_files(output, files, lambda _: True), len(files))
    replace_tree(output, files)
    for place in _fences(pages) if pages else ():
        words = (
            "this fence stays a fence: your engine has to read it, as Python-Markdown does with the extension docgen"
        )
        click.echo(f"{visible(str(place))}: {words}", err=True)
    count = sum(1 for path in files if path.endswith(".md"))
    click.echo(f"{count} pages and {len(files) - count} other files written to {output}")
    return 0


def _fences(pages: Path) -> Iterator[Span]:
    """Designs in fences of pages written by hand, which only an engine makes into pictures."""
    from docgen.pipeline.fence_place import PageText
    from docgen.pipeline.fences import LANGUAGE

    for path in sorted(pages.rglob("*.md")):
        yield from PageText(str(path), path.read_text(encoding="utf-8"), LANGUAGE).places()
