# What may stand in ids, titles and other free text, so that no page, picture or file name has to fear them.
#
# In:  a scalar. Out: its text, or None with the reason reported.
"""Checks of ids and texts."""

from __future__ import annotations

import re

from docgen.loader.nodes import Node, Scalar, Tag, describe, quoted
from docgen.loader.report import Reporter

ID = r"[A-Za-z0-9][A-Za-z0-9._-]*"
MAX_ID = 64
MAX_LINE = 200
MAX_PROSE = 5_000
REF = rf"{ID}(/{ID})?"

_ID = re.compile(ID)
_REF = re.compile(REF)
_END = re.compile(r"[A-Za-z0-9*_][A-Za-z0-9._:/*@-]*")
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def check_id(node: Scalar, what: str, reporter: Reporter) -> str | None:
    """An id: letters, digits, dots, dashes and underscores; it becomes part of file names and links."""
    if len(node.text) > MAX_ID:
        reporter.error(
            "DGY-18", node.span, f"the id of this {what} has {len(node.text)} characters; {MAX_ID} are enough"
        )
    elif not _ID.fullmatch(node.text) or ".." in node.text:
        reporter.error(
            "DGY-18",
            node.span,
            f"{quoted(node.text)} cannot be the id of this {what}",
            "an id has letters, digits, `-`, `_` and `.`, a letter or digit first; the rest is for `title`",
        )
    else:
        return node.text
    return None


def check_ref(node: Node, where: str, reporter: Reporter, *, end: bool = False) -> str | None:
    """A name of a component, `app` or `shop/app`; with `end` also an address, a DNS name, `kind:id` or `edge@a`."""
    if not isinstance(node, Scalar) or node.tag in (Tag.NULL, Tag.BOOL):
        reporter.error("DGY-14", node.span, f"{where} wants the id of a component, found {describe(node)}")
    elif not (_END if end else _REF).fullmatch(node.text) or len(node.text) > 255:
        reporter.error("DGY-18", node.span, f"{where}: {quoted(node.text)} cannot be the name of a component")
    else:
        return node.text
    return None


def check_text(node: Node, where: str, reporter: Reporter, *, prose: bool = False) -> str | None:
    """Free text: one line, or several as `prose`; no control characters and none that reorder a line."""
    if not isinstance(node, Scalar) or node.tag in (Tag.NULL, Tag.BOOL):
        hint = f'put it in quotes: "{node.text}"' if isinstance(node, Scalar) and node.text else ""
        reporter.error("DGY-14", node.span, f"{where} wants text, found {describe(node)}", hint)
        return None
    text, most = node.text.strip(), MAX_PROSE if prose else MAX_LINE
    hidden = _HIDDEN.search(text)
    if len(text) > most:
        reporter.error("DGY-19", node.span, f"{where} has {len(text)} characters; at most {most} fit")
    elif hidden:
        reporter.error(
            "DGY-19", node.span, f"{where} holds the invisible character U+{ord(hidden[0]):04X}", "remove it"
        )
    elif not prose and "\n" in text:
        reporter.error(
            "DGY-19",
            node.span,
            f"{where} is one line, found {text.count(chr(10)) + 1}",
            "use `description` for prose",
        )
    else:
        return text
    return None
