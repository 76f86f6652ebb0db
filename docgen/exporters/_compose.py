# The article of a design or of one of its flows, from the views that the site's pages are made of.
#
# In:  a Build of one design with its pictures. Out: an Article, which says what the design's page says.
"""compose, article_name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from docgen.exporters._article import (
    Article,
    Block,
    Bullets,
    Downloads,
    Fold,
    Heading,
    Line,
    Listing,
    Paragraph,
    Picture,
    Run,
    Step,
    Steps,
    Table,
    code,
    joined,
    link,
    plain,
    prose,
    sentence,
    strong,
)
from docgen.exporters._clean import cleaned
from docgen.exporters._policies import policy_blocks
from docgen.model.codes import REASON_CODES
from docgen.pages import Build, Design
from docgen.pages.flows import ConnectionView, FlowView, flow_views
from docgen.pages.markdown import anchor
from docgen.pages.outline import definition_file
from docgen.pages.player import OVERVIEW
from docgen.pages.step_view import DecisionView, StepView, header_words
from docgen.pages.verdicts import words


def compose(build: Build, design: Design, *, only: Collection[str] = (), site: str = "") -> Article:
    """The page of a design, or of one flow alone.

    Args:
        build: Holds the sizes of the design's pictures.
        design: The design.
        only: Ids of flows to show; () for all, and all else that the design's page has.
        site: Address of the published site, where its flows are played; "" for none.
    """
    return cleaned(_Composer(build, design, site).article(tuple(only)))


def article_name(design: Design, only: Collection[str] = ()) -> str:
    """What the article is called: `three-tier`, `three-tier-web-to-database`."""
    return anchor(design.architecture.slug, *only) if len(only) == 1 else anchor(design.architecture.slug)


class _Composer:
    """Writes the blocks of one design."""

    def __init__(self, build: Build, design: Design, site: str) -> None:
        self._design = design
        self._architecture = design.architecture
        self._pictures = build.pictures.get(self._architecture.slug, {})
        self._site = site.rstrip("/")

    def article(self, only: tuple[str, ...]) -> Article:
        architecture = self._architecture
        flows = flow_views(self._design, self._pictures, only=only)
        if len(only) == 1 and len(flows) == 1:
            (flow,) = flows
            return Article(
                name=article_name(self._design, only),
                title=flow.title,
                summary=f"A flow of {architecture.title}.",
                blocks=(*self._flow(flow), *self._files(flow.view, f"{flow.view}.json")),
            )
        return Article(
            name=article_name(self._design),
            title=architecture.title,
            summary=architecture.summary,
            blocks=tuple(self._whole(flows)),
        )

    def _whole(self, flows: tuple[FlowView, ...]) -> Iterator[Block]:
        yield from self._picture(OVERVIEW, f"Overview of {self._architecture.title}")
        yield Heading(2, plain("Flows"))
        if flows:
            yield self._answers(flows)
        else:
            yield Paragraph(plain("This design declares no flows."))
        for flow in flows:
            yield Heading(3, plain(flow.title))
            yield from self._flow(flow)
        parts = [view for view in self._pictures if view != OVERVIEW and view not in {f.view for f in flows}]
        if parts:
            yield Heading(2, plain("Views of parts"))
        for view in parts:
            yield from self._picture(view, view.partition("-")[2] or view)
        yield from policy_blocks(self._design)
        definition = self._architecture.sources.get(definition_file(self._design), "")
        if definition:
            yield Heading(2, plain("Definition"))
            yield Fold(title=plain("architecture.yaml"), blocks=(Listing(text=definition, language="yaml"),))
        yield from self._files(OVERVIEW, "traces.json", f"{anchor(self._architecture.slug)}.drawio")

    def _picture(self, view: str, alt: str) -> Iterator[Block]:
        picture = self._pictures.get(view)
        if picture:
            yield Picture(view=view, alt=alt, width=picture.width, height=picture.height)

    def _answers(self, flows: tuple[FlowView, ...]) -> Table:
        names = ("", "Flow", "From", "To", "Asks for", "Answer")
        return Table(
            header=tuple(plain(name) for name in names),
            rows=tuple(
                (
                    plain(flow.number),
                    (
                        Run(text=flow.title, section=flow.title),
                        *plain(f" ({flow.circumstances})" if flow.circumstances else ""),
                    ),
                    code(flow.source),
                    code(flow.destination),
                    code(flow.service),
                    self._verdict(flow),
                )
                for flow in flows
            ),
            numbers=frozenset({0}),
        )

    def _verdict(self, flow: FlowView) -> Line:
        return joined([strong(words(flow.report.verdict)), code(flow.report.reason)])

    # -- a flow -------------------------------------------------------------------------------------
    def _flow(self, flow: FlowView) -> Iterator[Block]:
        ends = joined([code(flow.source), code(flow.destination)], " → ")
        asked = joined([ends, code(flow.service), plain(flow.circumstances)], " ")
        yield Paragraph((*self._verdict(flow), *plain(": "), *asked))
        yield from self._picture(flow.view, flow.alt)
        yield Paragraph(sentence(flow.report.text))
        reason = REASON_CODES.get(flow.report.reason)
        if reason:
            yield Paragraph((*code(reason.code), *plain(": "), *prose(reason.meaning)))
        if flow.description:
            yield Paragraph(plain(flow.description))
        yield Paragraph(plain(flow.declared[1]))
        yield from _remedy(flow)
        branches = tuple((one.depth, _branch(one)) for one in flow.connections if not one.parallel)
        if len(branches) > 1:
            yield Bullets(branches)
        yield from _steps(flow)
        if flow.parallel:
            title = f"{len(flow.parallel)} more of the same: other zones, other copies"
            same = tuple((0, _branch(one)) for one in flow.parallel)
            yield Fold(title=plain(title), blocks=(Bullets(same),))
        yield from _records(flow)
        if self._site:
            yield Paragraph(link("This flow on the site, step by step", self._page(flow.anchor)))

    # -- what stands beside it -----------------------------------------------------------------------
    def _files(self, view: str, traces: str, whole: str = "") -> Iterator[Block]:
        """Files that the reader may take; an exporter leaves out what it does not write."""
        yield Heading(2, plain("Downloads"))
        pictures = (
            ("Picture, SVG", f"{view}.svg"),
            ("Picture, PNG at twice the size", f"{view}.png"),
            ("Picture to edit in draw.io", f"{view}.drawio"),
        )
        yield Downloads(
            (
                *(pictures if view in self._pictures else ()),
                *((("All pictures as pages of one draw.io file", whole),) if whole and self._pictures else ()),
                ("Trace with every hop and decision, JSON", traces),
                ("Definition, YAML", "architecture.yaml"),
            )
        )

    def _page(self, place: str) -> str:
        return f"{self._site}/designs/{self._architecture.slug}/index.html#{place}"


def _remedy(flow: FlowView) -> Iterator[Block]:
    change = flow.report.smallest_change
    if change is None:
        return
    if not change.edits:
        yield Paragraph(prose(change.text))
        return
    meant = "If that is ever to change, this opens it:"
    yield Paragraph(plain(meant if flow.meant else "The smallest change that opens it:"))
    yield Bullets(tuple((0, prose(edit.text)) for edit in change.edits))


def _branch(one: ConnectionView) -> Line:
    """A connection as an item of the tree."""
    numbers = ", ".join(str(step.number) for step in one.forward)
    steps = f"(step{'s' if len(one.forward) > 1 else ''} {numbers})" if numbers else ""
    elsewhere = f"({one.elsewhere})" if one.elsewhere else ""
    words_of = [strong(words(one.connection.verdict)), plain(one.name), plain(one.connection.purpose)]
    return joined([plain(one.number), *words_of, plain(steps), plain(elsewhere)], " ")


def _steps(flow: FlowView) -> Iterator[Block]:
    """The way there, the way back, and every check: what an earlier connection tells is left out."""
    there = _told(step for one in flow.connections for step in one.forward)
    back = _told(step for one in flow.connections for step in one.returning)
    if there:
        yield Steps(tuple(map(_step, there)))
    if back:
        stopped = any(step.stopped for step in back)
        yield Fold(
            title=plain("The answers, on their way back"), blocks=(Steps(tuple(map(_step, back))),), open=stopped
        )
    rows = (*_checks(there, ""), *_checks(back, " back"))
    if rows:
        names = tuple(plain(name) for name in ("Step", "Check", "Passed", "Why"))
        yield Fold(title=plain("Every check"), blocks=(Table(header=names, rows=rows),))


def _checks(steps: tuple[StepView, ...], way: str) -> Iterator[tuple[Line, ...]]:
    for step in steps:
        for decision in step.decisions:
            why = joined([sentence(decision.text), code(decision.code)], " ")
            yield plain(f"{step.number}{way}"), plain(decision.label), plain(decision.mark), why


def _told(steps: Iterable[StepView]) -> tuple[StepView, ...]:
    """Without those that an earlier one tells, in another zone or copy; one that alone ends there stays."""
    told: list[StepView] = []
    for step in steps:
        twin = any(one.number == step.number and one.stopped == step.stopped for one in told)
        if not step.brief or (step.stopped and not twin):
            told.append(step)
    return tuple(told)


def _step(step: StepView) -> Step:
    header = step.header
    return Step(
        number=step.number,
        source=step.source,
        target=step.target,
        why=sentence(step.why),
        stopped=step.stopped,
        before=header_words(header.before) if header else "",
        after=header_words(header.after) if header and header.after else "",
        compared=next((_compared(d) for d in step.decisions if d.open and d.candidates), None),
    )


def _compared(decision: DecisionView) -> Table:
    rows = tuple(
        (
            (Run(text=c.text, code=True, strong=c.chosen),),
            joined([(strong if c.chosen else plain)(c.reason), code(c.code)], " "),
        )
        for c in decision.candidates
    )
    return Table(header=(plain(decision.label[:1].upper() + decision.label[1:]), plain("Result")), rows=rows)


def _records(flow: FlowView) -> Iterator[Block]:
    """What flow logs would show."""
    if not flow.records:
        return
    names = ("Interface", "Way", "Action", "From and to", "Record")
    rows = tuple(
        (
            code(one.record.interface or one.record.component_name),
            plain(one.record.direction.value),
            plain(one.record.action.value),
            code(one.ends),
            joined([code(line) for line in (one.record.line(), *one.other_lines)]),
        )
        for one in flow.records
    )
    table = Table(header=tuple(plain(name) for name in names), rows=rows)
    title = f"What flow logs would show: {flow.recorded}"
    yield Fold(title=plain(title), blocks=(table, Paragraph(plain(flow.records_note))))
