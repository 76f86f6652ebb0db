# A design as other pages show it: on cards, in tables and lists.
#
# In:  a Design. Out: an Outline, a plain value. What is written from outlines depends on nothing else of a design, so
# that a site knows which pages a change of one definition leaves as they are.
"""FlowOutline, Outline, outline_of, definition_file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from docgen.core.data import dataclass
from docgen.model.trace import Verdict

if TYPE_CHECKING:
    from docgen.pages.build import Design


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowOutline:
    """A declared flow and how it ends."""

    id: str
    title: str
    """Its id where it has none."""
    verdict: Verdict | None = None
    """None where it could not be traced."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a site says of a design anywhere but on its own page."""

    slug: str
    title: str
    summary: str = ""
    teaches: str = ""
    """Its one idea; "" where nobody wrote that down."""
    topics: tuple[str, ...] = ()
    extends: str = ""
    kinds: tuple[tuple[str, int], ...] = ()
    """How many components it has of which kind, in the order of the definition."""
    flows: tuple[FlowOutline, ...] = ()
    source: str = ""
    """The file that its author edits."""

    @property
    def verdicts(self) -> Counter[Verdict]:
        """How many of its flows end how."""
        return Counter(flow.verdict for flow in self.flows if flow.verdict is not None)

    @property
    def count(self) -> Counter[str]:
        """How many components it has, by kind."""
        return Counter(dict(self.kinds))

    @property
    def size(self) -> int:
        """How many components it has."""
        return self.count.total()


def outline_of(design: Design) -> Outline:
    """What other pages show of a design."""
    architecture, lesson = design.architecture, design.lesson
    answers = {id: (report.verdict, report.reason) for id, report in design.reports.items()}
    return Outline(
        slug=architecture.slug,
        title=architecture.title,
        summary=architecture.summary,
        teaches=lesson.teaches if lesson else "",
        topics=lesson.topics if lesson else (),
        extends=architecture.extends,
        kinds=tuple(Counter(component.kind for component in architecture.components).items()),
        flows=tuple(
            FlowOutline(id=flow.id, title=flow.title or flow.id, verdict=verdict, reason=reason)
            for flow in architecture.flows
            for verdict, reason in [answers.get(flow.id, (None, ""))]
        ),
        source=definition_file(design),
    )


def definition_file(design: Design) -> str:
    """The name under which the definition's own text was read; "" where there is none."""
    names = list(design.architecture.sources)
    own = [name for name in names if name == design.architecture.span.file]
    return (own or names or [""])[0]
