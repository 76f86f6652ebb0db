# A README's prose as Markdown that can do nothing but be read: it comes with a definition, from anybody.
#
# In:  Markdown of a stranger's. Out: Markdown of which every engine makes text, lists, tables, code, pictures of the
#      same folder and links with http, https, mailto or a path; HTML, attributes and templates stay visible text.
"""harmless."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from docgen.pages.markdown import code, fence, undirected

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})([^`\n]*)$")
_LANGUAGES = re.compile(
    "bash|console|css|csv|diff|dns|go|hcl|html?|http|ini|js|json|nginx|python|sh|sql|text|toml|xml|yaml"
)
"""Fences of other names may be somebody's plug-in."""
_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"\]\s*+\(\s*+([^\s()\[\]]*+)(?=([\s()\[\]])|\Z)")
_DEFINITION = re.compile(r"\]:\s*+([^\s\[\]]*+)(?=([\s\[\]])|\Z)")
_PICTURE = re.compile(r"!(?=\[)(?!\[[^\[\]]*\]\([\w./-]*[\s)])")
_TARGET = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\]*|(?:#|[\w.~/?=%+,;@!*-])*", re.ASCII)
_FIGURE = re.compile(r"(\{\{ *figure: *[A-Za-z0-9._-]+ *\}\})")
_SPECIAL = re.compile(r"[<{}`]")


def harmless(markdown: str) -> str:
    """The same prose, without anything that a page would run, load or fill in.

    >>> print(harmless("A *b* <script>c</script> [d](e.md) [f](javascript:g) `<i>`"))
    A *b* &#60;script>c&#60;/script> [d](e.md) [f]&#40;javascript:g) <code>&#60;i&#62;</code>
    >>> print(harmless("![a](b.png) ![c](https://d.example/e.png)"))
    ![a](b.png) &#33;[c](https://d.example/e.png)
    """
    return "\n".join(_blocks(_visible(markdown).split("\n")))


def _visible(markdown: str) -> str:
    """Without control characters, with line ends of one sort, marks of direction written out."""
    shown = undirected(markdown.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c if c in "\t\n" or unicodedata.category(c) not in ("Cc", "Cs") else " " for c in shown)


def _blocks(lines: list[str]) -> Iterator[str]:
    """Fences as fences of our own, what stands between them as text."""
    text: list[str] = []
    at = 0
    while at < len(lines):
        opened = _FENCE.match(lines[at])
        if opened is None:
            text.append(lines[at])
            at += 1
            continue
        ticks = opened[1]
        closing = re.compile(rf"[ \t]*{re.escape(ticks[0])}{{{len(ticks)},}}[ \t]*")
        end = next((n for n in range(at + 1, len(lines)) if closing.fullmatch(lines[n])), len(lines))
        yield _text("\n".join(text))
        words = opened[2].split()
        language = words[0] if words and _LANGUAGES.fullmatch(words[0]) else ""
        yield f"\n{fence(chr(10).join(lines[at + 1 : end]), language)}\n"
        text, at = [], end + 1
    yield _text("\n".join(text))


def _text(markdown: str) -> str:
    """Text with code spans."""
    parts, at = [], 0
    for span in _SPAN.finditer(markdown):
        parts += [_plain(markdown[at : span.start()]), str(code(span[2]))]
        at = span.end()
    return "".join((*parts, _plain(markdown[at:] + "\n")[:-1]))


def _plain(text: str) -> str:
    """Text without code: only links and pictures that may be there; figures of ours keep their braces."""
    text = _LINK.sub(lambda m: m[0] if _allowed(m) else m[0].replace("(", "&#40;", 1), text)
    text = _DEFINITION.sub(lambda m: m[0] if _allowed(m) else m[0].replace(":", "&#58;", 1), text)
    pieces = _FIGURE.split(_PICTURE.sub("&#33;", text))
    return "".join(p if at % 2 else _SPECIAL.sub(lambda m: f"&#{ord(m[0])};", p) for at, p in enumerate(pieces))


def _allowed(match: re.Match[str]) -> bool:
    """Whether a target is whole and leads to the web or to a file."""
    return bool(match[2]) and _TARGET.fullmatch(match[1]) is not None
