# HTML for pages of somebody else: one file for an iframe, and a fragment that a sanitizer leaves whole.
#
# In:  exports. Out: `<name>.html` with the player and everything inside, `<name>.fragment.html` without script.
"""EXPORTER, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.exporters._exporter import Export, Exporter
from docgen.exporters._html import html_fragment
from docgen.exporters._list import list_page
from docgen.exporters._play import play_page


def write(exports: Sequence[Export]) -> Mapping[str, bytes]:
    """Both files of each export, and index.html where there are several."""
    files: dict[str, bytes] = {}
    if len(exports) > 1:
        articles = [one.article for one in exports]
        files["index.html"] = list_page(articles, {one.name: f"{one.name}.html" for one in articles})
    for one in exports:
        svg = {name.removesuffix(".svg"): content for name, content in one.files.items() if name.endswith(".svg")}
        files[f"{one.article.name}.html"] = play_page(one, fill=True)
        files[f"{one.article.name}.fragment.html"] = html_fragment(one.article, svg).encode("utf-8")
    return files


EXPORTER = Exporter(
    name="html",
    title="HTML",
    writes="one file for an iframe, and a fragment that survives a sanitizer",
    pictures=("svg", "stage"),
    write=write,
)
