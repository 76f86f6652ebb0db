# Escaping and numbers for XML. Everything of a definition that reaches a picture goes through here.
"""text, attributes, number, element."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text(value: str) -> str:
    """Text content.

    >>> text("<script>alert(1)</script> ]]>")
    '&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt;'
    """
    legal = _FORBIDDEN.sub("", value)
    return legal.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """The value of an attribute, with double quotes around it.

    >>> attribute('say "hi" & go')
    '"say &quot;hi&quot; &amp; go"'
    """
    escaped = text(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    return f'"{escaped}"'


def attributes(values: Mapping[str, object]) -> str:
    """Attributes with a leading blank each; those whose value is None are left out.

    >>> attributes({"x": 1.50, "y": None, "id": "a<b"})
    ' x="1.5" id="a&lt;b"'
    """
    return "".join(
        f" {name}={attribute(number(v) if isinstance(v, (int, float)) else str(v))}"
        for name, v in values.items()
        if v is not None
    )


def number(value: float) -> str:
    """A number without needless zeros.

    >>> number(2.50), number(3.0)
    ('2.5', '3')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def element(name: str, values: Mapping[str, object], content: str = "") -> str:
    """An element; `content` is markup already."""
    head = f"<{name}{attributes(values)}"
    return f"{head}>{content}</{name}>" if content else f"{head}/>"
