# Pages and media for DokuWiki. A picture is shown as SVG, sharp on every screen, and leads to a PNG, which opens in
# draw.io as its diagram: an SVG opened by itself would lack its icons, for DokuWiki forbids it the pictures in it.
#
# In:  Exports. Out: `pages/<id>.txt`, `media/<id>/<file>`, laid out as DokuWiki's own data folder has them, and
#      `manifest.json`, by which a script publishes. Links lead from a page to its own namespace, whichever that is.
"""EXPORTER, write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docgen.exporters import _dokuwiki_markup as wiki
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
    text_of,
)
from docgen.exporters._exporter import Export, Exporter
from docgen.exporters._manifest import Entry, manifest
from docgen.exporters._steps import step_table, way, why
from docgen.exporters._wiki_text import Wikitext, origin

INDEX = "start"
"""Id of the page that lists the designs of an export: DokuWiki's name for the first page of a namespace."""
NO_CONTENTS = "~~NOTOC~~"
"""DokuWiki's own table of contents takes the room beside it, so that a picture comes below it, often out of sight."""
_SHOWN, _LARGE = "svg", "drawio.png"
_WIDEST = 900
"""px of a picture in a page: what the default template has room for in a window of 1280 px."""


def write(exports: Sequence[Export]) -> Mapping[str, bytes]:
    """All files of an export."""
    ids = [wiki.identifier(export.article.name) for export in exports]
    pages = {id: _page(export) for id, export in zip(ids, exports, strict=True)}
    if len(exports) > 1:
        pages[INDEX] = _index(exports, ids)
    files = {f"pages/{id}.txt": markup.encode("utf-8") for id, markup in pages.items()}
    entries = [Entry("pages", id, path) for id, path in zip(pages, files, strict=True)]
    for export in exports:
        for view in dict.fromkeys(picture.view for picture in pictures_of(export.article.blocks)):
            for suffix in (_SHOWN, _LARGE):
                media = _media(export, view, suffix)
                path = f"media/{media.replace(':', '/')}"
                files[path] = export.files[f"{view}.{suffix}"]
                entries.append(Entry("files", media, path))
    return {**files, "manifest.json": manifest("dokuwiki", entries, files)}


def _media(export: Export, view: str, suffix: str) -> str:
    return f"{wiki.identifier(export.design.architecture.slug)}:{wiki.identifier(view)}.{suffix}"


def _index(exports: Sequence[Export], ids: Sequence[str]) -> str:
    rows = [
        (wiki.page_link(id, export.article.title), export.article.summary)
        for id, export in zip(ids, exports, strict=True)
    ]
    return f"{wiki.heading(1, 'Network designs')}\n\n{wiki.table(['Design', 'What it shows'], rows)}\n"


def _page(export: Export) -> str:
    article = export.article
    chapters = [text_of(block.line) for block in article.blocks if isinstance(block, Heading) and block.level == 2]
    parts = [
        NO_CONTENTS,
        wiki.heading(1, article.title),
        wiki.text(article.summary),
        " · ".join(map(wiki.section_link, chapters)) if len(chapters) > 1 else "",
        *_Writer(export).blocks(article.blocks),
        f"//{wiki.text(origin(export.design))}//",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


class _Writer:
    """Writes the blocks of one page."""

    def __init__(self, export: Export) -> None:
        self._export = export

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Heading(level, line):
                    yield wiki.heading(level, text_of(line))
                case Paragraph(line):
                    yield wiki.line(line)
                case Bullets(items):
                    yield "\n".join(f"{'  ' * (depth + 1)}* {wiki.line(line)}" for depth, line in items)
                case Table():
                    yield _table(block)
                case Picture():
                    yield wiki.picture(_media(self._export, block.view, _SHOWN), min(block.width, _WIDEST), block.alt)
                    yield wiki.media_link(
                        _media(self._export, block.view, _LARGE), "Large picture, to edit in draw.io"
                    )
                case Steps(steps):
                    for step in steps:
                        yield from _step(step)
                case Fold():
                    yield from self._fold(block)
                case Listing():
                    yield wiki.block(block.text, block.language, "architecture.yaml")
                case Downloads():
                    yield from self._downloads(block)

    def _fold(self, fold: Fold) -> Iterator[str]:
        """DokuWiki folds nothing: what need not be open is told in short."""
        if not all(isinstance(one, Listing) for one in fold.blocks):  # a listing has its name above it
            yield wiki.strong(text_of(fold.title))
        short = (step_table(one) if isinstance(one, Steps) and not fold.open else one for one in fold.blocks)
        yield from self.blocks(tuple(short))

    def _downloads(self, block: Downloads) -> Iterator[str]:
        """What is uploaded: pictures, of which the PNG is a draw.io file."""
        kept = {"svg": _SHOWN, "png": _LARGE}
        for label, name in block.files:
            view, _, suffix = name.partition(".")
            if suffix in kept and f"{view}.svg" in self._export.files:
                yield f"  * {wiki.media_link(_media(self._export, view, kept[suffix]), label)}"


def _table(table: Table) -> Wikitext:
    header = [wiki.line(cell) for cell in table.header]
    return wiki.table(header, ([wiki.line(cell) for cell in row] for row in table.rows), table.numbers)


# -- steps -----------------------------------------------------------------------------------------
def _step(step: Step) -> Iterator[str]:
    """The way as a heading, for no list of DokuWiki starts with a number of ours; why, headers, lines compared."""
    yield wiki.heading(4, f"{step.number}. {text_of(way(step))}")
    yield wiki.line(why(step))
    if step.before:
        name = "Header before" if step.after else "Header"
        headers = [(name, wiki.code(step.before)), ("Header after", wiki.code(step.after))]
        yield wiki.side_table(headers if step.after else headers[:1])
    if step.compared:
        yield _table(step.compared)


EXPORTER = Exporter(
    name="dokuwiki",
    title="DokuWiki",
    writes="page markup, SVG, and PNG files that open in draw.io",
    pictures=(_SHOWN, _LARGE),
    write=write,
)
