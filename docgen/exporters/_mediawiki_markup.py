# Writes wikitext for MediaWiki that means what its values say, whatever stands in them.
#
# In:  text of any origin (definitions are untrusted) and markup made here.
# Out: `Wikitext`: finished, never escaped again. Plain `str` always means raw text. Knows no design.
#
# What could be markup becomes a numeric entity. MediaWiki reads entities after everything else (templates, links,
# tables, signatures, magic words), so they hold wherever text may stand, in nowiki's stead and inside of links too.
"""Markup of MediaWiki: text, code, tables, pictures, blocks, escaped; names of pages and files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256

from docgen.exporters._article import Line, Run
from docgen.exporters._wiki_text import Wikitext, address, letters, one_line

_SPECIAL = re.compile(r"""[&<>"'\[\]{}|~=\\`^]|_(?=_)|(?<=_)_|!(?=!)|(?<=!)!""")
_LINE_START = re.compile(r"^[-*#:;!+ ]")
_PROTOCOL = re.compile(r"(?<=[A-Za-z]):(?=\S)|(?<![^\s/]):?/(?=/)|/(?=/)")
_MAGIC_LINK = re.compile(r"(?<=\bRFC) (?=\d)|(?<=\bPMID) (?=\d)|(?<=\bISBN) (?=[\dX])")
_LONGEST_NAME = 200
_LONGEST_PART = 90
"""Bytes; MediaWiki's own bounds are 255 for pages and 240 for files, and an archived file gets a prefix."""


def text(value: object) -> Wikitext:
    """Text that reads as written, on one line; wikitext made here passes unchanged.

    >>> print(text("[[a]] {{b}} <i> & ''c''"))
    &#91;&#91;a&#93;&#93; &#123;&#123;b&#125;&#125; &#60;i&#62; &#38; &#39;&#39;c&#39;&#39;
    >>> print(text("http://x.example"), text("* item"), text("__NOTOC__"), text("~~~~"))
    http&#58;&#47;/x.example &#42; item &#95;&#95;NOTOC&#95;&#95; &#126;&#126;&#126;&#126;
    >>> print(text("RFC 1918"), text("10.0.0.0/16 over tcp 443"))
    RFC&#32;1918 10.0.0.0/16 over tcp 443
    """
    return value if isinstance(value, Wikitext) else Wikitext(_LINE_START.sub(_entity, inline(one_line(str(value)))))


def inline(part: str) -> Wikitext:
    """A part of a line as text; unlike `text` it keeps the spaces at its ends.

    >>> print("[" + inline(" a|b ") + "]")
    [ a&#124;b ]
    """
    escaped = _SPECIAL.sub(_entity, part)
    return Wikitext(_MAGIC_LINK.sub("&#32;", _PROTOCOL.sub(_entities, escaped)))


def code(value: object) -> Wikitext:
    """An inline code span.

    >>> print(code("10.0.0.0/16"))
    <code>10.0.0.0/16</code>
    """
    line = one_line(str(value))
    return Wikitext(f"<code>{_LINE_START.sub(_entity, inline(line))}</code>" if line else "")


def line(runs: Line) -> Wikitext:
    """A line in its looks; what it starts with makes no list of it.

    >>> print(line((Run(text="* to "), Run(text="web", code=True), Run(text="no", strong=True))))
    &#42; to <code>web</code>'''no'''
    """
    return Wikitext(_LINE_START.sub(_entity, "".join(map(_run, runs)).strip()))


def _run(run: Run) -> str:
    words: str = inline(run.text)
    if run.code:
        words = f"<code>{words}</code>"
    if run.strong:
        words = f"'''{words}'''"
    if run.link:
        return f"[{address(run.link)} {words}]"
    return f"[[#{run.section}|{words}]]" if run.section and run.section == words else words


def table(header: Sequence[object], rows: Iterable[Sequence[object]], numbers: Iterable[int] = ()) -> Wikitext:
    """A table with a header; cells are text unless they are wikitext already; `numbers` are columns set to the right.

    >>> print(table(["Block", "Free"], [["10.0.0.0/24", 251]], numbers=[1]))
    <div style="overflow-x:auto">
    {| class="wikitable"
    ! Block
    ! Free
    |-
    | 10.0.0.0/24
    | style="text-align:right" | 251
    |}
    </div>
    """
    right = frozenset(numbers)
    lines = ['{| class="wikitable"', *(f"! {text(cell)}".rstrip() for cell in header)]
    for row in rows:
        lines.append("|-")
        for at, cell in enumerate(row):
            style = 'style="text-align:right" | ' if at in right else ""
            lines.append(f"| {style}{text(cell)}".rstrip())
    return _wide("\n".join([*lines, "|}"]))


