# Plain Markdown with its pictures beside it: GitHub, GitLab, Docusaurus, BookStack, TechDocs.
#
# In:  exports. Out: `<name>.md`, its files in `<name>/`, and index.md where there are several.
"""EXPORTER."""

from __future__ import annotations

from docgen.exporters._exporter import Exporter
from docgen.exporters._markdown import pages

EXPORTER = Exporter(
    name="markdown",
    title="Markdown",
    writes="plain Markdown with pictures beside it",
    pictures=("svg", "png", "drawio"),
    write=pages,
)
