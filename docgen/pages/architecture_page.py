# The page of one design: picture, prose, what is new, flows step by step, address plan, policies, downloads.
#
# In:  a Design with the sizes of its pictures and its prose. Out: one Page.
"""architecture_page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup

from docgen.core.diagnostic import Diagnostic
from docgen.model.trace import Verdict
from docgen.pages import changes, policies, verdicts
from docgen.pages.address_plan import VpcPlan, address_plans, segments
from docgen.pages.build import Build, Design, Page, Picture, design_path
from docgen.pages.figures import fill_figures
from docgen.pages.flow_table import flow_table
from docgen.pages.flows import FlowView, flow_views
from docgen.pages.front_matter import front_matter
from docgen.pages.lesson import lesson_view
from docgen.pages.markdown import attribute, code, link, prose, table, text
from docgen.pages.outline import definition_file
from docgen.pages.player import Place, player_of, reason_link
from docgen.pages.policies import AclCard, TableCard
from docgen.pages.prose import harmless
from docgen.pages.resilience import resilience_view
from docgen.pages.rule_page import rule_link
from docgen.pages.templating import render
from docgen.pages.uses import Uses, uses_of
from docgen.reports.coverage_text import counts_text
from docgen.reports.invariant_text import coverage_text, evidence, statement
from docgen.reports.trace_text import meets

ROOT = "../../"
"""From a design's page to the folder of all pages."""


def architecture_page(build: Build, design: Design) -> Page:
    """The whole page of one design."""
    architecture = design.architecture
    pictures = dict(build.pictures.get(architecture.slug, {}))
    flows = flow_views(design, pictures)
    source = definition_file(design)
    used = uses_of(flows)
    coverage = design.coverage
    idle = policies.Idle(coverage)
    resilience = resilience_view(design, {f.id: f.anchor for f in flows}, _reason_link)
    body = render(
        "architecture",
        slug=architecture.slug,
        title=architecture.title,
        summary=architecture.summary,
        chips=_chips(design, flows),
        player=player_of(build, design, Place(root=ROOT, files=""), flows),
        prose=design_prose(design.prose, [d.slug for d in build.designs]),
        lesson=lesson_view(design, {f.id: f for f in flows}),
        news=changes.news(build, design),
        flows=flows,
        plans=address_plans(design.network),
        tables=policies.route_tables(design.network, idle),
        group_table=_group_table(policies.security_groups(design.network, idle), used),
        acls=policies.network_acls(design.network, idle),
        coverage=counts_text(coverage) if coverage.lines else "",
        invariants=_invariants(design),
        resilience=resilience,
        flow_table=flow_table(flows, resilience.zones if resilience else (), _reason_link),
        diagnostics=_diagnostics(design),
        accepted=_accepted(design),
        downloads=_downloads(architecture.slug, pictures, flows),
        route_rows=lambda card: _route_rows(card, used),
        acl_rows=lambda card: _acl_rows(card, used),
        definition=architecture.sources.get(source, ""),
        definition_name=f"{architecture.slug}/architecture.yaml",
        **_helpers(),
    )
    meta = {
        "title": str(attribute(architecture.title)),
        "description": str(attribute(architecture.summary or architecture.title)),
        "hide": ["navigation", "toc"],
    }
    markdown = f"{front_matter(meta)}\n{body}\n"
    return Page(design_path(architecture.slug), architecture.title, markdown, source)


def design_prose(markdown: str, slugs: Iterable[str]) -> Markup:
    """A README without its first heading and what a page would run; links to those of other designs lead to pages.

    >>> print(design_prose("# Title\\n\\nAfter [one](../one/README.md#why) and [two](two.md).", ["one", "two"]))
    After [one](../one/index.md#why) and [two](../two/index.md).
    """
    body = re.sub(r"\A\s*#[ \t][^\n]*\n", "", markdown, count=1)
    names = "|".join(map(re.escape, slugs)) or "(?!)"
    links = rf"\]\((?:\.\./)?({names})(?:\.md|/README\.md|/)?(#[^)\s]*)?\)"
    led = re.sub(links, r"](../\1/index.md\2)", harmless(body))
    return Markup(fill_figures(led, ROOT).strip())


def _helpers() -> dict[str, Callable[..., object]]:
    return {
        "reason_link": _reason_link,
        "plan_table": _plan_table,
        "segments": segments,
        "names": _names,
    }


def _reason_link(code: str) -> Markup:
    return reason_link(code, ROOT)


def _chips(design: Design, flows: Sequence[FlowView]) -> list[Markup]:
    if not flows:
        return []
    expects = {flow.id: flow.expect for flow in design.architecture.flows}
    as_declared = sum(1 for f in flows if (e := expects[f.id]) is not None and meets(f.report, e))
    chips = [Markup('<span class="dg-chip">{} of {} flows as declared</span>').format(as_declared, len(flows))]
    for verdict in Verdict:
        count = sum(1 for f in flows if f.report.verdict is verdict)
        if count:
            chips.append(verdicts.badge(verdict, f"{count} {verdict}"))
    return chips


