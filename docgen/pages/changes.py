# What a design adds to, changes in and removes from the one that it extends.
#
# In:  a Design with its Changes. Out: lines for the page's template; None where it extends nothing.
"""News, news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from docgen.core.data import dataclass
from docgen.model.changes import Change
from docgen.model.component import Component, Key
from docgen.model.kind import Kind
from docgen.pages.build import Build, Design, design_path
from docgen.pages.markdown import code, link, text


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The difference to the step before, line by line."""

    base: Markup
    lines: tuple[tuple[str, Markup], ...]
    """`added`, `removed` or `changed`, and the line."""


def news(build: Build, design: Design) -> News | None:
    """What is new since the base, grouped by kind; None where there is no base."""
    if design.base is None or design.changes is None:
        return None
    published = any(d.slug == design.base.slug for d in build.designs)
    target = f"../../{design_path(design.base.slug)}"
    before = {c.key: c for c in design.base.components}
    after = {c.key: c for c in design.architecture.components}
    kinds = design.network.kinds
    lines = (
        *_groups("added", design.changes.added, after, kinds),
        *_groups("removed", design.changes.removed, before, kinds),
        *_changed(design.changes.changed, after, kinds),
    )
    return News(base=link(design.base.title, target) if published else text(design.base.title), lines=lines)


def _groups(
    mark: str, keys: Iterable[Key], components: Mapping[Key, Component], kinds: Mapping[str, Kind]
) -> Iterator[tuple[str, Markup]]:
    by_kind: dict[str, list[Key]] = {}
    for key in keys:
        by_kind.setdefault(key.kind, []).append(key)
    for same in by_kind.values():
        yield mark, _named(same, components, kinds)


def _changed(
    changed: Iterable[Change], components: Mapping[Key, Component], kinds: Mapping[str, Kind]
) -> Iterator[tuple[str, Markup]]:
    """One line for all components of a kind in which the same fields changed."""
    alike: dict[tuple[str, tuple[str, ...]], list[Key]] = {}
    for change in changed:
        alike.setdefault((change.key.kind, change.fields), []).append(change.key)
    for (_, fields), keys in alike.items():
        yield "changed", Markup("{}: {}").format(_named(keys, components, kinds), _fields(fields))


def _named(keys: list[Key], components: Mapping[Key, Component], kinds: Mapping[str, Kind]) -> Markup:
    kind = kinds[keys[0].kind]
    names = Markup(", ").join(code(components[key].id if key in components else key.path) for key in keys)
    return Markup("{} {}").format(text(kind.title), names)


def _fields(names: Iterable[str]) -> Markup:
    return Markup(", ").join(text(name.replace("_", " ")) for name in names)
