# The reference of the command line, as its own help tells it.
#
# In:  Commands. Out: one Page.
"""cli_page."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.pages.build import Command, Page
from docgen.pages.front_matter import front_matter
from docgen.pages.markdown import code, table, text
from docgen.pages.templating import render

PATH = "reference/cli.md"


def cli_page(commands: Iterable[Command]) -> Page:
    """The program first, then each command."""
    commands = tuple(commands)
    body = render("cli", commands=commands, options=_options, paragraphs=_paragraphs)
    meta = front_matter({"title": "Command line"})
    return Page(PATH, "Command line", f"{meta}\n{body}\n")


def _paragraphs(command: Command) -> Iterable[tuple[bool, str]]:
    """The text in parts: whether a part is laid out by hand (examples), and the part."""
    for part in command.text.split("\n\n"):
        yield any(line.startswith("  ") for line in part.splitlines()), part


def _options(command: Command) -> object:
    return table(["Option", "Meaning"], [(code(o.usage), text(o.text)) for o in command.options])
