# What changed between two states of a design, or of a folder of designs; told, and drawn on one picture.
#
# In:  two opened designs. Out: Difference, and files of its picture.
"""difference, pairs_of, drawn, opened_to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from docgen import diagram, loader, renderers, routing
from docgen.analysis.difference import ComponentChange, Difference, FieldChange, flow_changes
from docgen.analysis.reach import Reached, opened
from docgen.analysis.selectors import UnclearSelectorError, select
from docgen.core.errors import UnknownNameError
from docgen.kinds import all_kinds
from docgen.model.architecture import Architecture
from docgen.model.changes import Mark, compare
from docgen.model.component import Component, Key
from docgen.model.network import Network
from docgen.model.trace import FlowReport
from docgen.pipeline.design import Design, answer
from docgen.pipeline.reachability import selector

_MOST_WAYS = 24
"""Of the ways opened, and of those closed, so many are drawn."""
_EMPTY = Architecture(slug="", title="")


def pairs_of(before: Sequence[Design], after: Sequence[Design]) -> Iterator[tuple[Design | None, Design | None]]:
    """Which design belongs to which: two alone to each other, of several those of one name; None for no other."""
    if len(before) == len(after) == 1:
        yield before[0], after[0]
        return
    old = {d.slug: d for d in before}
    new = {d.slug: d for d in after}
    for slug, design in new.items():
        yield old.get(slug), design
    for slug, design in old.items():
        if slug not in new:
            yield design, None


def difference(before: Design | None, after: Design | None) -> Difference:
    """From one state of a design to the next; None where there is none, and everything is new or gone."""
    shown = after or before
    assert shown is not None
    old, new = (d.network if d else routing.resolve(_EMPTY, all_kinds()).value for d in (before, after))
    gained, lost = opened(old, new)
    return Difference(
        slug=shown.slug,
        title=shown.architecture.title,
        components=tuple(_components(old, new)),
        flows=tuple(
            flow_changes((old, before.reports if before else {}), (new, after.reports if after else {}), answer)
        ),
        opened=gained,
        closed=lost,
    )


def _components(before: Network, after: Network) -> Iterator[ComponentChange]:
    changes = compare(before.architecture, after.architecture)
    old = {c.key: c for c in before.architecture.components}
    new = {c.key: c for c in after.architecture.components}
    for key in changes.added:
        yield _change(after, key, Mark.ADDED)
    for key in changes.removed:
        yield _change(before, key, Mark.REMOVED)
    for changed in changes.changed:
        fields = tuple(_fields(old[changed.key], new[changed.key]))
        if fields:
            yield replace(_change(after, changed.key, Mark.CHANGED), fields=fields)


def _change(network: Network, key: Key, mark: Mark) -> ComponentChange:
    return ComponentChange(key=key, mark=mark, kind_title=network.kinds[key.kind].title, name=network.name(key))


def _fields(before: Component, after: Component) -> Iterator[FieldChange]:
    """The keys of its block that are written otherwise."""
    old, new = loader.written(before), loader.written(after)
    for name in dict.fromkeys((*new, *old)):
        then, now = old.get(name, ()), new.get(name, ())
        removed, added = tuple(x for x in then if x not in now), tuple(x for x in now if x not in then)
        if removed or added:
            yield FieldChange(name=name, removed=removed, added=added)
        elif then != now:  # the same in another order: told whole
            yield FieldChange(name=name, removed=then, added=now)


def opened_to(after: Network, rows: Iterable[Reached], names: Sequence[str]) -> tuple[Reached, ...]:
    """The rows that end at what the names mean in a network.

    Raises:
        UnknownNameError: they mean nothing there.
    """
    wanted: set[Key] = set()
    for name in names:
        try:
            wanted.update(place.component for place in select(after, [selector(name)]).targets(after))
        except UnclearSelectorError as error:
            raise UnknownNameError("component", name, []) from error
    return tuple(row for row in rows if row.destination in wanted)


# -- the picture -----------------------------------------------------------------------------------
def drawn(
    before: Design | None,
    after: Design | None,
    told: Difference,
    formats: Sequence[str],
    *,
    scale: float = 1.0,
    themes: Sequence[str] = ("light",),
) -> dict[str, bytes]:
    """Both states on one picture, what was added, removed and changed marked; by file name."""
    union = _union(before, after)
    usual = [f for f in told.flows if not (f.flow.when.variant or f.flow.when.outage)]
    old = {**{f.flow.id: f.before for f in usual if f.before}, **_ways(told.closed)}
    new = {**{f.flow.id: f.after for f in usual if f.after}, **_ways(told.opened)}
    drawing = diagram.draw_changes(union, old, new, {c.key: c.mark for c in told.components})
    return {
        renderers.file_name(f"{told.slug}-changes", name, theme): renderers.render(
            drawing, name, renderers.Options(scale=scale, theme=theme)
        )
        for name in formats
        for theme in themes
    }


def _ways(rows: Sequence[Reached]) -> dict[str, FlowReport]:
    """Ways that no flow speaks of, as far as the picture bears them."""
    return {f"way {at}": row.report for at, row in enumerate(rows[:_MOST_WAYS])}


def _union(before: Design | None, after: Design | None) -> Network:
    """What there is with what there was. It may well be no network that AWS would take: it is only drawn."""
    if before is None or after is None:
        one = after or before
        assert one is not None
        return one.network
    kept = {c.key for c in after.architecture.components}
    gone = tuple(c for c in before.architecture.components if c.key not in kept)
    both = replace(after.architecture, components=(*after.architecture.components, *gone), views=())
    return routing.resolve(both, all_kinds()).value
