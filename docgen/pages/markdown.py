# Writes Markdown that means what its values say, whatever stands in them.
#
# In:  text of any origin (definitions are untrusted) and Markdown made here.
# Out: `Markup`: Markdown that is finished and is never escaped again. Plain `str` always means raw text.
#      Knows no component and no page.
#
# Special characters become numeric entities rather than backslash escapes: Python-Markdown, GitHub and
# every other engine agree on entities, while each has its own list of what a backslash may escape.
"""Markdown: text, code, links, headings, tables and fences, escaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from markupsafe import Markup

_SPECIAL = re.compile(r"""[&<>"\\`*_{}\[\]#|~^$]""")
_LINE_START = re.compile(r"^([-:+=!?]|\d(?=\d*[.)](?:\s|$)))")
_AUTOMATIC_LINK = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=www)\.|@")
_SPACES = re.compile(r"\s+")
_NOT_IN_ANCHOR = re.compile(r"[^a-z0-9_-]+")
_BACKTICKS = re.compile(r"`+")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def text(value: object) -> Markup:
    """Text that reads as written on any engine, on one line; Markdown made here passes unchanged.

    >>> print(text("a <b> & [c](d)"))
    a &#60;b&#62; &#38; &#91;c&#93;(d)
    >>> print(text("1. first"), text("- item"), text("10.0.0.0/16"))
    &#49;. first &#45; item 10.0.0.0/16
    >>> print(text(Markup("**bold**")))
    **bold**
    """
    if isinstance(value, Markup):
        return value
    line = _one_line(str(value))
    escaped = _AUTOMATIC_LINK.sub(_entity, _SPECIAL.sub(_entity, line))
    return Markup(_LINE_START.sub(_entity, escaped))


def inline(part: str) -> Markup:
    """A part of a line as text; unlike `text` it keeps the spaces at its ends.

    >>> print("[" + inline(" a_b ") + "]")
    [ a&#95;b ]
    """
    return Markup(_AUTOMATIC_LINK.sub(_entity, _SPECIAL.sub(_entity, _SPACES.sub(" ", _printable(part)))))


def at_start(line: Markup) -> Markup:
    """A line at the start of a block, where a hyphen or a number would make a list of it.

    >>> print(at_start(inline("- a")))
    &#45; a
    """
    return Markup(_LINE_START.sub(_entity, str(line)))


def undirected(raw: str) -> str:
    r"""Raw text with marks of direction written out: none reorders what a reader sees.

    >>> undirected("x\u202ey")
    'x<U+202E>y'
    """
    return _DIRECTION.sub(lambda mark: f"<U+{ord(mark[0]):04X}>", raw)


def prose(line: str) -> Markup:
    """A line of our own docstrings: what stands in backticks stays code, the rest is text.

    >>> print(prose("Wants `a_b`, never a_b."))
    Wants `a_b`, never a&#95;b.
    """
    pieces = re.split(r"(`[^`]+`)", line)
    return Markup("").join(code(p[1:-1]) if p.startswith("`") else inline(p) for p in pieces)


def code(value: object) -> Markup:
    """An inline code span; what could end it, a table cell or a template becomes HTML with entities.

    >>> print(code("10.0.0.0/16"), code("a`b"), code("a|b"), code("<i>"))
    `10.0.0.0/16` <code>a&#96;b</code> <code>a&#124;b</code> <code>&#60;i&#62;</code>
    """
    line = _one_line(str(value))
    if not line:
        return Markup("")
    if re.search(r"[`|<>&\\{}]", line):
        return Markup(f"<code>{_all_entities(line)}</code>")
    return Markup(f"`{line}`")


def link(label: object, target: str) -> Markup:
    """A link to a page, a file or an anchor of ours; the target is percent-encoded where it must be.

    >>> print(link("Three tiers", "../three-tier/index.md"))
    [Three tiers](../three-tier/index.md)
    >>> print(link("x](y", "a b(c).md"))
    [x&#93;(y](a%20b%28c%29.md)
    """
    safe = re.sub(r"[^A-Za-z0-9_.~/#?=&%:-]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), target)
    return Markup(f"[{text(label)}]({safe})")


def attribute(value: object) -> Markup:
    """A value for an HTML attribute in double quotes.

    >>> print(attribute('say "hi" <now>'))
    say &#34;hi&#34; &#60;now&#62;
    """
    return Markup(_all_entities(_one_line(str(value))))


def anchor(*parts: object) -> str:
    """An id for headings and links, made of letters, digits, hyphens and underscores.

    >>> anchor("flow", "Web to database!"), anchor("route_table:shop/main")
    ('flow-web-to-database', 'route_table-shop-main')
    """
    plain = unicodedata.normalize("NFKD", "-".join(map(str, parts))).encode("ascii", "ignore").decode()
    return _NOT_IN_ANCHOR.sub("-", plain.lower()).strip("-") or "x"


def heading(level: int, label: object, identifier: str) -> Markup:
    """A heading with a fixed id; HTML, because Markdown has no portable way to name one.

    >>> print(heading(3, "A & B", "flow-a"))
    <h3 id="flow-a" markdown>A &#38; B</h3>
    """
    return Markup(f'<h{level} id="{anchor(identifier)}" markdown>{text(label)}</h{level}>')


def table(header: Sequence[object], rows: Iterable[Sequence[object]], *, numbers: Sequence[int] = ()) -> Markup:
    """A table; cells are text unless they are Markdown already; `numbers` are columns set to the right.

    >>> print(table(["Block", "Free"], [["10.0.0.0/24", 251]], numbers=[1]))
    | Block | Free |
    | --- | ---: |
    | 10.0.0.0/24 | 251 |
    """
    rule = " | ".join("---:" if column in numbers else "---" for column in range(len(header)))
    lines = [_row(header), f"| {rule} |", *(_row(row) for row in rows)]
    return Markup("\n".join(lines))


def fence(body: str, language: str = "", title: str = "") -> Markup:
    """A code block that no content can close.

    >>> print(fence("a: 1", "yaml"))
    ```yaml
    a: 1
    ```
    """
    longest = max((len(run) for run in _BACKTICKS.findall(body)), default=0)
    ticks = "`" * max(3, longest + 1)
    head = f'{language} title="{_plain_title(title)}"' if title else language
    lines = "\n".join(_printable(line) for line in body.rstrip().splitlines())
    return Markup(f"{ticks}{head}\n{lines}\n{ticks}")


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(text(cell)).replace("\n", " ") for cell in cells) + " |"


def _one_line(value: str) -> str:
    return _SPACES.sub(" ", _printable(value)).strip()


def _printable(value: str) -> str:
    """Without control characters: Python-Markdown uses two of them (STX, ETX) for itself."""
    if value.isprintable():
        return value
    return "".join(c if c in "\t\n" or unicodedata.category(c) not in ("Cc", "Cs") else " " for c in value)


def _plain_title(value: str) -> str:
    return re.sub(r"[^A-Za-z0-9_./ -]", "", value)


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _all_entities(line: str) -> str:
    return re.sub(r"""[&<>"'`*_\[\](){}|\\]""", _entity, line)