def side_table(rows: Iterable[tuple[object, object]]) -> Wikitext:
    """A table whose rows have a header each.

    >>> print(side_table([("Header", "tcp")]))
    <div style="overflow-x:auto">
    {| class="wikitable"
    ! Header
    | tcp
    |}
    </div>
    """
    lines = "\n|-\n".join(f"! {text(name)}\n| {text(value)}" for name, value in rows)
    return _wide(f'{{| class="wikitable"\n{lines}\n|}}')


def picture(name: str, width: int, alt: str) -> Wikitext:
    """An uploaded picture, which leads to its file's page.

    MediaWiki takes the entities out of `alt` before it looks for links to elsewhere, and then makes them inside the
    attribute: it gets no character that a link needs.

    >>> print(picture("Shop-overview.png", 600, "Shop: [//evil.example a | b]"))
    <div style="overflow-x:auto">
    [[File:Shop-overview.png|frameless|600px|alt=Shop: evil.example a b]]
    </div>
    """
    plain = re.sub(r":(?=\S)", " ", letters(alt, ".,:()→-"))
    return _wide(f"[[File:{name}|frameless|{width}px|alt={plain}]]")


def media_link(name: str, label: str) -> Wikitext:
    """A link to an uploaded file itself.

    >>> print(media_link("Shop-overview.png", "to edit"))
    [[Media:Shop-overview.png|to edit]]
    """
    return Wikitext(f"[[Media:{name}|{text(label)}]]")


def page_link(title: str) -> Wikitext:
    """A link to a page by a title that `page_title` made.

    >>> print(page_link("Three tiers"))
    [[:Three tiers]]
    """
    return Wikitext(f"[[:{title}]]")


def fold(title: Wikitext, blocks: Iterable[str], *, is_open: bool) -> Wikitext:
    """Blocks that a reader may open; open where there is no script.

    >>> print(fold(text("More"), ["a"], is_open=False))
    <div class="mw-collapsible mw-collapsed">'''More''' <div class="mw-collapsible-content">
    <BLANKLINE>
    a
    <BLANKLINE>
    </div></div>
    """
    state = "" if is_open else " mw-collapsed"
    head = f"""<div class="mw-collapsible{state}">'''{title}''' <div class="mw-collapsible-content">"""
    return Wikitext("\n\n".join([head, *blocks, "</div></div>"]))


def _wide(markup: str) -> Wikitext:
    """What may be wider than a narrow window, and then is moved by itself."""
    return Wikitext(f'<div style="overflow-x:auto">\n{markup}\n</div>')


def block(body: str) -> Wikitext:
    """Text as it stands, line for line.

    >>> print(block("a: <b>\\n</pre>"))
    <pre>
    a: &#60;b&#62;
    &#60;/pre&#62;
    </pre>
    """
    lines = (inline(line) for line in body.rstrip().splitlines())
    return Wikitext("\n".join(["<pre>", *lines, "</pre>"]))


def page_title(title: str) -> str:
    """A title for a page of the main namespace; no namespace, no subpage, no signature can be made of it.

    >>> page_title("MediaWiki:Common.js"), page_title("hub & spoke (two Regions)"), page_title("../<b>")
    ('MediaWiki Common.js', 'Hub & spoke (two Regions)', 'B')
    """
    return _name(re.sub("''+", "'", letters(title.replace("&", " & "), "&+,.()'!-")))


def file_name(slug: str, view: str, *, suffix: str) -> str:
    """A name for an uploaded file: the design's first, a dot, the view's; no two of them meet.

    >>> file_name("three-tier", "flow-web", suffix=".drawio.png")
    'Three-tier.flow-web.drawio.png'
    >>> file_name("Shop <b>", "flow-a.b", suffix=".png")
    'Shop-b!0da09a29.flow-a-b!871e3932.png'
    """
    name = f"{_part(slug)}.{_part(view)}{suffix}"
    return f"{name[:1].upper()}{name[1:]}"


def _part(word: str) -> str:
    """Half of a file's name. What has to change a sign, or the case, of the word ends in a mark of the whole word."""
    if re.fullmatch("[a-z0-9]+([-_][a-z0-9]+)*", word) and len(word) <= _LONGEST_PART:
        return word
    kept = letters(word, "-").replace(" ", "-")
    while len(kept.encode()) > _LONGEST_PART:
        kept = kept[:-1]
    return f"{kept.strip('-')}!{sha256(word.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _name(plain: str) -> str:
    name = plain.strip(" .-")
    while len(name.encode()) > _LONGEST_NAME:
        name = name[:-1].rstrip(" .-")
    return f"{name[:1].upper()}{name[1:]}" if name else "Design"


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _entities(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match[0])
