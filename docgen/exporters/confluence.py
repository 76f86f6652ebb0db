# Markdown that markdown-to-confluence publishes: PNG at twice the size, each with its draw.io file attached.
#
# In:  exports. Out: as for Markdown. SVG is unreliable in Confluence; a link to a file makes that tool attach it.
"""EXPORTER, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.exporters._article import Picture
from docgen.exporters._exporter import Export, Exporter
from docgen.exporters._markdown import pages, words
from docgen.pages.markdown import link


def write(exports: Sequence[Export]) -> Mapping[str, bytes]:
    """The pages with what they show."""
    return pages(exports, _picture)


def _picture(picture: Picture, files: Mapping[str, str]) -> str:
    """At 1:1 of its drawing, so that screens of two dots a pixel show it sharp; then the file to edit."""
    size = f'width="{picture.width}" height="{picture.height}"'
    alt = words(picture.alt).replace('"', "&#34;")
    image = f'<img src="{files[f"{picture.view}.png"]}" alt="{alt}" {size} />'
    return f"{image}\n\n{link('This picture as a draw.io file', files[f'{picture.view}.drawio'])}"


EXPORTER = Exporter(
    name="confluence",
    title="Confluence",
    writes="Markdown for markdown-to-confluence, with PNG and draw.io files to attach",
    pictures=("png", "drawio"),
    write=write,
)
