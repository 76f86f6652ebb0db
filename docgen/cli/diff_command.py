"""`docgen diff`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli._console import DEFAULT_FOLDER, echo_json, echo_painted, paint_for, print_findings

if TYPE_CHECKING:
    from docgen.analysis.difference import Difference
    from docgen.analysis.reach import Reached
    from docgen.cli._designs import Opened
    from docgen.pipeline import Design

_SUFFIXES = (".svg", ".png")
"""Pictures that a comment can show."""


@click.command(
    epilog="""\b
Examples:
  docgen diff main:architectures/three-tier architectures/three-tier
  docgen diff main architectures                      the same for a whole folder
  docgen diff v1:architectures v2:architectures
  docgen diff before.yaml after.yaml --format json
  docgen diff main architectures --guard orders --guard tier=data
  docgen diff main architectures --format markdown -o pictures --picture-base https://ci.example/run/7

\b
OLD and NEW are a definition, a folder of one or of many, or REVISION:PATH as git writes it; a revision alone
stands for NEW's path in it. Of two folders the designs of one name belong together.
Exit code 1: a way to a guarded component was opened, or a definition has errors that keep it from being read.
"""
)
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="For people, for programs, or for the comment of a pull request.",
)
@click.option(
    "--guard",
    "guards",
    multiple=True,
    metavar="NAME",
    help="Leave with 1 where anything gets to this component that did not before; a name as `docgen reach` takes it.",
)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="Draw the changes, into here.")
@click.option(
    "-f",
    "--picture-format",
    "formats",
    multiple=True,
    default=("svg",),
    show_default=True,
    metavar="svg,png,drawio",
    help="Formats of the picture, by comma or repeated.",
)
@click.option(
    "--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True, help="Its colours."
)
@click.option("--picture-base", default="", metavar="URL", help="Where Markdown finds the pictures; left out: -o.")
def command(
    old: str,
    new: str,
    output_format: str,
    guards: tuple[str, ...],
    output: Path | None,
    formats: tuple[str, ...],
    theme: str,
    picture_base: str,
) -> int:
    """Tell what a change does: which flows and which ways it opens and closes, what it adds, changes and removes."""
    from docgen.core.terminal import visible
    from docgen.pipeline.difference import difference, drawn, pairs_of
    from docgen.pipeline.output import write_files
    from docgen.reports.difference_text import joined

    with ExitStack() as held:
        before, after = (_opened(text, held) for text in _named(old, new))
    if before is None or after is None:
        return 1
    pairs = list(pairs_of(before.designs, after.designs))
    told = [difference(*pair) for pair in pairs]
    guarded = _guarded(pairs, told, guards)
    files: dict[str, bytes] = {}
    wanted = [name.strip() for given in formats for name in given.split(",") if name.strip()]
    if output is not None:
        for pair, one in zip(pairs, told, strict=True):
            if not one.empty:
                files |= drawn(*pair, one, wanted, themes=[theme])
        write_files(output, files)
    _print(told, guarded, output_format, _addresses(told, files, picture_base or (str(output) if output else "")))
    for said, names in joined(guarded).items():
        click.echo(visible(f"opened to a guarded component: {', '.join(names)} {said}"), err=True)
    return int(bool(guarded))


def _named(old: str, new: str) -> tuple[str, str]:
    """Both sides as paths or `REVISION:PATH`: a design by its name, a revision alone with the other's path."""
    from docgen.pipeline.revisions import is_revision, splits

    def path_of(text: str) -> str:
        design = Path(DEFAULT_FOLDER) / text
        return str(design) if not Path(text).exists() and Path(text).name == text and design.is_dir() else text

    new = path_of(new)
    if Path(path_of(old)).exists() or ":" in old or not is_revision(old):
        return path_of(old), new
    return f"{old}:{splits(new)[1]}", new


def _opened(text: str, held: ExitStack) -> Opened | None:
    """The designs of one side; None, and its errors printed, where they cannot be read."""
    from docgen.cli._designs import open_paths
    from docgen.core.errors import UnreadableInputError
    from docgen.pipeline.revisions import source_at

    source = held.enter_context(source_at(text))
    if not source.path.exists():
        raise click.UsageError(f"there is no file, folder, design or revision {text!r}")
    try:
        opened = open_paths([str(source.path)])
    except UnreadableInputError as error:
        raise UnreadableInputError(source.named(str(error))) from error
    if not opened.unread:
        return opened
    errors = [source.told(d) for d in opened.diagnostics if d.severity == "error"]
    print_findings(errors, {source.named(name): text for name, text in opened.sources.items()}, err=True)
    return None


def _guarded(
    pairs: Sequence[tuple[Design | None, Design | None]], told: Sequence[Difference], guards: Sequence[str]
) -> list[Reached]:
    """What was opened to guarded components; each name must mean something in one of the designs."""
    from docgen.core.errors import UnknownNameError
    from docgen.pipeline.difference import opened_to

    found: list[Reached] = []
    for guard in guards:
        known = False
        for (_, after), one in zip(pairs, told, strict=True):
            try:
                found += opened_to(after.network, one.opened, [guard]) if after is not None else ()
            except UnknownNameError:
                continue
            known = True
        if not known:
            raise click.UsageError(f"--guard: no design of the new state has anything called {guard!r}")
    return list(dict.fromkeys(found))


def _addresses(told: Sequence[Difference], files: dict[str, bytes], base: str) -> list[str]:
    """Where the picture of each difference stands; none where none was drawn that Markdown can show."""
    shown = []
    for one in told:
        names = [n for n in files if n.startswith(f"{one.slug}-changes.") and n.endswith(_SUFFIXES)]
        shown.append(f"{base.rstrip('/')}/{names[0]}" if names else "")
    return shown if any(shown) else []


def _print(
    told: Sequence[Difference], guarded: Sequence[Reached], output_format: str, pictures: Sequence[str]
) -> None:
    from docgen.reports import difference_text, difference_values

    if output_format == "json":
        echo_json({"version": 1, "designs": [difference_values(d) for d in told]})
    elif output_format == "markdown":
        from docgen.pages.difference_comment import difference_comment

        click.echo(difference_comment(told, guarded, pictures), nl=False)
    else:
        paint = paint_for(sys.stdout)
        shown = [d for d in told if not d.empty or len(told) == 1]
        texts = "\n".join(difference_text(d, paint) for d in shown)
        echo_painted(texts or f"Nothing is different in {len(told)} designs.\n")
