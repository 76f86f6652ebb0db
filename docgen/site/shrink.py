# Takes out of our own scripts and styles what only their readers need: comments, indents, spaces around signs.
#
# In:  text of a file in static/, written as those are (semicolons, no block comment after code). Out: the same,
#      smaller. Strings and templates stay as they are. Not for scripts of anybody else.
"""script, style."""

from __future__ import annotations

import re

_WORDS = re.compile(r'("(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)')
_SIGNS = re.compile(r"[ \t]*([{}(),;=<>?:&|])[ \t]*|(?<=[\w)\]]) ([+*/-]) (?=[\w(\[])")
_OPEN = re.compile(r"([{(\[,;])\n")
"""Signs after which JavaScript never takes the end of a line for the end of a statement."""


def script(text: str) -> str:
    """JavaScript; a line that ends in no sign stays a line.

    >>> script("x = 1 - a + +b;")
    'x=1-a + +b;'
    >>> script("/* Why. */\\n  if (a === b) { // so\\n    go(\\"a = b\\", c);\\n  }\\n")
    'if(a===b){go("a = b",c);}\\n'
    """
    text = re.sub(r"^[ \t]*/\*.*?\*/\n", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"[ \t]// [^\"`\n]*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\s+", "", text, flags=re.MULTILINE)
    parts = _WORDS.split(text)
    return "".join(part if at % 2 else _OPEN.sub(r"\1", _SIGNS.sub(r"\1\2", part)) for at, part in enumerate(parts))


def style(text: str) -> str:
    """CSS.

    >>> style("/* Why. */\\n.a > .b { color: red; top: 0; }\\n")
    '.a>.b{color:red;top:0}'
    """
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text).replace(": ", ":").replace(" !", "!")
    return text.replace(";}", "}").strip()
