# Address plan, route tables, filters, invariants and diagnostics of a design as blocks.
#
# In:  a Design. Out: blocks that say what the design's page says.
"""policy_blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docgen.exporters._article import Block, Heading, Line, Paragraph, Table, code, joined, plain, prose, strong
from docgen.pages import Design, policies
from docgen.pages.address_plan import VpcPlan, address_plans
from docgen.reports.invariant_text import coverage_text, evidence, statement


def policy_blocks(design: Design) -> Iterator[Block]:
    """All of them, in the order of the design's page."""
    idle = policies.Idle()
    yield from _plans(address_plans(design.network))
    yield from _tables(policies.route_tables(design.network, idle))
    groups, acls = policies.security_groups(design.network, idle), policies.network_acls(design.network, idle)
    if groups or acls:
        yield Heading(2, plain("Filters"))
    if groups:
        yield _groups(groups)
    for acl in acls:
        yield Heading(3, plain(f"Network ACL {acl.name}"))
        yield Paragraph(_users(acl.users, acl.note))
        rows = (
            (plain(way), plain(number), code(match), plain("allow") if allows else strong("deny"))
            for way, number, match, allows, _ in acl.rows
        )
        yield _table(("Way", "Rule", "Match", "Effect"), rows)
    yield from _invariants(design)
    yield from _diagnostics(design)


def _plans(plans: Sequence[VpcPlan]) -> Iterator[Block]:
    if plans:
        yield Heading(2, plain("Address plan"))
    for plan in plans:
        blocks = joined([code(block) for block in (plan.block, *plan.more_blocks)])
        region = (*plain(" in "), *code(plan.region)) if plan.region else ()
        yield Paragraph((*strong(plan.name), *plain(" holds "), *blocks, *region, *plain(".")))
        rows = (
            (
                code(row.name),
                plain(row.tier),
                code(row.zone),
                joined([code(block) for block in (row.block, row.ipv6_block) if block]),
                plain(row.usable),
                plain(row.in_use),
                code(row.table),
                code(row.acl),
                joined([joined([code(r.name), plain(r.kind), code(r.private_ip)], " ") for r in row.residents]),
            )
            for row in plan.rows
        )
        header = ("Subnet", "Tier", "Zone", "Block", "Usable", "In use", "Route table", "Network ACL", "Holds")
        if plan.rows:
            yield _table(header, rows, numbers=(4, 5))


def _tables(cards: Sequence[policies.TableCard]) -> Iterator[Block]:
    if cards:
        yield Heading(2, plain("Route tables"))
    for card in cards:
        yield Heading(3, plain(f"Route table {card.name}"))
        yield Paragraph(_users(card.users, card.note))
        rows = ((code(to), code(target), plain(origin)) for to, target, origin, _ in card.rows)
        yield _table(("Destination", "Target", "Origin"), rows)


def _groups(groups: Sequence[policies.GroupRow]) -> Table:
    return _table(
        ("Security group", "Carried by", "In", "Out"),
        (
            (
                code(group.name),
                joined([code(name) for name in group.carriers]) or plain("nothing"),
                joined([code(rule) for rule, _ in group.ingress]) or plain("nothing"),
                joined([code(rule) for rule, _ in group.egress]) or plain("nothing"),
            )
            for group in groups
        ),
    )


def _invariants(design: Design) -> Iterator[Block]:
    if not design.invariants:
        return
    yield Heading(2, plain("Invariants"))
    rows = (
        (
            plain(report.invariant.title or report.invariant.id),
            plain(f"{statement(report.invariant)}."),
            strong(report.standing),
            plain("; ".join(evidence(report)) or coverage_text(report.coverage)),
        )
        for report in design.invariants
    )
    yield _table(("Invariant", "Demands", "Standing", "Proven for, or broken by"), rows)


def _diagnostics(design: Design) -> Iterator[Block]:
    if design.diagnostics:
        yield Heading(2, plain("Diagnostics"))
        rows = (
            (plain(d.severity), plain(d.code), plain(d.span.line or ""), prose(d.text)) for d in design.diagnostics
        )
        yield _table(("Severity", "Rule", "Line", "What"), rows)
    if design.suppressed:
        yield Heading(2, plain("Accepted risks"))
        accepted = (
            (plain(s.diagnostic.code), plain(s.diagnostic.span.line or ""), prose(s.diagnostic.text), plain(s.reason))
            for s in design.suppressed
        )
        yield _table(("Rule", "Line", "What", "Why it is accepted"), accepted)


def _users(users: Sequence[str], note: str) -> Line:
    listed = joined([code(name) for name in users]) or plain("no subnet")
    return (*plain("Used by "), *listed, *plain(f" ({note})" if note else ""))


def _table(names: Sequence[str], rows: Iterable[tuple[Line, ...]], numbers: Sequence[int] = ()) -> Table:
    return Table(header=tuple(plain(name) for name in names), rows=tuple(rows), numbers=frozenset(numbers))
