# What was checked, as test cases: every flow, every invariant, every rule, every file, a suite for each design.
#
# In:  opened designs. Out: suites for core/junit.py. Decides nothing: a case fails where the command does.
"""suites_of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from docgen.analysis.invariants import Standing
from docgen.core.diagnostic import Diagnostic, Severity
from docgen.core.junit import Case, Outcome, Suite
from docgen.core.report import as_text
from docgen.pipeline.design import Design
from docgen.pipeline.expectations import unmet
from docgen.pipeline.invariants import not_held
from docgen.reports.invariant_text import coverage_text
from docgen.reports.trace_text import outcome_text
from docgen.rules import all_rules

_READING = ("DGY-", "DGR-")
"""Codes of what keeps a definition from being read whole: rules then judge a part, and flows are not traced."""
_UNREADABLE = "not checked: the definition has errors"


def suites_of(
    designs: Iterable[Design], diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], *, strict: bool = False
) -> tuple[Suite, ...]:
    """A suite for each design, then one for each place of diagnostics that belong to none that could be opened.

    Args:
        designs: Those that could be opened, in order.
        diagnostics: Of all, also of those that could not.
        sources: Texts of files, for excerpts.
        strict: Whether warnings and remarks fail a case too.
    """
    opened = tuple(designs)
    suites = [_Told(sources, strict).suite(design) for design in opened]
    theirs = {d for design in opened for d in design.diagnostics}
    others: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if diagnostic not in theirs:
            others.setdefault(diagnostic.span.file, []).append(diagnostic)
    for file, found in others.items():
        cases = (_Told(sources, strict).case("files", PurePosixPath(file).name or "docgen", found),)
        suites.append(Suite(name=PurePosixPath(file).parent.name or file or "docgen", file=file, cases=cases))
    return tuple(suites)


class _Told:
    """Makes cases, and remembers which diagnostics they told."""

    def __init__(self, sources: Mapping[str, str], strict: bool) -> None:
        self._sources = sources
        self._strict = strict
        self._told: set[Diagnostic] = set()

    def suite(self, design: Design) -> Suite:
        """Files first, as whoever mends things would take them."""
        checked = (*self._flows(design), *self._invariants(design), *self._rules(design))
        file = next(iter(design.architecture.sources), "")
        return Suite(name=design.slug, file=file, cases=(*self._files(design, file), *checked))

    def case(
        self,
        group: str,
        name: str,
        found: Iterable[Diagnostic],
        *,
        fine: str = "",
        skip: str = "",
        accepted: str = "",
    ) -> Case:
        """A case of what was found.

        Args:
            group: What it is one of.
            name: Its own.
            found: What there is to say against it.
            fine: What there is to say otherwise.
            skip: Why it says nothing, where nothing was found that fails it; "" for a case that passes then.
            accepted: More to say of what somebody accepts.
        """
        listed = tuple(found)
        self._told.update(listed)
        text = "\n".join(filter(None, (as_text(listed, self._sources), accepted))) or fine
        failing = [d for d in listed if self._strict or d.severity is Severity.ERROR]
        if failing:
            first, more = failing[0], len(failing) - 1
            message = f"{first.span}: {first.text}" if first.span.line else first.text
            message += f" (and {more} more)" if more else ""
            return Case(group=group, name=name, outcome=Outcome.FAILED, message=message, text=text, code=first.code)
        if skip:
            return Case(group=group, name=name, outcome=Outcome.SKIPPED, message=skip, text=text)
        return Case(group=group, name=name, text=text)

    def _flows(self, design: Design) -> Iterator[Case]:
        for flow in design.architecture.flows:
            report = design.reports.get(flow.id)
            if report is None:
                yield self.case("flows", flow.id, (), skip=_UNREADABLE)
                continue
            found = unmet(design.architecture, {flow.id: report}, design.network)
            outcome = outcome_text(report)
            nothing = "" if flow.expect else f"it has no `expect`; it is {outcome}"
            yield self.case("flows", flow.id, found, fine=f"{report.text}\n{outcome}", skip=nothing)

    def _invariants(self, design: Design) -> Iterator[Case]:
        standing = {report.invariant.id: report for report in design.invariants}
        for invariant in design.architecture.invariants:
            report = standing.get(invariant.id)
            if report is None:
                yield self.case("invariants", invariant.id, (), skip=_UNREADABLE)
                continue
            unproven = "" if report.standing is Standing.HELD else f"it is {report.standing}"
            proven = f"proven for {coverage_text(report.coverage)}"
            found = not_held(design.network, (report,))
            yield self.case("invariants", invariant.id, found, fine=proven, skip=unproven)

    def _rules(self, design: Design) -> Iterator[Case]:
        unread = any(d.code.startswith(_READING) and d.severity is Severity.ERROR for d in design.diagnostics)
        complete = bool(design.reports) or not unread
        for rule in all_rules():
            found = [d for d in design.diagnostics if d.code == rule.code]
            accepted = [s for s in design.suppressed if s.diagnostic.code == rule.code]
            reasons = "; ".join(dict.fromkeys(s.reason for s in accepted))
            skip = "" if complete or found else _UNREADABLE
            skip = f"accepted: {reasons}" if accepted and not found else skip
            noted = as_text((s.noted for s in accepted), self._sources)
            yield self.case("rules", f"{rule.code} {rule.name}", found, fine=noted, skip=skip)

    def _files(self, design: Design, definition: str) -> Iterator[Case]:
        """What is said of a design's files and belongs to no flow, invariant or rule."""
        found: dict[str, list[Diagnostic]] = {definition: []}
        for diagnostic in design.diagnostics:
            if diagnostic not in self._told:
                found.setdefault(diagnostic.span.file, []).append(diagnostic)
        folder = PurePosixPath(definition).parent
        for file, listed in found.items():
            path = PurePosixPath(file)
            yield self.case("files", path.name if path.parent == folder else file, listed)
