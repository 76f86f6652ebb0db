# What stands beside a definition for its page: page.yaml and README.md, held against the traces.
#
# In:  a design's folder, its flows and their reports. Out: the lesson, the prose, and what is wrong with them.
"""Told, told, unknown_figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from docgen import loader
from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Severity
from docgen.core.names import did_you_mean
from docgen.core.span import Span
from docgen.loader.figure_names import figure_ids, known_figures
from docgen.model.component import Ref
from docgen.model.lesson import Lesson, Question
from docgen.model.trace import FlowReport
from docgen.reports.trace_text import outcome_text

NO_SUCH, NO_ANSWER = "DGP-05", "DGP-06"
PROSE = "README.md"
MOST_PROSE = 200_000
"""Characters."""

LESSON_CODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        NO_SUCH: (
            "the page speaks of what is not there",
            "`page.yaml` or a comparison names a flow that the definition does not have; one of them or `README.md` "
            "names a figure that the list of costs and latencies does not have; or a comparison or `coverage.yaml` "
            "names a design that the index does not have.",
        ),
        NO_ANSWER: (
            "a question without one right answer",
            "The right answer of a question in `page.yaml` is the choice whose `outcome` is how its flow ends: "
            "`allowed`, `blocked`, `unknown`, or the reason code. Here none is, or more than one.",
        ),
    }
)
"""Code to title and explanation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a page tells beside the definition."""

    lesson: Lesson | None = None
    prose: str = ""
    """README.md as it stands in the folder."""


def told(folder: Path, flows: Collection[str], reports: Mapping[str, FlowReport], found: list[Diagnostic]) -> Told:
    """Read what stands beside a definition; what is wrong with it is added to `found`.

    Args:
        folder: The design's.
        flows: Ids of the declared flows.
        reports: Their answers, where they could be traced.
    """
    read = loader.read_page(folder)
    found += read.diagnostics
    path = folder / PROSE
    prose = _read(path)
    if len(prose) > MOST_PROSE:
        text = f"the prose has {len(prose):,} characters; a page has room for {MOST_PROSE:,}"
        found.append(error(NO_SUCH, Span(path.as_posix(), 1, 1, 2), text, "put it into several designs"))
        prose = ""
    found += _unknown_figures(_in_prose(path, prose))
    if read.value is not None:
        lesson = read.value
        found += _unknown_figures((*lesson.costs, *lesson.latencies))
        for ref in (*(m.flow for m in lesson.mistakes), *(q.flow for q in lesson.quiz)):
            if ref.name not in flows:
                hint = did_you_mean(ref.name, flows)
                found.append(error(NO_SUCH, ref.span, f"there is no flow {ref.name!r}", hint))
        found += (d for q in lesson.quiz if q.flow.name in reports for d in _answer(q, reports[q.flow.name]))
    return Told(lesson=read.value, prose=prose)


def _read(path: Path) -> str:
    try:
        return loader.read_own(path).decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def _answer(question: Question, report: FlowReport) -> Iterator[Diagnostic]:
    right = question.right(report)
    if len(right) == 1:
        return
    ends = f"flow {question.flow.name!r} ends {outcome_text(report)}"
    if not right:
        text = f"no choice is right: {ends}"
        yield error(NO_ANSWER, question.flow.span, text, "give one choice this outcome")
    else:
        text = f"{len(right)} choices are right: {ends}"
        yield error(NO_ANSWER, right[1].span, text, "let the others end otherwise")


def _in_prose(path: Path, prose: str) -> Iterator[Ref]:
    for id, line, column in figure_ids(prose):
        yield Ref(id, Span(path.as_posix(), line, column, column + len(id)))


def unknown_figures(span: Span, texts: Iterable[str]) -> Iterator[Diagnostic]:
    """Figures in texts that stand at a place."""
    return _unknown_figures(Ref(ref.name, span) for text in texts for ref in _in_prose(Path(), text))


def _unknown_figures(refs: Iterable[Ref]) -> Iterator[Diagnostic]:
    known = known_figures()
    for ref in refs:
        if ref.name not in known:
            yield error(NO_SUCH, ref.span, f"there is no figure {ref.name!r}", did_you_mean(ref.name, known))


def error(code: str, span: Span, text: str, hint: str) -> Diagnostic:
    """What stops the site."""
    return Diagnostic(code, Severity.ERROR, span, text, hint)
