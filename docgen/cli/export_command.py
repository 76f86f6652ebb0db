"""`docgen export`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from docgen.cli import _complete
from docgen.cli._console import exit_code, paths_argument, print_findings, progress
from docgen.cli._stale import check_option, tell


@click.command(
    epilog="""\b
Examples:
  docgen export three-tier --to bundle -o out                        pictures, a page that plays the flows, traces
  docgen export three-tier --to html -o out                          one file for an iframe, and a fragment to paste
  docgen export architectures --to markdown -o docs/networks         GitHub, GitLab, Docusaurus, BookStack, TechDocs
  docgen export three-tier --to confluence --flow web-to-database -o out
  docgen export architectures --to markdown -o docs/networks --check     which of the files kept there are stale
  docgen export three-tier --to markdown --site https://docs.example.com/networks/ -o out
"""
)
@paths_argument
@click.option(
    "--to",
    "target",
    required=True,
    shell_complete=_complete.targets,
    metavar="TARGET",
    help="What to write for; see below.",
)
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write to."
)
@click.option(
    "--flow", default="", shell_complete=_complete.flows, metavar="ID", help="Only this flow of the design."
)
@click.option("--site", default="", metavar="URL", help="Address of the published site; the pages link there.")
@click.option(
    "--cache", type=click.Path(file_okay=False, path_type=Path), help="Folder of pictures kept between runs."
)
@check_option
def command(
    paths: tuple[str, ...], target: str, output: Path, flow: str, site: str, cache: Path | None, check_only: bool
) -> int:
    """Write designs for another place: a wiki, a repository, a page of your own.

    \b
    bundle      pictures, a page that plays the flows, traces and definition, in one folder
    html        one file for an iframe, and a fragment that survives a sanitizer
    markdown    plain Markdown with pictures beside it
    confluence  Markdown for markdown-to-confluence, with PNG and draw.io files to attach
    mediawiki   page markup and files for MediaWiki
    dokuwiki    page markup and media for DokuWiki

    Writes nothing where a design has errors. What else stands in the folder stays.
    """
    from docgen.cli._designs import open_paths
    from docgen.core.diagnostic import has_errors
    from docgen.pipeline import all_cores
    from docgen.pipeline.exporting import export
    from docgen.pipeline.output import stale_files, write_files

    opened = open_paths(paths)
    print_findings(opened.diagnostics, opened.sources, err=True)
    if has_errors(opened.diagnostics):
        return 1
    if flow and opened.count != 1:
        raise click.UsageError("--flow names a flow of one design; name that design")
    progress(f"drawing {len(opened.designs)} designs")
    files = export(opened.designs, target, flow=flow, site=site, cache=cache, workers=all_cores())
    if check_only:
        left = None if flow else _left_over(files)
        return tell(stale_files(output, files, left), len(files)) or exit_code(opened.diagnostics)
    for path in write_files(output, files):
        click.echo(str(path))
    return exit_code(opened.diagnostics)


def _left_over(files: Iterable[str]) -> Callable[[str], bool]:
    """Whether a file is called as a picture of one of these designs: beside others, or with its name in front."""
    from docgen.pipeline.figure_files import named_like_a_view

    like_ours = named_like_a_view(("svg", "png", "drawio", "drawio.png"), ("light", "dark"))

    def place_of(path: str) -> str:
        """What stands before the name of the view; "." for no picture of a view."""
        folder, slash, name = path.rpartition("/")
        design, dot, view = name.partition(".")
        if like_ours(name):
            return folder + slash
        return f"{folder}{slash}{design}{dot}" if like_ours(view) else "."

    places = {place_of(path) for path in files} - {"."}
    return lambda path: place_of(path) in places
