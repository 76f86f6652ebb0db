"""`docgen new`."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import click

TEMPLATES = {
    "minimal": "",
    "cables": "From cables to a VPC",
    "public-web": "One private network",
    "two-tier": "More than one server",
    "nat-egress": "The way out",
    "private-services": "AWS services, privately",
    "hub": "Many VPCs",
    "hybrid": "Data centers and people",
    "edge": "The edge, and watching",
    "whole": "The whole picture",
}
"""Each template with the chapter of our own designs that it is a beginning of."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_README = """\
# {title}

Say here what this design is for, why it is built as it is, and what one would do otherwise. This text becomes the
prose of its page.
"""


@click.command(
    epilog="""\b
Examples:
  docgen new shop                         architectures/shop, a definition that passes `docgen check`
  docgen new --list                       the templates
  docgen new shop --template two-tier
  docgen new shop --title "The web shop" --folder designs
"""
)
@click.argument("slug", required=False)
@click.option("--list", "list_only", is_flag=True, help="List the templates.")
@click.option(
    "--template",
    type=click.Choice(tuple(TEMPLATES)),
    default="minimal",
    show_default=True,
    metavar="NAME",
    help="What to start from.",
)
@click.option("--title", help="Title of the page; made from the name where left out.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("architectures"),
    show_default=True,
    help="Folder of designs.",
)
def command(slug: str | None, list_only: bool, template: str, title: str | None, folder: Path) -> int:
    """Start a definition: a folder with architecture.yaml and README.md. Never overwrites anything.

    SLUG is the folder's name and what other definitions and pages call the design: small letters, digits and -.
    Each template passes `docgen check` as it is, with flows and invariants that say what it is about.
    """
    if list_only:
        return _list()
    if slug is None:
        raise click.UsageError("Missing argument 'SLUG'.")
    if not _SLUG.fullmatch(slug):
        raise click.UsageError(f"{slug!r} is no name for a design: small letters, digits and single - between them")
    target = folder / slug
    if target.exists():
        raise click.UsageError(f"{target} exists already; nothing was changed")
    import json

    from docgen.pipeline.output import write_files

    title = " ".join((title or slug.replace("-", " ").capitalize()).split())
    text = _text(template).replace("title: TITLE", f"title: {json.dumps(title, ensure_ascii=False)}", 1)
    written = write_files(
        target,
        {
            "architecture.yaml": text.encode(),
            "README.md": _README.format(title=title).encode(),
        },
    )
    for path in written:
        click.echo(str(path))
    click.echo(f"\nnext: docgen check {target}\n      docgen trace {target}")
    return 0


def _text(template: str) -> str:
    return (files("docgen.cli") / "templates" / template / "architecture.yaml").read_text(encoding="utf-8")


def _list() -> int:
    """Every template: its chapter, and below it the summary."""
    from textwrap import fill

    import yaml

    width = max(map(len, TEMPLATES))
    for name, chapter in TEMPLATES.items():
        indent = " " * (width + 2)
        summary = fill(yaml.safe_load(_text(name))["summary"], 100, initial_indent=indent, subsequent_indent=indent)
        click.echo(f"{name:<{width}}  {chapter or 'The least there is'}\n{summary}")
    return 0
