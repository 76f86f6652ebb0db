# From a hand-edited draw.io file to pins, and from pins to what no longer fits.
#
# In:  a design, and the bytes of a file that was drawn from it and edited. Out: pins and diagnostics: what has
# drifted is told, never guessed at.
"""Pinning, pins_from, unfit_pins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic, Severity
from docgen.core.span import Span
from docgen.model.network import Network
from docgen.model.pins import Pin, Pins

if TYPE_CHECKING:
    from docgen.diagram.placement import Placement
    from docgen.pipeline.design import Design
    from docgen.renderers._drawio_reader import Cell, Page

DRIFT = "DGP-04"
PIN_CODES: Mapping[str, tuple[str, str]] = {
    DRIFT: (
        "a place given by hand does not hold",
        "`layout.yaml` (or an edited draw.io file) says where something stands, and it cannot stand there: it is "
        "gone, it belongs into another box now, or it would stick out of its box or cover something else. "
        "docgen leaves it at its own place. Move it again and run `docgen pin`, or take the line out of the file.",
    ),
}
_OVERVIEW = "overview"
_GROUND = "1"
"""What draw.io calls the layer of boxes and icons."""
_OURS = re.compile(r"#title-\d+$|^(?:flow-[^/]*/)?(?:edge|label|rest|note|layer|step|stop|down|marker)[:-]|^[01]$")
"""Ids of what docgen draws beside boxes and icons."""
_LISTED = 20
"""Things that a person added, by name; more are counted."""


@dataclass(frozen=True, slots=True)
class Pinning:
    """What an edited file comes to."""

    pins: Pins
    """Of all views: those of the file, and of the others as they were."""
    diagnostics: tuple[Diagnostic, ...]


def pins_from(design: Design, data: bytes, name: str) -> Pinning:
    """What was moved in an edited file, as far as it can stand there.

    Args:
        design: The file was drawn from it, perhaps some time ago.
        data: The file.
        name: What messages call it.

    Raises:
        UnreadableInputError: it is no draw.io file.
    """
    from docgen.pipeline.drawing import views_of
    from docgen.renderers._drawio_reader import read_pages

    pages = {page.id: page for page in read_pages(data)}
    known = views_of(design)
    found: list[Diagnostic] = [
        _say(name, f"the page {id!r} is no view of {design.slug!r}", Severity.WARNING)
        for id in pages
        if id not in known
    ]
    pins: dict[str, tuple[Pin, ...]] = {}
    for view in known:
        if view in pages:
            pins[view] = tuple(_of_page(design, view, pages[view], name, found))
        elif view in design.pins:
            pins[view] = design.pins[view]
    grounds = (design.pins.get(_OVERVIEW, ()), pins.get(_OVERVIEW, ()))
    kept = {v: held for v, held in pins.items() if held and not _inherited(design, v, held, grounds)}
    return Pinning(pins=kept, diagnostics=tuple(dict.fromkeys(found)))


def _inherited(design: Design, view: str, held: tuple[Pin, ...], grounds: tuple[tuple[Pin, ...], ...]) -> bool:
    """Whether a view shows no more than what the overview gives it, now or when the file was drawn."""
    from docgen.diagram.pins import pinned

    if view == _OVERVIEW or view in design.pins:
        return False
    placement = _placed(design, view)
    for ground in grounds:
        lost = {u.pin.id for u in pinned(placement, ground)[1]}
        if set(held) == {p for p in ground if p.id not in lost}:
            return True
    return False


def unfit_pins(design: Design) -> Iterator[Diagnostic]:
    """A warning for each pin of a design that does not hold in its view."""
    from docgen.diagram.pins import pinned
    from docgen.pipeline.drawing import views_of

    known = views_of(design)
    for view, held in design.pins.items():
        if view not in known:
            for pin in held[:1]:
                yield Diagnostic(DRIFT, Severity.WARNING, pin.span, f"{view!r} is no view of this design")
            continue
        for unfit in pinned(_placed(design, view), held)[1]:
            yield Diagnostic(
                DRIFT,
                Severity.WARNING,
                unfit.pin.span,
                f"{unfit.pin.id!r} does not stand where it was pinned in {view!r}: {unfit.reason}",
                hint="move it in a new draw.io file and run `docgen pin`, or take this line out",
            )


def _placed(design: Design, view: str) -> Placement:
    """Where docgen itself puts what a view shows."""
    from docgen import diagram
    from docgen.diagram.layout import arrange
    from docgen.pipeline.drawing import network_of_view

    return arrange(diagram.compose(network_of_view(design, view), view, design.reports))


def _of_page(design: Design, view: str, page: Page, name: str, found: list[Diagnostic]) -> Iterator[Pin]:
    """What stands elsewhere on this page than docgen puts it; of that, what can stand there."""
    from docgen.diagram.pins import pinned

    placement = _placed(design, view)
    wanted = list(_differences(placement, page, view, name, found))
    _, unfit = pinned(placement, wanted)
    found += (_say(name, f"{view}: {u.pin.id!r} is not pinned: {u.reason}", Severity.WARNING) for u in unfit)
    lost = {one.pin.id for one in unfit}
    found += _strangers(design.network, placement, page, view, name)
    yield from (pin for pin in wanted if pin.id not in lost)


def _differences(placement: Placement, page: Page, view: str, name: str, found: list[Diagnostic]) -> Iterator[Pin]:
    from docgen.diagram.icons import artwork
    from docgen.diagram.pins import frame_of, outermost_of

    parents = {id: box.scene.parent for id, box in placement.boxes.items()}
    parents |= {id: icon.parent for id, icon in placement.icons.items() if id not in parents}
    for id, parent in parents.items():
        cell = page.cells.get(id)
        if cell is None:
            found.append(_say(name, f"{view}: {id!r} is not in the file; docgen places it", Severity.INFO))
            continue
        if cell.parent != (parent or _GROUND):
            where = "no box" if cell.parent == _GROUND else repr(cell.parent)
            text = f"{view}: {id!r} was moved to {where}; it belongs into {parent or 'no box'!r}, and is not pinned"
            found.append(_say(name, text, Severity.WARNING))
            continue
        if id == outermost_of(placement):
            continue  # the outermost box: everything counts from it
        rect = placement.boxes[id].rect if id in placement.boxes else placement.icons[id].rect
        frame = frame_of(placement, parent)
        aside = (0, 0)
        if id in placement.icons:
            width, height = artwork(placement.icons[id].scene.artwork).size
            aside = ((rect.width - width) // 2, (rect.height - height) // 2)
        left, top = (0.0, 0.0) if parent else _corner(placement, page)
        x, y = round(cell.x - left) - aside[0], round(cell.y - top) - aside[1]
        size = (round(cell.width), round(cell.height))
        resized = id in placement.boxes and size != (rect.width, rect.height) and min(size) > 0
        if (x, y) != (rect.x - frame.x, rect.y - frame.y) or resized:
            width_height = size if resized else (None, None)
            yield Pin(id=id, parent=parent, x=x, y=y, width=width_height[0], height=width_height[1])


def _corner(placement: Placement, page: Page) -> tuple[float, float]:
    """Where the outermost box stands on the page."""
    from docgen.diagram.pins import outermost_of

    cell = page.cells.get(outermost_of(placement))
    return (cell.x, cell.y) if cell else (0.0, 0.0)


def _strangers(network: Network, placement: Placement, page: Page, view: str, name: str) -> Iterator[Diagnostic]:
    """What the file has and the picture has not: components that are gone, and what a person added."""
    rest = [c for id, c in page.cells.items() if id not in placement.boxes and id not in placement.icons]
    rest = [c for c in rest if not _OURS.search(c.id)]
    gone = [c for c in rest if c.id.partition(":")[0] in (*network.kinds, "zone", "band")]
    for cell in gone:
        yield _say(name, f"{view}: {cell.id!r} is not in the picture any more", Severity.WARNING)
    added = [c for c in rest if c not in gone]
    for cell in added[:_LISTED]:
        yield _say(name, f"{view}: {_called(cell)} was added by hand and is not kept", Severity.INFO)
    if len(added) > _LISTED:
        yield _say(name, f"{view}: {len(added) - _LISTED} more things were added by hand", Severity.INFO)


def _called(cell: Cell) -> str:
    words = " ".join(re.sub(r"<[^>]*>", " ", cell.label).split())
    return repr(words[:40]) if words else f"a shape ({cell.id[:40]!r})"


def _say(name: str, text: str, severity: Severity) -> Diagnostic:
    return Diagnostic(DRIFT, severity, Span(name), text)
