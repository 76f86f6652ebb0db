# All of a design in one folder: pictures, a page that plays the flows from disk, traces and the definition.
#
# In:  exports. Out: everything below `<name>/`, and index.html where there are several.
"""EXPORTER, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.exporters._exporter import Export, Exporter
from docgen.exporters._list import list_page
from docgen.exporters._play import play_page


def write(exports: Sequence[Export]) -> Mapping[str, bytes]:
    """The files of each export, its page first."""
    files: dict[str, bytes] = {}
    if len(exports) > 1:
        articles = [one.article for one in exports]
        files["index.html"] = list_page(articles, {one.name: f"{one.name}/index.html" for one in articles})
    for one in exports:
        folder = one.article.name
        files[f"{folder}/index.html"] = play_page(one)
        files |= {f"{folder}/{name}": content for name, content in one.files.items()}
    return files


EXPORTER = Exporter(
    name="bundle",
    title="Bundle",
    writes="pictures, a page that plays the flows, traces and definition, in one folder",
    pictures=("svg", "dark.svg", "png", "drawio", "stage"),
    write=write,
)
