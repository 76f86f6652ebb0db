"""Every shipped design: without errors, every flow as its author expects, every trace as recorded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.core.diagnostic import Severity
from docgen.core.report import as_text
from docgen.core.span import Span
from docgen.model.trace import Verdict
from docgen.pipeline import Design, Designs, open_all, open_design
from docgen.reports import report_text
from docgen.reports.trace_text import meets

FOLDER = Path(__file__).parent.parent / "architectures"
SLUGS = sorted(folder.parent.name for folder in FOLDER.glob("*/architecture.yaml"))


@pytest.fixture(scope="module")
def opened() -> Designs:
    return open_all(FOLDER)


@pytest.fixture(scope="module", params=SLUGS)
def design(request: pytest.FixtureRequest) -> Design:
    result = open_design(FOLDER / request.param)
    assert result.value is not None, as_text(result.diagnostics, {})
    return result.value


def test_index_names_every_design_once(opened: Designs) -> None:
    """A folder that the index forgets would not be on the site."""
    assert SLUGS == sorted(design.slug for design in opened.designs)


def test_has_no_errors(design: Design) -> None:
    """What we ship, AWS would accept."""
    errors = [d for d in design.diagnostics if d.severity is Severity.ERROR]

    assert [] == errors, as_text(errors, design.architecture.sources)


def test_every_flow_does_as_expected(design: Design) -> None:
    """Each flow says what it shows, and shows it."""
    unmet = [f.id for f in design.architecture.flows if not f.expect or not meets(design.reports[f.id], f.expect)]

    assert [] == unmet


def test_flows_teach(design: Design) -> None:
    """At least three flows, at least one of them blocked; each with a title for its picture."""
    verdicts = [report.verdict for report in design.reports.values()]

    assert len(verdicts) >= 3
    assert Verdict.BLOCKED in verdicts
    assert [] == [flow.id for flow in design.architecture.flows if not flow.title]


def test_blocked_flows_expect_their_reason(design: Design) -> None:
    """`expect: blocked` without a reason would accept any."""
    flows = design.architecture.flows

    assert [] == [f.id for f in flows if f.expect and f.expect.verdict is Verdict.BLOCKED and not f.expect.reason]


def test_every_variant_is_used_by_a_flow(design: Design) -> None:
    """A variant that no flow names shows nothing."""
    used = {flow.when.variant for flow in design.architecture.flows}

    assert set() == {variant.id for variant in design.architecture.variants} - used


def test_has_prose(design: Design) -> None:
    """The page needs the folder's README.md."""
    assert design.folder is not None
    assert len((design.folder / "README.md").read_text().split()) > 100


def test_editors_find_the_schema(design: Design) -> None:
    """The first line names the schema, so that an editor completes and checks."""
    assert design.folder is not None
    first = (design.folder / "architecture.yaml").read_text().splitlines()[0]

    assert "# yaml-language-server: $schema=../architecture.schema.json" == first


def test_traces_are_as_recorded(design: Design, golden) -> None:
    """Traces of shipped designs change only on purpose."""
    texts = (report_text(design.reports[flow.id], flow) for flow in design.architecture.flows)

    golden.check(FOLDER / design.slug / "expected" / "traces.txt", "\n".join(texts))


def test_page_teaches(design: Design) -> None:
    """One idea, when and when not, its usual mistakes as variants that go wrong, and a question."""
    lesson = design.lesson
    assert lesson is not None, "has no page.yaml"
    flows = {flow.id: flow for flow in design.architecture.flows}

    assert len(flows) >= 4
    assert design.architecture.invariants
    assert lesson.topics
    assert lesson.teaches
    assert lesson.use_when
    assert lesson.avoid_when
    assert lesson.quiz
    assert lesson.mistakes
    assert [] == [m.title for m in lesson.mistakes if not flows[m.flow.name].when.variant]


def test_prose_has_no_prices(design: Design) -> None:
    """Numbers that age come from the list of figures, with their date."""
    assert [] == re.findall(r"\d[\d.,]* ?(?:USD|EUR|dollars?)|[$€] ?\d|USD ?\d", design.prose)


def test_every_step_says_what_decided(design: Design) -> None:
    """No hop inside AWS without a step, no step without a sentence and a name; a drop has a code."""
    for report in design.reports.values():
        for connection in report.connections:
            for trace in filter(None, (connection.forward, connection.returning)):
                for at, hop in enumerate(trace.hops):
                    outside = hop.component.kind in ("internet", "user", "internet_host", "on_premises_host")
                    asks = connection.purpose == "dns" and at == 0  # whoever answers says what decided
                    assert hop.steps or outside or asks, (report.flow_id, hop.name)
                    for step in hop.steps:
                        assert step.text.endswith("."), step
                        assert step.by_name, step
                        assert step.code or step.outcome != "drop", step


def test_spans_point_into_the_definition(design: Design) -> None:
    """Whatever the author wrote can be pointed at."""
    written = [c for c in design.architecture.components if c.kind not in ("internet", "region")]

    assert [] == [str(c.key) for c in written if not isinstance(c.span, Span) or c.span.line < 1]