def _plan_table(plan: VpcPlan) -> Markup:
    rows = [
        (
            code(row.name),
            row.tier,
            code(row.zone),
            _addresses(row.block, row.ipv6_block),
            row.usable,
            row.in_use,
            link(code(row.table), f"#{row.table_anchor}"),
            link(code(row.acl), f"#{row.acl_anchor}"),
            _joined(
                Markup("{} {} {}").format(code(r.name), text(r.kind), _addresses(r.private_ip, r.public_ip, r.ipv6))
                for r in row.residents
            ),
        )
        for row in plan.rows
    ]
    header = ["Subnet", "Tier", "Zone", "Block", "Usable", "In use", "Route table", "Network ACL", "Holds"]
    return table(header, rows, numbers=(4, 5))


def _addresses(*addresses: object) -> Markup:
    return Markup(", ").join(code(address) for address in addresses if address)


def _route_rows(card: TableCard, used: Uses) -> Markup:
    rows = [
        (*_greyed(idle, code(d), code(t), text(origin)), used.links(card.key, f"{d} -> {t}"))
        for d, t, origin, idle in card.rows
    ]
    return table(["Destination", "Target", "Origin", "Flows"], rows)


def _acl_rows(card: AclCard, used: Uses) -> Markup:
    rows = []
    for direction, number, match, allows, idle in card.rows:
        effect = Markup('<span class="dg-{}">{}</span>').format(*_effect(allows))
        links = used.links(card.key, f"{number} {'allow' if allows else 'deny'} {match}")
        rows.append((*_greyed(idle, text(direction), text(number), code(match), effect), links))
    return table(["Way", "Rule", "Match", "Effect", "Flows"], rows)


def _greyed(idle: bool, *cells: Markup) -> tuple[Markup, ...]:
    """The cells of a line, told apart where nothing exercises it."""
    return tuple(Markup('<span class="dg-idle">{}</span>').format(cell) for cell in cells) if idle else cells


def _effect(allows: bool) -> tuple[str, str]:
    return ("allow", "Allow") if allows else ("deny", "Deny")


def _group_table(groups: Iterable[policies.GroupRow], used: Uses) -> Markup:
    rows = [
        (
            Markup('<span id="{}">{}</span>{}').format(g.anchor, code(g.name), _small(g.note)),
            _joined(code(name) for name in g.carriers) or "nothing",
            _joined(_rule(g, rule, idle, used) for rule, idle in g.ingress) or "nothing",
            _joined(_rule(g, rule, idle, used) for rule, idle in g.egress) or "nothing",
        )
        for g in groups
    ]
    return table(["Security group", "Carried by", "In", "Out"], rows)


def _rule(group: policies.GroupRow, rule: str, idle: bool, used: Uses) -> Markup:
    return Markup("{} {}").format(*_greyed(idle, code(rule)), used.links(group.key, rule))


def _small(note: str) -> Markup:
    return Markup(" <small>{}</small>").format(text(note)) if note else Markup("")


def _names(users: Sequence[str], note: str) -> Markup:
    listed = Markup(", ").join(code(name) for name in users) if users else Markup("no subnet")
    return Markup("{} ({})").format(listed, text(note)) if note else listed


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("<br>").join(parts)


def _invariants(design: Design) -> Markup | None:
    rows = [
        (
            report.invariant.title or report.invariant.id,
            f"{statement(report.invariant)}.",
            report.standing,
            "; ".join(evidence(report)) or coverage_text(report.coverage),
        )
        for report in design.invariants
    ]
    return table(["Invariant", "Demands", "Standing", "Proven for, or broken by"], rows) if rows else None


def _diagnostics(design: Design) -> Markup | None:
    rows = [(*_diagnostic(d), prose(f"{d.text} ({d.hint})" if d.hint else d.text)) for d in design.diagnostics]
    return table(["Severity", "Rule", "Line", "What"], rows) if rows else None


def _diagnostic(diagnostic: Diagnostic) -> tuple[Markup, Markup, object]:
    """Severity, code and line."""
    severity = diagnostic.severity.value
    badge = Markup('<span class="dg-severity dg-severity--{}">{}</span>').format(severity, severity)
    return badge, rule_link(diagnostic.code, ROOT), diagnostic.span.line or ""


def _accepted(design: Design) -> Markup | None:
    """What the author knows and accepts."""
    rows = [(*_diagnostic(s.diagnostic), prose(s.diagnostic.text), text(s.reason)) for s in design.suppressed]
    return table(["Severity", "Rule", "Line", "What", "Why it is accepted"], rows) if rows else None


def _svg_links(view: str, picture: Picture) -> Markup:
    light = link("SVG", f"{view}.svg")
    return Markup("{}, {}").format(light, link("dark", f"{view}.dark.svg")) if picture.dark else light


def _downloads(slug: str, pictures: Mapping[str, Picture], flows: Iterable[FlowView]) -> Markup:
    names = {"overview": "Overview", **{f.view: f.title for f in flows}}
    files = [
        ("draw.io file", "Editable, a page for each view", f"{slug}.drawio"),
        ("SVG picture", "Sharp at any size", "overview.svg"),
        ("PNG picture", "For slides and wikis", "overview.png"),
        ("Definition", "YAML, to copy and change", "architecture.yaml"),
        ("Traces", "JSON, every hop and decision", "traces.json"),
    ]
    views = [
        (
            names.get(view, view),
            _svg_links(view, pictures[view]),
            link("PNG", f"{view}.png") if pictures[view].png else "",
            link("draw.io", f"{view}.drawio"),
        )
        for view in pictures
    ]
    return render("downloads", files=files if pictures else files[3:], views=views)
