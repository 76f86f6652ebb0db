# Designs and chapters as cards, numbered as on the whole site.
#
# In:  a Build and the way from the page to the folder of all pages. Out: values for templates.
"""DesignCard, ChapterCard, chapter_cards, design_cards, verdicts_of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from docgen.core.data import dataclass
from docgen.model.trace import Verdict
from docgen.pages.build import Build, Chapter, Picture, design_path
from docgen.pages.markdown import link
from docgen.pages.outline import Outline
from docgen.pages.verdicts import badge


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignCard:
    """A design."""

    number: int
    """Its place among all designs, from 1."""
    slug: str
    title: Markup
    """A link to its page."""
    name: str
    """The title alone."""
    teaches: str
    """Its one idea, or its summary where nobody wrote that down."""
    summary: str
    size: str
    """`1 VPC, 8 subnets`; `4 hosts, 2 routers` where there is no VPC."""
    badges: tuple[Markup, ...]
    """`4 allowed`, `6 blocked`."""
    topics: tuple[str, ...]
    kinds: tuple[str, ...]
    """Names of the kinds of its components, in order."""
    image: str
    """Address of its picture, without suffix."""
    picture: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterCard:
    """A chapter with its designs."""

    number: int
    title: str
    summary: str
    cards: tuple[DesignCard, ...]
    flows: int

    @property
    def counts(self) -> str:
        """`3 designs, 28 flows`."""
        designs = f"{len(self.cards)} design{'' if len(self.cards) == 1 else 's'}"
        return f"{designs}, {self.flows} flow{'' if self.flows == 1 else 's'}"


def chapter_cards(build: Build, root: str) -> tuple[ChapterCard, ...]:
    """Every chapter that has a design, in order."""
    chapters = [chapter for chapter in build.chapters if chapter.designs]
    return tuple(_numbered(build, root, chapters))


def design_cards(build: Build, root: str) -> tuple[DesignCard, ...]:
    """Every design, in order."""
    return tuple(card for chapter in chapter_cards(build, root) for card in chapter.cards)


def verdicts_of(designs: Iterable[Outline]) -> Counter[Verdict]:
    """How many flows end how."""
    return sum((design.verdicts for design in designs), Counter())


def _numbered(build: Build, root: str, chapters: list[Chapter]) -> Iterator[ChapterCard]:
    before = 0
    for number, chapter in enumerate(chapters, 1):
        yield ChapterCard(
            number=number,
            title=chapter.title,
            summary=chapter.summary,
            cards=tuple(_card(build, design, root, before + at) for at, design in enumerate(chapter.designs, 1)),
            flows=verdicts_of(chapter.designs).total(),
        )
        before += len(chapter.designs)


def _card(build: Build, design: Outline, root: str, number: int) -> DesignCard:
    verdicts = design.verdicts
    return DesignCard(
        number=number,
        slug=design.slug,
        title=link(design.title, f"{root}{design_path(design.slug)}"),
        name=design.title,
        teaches=design.teaches or design.summary,
        summary=design.summary,
        size=_size(design),
        badges=tuple(badge(v, f"{verdicts[v]} {v}") for v in Verdict if verdicts[v]),
        topics=design.topics,
        kinds=tuple(kind for kind, _ in design.kinds),
        image=f"{root}designs/{design.slug}/overview",
        picture=build.pictures.get(design.slug, {}).get("overview"),
    )


def _size(design: Outline) -> str:
    counts = design.count
    parts = ((counts["vpc"], "VPC", "VPCs"), (counts["subnet"], "subnet", "subnets"))
    if not counts["vpc"]:
        parts = ((counts["host"], "host", "hosts"), (counts["router"], "router", "routers"))
    return ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in parts if number)
