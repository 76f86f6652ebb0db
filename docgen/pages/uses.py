# Which flows, and which of their steps, use a line of a route table or filter.
#
# In:  a design's flows as the page tells them. Out: flow numbers and step numbers by deciding line. Flows of variants
#      are left out: a variant may have lines that the design itself lacks.
"""Uses, uses_of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from markupsafe import Markup

from docgen.core.data import dataclass
from docgen.model.component import Key
from docgen.pages.flows import FlowView
from docgen.pages.markdown import attribute

_LINK = Markup('<a href="#{}" title="{}"{}{}>{}</a>')


@dataclass(frozen=True, slots=True)
class Use:
    """A flow that uses a line, and the numbers of the steps that the line decides: there, and of the answers."""

    flow: FlowView
    there: dict[int, None] = field(default_factory=dict)
    back: dict[int, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Uses:
    """Flows by the line that decided one of their steps."""

    flows: Mapping[tuple[Key, str], tuple[Use, ...]]
    """(table, group or ACL; its line as text) to the flows, in order."""

    def links(self, by: Key, line: str) -> Markup:
        """The flows that use a line, as links; empty where none does. Numbers of steps are for the player."""
        used = self.flows.get((by, line), ())
        marks = (
            _LINK.format(
                one.flow.anchor,
                attribute(one.flow.title),
                _numbers("there", one.there),
                _numbers("back", one.back),
                one.flow.number,
            )
            for one in used
        )
        return Markup('<span class="dg-uses">{}</span>').format(Markup(" ").join(marks)) if used else Markup("")


def _numbers(way: str, steps: Iterable[int]) -> Markup:
    numbers = " ".join(map(str, steps))
    return Markup(' data-{}="{}"').format(way, numbers) if numbers else Markup("")


def uses_of(flows: Iterable[FlowView]) -> Uses:
    """What each flow of the design itself used."""
    found: dict[tuple[Key, str], dict[int, Use]] = {}
    for flow in flows:
        for connection in flow.connections if not flow.variant else ():
            for step in (*connection.forward, *connection.returning):
                for line in (d.line for d in step.decisions if d.line):
                    use = found.setdefault(line, {}).setdefault(flow.number, Use(flow))
                    (use.back if step.returning else use.there)[step.number] = None
    return Uses({line: tuple(uses.values()) for line, uses in found.items()})
