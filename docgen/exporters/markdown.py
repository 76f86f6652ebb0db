# Plain Markdown with its pictures beside it: GitHub, GitLab, Docusaurus, BookStack, TechDocs.
#
# In:  exports. Out: `<name>.md`, its files in `<name>/`, and index.md where there are several.
"""EXPORTER, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.exporters._exporter import Export, Exporter
from docgen.exporters._markdown import index_page, markdown_page


def write(exports: Sequence[Export]) -> Mapping[str, bytes]:
    """The pages with what they show."""
    files: dict[str, bytes] = {}
    if len(exports) > 1:
        files["index.md"] = index_page([one.article for one in exports]).encode("utf-8")
    for one in exports:
        name = one.article.name
        paths = {file: f"{name}/{file}" for file in one.files}
        page = markdown_page(one.article, "svg", paths)
        files[f"{name}.md"] = page.encode("utf-8")
        files |= {paths[file]: content for file, content in one.files.items()}
    return files


EXPORTER = Exporter(
    name="markdown",
    title="Markdown",
    writes="plain Markdown with pictures beside it",
    pictures=("svg", "png", "drawio"),
    write=write,
)
