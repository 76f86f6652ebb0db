# Blocks as HTML that sanitizers leave whole: no script, no style sheet, no element or attribute that is not common.
#
# In:  blocks and pictures as SVG. Out: HTML for the middle of a page, whose look it takes. All text is escaped.
"""html_fragment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    Step,
    Steps,
    Table,
)
from docgen.exporters._steps import header, way, why


def html_fragment(article: Article, svg: Mapping[str, bytes]) -> str:
    """A page's content below a heading of its own.

    Args:
        article: What it says.
        svg: Pictures by view.
    """
    writer = _Writer(article.name, svg)
    head = [Markup("<h1>{}</h1>").format(article.title)]
    summary = [Markup("<p>{}</p>").format(article.summary)] if article.summary else []
    return "\n".join([*head, *summary, *writer.blocks(_alone(article.blocks))]) + "\n"


def line(runs: Line) -> Markup:
    """A line.

    >>> print(line((Run(text="<a>"), Run(text="b", code=True), Run(text="c", strong=True))))
    &lt;a&gt;<code>b</code><strong>c</strong>
    """
    return Markup("").join(_run(run) for run in runs)


def _run(run: Run) -> Markup:
    words = Markup("<code>{}</code>").format(run.text) if run.code else Markup("{}").format(run.text)
    words = Markup("<strong>{}</strong>").format(words) if run.strong else words
    return Markup('<a href="{}">{}</a>').format(run.link, words) if run.link else words


class _Writer:
    """Writes blocks of one article."""

    def __init__(self, name: str, svg: Mapping[str, bytes]) -> None:
        self._name = name
        self._svg = svg

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Markup]:
        """Each block."""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[Markup]:
        match block:
            case Heading():
                yield Markup("<h{0}>{1}</h{0}>").format(block.level, line(block.line))
            case Paragraph():
                yield Markup("<p>{}</p>").format(line(block.line))
            case Bullets():
                yield _bullets(block.items)
            case Table():
                yield _table(block)
            case Picture():
                yield self._picture(block)
            case Steps():
                yield Markup("<ol>\n{}\n</ol>").format(Markup("\n").join(map(_step, block.steps)))
            case Fold():
                inside = Markup("\n").join(self.blocks(block.blocks))
                opened = Markup(" open" if block.open else "")
                parts = Markup("<details{}>\n<summary>{}</summary>\n{}\n</details>")
                yield parts.format(opened, line(block.title), inside)
            case Listing():
                yield Markup("<pre><code>{}</code></pre>").format(block.text)
            case Downloads():
                return  # see _alone

    def _picture(self, picture: Picture) -> Markup:
        """The SVG itself, as wide as the page allows; ids begin with the article's name, so that two fit one page."""
        own, ours = f"dg-{picture.view}", f"{self._name}-{picture.view}"
        root, rest = self._svg[picture.view].decode("utf-8").split(">", 1)
        opening = root.replace(f'"{own}', f'"{ours}').replace(f" {own}-", f" {ours}-")
        body = rest.replace(f'<title id="{own}-', f'<title id="{ours}-').replace(
            f'<desc id="{own}-', f'<desc id="{ours}-'
        )
        return Markup(f'<figure>\n{opening} style="max-width:100%;height:auto">{body.strip()}\n</figure>')


def _alone(blocks: Iterable[Block]) -> list[Block]:
    """Without downloads and their heading: a fragment has no files beside it."""
    kept: list[Block] = []
    for block in blocks:
        if not isinstance(block, Downloads):
            kept.append(block)
        elif kept and isinstance(kept[-1], Heading):
            kept.pop()
    return kept


def _bullets(items: Sequence[tuple[int, Line]]) -> Markup:
    """A list of lists."""
    parts: list[str] = []
    depth = -1
    for level, item in items:
        while depth > level:
            parts.append("</li></ul>")
            depth -= 1
        if depth == level:
            parts.append("</li>")
        while depth < level:
            parts.append("<ul>")
            depth += 1
        parts.append(f"<li>{line(item)}")
    parts += ["</li></ul>"] * (depth + 1)
    return Markup("\n".join(parts))


def _step(step: Step) -> Markup:
    """A numbered item: the numbers are those of the circles."""
    shown = header(step)
    parts = [Markup("<strong>{}</strong>").format(line(way(step))), line(why(step))]
    parts += [Markup("Header: {}").format(line(shown))] if shown else []
    text = Markup("<br>").join(parts)
    if step.compared:
        fold = Markup("\n<details>\n<summary>Lines compared</summary>\n{}\n</details>")
        text += fold.format(_table(step.compared))
    return Markup('<li value="{}">{}</li>').format(step.number, text)


def _table(block: Table) -> Markup:
    def row(cells: tuple[Line, ...], tag: str) -> Markup:
        made = (
            Markup("<{0}{1}>{2}</{0}>").format(
                tag, Markup(' align="right"') if at in block.numbers else Markup(""), line(cell)
            )
            for at, cell in enumerate(cells)
        )
        return Markup("<tr>{}</tr>").format(Markup("").join(made))

    rows = Markup("\n").join(row(cells, "td") for cells in block.rows)
    head = row(block.header, "th")
    return Markup("<table>\n<thead>{}</thead>\n<tbody>\n{}\n</tbody>\n</table>").format(head, rows)
