# Reference pages of components: what each kind does to a packet, how it is written, where it is used.
#
# In:  the kinds' own registry and the designs. Out: an overview, and the page of a kind.
"""Users, users_of, kind_index, kind_page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from docgen.kinds import all_kinds
from docgen.model.kind import Kind, Support
from docgen.pages.build import Build, Page, design_path, kind_path
from docgen.pages.field_table import KeyTable, key_tables
from docgen.pages.front_matter import front_matter
from docgen.pages.links import up
from docgen.pages.markdown import code, link, table, text
from docgen.pages.quotas import quota_table
from docgen.pages.templating import render

INDEX = "reference/components/index.md"


Users = tuple[tuple[str, str, int], ...]
"""Slug and title of each design that has a kind of component, and how many."""


def users_of(build: Build, kind: str) -> Users:
    """The designs that have a kind of component."""
    return tuple((d.slug, d.title, d.count[kind]) for d in build.designs if kind in d.count)


def kind_index() -> Page:
    """Every kind in the order of names."""
    rows = [
        (
            _icon(kind, up(INDEX)) + link(kind.title, f"{kind.name}.md"),
            code(f"{kind.plural}:") if kind.plural else "always there",
            kind.scope.words,
            kind.summary,
        )
        for kind in all_kinds().values()
    ]
    intro = "What a definition can hold, how far each thing reaches, and what it does to a packet."
    listed = table(["Component", "Written under", "Scope", "What it does to a packet"], rows)
    meta = front_matter({"title": "Components", "hide": ["toc"]})
    return Page(INDEX, "Components", f"{meta}\n# Components\n\n{intro}\n\n{_rows_on_a_phone(listed)}\n")


def kind_page(name: str, users: Users) -> Page:
    """The page of one kind and of the designs that have it."""
    kinds = all_kinds()
    kind, path = kinds[name], kind_path(name)
    body = render(
        "kind",
        kind=kind,
        icon=_icon(kind, up(path)),
        facts=tuple(_facts(kind, kinds)),
        tables=key_tables(kind.component),
        key_rows=_key_rows,
        quotas=quota_table(kind.name),
        used=tuple(_used(users, up(path))),
    )
    meta = front_matter({"title": kind.title, "description": kind.summary, "hide": ["toc"]})
    return Page(path, kind.title, f"{meta}\n{body}\n")


def _icon(kind: Kind, root: str) -> Markup:
    """Beside the name of the kind, so that it needs no words of its own; "" where the kind has none."""
    if not kind.icon:
        return Markup("")
    return Markup('![]({}){{ .dg-kindicon width="48" height="48" }} ').format(
        f"{root}assets/docgen/icons/{kind.icon}.svg"
    )


def _facts(kind: Kind, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Markup]]:
    if kind.plural:
        words = Markup(" or ").join(
            Markup("in {}").format(link(kinds[c].title, f"{c}.md")) if c else Markup("at the top of the file")
            for c in kind.contained_in
        )
        keys = Markup(" or ").join(code(f"{key}:") for key in (kind.plural, kind.singular) if key)
        yield "Written under", Markup("{}, {}").format(keys, words)
    yield "Scope", text(kind.scope.words + (f"; {kind.scope_note}" if kind.scope_note else ""))
    for where, fields in (("Regions", kind.across_regions), ("accounts", kind.across_accounts)):
        if fields:
            yield f"Across {where}", Markup(", ").join(map(code, fields))
    if kind.per_zone:
        where = "of the subnet that it stands in" if kind.parent_field else "where it names what is per zone"
        yield "Zones", text(f"one for each zone {where}")
    yield "In a flow", text("can be its start or its end" if kind.endpoint else "stands on the way")
    if kind.route_target:
        yield "In a route table", text("can be a route's target")
    if kind.support is Support.DRAWN:
        yield "Support", text("drawn only: a flow through it is UNKNOWN")
    if kind.limits:
        yield "Limits", text(kind.limits)
    if kind.cfn_type:
        yield "CloudFormation", code(kind.cfn_type)
    if kind.terraform_type:
        yield "Terraform", code(kind.terraform_type)
    yield "Source", link(kind.source.removeprefix("https://"), kind.source)


def _key_rows(keys: KeyTable) -> Markup:
    rows = [(code(key.name), key.value, key.default, key.text) for key in keys.keys]
    return _rows_on_a_phone(table(["Key", "Value", "Unless said", "Meaning"], rows))


def _rows_on_a_phone(listed: Markup) -> Markup:
    return Markup('<div class="dg-keytable" markdown>\n\n{}\n\n</div>').format(listed)


def _used(users: Users, root: str) -> Iterable[Markup]:
    for slug, title, count in users:
        yield Markup("{} ({})").format(link(title, f"{root}{design_path(slug)}"), count)
