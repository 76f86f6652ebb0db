# What both wikis need of text: lines, names of letters, addresses, and a type for finished markup.
#
# In:  text of an article, whose marks of control and direction are out. Out: plain text; each wiki's own module
#      escapes it.
"""Wikitext, one_line, letters, address, origin."""

from __future__ import annotations

import re
import unicodedata

from docgen.pages import Design


class Wikitext(str):
    """Finished markup of a wiki."""

    __slots__ = ()


def one_line(value: str) -> str:
    """The same on one line, without space at its ends, in the form that wikis store.

    >>> one_line("a \\n b ")
    'a b'
    """
    return unicodedata.normalize("NFC", " ".join(value.split()))


def letters(value: str, others: str) -> str:
    """Letters and digits of any script, single spaces, and these other characters; the rest becomes space.

    >>> letters("a<b>: É-7", "-")
    'a b É-7'
    """
    kept = (c if unicodedata.category(c)[0] in "LMN" or c in others else " " for c in one_line(value))
    return " ".join("".join(kept).split())


def address(url: str) -> str:
    """An address of ours, without a character that a markup gives a meaning to.

    >>> address("https://x.example/a b]#c|d")
    'https://x.example/a%20b%5D#c%7Cd'
    """
    return re.sub(r"[^A-Za-z0-9_.~/#?=&%:@+-]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), url)


def origin(design: Design) -> str:
    """What a page says of where it comes from, so that nobody edits it in vain."""
    slug = design.architecture.slug
    return f"Made by docgen from {slug}/architecture.yaml: edit that, the next export replaces this page."
