# Words of the field: a page of all of them, and what a tooltip says.
#
# In:  glossary.yaml beside this file. Out: a Page; abbreviations for an engine that shows them on every page.
"""GLOSSARY, Term, terms, glossary_page, abbreviations, with_tooltips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml
from markupsafe import Markup

from docgen.core.data import dataclass
from docgen.loader.document import FAST
from docgen.pages.build import Page, kind_path
from docgen.pages.front_matter import front_matter
from docgen.pages.links import up
from docgen.pages.markdown import anchor, heading, link, text

GLOSSARY = "learn/glossary.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word."""

    name: str
    text: str
    """One or two sentences; the tooltip says the same."""
    kind: str = ""
    """The component's kind that it is, with a page of its own; "" for none."""
    also: tuple[str, ...] = ()
    """Other spellings that mean it: plurals, abbreviations."""


@cache
def terms() -> Mapping[str, Term]:
    """All of them by name, in the order of the alphabet."""
    content = (files("docgen.pages") / "glossary.yaml").read_text(encoding="utf-8")
    made = (
        Term(name=name, text=found["text"], kind=found.get("kind", ""), also=tuple(found.get("also", ())))
        for name, found in yaml.load(content, Loader=FAST).items()
    )
    return MappingProxyType({term.name: term for term in sorted(made, key=lambda term: term.name.casefold())})


def abbreviations(page: str) -> str:
    """Those words of a page that a reader may not know, as Markdown's `*[word]: text`, for the `abbr` extension.

    Words of everyday English (`Leg`, `Region`) are on the page of words only: a tooltip on each would be noise.
    Each word is a paragraph: an engine looks at all that is left of one anew after every line.
    """
    plain = page.replace("\\", "")
    return "\n\n".join(f"*[{spelling}]: {words}" for spelling, words in _explained().items() if spelling in plain)


def with_tooltips(markdown: str, path: str) -> str:
    """A page with what the `abbr` extension needs to explain words; the page of words explains them itself."""
    return markdown if path == GLOSSARY else f"{markdown}\n\n{abbreviations(markdown)}\n"


@cache
def _explained() -> Mapping[str, str]:
    """What a tooltip says, by the spelling of its word."""
    return MappingProxyType(
        {
            spelling: term.text
            for term in terms().values()
            for word in (term.name, *term.also)
            if not (word.isalpha() and word[1:].islower())
            for spelling in _spellings(word)
        }
    )


def _spellings(word: str) -> Iterator[str]:
    """`Route table`, `Route tables`, `route table`, `route tables`; `VPC`, `VPCs`."""
    for one in dict.fromkeys((word, word[0].lower() + word[1:] if word[1:2].islower() else word)):
        yield one
        if not one.endswith("s"):
            yield f"{one}s"


def glossary_page() -> Page:
    """All words with what they mean."""
    root = up(GLOSSARY)
    parts = [
        front_matter({"title": "Words"}),
        "# Words\n",
        "Terms of networks and of AWS, as this site uses them.\n",
    ]
    for term in terms().values():
        more = [link("The component", f"{root}{kind_path(term.kind)}")] if term.kind else []
        also = [Markup("Also: {}.").format(text(", ".join(term.also)))] if term.also else []
        parts += [
            f"{heading(2, term.name, anchor('word', term.name))}\n",
            " ".join([text(term.text), *also, *more]) + "\n",
        ]
    return Page(GLOSSARY, "Words", "\n".join(parts))
