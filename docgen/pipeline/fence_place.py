# Where a fence stands in its page, so that a mistake inside it is told with the line of the page.
#
# In:  a page's text as its author wrote it, and the lines of a fence as an engine hands them on (without indent,
#      tabs as spaces). Out: line and column. An engine tells neither.
"""PageText, marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docgen.core.span import Span

_OPEN = re.compile(r"(?P<indent>[ >]*)(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_UNQUOTED = re.compile(r"""(?<![\w-])(?P<name>[\w-]+)=(?!["'])(?P<value>[^\s"']*)""", re.ASCII)
UNQUOTED = "unquoted"
"""The option that `marked` puts in place of those whose values are not in quotes."""
TAB = 4


@dataclass(slots=True)
class _Fence:
    line: int
    column: int
    body: list[str]
    used: bool = False


class PageText:
    """A page's text and the fences in it; each is found once, in order."""

    def __init__(self, name: str, text: str, language: str) -> None:
        self.name = name
        """What messages call the page."""
        self.text = text
        self._fences = _fences(text, language)

    def place(self, body: str) -> Span:
        """Of the first line of the fence around these lines; without a line where the page has none such."""
        lines = [line.rstrip() for line in body.expandtabs(TAB).split("\n")]
        same = [one for one in self._fences if _trimmed(one.body) == _trimmed(lines)]
        found = next((one for one in same if not one.used), same[0] if same else None)
        if found is None:
            return Span(self.name)
        found.used = True
        return self._span(found)

    def places(self) -> tuple[Span, ...]:
        """Of the first line of each fence."""
        return tuple(map(self._span, self._fences))

    def _span(self, fence: _Fence) -> Span:
        return Span(self.name, fence.line, fence.column, fence.column + 1)


def marked(lines: list[str], language: str) -> list[str]:
    """The page, with fences that have options out of quotes, which engines show as text, made such that they read."""
    told = list(lines)
    for fence in _fences("\n".join(lines), language):
        opened = _OPEN.match(lines[fence.line - 1].expandtabs(TAB))
        wrong = _UNQUOTED.search(opened["info"]) if opened and "{" not in opened["info"] else None
        if opened and wrong:
            written = f"{wrong['name']}={wrong['value']}"
            told[fence.line - 1] = f'{opened["indent"]}{opened["fence"]}{language} {UNQUOTED}="{written}"'
    return told


def _fences(text: str, language: str) -> list[_Fence]:
    found: list[_Fence] = []
    if language not in text:
        return found
    fence: _Fence | None = None
    end, indent, wanted = re.compile(""), "", False
    for number, line in enumerate(text.splitlines(), 1):
        line = line.expandtabs(TAB)
        if fence is None:
            opened = _OPEN.match(line)
            if opened is None:
                continue
            indent = opened["indent"]
            fence = _Fence(line=number, column=len(indent) + 1, body=[])
            end = re.compile(rf"[ >]*{opened['fence']}[ ]*")
            wanted = re.match(rf"[ ]*(\.?|\{{[ ]*\.){language}\b", opened["info"]) is not None
        elif end.fullmatch(line):
            if wanted:
                found.append(fence)
            fence = None
        else:
            fence.body.append(line[len(indent) :].rstrip())
    return found


def _trimmed(lines: list[str]) -> list[str]:
    """Without empty lines at the end, which engines drop."""
    lines = list(lines)
    while lines and not lines[-1]:
        lines.pop()
    return lines
