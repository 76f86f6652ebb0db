# Text for a terminal: characters that could deceive or command it made visible, widths, colours.
#
# Everything that an author wrote passes through `visible` before it is printed: an escape sequence in a
# title must not move the cursor, a direction mark must not reorder a line.
"""visible, visible_path, display_width, Paint."""

from __future__ import annotations

import re
import unicodedata

from docgen.core.data import dataclass

TAB = "    "
"""What a tab is shown as, wherever it stands."""

_SGR = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


_LOG_COMMAND = re.compile(r"##(?=\w*\[)")
"""Begins a command to the log readers of CI systems, in the middle of a line too: `##[error]`, `##vso[task...]`."""


def visible(text: str) -> str:
    r"""The text with control, format and unassigned characters written out, and no command to a CI system in it.

    >>> visible("a\tb\x1b[31m")
    'a    b␛[31m'
    >>> visible("x\u202ey")
    'x<U+202E>y'
    >>> visible("##[error]x")
    '# #[error]x'
    """
    shown = text if text.isascii() and text.isprintable() else "".join(map(visible_character, text))
    return _LOG_COMMAND.sub("# #", shown) if "##" in shown else shown


def visible_character(character: str) -> str:
    """How one character is shown; see `visible`."""
    if character == "\t":
        return TAB
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}:
        return f"<U+{code:04X}>"
    return character


def visible_path(path: object) -> str:
    """A path to begin a line with: GitHub Actions takes a line that begins with `::` for a command."""
    shown = visible(str(path))
    return f"./{shown}" if shown.lstrip().startswith("::") else shown


def display_width(text: str) -> int:
    """Columns that a visible text takes: wide characters two, combining marks none.

    >>> display_width("ab"), display_width("数据"), display_width("e\u0301")
    (2, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@dataclass(frozen=True, slots=True)
class Paint:
    """Puts colour on text where the output can show it, and else leaves it as it is."""

    enabled: bool = False

    def __call__(self, text: str, *styles: str) -> str:
        """The text in these styles (`bold`, `red`, ...)."""
        if not self.enabled or not styles or not text:
            return text
        return f"\x1b[{';'.join(_SGR[style] for style in styles)}m{text}\x1b[0m"


PLAIN = Paint()
"""No colour."""
