"""`docgen pin`."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli import _complete
from docgen.cli._console import DEFAULT_FOLDER, exit_code, print_findings, strict_option


@click.command(
    epilog="""\b
Examples:
  docgen render three-tier -o build -f drawio    then move what you like in build/three-tier.drawio
  docgen pin build/three-tier.drawio             writes architectures/three-tier/layout.yaml
  docgen pin edited.drawio three-tier --dry-run  what would be pinned
  docgen pin overview.drawio.svg three-tier      a picture that draw.io edited; .drawio.png as well
"""
)
@click.argument("edited", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="EDITED.drawio")
@click.argument("path", required=False, metavar="[PATH]", shell_complete=_complete.designs)
@click.option("--dry-run", is_flag=True, help="Print the layout, and write nothing.")
@strict_option
def command(edited: Path, path: str | None, dry_run: bool, strict: bool) -> int:
    """Keep what was moved by hand in a draw.io file.

    Compares the file, or the diagram inside a picture, with where docgen puts things, and writes `layout.yaml` beside
    the definition: every icon and box that stands elsewhere and may stand there. All pictures take it up; lines find
    their way anew. What has drifted (gone, moved into another box, over something else) is told and not pinned; what
    was added is listed.
    PATH is the design; without it, the one in `architectures/` that the file is named after.
    """
    from docgen.cli._designs import open_paths
    from docgen.core.diagnostic import has_errors
    from docgen.loader import LAYOUT, layout_text
    from docgen.pipeline.output import write_file
    from docgen.pipeline.pinning import pins_from

    opened = open_paths([_design(edited, path)])
    if has_errors(opened.diagnostics) or not opened.designs:
        print_findings(opened.diagnostics, opened.sources, err=True)
        return 1
    (design,) = opened.designs
    pinning = pins_from(design, edited.read_bytes(), edited.as_posix())
    print_findings(pinning.diagnostics, {}, err=True)
    text = layout_text(pinning.pins)
    count = sum(map(len, pinning.pins.values()))
    assert design.folder is not None
    target = design.folder / LAYOUT
    if dry_run:
        click.echo(text, nl=False)
    elif count:
        write_file(target, text.encode("utf-8"))
        click.echo(f"{target}: {count} pinned")
    else:
        target.unlink(missing_ok=True)
        click.echo("nothing was moved")
    return exit_code(pinning.diagnostics, strict=strict)


def _design(edited: Path, path: str | None) -> str:
    name = path or edited.name.partition(".")[0]
    for place in (Path(name), Path(DEFAULT_FOLDER) / name):
        if (place.is_dir() and (place / "architecture.yaml").is_file()) or (path and place.is_file()):
            return str(place)
    raise click.UsageError(f"there is no design {name!r}; name it: docgen pin {edited.name} PATH")
