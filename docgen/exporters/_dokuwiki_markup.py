# Writes DokuWiki's markup that means what its values say, whatever stands in them.
#
# In:  text of any origin (definitions are untrusted) and markup made here.
# Out: `Wikitext`: finished, never escaped again. Plain `str` always means raw text. Knows no design.
#
# DokuWiki reads no entities and no backslashes: what could be markup stands between `%%` and `%%`, within which it
# reads nothing. Headings and the names of links and pictures are never read as markup, but some characters end them.
"""Markup of DokuWiki: text, code, tables, pictures, blocks, escaped; names of pages and files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from docgen.exporters._article import Line, Run
from docgen.exporters._wiki_text import Wikitext, address, letters, one_line

_WORD = r"(?:[A-Z]|[A-Z]?[a-z\u0080-\U0010ffff]+|[0-9]+)"
_PLAIN = re.compile(rf" ?(?:{_WORD}(?:-{_WORD})*[,.]?(?: |$))*")
"""Words and sentences that hold nothing which DokuWiki knows."""
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_NOT_IN_HASH = str.maketrans(dict.fromkeys("[]{}|#@", " "))
"""What DokuWiki makes underscores of, as it does of spaces, and what would end or change a link."""
_CLOSERS = ("</file>", "</code>")
_LONGEST_ID = 100


def text(value: object) -> Wikitext:
    """Text that reads as written, on one line; markup made here passes unchanged.

    >>> print(text("plain words, and more"), text("**bold** [[link]]"), text("http://x.example"))
    plain words, and more %%**bold** [[link]]%% %%http://x.example%%
    >>> print(text("100 %% of </nowiki>"))
    <nowiki>100 %% of <</nowiki><nowiki>/nowiki></nowiki>
    """
    return value if isinstance(value, Wikitext) else inline(one_line(str(value)))


def inline(part: str) -> Wikitext:
    """A part of a line as text; unlike `text` it keeps the spaces at its ends.

    >>> print("[" + inline(" a|b ") + "]")
    [%% a|b %%]
    """
    if _PLAIN.fullmatch(part):
        return Wikitext(part)
    if "%" in part:
        return Wikitext(f"<nowiki>{part.replace('</', '<</nowiki><nowiki>/')}</nowiki>")
    return Wikitext(f"%%{part}%%")


def code(value: object) -> Wikitext:
    """An inline code span.

    >>> print(code("10.0.0.0/16"))
    ''%%10.0.0.0/16%%''
    """
    line = one_line(str(value))
    return Wikitext(f"''{inline(line)}''" if line else "")


def strong(value: object) -> Wikitext:
    """Strong letters.

    >>> print(strong("drop"))
    **drop**
    """
    line = one_line(str(value))
    return Wikitext(f"**{inline(line)}**" if line else "")


def line(runs: Line) -> Wikitext:
    """A line in its looks.

    >>> print(line((Run(text="* to "), Run(text="web", code=True), Run(text=" no", strong=True))))
    %%* to %%''web''** no**
    """
    return Wikitext("".join(map(_run, runs)).strip())


def _run(run: Run) -> str:
    if run.link:
        return f"[[{address(run.link)}|{_label(run.text)}]]"
    if run.section:
        return section_link(run.section)
    words: str = inline(run.text)
    if run.code:
        words = f"''{words}''"
    return f"**{words}**" if run.strong else words


def heading(level: int, label: str) -> Wikitext:
    """A heading; DokuWiki takes it as it stands.

    >>> print(heading(2, "a == b"))
    ===== a == b =====
    """
    marks = "=" * (7 - level)
    return Wikitext(f"{marks} {one_line(label) or '-'} {marks}")


def table(header: Sequence[object], rows: Iterable[Sequence[object]], numbers: Iterable[int] = ()) -> Wikitext:
    """A table; cells are text unless they are markup already; `numbers` are columns set to the right.

    >>> print(table(["Block", "Free"], [["10.0.0.0/24", 251]], numbers=[1]))
    ^ Block ^ Free ^
    | %%10.0.0.0/24%% |  251 |
    """
    right = frozenset(numbers)
    lines = ["^" + "".join(f" {text(cell) or ' '} ^" for cell in header)]
    for row in rows:
        lines.append(
            "|" + "".join(f"{'  ' if at in right else ' '}{text(cell) or ' '} |" for at, cell in enumerate(row))
        )
    return Wikitext("\n".join(lines))


def side_table(rows: Iterable[tuple[object, object]]) -> Wikitext:
    """A table whose rows have a header each.

    >>> print(side_table([("Header", "tcp")]))
    ^ Header | tcp |
    """
    return Wikitext("\n".join(f"^ {text(name)} | {text(value)} |" for name, value in rows))


def picture(media: str, width: int, alt: str) -> Wikitext:
    """An uploaded picture beside the page's own namespace, which leads nowhere.

    >>> print(picture("shop:overview.svg", 600, "Shop | {a}"))
    {{.:shop:overview.svg?nolink&600|Shop / (a)}}
    """
    return Wikitext(f"{{{{.:{media}?nolink&{width}|{_label(alt)}}}}}")


def media_link(media: str, label: str) -> Wikitext:
    """A link to an uploaded file.

    >>> print(media_link("shop:overview.png", "Picture"))
    {{.:shop:overview.png?linkonly|Picture}}
    """
    return Wikitext(f"{{{{.:{media}?linkonly|{_label(label)}}}}}")


def page_link(page: str, label: str) -> Wikitext:
    """A link to a page of the same namespace.

    >>> print(page_link("three-tier", "Three tiers"))
    [[.:three-tier|Three tiers]]
    """
    return Wikitext(f"[[.:{page}|{_label(label)}]]")


def section_link(title: str) -> Wikitext:
    """A link to the heading of this title; DokuWiki makes the same id of both.

    >>> print(section_link("Zone a fails"))
    [[#Zone a fails|Zone a fails]]
    """
    return Wikitext(f"[[#{one_line(title).translate(_NOT_IN_HASH)}|{_label(title)}]]")


def block(body: str, language: str, name: str) -> Wikitext:
    """Text as it stands, line for line, with a link that saves it under its name.

    Nothing in such a block can be escaped: a text that holds the end of both kinds of blocks gets a space there.

    >>> print(block("a: 1", "yaml", "architecture.yaml"))
    <file yaml architecture.yaml>
    a: 1
    </file>
    """
    lines = "\n".join(body.rstrip().splitlines())
    free = next((closer for closer in _CLOSERS if closer not in lines), "")
    if not free:
        free, lines = _CLOSERS[0], lines.replace(_CLOSERS[0], "</ file>")
    return Wikitext(f"<{free[2:-1]} {language} {name}>\n{lines}\n{free}")


def identifier(*parts: str) -> str:
    """A name for a page or a file as DokuWiki cleans them: lower-case letters, digits and single hyphens.

    >>> identifier("Hub & Spoke", "flow_Web")
    'hub-spoke-flow-web'
    """
    plain = unicodedata.normalize("NFKD", letters("-".join(parts), "-")).encode("ascii", "ignore").decode()
    return _NOT_IN_ID.sub("-", plain.lower())[:_LONGEST_ID].strip("-") or "x"


def _label(words: str) -> str:
    """The name of a link or of a picture: neither ends it nor is a picture itself."""
    return one_line(words).translate(str.maketrans("{}[]|", "()()/"))
