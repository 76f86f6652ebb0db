# Pages and files for MediaWiki. A picture is a PNG, which every MediaWiki takes, and opens in draw.io as its diagram.
#
# In:  Exports. Out: `pages/<name>.wiki`, `files/<file name>`, and `manifest.json`, by which a script publishes.
"""EXPORTER, write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docgen.exporters import _mediawiki_markup as wiki
from docgen.exporters._article import (
    Block,
    Bullets,
    Downloads,
    Fold,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Step,
    Steps,
    Table,
    pictures_of,
)
from docgen.exporters._exporter import Export, Exporter
from docgen.exporters._manifest import Entry, manifest
from docgen.exporters._steps import way, why
from docgen.exporters._wiki_text import Wikitext, origin

INDEX = "Network designs"
"""Title of the page that lists the designs of an export."""
_SUFFIX = "drawio.png"
_MOST_PIXELS = 12_400_000
"""Just below `$wgMaxImageArea`: of a larger picture MediaWiki makes no smaller copy and shows an error instead."""
_WIDEST = 960
"""px of a picture in a page: what the default skin has room for in a window of 1280 px."""


def write(exports: Sequence[Export]) -> Mapping[str, bytes]:
    """All files of an export."""
    titles = _titles(exports)
    pages = {f"pages/{e.article.name}.wiki": _page(e) for e in exports}
    entries = [Entry("pages", title, path) for title, path in zip(titles, pages, strict=True)]
    if len(exports) > 1:
        pages["pages/index.wiki"] = _index(exports, titles)
        entries.append(Entry("pages", INDEX, "pages/index.wiki"))
    files = {path: markup.encode("utf-8") for path, markup in pages.items()}
    for export in exports:
        for view in dict.fromkeys(picture.view for picture in pictures_of(export.article.blocks)):
            name = _file(export, view)
            path = f"files/{name.lower()}"
            files[path] = export.files[f"{view}.{_SUFFIX}"]
            entries.append(Entry("files", name, path))
    return {**files, "manifest.json": manifest("mediawiki", entries, files)}


def _titles(exports: Sequence[Export]) -> list[str]:
    """Titles of pages; designs that would share one have their name added."""
    plain = [wiki.page_title(_title(export)) for export in exports]
    taken = [*plain, INDEX]
    return [
        title if taken.count(title) == 1 else wiki.page_title(f"{title} ({export.article.name})")
        for title, export in zip(plain, exports, strict=True)
    ]


def _title(export: Export) -> str:
    """A flow alone says whose it is."""
    design = export.design.architecture.title
    return design if export.article.title == design else f"{export.article.title} ({design})"


def _file(export: Export, view: str) -> str:
    return wiki.file_name(export.design.architecture.slug, view, suffix=f".{_SUFFIX}")


def _index(exports: Sequence[Export], titles: Sequence[str]) -> str:
    rows = [(wiki.page_link(title), e.article.summary) for title, e in zip(titles, exports, strict=True)]
    return wiki.table(["Design", "What it shows"], rows)


def _page(export: Export) -> str:
    """Wikitext without a line end at its end, as MediaWiki stores it."""
    article = export.article
    made_by = f"<small>{wiki.text(origin(export.design))}</small>"
    return "\n\n".join(filter(None, [wiki.text(article.summary), *_Writer(export).blocks(article.blocks), made_by]))


class _Writer:
    """Writes the blocks of one page."""

    def __init__(self, export: Export) -> None:
        self._export = export

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Heading(level, line):
                    marks = "=" * level
                    yield f"{marks} {wiki.line(line)} {marks}"
                case Paragraph(line):
                    yield wiki.line(line)
                case Bullets(items):
                    yield "\n".join(f"{'*' * (depth + 1)} {wiki.line(line)}" for depth, line in items)
                case Table():
                    yield _table(block)
                case Picture():
                    width = min(block.width, _WIDEST)
                    yield wiki.picture(_file(self._export, block.view), width, block.alt)
                case Steps(steps):
                    yield "\n".join(["<ol>", *map(_step, steps), "</ol>"])
                case Fold():
                    yield wiki.fold(wiki.line(block.title), list(self.blocks(block.blocks)), is_open=block.open)
                case Listing():
                    yield wiki.block(block.text)
                case Downloads():
                    yield from self._downloads(block)

    def _downloads(self, block: Downloads) -> Iterator[str]:
        """What is uploaded: the pictures, which are draw.io files."""
        for label, name in block.files:
            view, _, suffix = name.partition(".")
            if suffix == "drawio" and f"{view}.{_SUFFIX}" in self._export.files:
                yield f"* {wiki.media_link(_file(self._export, view), label)}"


def _table(table: Table) -> Wikitext:
    header = [wiki.line(cell) for cell in table.header]
    return wiki.table(header, ([wiki.line(cell) for cell in row] for row in table.rows), table.numbers)


# -- steps -----------------------------------------------------------------------------------------
def _step(step: Step) -> str:
    """A numbered item: the way, why, the header before and after, the lines that were compared."""
    parts = [f'<li value="{step.number}">{wiki.line(way(step))}<br />{wiki.line(why(step))}']
    if step.before:
        name = "Header before" if step.after else "Header"
        headers = [(name, wiki.code(step.before)), ("Header after", wiki.code(step.after))]
        parts.append(wiki.side_table(headers if step.after else headers[:1]))
    if step.compared:
        parts.append(_table(step.compared))
    return "\n".join([*parts, "</li>"])


EXPORTER = Exporter(
    name="mediawiki",
    title="MediaWiki",
    writes="wikitext, and PNG files that open in draw.io",
    pictures=(_SUFFIX,),
    most_pixels=_MOST_PIXELS,
    write=write,
)
