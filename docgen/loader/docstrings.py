# The text under each field of a dataclass, which Python itself forgets.
#
# In:  a class. Out: its field docstrings and its own, read from its source.
"""field_docs."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from typing import Any


def field_docs(cls: type[Any]) -> dict[str, str]:
    """Docstrings of the fields of a class and its bases; the class itself wins."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if base is not object and hasattr(base, "__dataclass_fields__"):
            found.update(_own(base))
    return found


def class_doc(cls: type[Any]) -> str:
    """A class's docstring on one line for each paragraph."""
    return one_line(inspect.getdoc(cls) or "")


def one_line(text: str) -> str:
    """Paragraphs without the line breaks inside them."""
    return "\n\n".join(re.sub(r"\s+", " ", part).strip() for part in re.split(r"\n\s*\n", text.strip()))


def _own(cls: type[Any]) -> dict[str, str]:
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    for statement, following in zip(body.body, body.body[1:], strict=False):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
            and isinstance(following.value.value, str)
        ):
            found[statement.target.id] = one_line(following.value.value)
    return found
