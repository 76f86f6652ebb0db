# Blocks as Markdown that GitHub, GitLab, Docusaurus, BookStack, TechDocs and Confluence's publishers read alike.
#
# In:  blocks. Out: text. Only what all of them know: pipes for tables, no attribute lists, and of HTML `details`,
#      whose attribute is for Python-Markdown and dropped by the others. docgen.pages.markdown escapes.
"""markdown_page, pages, line, words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from markupsafe import Markup

from docgen.exporters._article import (
    Article,
    Block,
    Bullets,
    Downloads,
    Fold,
    Heading,
    Line,
    Listing,
    Paragraph,
    Picture,
    Run,
    Steps,
    Table,
    plain,
)
from docgen.exporters._exporter import Export
from docgen.exporters._steps import step_table
from docgen.pages import markdown

_EXTENSIONS = re.compile(r"=|:(?=[\w+-]+:)|(?<=[\dc+])/|\((?=(?:c|r|tm)\))|(?<=-)-|[!%](?=\w)", re.IGNORECASE)
"""What starts a mark, a smiley, a fraction, a sign, a dash or a reference."""
_MODULE = re.compile(r"^[ie](?=mport\b|xport\b)")
"""What MDX takes for a line of program."""


PictureWriter = Callable[[Picture, Mapping[str, str]], str]
"""Writes a picture, given the paths of all files by their names."""


def markdown_page(article: Article, files: Mapping[str, str], picture: PictureWriter) -> str:
    """The whole page.

    Args:
        article: What it says.
        files: Paths of pictures and downloads by their names; a download without one is left out.
        picture: Writes each picture.
    """
    writer = _Writer(files, picture)
    summary = [_start(plain(article.summary))] if article.summary else []
    return "\n\n".join([f"# {words(article.title)}", *summary, *writer.blocks(article.blocks)]) + "\n"


def line(runs: Line) -> Markup:
    """A line, escaped."""
    return Markup("").join(_run(run) for run in runs)


def words(text: str) -> Markup:
    """Text that no extension of these engines turns into something else: marks, smileys, fractions, signs.

    >>> print(words("a==b :x: 1/2 (c)"))
    a&#61;&#61;b &#58;x: 1&#47;2 &#40;c)
    """
    return Markup(_EXTENSIONS.sub(lambda m: f"&#{ord(m[0])};", markdown.inline(text)))


def _start(runs: Line) -> Markup:
    """A line at the start of a block.

    >>> print(_start(plain("import a")), _start(plain("- a")))
    &#105;mport a &#45; a
    """
    return markdown.at_start(Markup(_MODULE.sub(lambda m: f"&#{ord(m[0])};", line(runs))))


def _run(run: Run) -> Markup:
    words_of = markdown.code(run.text) if run.code else words(run.text)
    if run.link:
        return markdown.link(words_of, run.link)
    bare = run.text.strip()
    if run.strong and bare:  # a space inside the stars would leave them stars
        before, after = run.text[: len(run.text) - len(run.text.lstrip())], run.text[len(run.text.rstrip()) :]
        return Markup(f"{before}**{words(bare)}**{after}")
    return words_of


class _Writer:
    """Writes blocks; knows where files are."""

    def __init__(self, files: Mapping[str, str], picture: PictureWriter) -> None:
        self._files = files
        self._picture = picture

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Each block, without empty lines around it."""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield f"{'#' * block.level} {line(block.line)}"
            case Paragraph():
                yield _start(block.line)
            case Bullets():
                yield "\n".join(f"{'    ' * depth}- {line(item)}" for depth, item in block.items)
            case Table():
                yield _table(block)
            case Picture():
                yield self._picture(block, self._files)
            case Steps():
                yield _table(step_table(block))
            case Fold():
                opened = " open" if block.open else ""
                yield f'<details markdown="1"{opened}>\n<summary>{line(block.title)}</summary>'
                yield from self.blocks(block.blocks)
                yield "</details>"
            case Listing():
                yield markdown.fence(block.text, block.language)
            case Downloads():
                known = [(label, self._files[name]) for label, name in block.files if name in self._files]
                yield "\n".join(f"- {markdown.link(label, path)}" for label, path in known)


def _table(block: Table) -> str:
    rows = [[line(cell) for cell in row] for row in block.rows]
    return markdown.table([line(cell) for cell in block.header], rows, numbers=sorted(block.numbers))


def svg_picture(picture: Picture, files: Mapping[str, str]) -> str:
    """A picture as Markdown has it."""
    return f"![{words(picture.alt)}]({files[f'{picture.view}.svg']})"


def pages(exports: Sequence[Export], picture: PictureWriter = svg_picture) -> dict[str, bytes]:
    """`<name>.md` of each export with its files in `<name>/`, and index.md where there are several."""
    files: dict[str, bytes] = {}
    if len(exports) > 1:
        files["index.md"] = index_page([one.article for one in exports]).encode("utf-8")
    for one in exports:
        name = one.article.name
        paths = {file: f"{name}/{file}" for file in one.files}
        files[f"{name}.md"] = markdown_page(one.article, paths, picture).encode("utf-8")
        files |= {paths[file]: content for file, content in one.files.items()}
    return files


def index_page(articles: Sequence[Article]) -> str:
    """A page that lists the others."""
    items = (
        Markup("- {}{}").format(
            markdown.link(article.title, f"{article.name}.md"),
            Markup(": {}").format(markdown.text(article.summary)) if article.summary else "",
        )
        for article in articles
    )
    return "\n".join(["# Networks", "", *items]) + "\n"
