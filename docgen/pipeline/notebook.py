# What notebooks show: a design that plays its flows, a flow's answer, a drawing.
#
# In:  values of the Python interface. Out: HTML or SVG that needs no network and no other cell; what an author
#      wrote in it is text, and scripts run in a frame of their own without access to the notebook.
"""show."""

from __future__ import annotations

from functools import singledispatch
from html import escape

from docgen import renderers
from docgen.core.diagnostic import Severity
from docgen.diagram.drawing import Drawing
from docgen.model.trace import FlowReport, Verdict
from docgen.pages.markdown import anchor
from docgen.pipeline.design import Design
from docgen.pipeline.figure_files import stage
from docgen.pipeline.sources import texts_of
from docgen.reports.trace_text import report_text
from docgen.site import embed
from docgen.site.contents import stages_of

HEIGHT = 760
"""Of a design's frame, in px."""
_MARKS = {Verdict.ALLOWED: ("✓", "#13713f"), Verdict.BLOCKED: ("✕", "#b42318"), Verdict.UNKNOWN: ("?", "#5a6a80")}


@singledispatch
def show(value: object) -> str:
    """A value as HTML or SVG.

    Raises:
        TypeError: nothing is known to show of this type.
    """
    raise TypeError(f"a notebook shows no {type(value).__name__}")


@show.register
def _design(design: Design) -> str:
    """The player in a frame; where the definition has errors, these."""
    if design.failed:
        errors = [d for d in design.diagnostics if d.severity is Severity.ERROR]
        sources = texts_of(errors, design.architecture.sources)
        return f"<style>{embed.plain_style()}</style>{embed.error_box(errors, sources, 'This design has errors')}"
    title = design.architecture.title
    fragment = embed.fragment(design, stages_of(stage(design)), prefix=anchor(design.slug))
    page = embed.document(title, [fragment], fill=True)
    return (
        f'<iframe title="{escape(title)}" sandbox="allow-scripts" srcdoc="{escape(page)}" '
        f'style="display:block;width:100%;height:{HEIGHT}px;border:0;resize:vertical"></iframe>'
    )


@show.register
def _report(report: FlowReport) -> str:
    """The answer in a sentence, with every hop behind it."""
    mark, colour = _MARKS[report.verdict]
    verdict = f'<b style="color:{colour}">{mark} {escape(str(report.verdict)).capitalize()}</b>'
    return (
        f"<div>{verdict} {escape(report.text)}</div>"
        f"<details><summary>Every hop</summary><pre>{escape(report_text(report))}</pre></details>"
    )


@show.register
def _drawing(drawing: Drawing) -> str:
    """The light SVG file."""
    return renderers.render(drawing, "svg", renderers.Options()).decode("utf-8")
