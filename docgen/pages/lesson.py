# What page.yaml says of a design, beside the verdicts that prove it: at a glance, mistakes, costs, questions.
#
# In:  a Design and the views of its flows. Out: values for the page's templates.
"""LessonView, lesson_view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from docgen.core.data import dataclass
from docgen.model.component import Ref
from docgen.model.lesson import Question
from docgen.pages.build import Design
from docgen.pages.figures import figure_table
from docgen.pages.flows import FlowView
from docgen.pages.markdown import anchor, link


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeView:
    """A usual mistake and the flow that shows it."""

    title: str
    text: str
    flow: FlowView

    @property
    def link(self) -> str:
        """The way to the trace."""
        return f"#{self.flow.anchor}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question with its answer."""

    anchor: str
    question: str
    choices: tuple[tuple[str, bool], ...]
    """What to choose from, and whether the trace says so; one is right."""
    why: str
    flow: FlowView

    @property
    def link(self) -> str:
        """The way to the trace."""
        return f"#{self.flow.anchor}"

    @property
    def answer(self) -> str:
        """The right choice."""
        return next(text for text, right in self.choices if right)


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonView:
    """All of it; what the author left out is empty."""

    topics: tuple[Markup, ...]
    """Each a link to the designs that have it."""
    teaches: str
    use_when: tuple[str, ...]
    avoid_when: tuple[str, ...]
    costs: Markup | None
    latencies: Markup | None
    mistakes: tuple[MistakeView, ...]
    questions: tuple[QuestionView, ...]

    @property
    def sections(self) -> Iterator[tuple[str, str]]:
        """Titles and addresses of the sections that there are."""
        if self.mistakes:
            yield "Usual mistakes", "#mistakes"
        if self.costs or self.latencies:
            yield "Costs and latencies", "#costs"
        if self.questions:
            yield "Check yourself", "#quiz"


def lesson_view(design: Design, flows: Mapping[str, FlowView]) -> LessonView | None:
    """What is to be shown; None where the author wrote nothing. Flows that could not be traced are left out."""
    lesson = design.lesson
    if lesson is None:
        return None
    return LessonView(
        topics=tuple(link(topic.replace("-", " "), f"../index.md?topic={topic}") for topic in lesson.topics),
        teaches=lesson.teaches,
        use_when=lesson.use_when,
        avoid_when=lesson.avoid_when,
        costs=_figures(lesson.costs),
        latencies=_figures(lesson.latencies),
        mistakes=tuple(
            MistakeView(title=one.title, text=one.text, flow=flows[one.flow.name])
            for one in lesson.mistakes
            if one.flow.name in flows
        ),
        questions=tuple(
            _question(number, one, flows[one.flow.name])
            for number, one in enumerate(lesson.quiz, 1)
            if one.flow.name in flows and len(one.right(flows[one.flow.name].report)) == 1
        ),
    )


def _question(number: int, question: Question, flow: FlowView) -> QuestionView:
    return QuestionView(
        anchor=anchor("quiz", number),
        question=question.question,
        choices=tuple((choice.text, choice.meets(flow.report)) for choice in question.choices),
        why=question.why,
        flow=flow,
    )


def _figures(refs: tuple[Ref, ...]) -> Markup | None:
    return figure_table(ref.name for ref in refs) if refs else None
