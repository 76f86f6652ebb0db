# Takes out of an article what could deceive a reader or a parser whatever the markup: direction and control marks.
"""cleaned."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from docgen.pages.markdown import undirected

T = TypeVar("T")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")


def cleaned(value: T) -> T:
    """The same value, with every text in it made harmless.

    >>> cleaned(("x\u202ey", "a\\x00b"))
    ('x<U+202E>y', 'a b')
    """
    made: T = _cleaned(value)
    return made


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _CONTROL.sub(" ", undirected(value))
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{f.name: _cleaned(getattr(value, f.name)) for f in fields(value)})
    return value
