# Which designs and pages teach what a document tells, and what in it is dated or wrong.
#
# In:  nothing; the loader reads these from a file.
"""SourceMap, SourceSection, PageLink, Source, Correction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import ClassVar

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span
from docgen.model.component import Ref
from docgen.model.form import Fault, Short, limited


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page of the site. YAML short form: `guide/proofs.md: Who reaches whom`."""

    short: ClassVar[Short] = Short(key="path", value="title", example="guide/proofs.md: Who reaches whom")

    path: str = limited(pattern=r"[a-z0-9_/-]+\.md", example="guide/proofs.md")
    """From the folder of all pages."""
    title: str
    """What the link says."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSection:
    """A section of the document."""

    title: str
    """In our own words."""
    level: int = limited(minimum=1, maximum=4, default=1)
    """How deep it stands."""
    tells: str = limited(prose=True)
    """What it is about, in a sentence."""
    designs: tuple[Ref, ...] = ()
    """Those that teach it."""
    pages: tuple[PageLink, ...] = ()
    """Other pages that do."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """Something teaches it."""
        if not self.designs and not self.pages:
            yield Fault("", f"nothing teaches {self.title!r}", "name a design or a page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page elsewhere. YAML short form: `https://docs.aws.amazon.com/...: AWS Regions`."""

    short: ClassVar[Short] = Short(key="address", value="title", example="https://docs.aws.amazon.com/: AWS Regions")

    address: str = limited(pattern=r"https://[^\s]+", example="https://docs.aws.amazon.com/")
    title: str
    """What the link says."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A statement that does not hold, or no longer."""

    said: str = limited(prose=True)
    """The statement, in our own words."""
    judgement: str = limited(choices=("wrong", "dated", "imprecise"))
    """What is the matter with it."""
    truth: str = limited(prose=True)
    """What is true now."""
    sources: tuple[Source, ...]
    """Pages that say so."""
    designs: tuple[Ref, ...] = ()
    """Those that show it."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMap:
    """The document, its sections in order, and what to know when reading it."""

    document: str
    """What it is called."""
    about: str = limited(prose=True)
    """What it is and how the site relates to it."""
    sections: tuple[SourceSection, ...]
    """All of them."""
    corrections: tuple[Correction, ...] = ()
    """By where they stand in the document."""
    span: Span = field(default=NOWHERE, compare=False)
