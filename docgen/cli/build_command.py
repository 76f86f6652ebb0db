"""`docgen build`."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli._console import config_option, progress


@click.command(
    epilog="""\b
Examples:
  docgen build                   into build/site, to be opened from disk or served
  docgen build --strict          warnings stop it
  docgen build -o public
"""
)
@config_option
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder of the site.")
@click.option("--strict", is_flag=True, help="Stop at warnings too.")
def command(config_file: str, output: Path | None, strict: bool) -> int:
    """Publish the whole site: every design with its pictures, traces and downloads.

    The same as `mkdocs build`, except that the old site stays in its place until the new one is whole.
    """
    from docgen.cli._publish import publish

    progress("opening, tracing and drawing the designs, then building the site")
    done = publish(config_file, strict=strict, output=output)
    click.echo(f"site written to {_shown(done.folder)}")
    click.echo(f"docgen {done.docgen_seconds:.1f} s, MkDocs {done.mkdocs_seconds:.1f} s")
    return 0


def _shown(folder: Path) -> str:
    """Relative to where the user stands, if it is below."""
    return str(folder.relative_to(Path.cwd())) if folder.is_relative_to(Path.cwd()) else str(folder)
