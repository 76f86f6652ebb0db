"""`docgen build`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from docgen.cli._console import config_option, progress
from docgen.cli._stale import check_option, tell


@click.command(
    epilog="""\b
Examples:
  docgen build                   into build/site, to be opened from disk or served
  docgen build --strict          warnings stop it
  docgen build -o public
  docgen build --check           whether the site that is kept is what would be built; writes nothing
"""
)
@config_option
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder of the site.")
@click.option("--strict", is_flag=True, help="Stop at warnings too.")
@check_option
def command(config_file: str, output: Path | None, strict: bool, check_only: bool) -> int:
    """Publish the whole site: every design with its pictures, traces and downloads.

    The same as `mkdocs build`, except that the old site stays in its place until the new one is whole. Sitemaps
    have the day in them: --check passes over them.
    """
    from docgen.cli._publish import publish

    progress("opening, tracing and drawing the designs, then building the site")
    done = publish(config_file, strict=strict, output=output, check_only=check_only)
    if check_only:
        return tell([replace(one, path=Path(_shown(one.path))) for one in done.stale], done.files)
    click.echo(f"site written to {_shown(done.folder)}")
    click.echo(f"docgen {done.docgen_seconds:.1f} s, MkDocs {done.mkdocs_seconds:.1f} s")
    return 0


def _shown(folder: Path) -> str:
    """Relative to where the user stands, if it is below."""
    return str(folder.relative_to(Path.cwd())) if folder.is_relative_to(Path.cwd()) else str(folder)
