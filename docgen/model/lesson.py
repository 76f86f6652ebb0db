# What a design's page tells beside the definition: what it teaches, its usual mistakes, what it costs, a question.
#
# In:  nothing; the loader reads these from `page.yaml`. Knows no page: whether a flow is there, and which choice
#      is right, the trace says.
"""Lesson, Mistake, Question, Choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from docgen.core.data import dataclass
from docgen.core.span import NOWHERE, Span
from docgen.model.codes import REASON_CODES
from docgen.model.component import Ref
from docgen.model.form import Fault, limited
from docgen.model.trace import FlowReport, Verdict

OUTCOMES = (*(verdict.value for verdict in Verdict), *REASON_CODES)
"""How a flow can end, as an author of a question writes it."""
TOPIC = "[a-z0-9]+(-[a-z0-9]+)*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A usual mistake, shown by a flow: one that fails because of it, or one that it lets through."""

    flow: Ref
    """The flow that shows it, mostly in a variant."""
    title: str
    """The mistake in a few words: `The NAT gateway in a private subnet`."""
    text: str = limited(prose=True)
    """Why people make it and what comes of it."""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An answer to choose."""

    text: str
    """As the reader sees it."""
    outcome: str = limited(choices=OUTCOMES)
    """How the flow would end if this were right: `allowed`, `blocked`, `unknown` or a reason code."""
    span: Span = field(default=NOWHERE, compare=False)

    def meets(self, report: FlowReport) -> bool:
        """Whether the trace ends so."""
        return self.outcome in (report.verdict.value, report.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question whose right answer is how a flow ends."""

    question: str = limited(prose=True)
    """Asked without telling the flow's name."""
    flow: Ref
    """The flow whose trace answers it."""
    choices: tuple[Choice, ...]
    """Exactly one of them is how the flow ends."""
    why: str = limited(prose=True)
    """One or two sentences on the answer."""
    span: Span = field(default=NOWHERE, compare=False)

    def faults(self) -> Iterator[Fault]:
        """There is something to choose from."""
        if len(self.choices) < 2:
            yield Fault("choices", "a question wants at least two choices", "add one that a beginner would take")

    def right(self, report: FlowReport) -> tuple[Choice, ...]:
        """The choices that are how the flow ends."""
        return tuple(choice for choice in self.choices if choice.meets(report))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What `page.yaml` says; all of it may be left out."""

    topics: tuple[str, ...] = limited(pattern=TOPIC, example="nat", default=())
    """Words for the gallery's filter."""
    teaches: str = limited(prose=True, default="")
    """The one idea of the design, in a sentence."""
    use_when: tuple[str, ...] = ()
    """When it is the right design, a short sentence each."""
    avoid_when: tuple[str, ...] = ()
    """When another one is."""
    costs: tuple[Ref, ...] = ()
    """Ids of figures: prices."""
    latencies: tuple[Ref, ...] = ()
    """Ids of figures: how long a packet takes."""
    mistakes: tuple[Mistake, ...] = ()
    """The usual mistakes."""
    quiz: tuple[Question, ...] = ()
    """Questions that a trace answers."""
    span: Span = field(default=NOWHERE, compare=False)
