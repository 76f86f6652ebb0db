# Puts signs and words on lines: numbered steps, stops with their reason, labels; so that they hide nothing.
"""mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from docgen.diagram import theme
from docgen.diagram.cover import HIDES, Cover
from docgen.diagram.drawing import (
    Align,
    Connector,
    Marker,
    MarkerShape,
    Point,
    Rect,
    State,
    Text,
    TextLine,
    Tone,
    segments,
)
from docgen.diagram.placement import PlacedBox, PlacedIcon, Placement
from docgen.diagram.scene import SceneLink, Stop, StopPlace
from docgen.diagram.search import straightened
from docgen.diagram.text import block

_SLIDES = tuple(sign * by for by in range(0, 33, 4) for sign in (1, -1))
"""A stop on a border may slide this far along its line so that it covers no words."""
_REST = 44
"""How far the dotted rest of a stopped line goes on."""


def mark(
    placement: Placement, links: Sequence[SceneLink], connectors: tuple[Connector, ...]
) -> tuple[tuple[Connector, ...], tuple[Marker, ...]]:
    """Cut stopped lines, then place stops, labels, step circles and outage signs, the most bound first."""
    board = _Board(placement)
    by_link = {link.id: link for link in links}
    lines: list[Connector] = []
    stops: list[Marker] = []
    for connector in connectors:
        stop = by_link[connector.id].stop
        if stop is None:
            lines.append(connector)
            continue
        cut, centre = _cut(placement, connector, stop, board.cover.fixed)
        lines.append(cut)
        stops.append(_stop_marker(connector.id, centre, stop))
    for link in links:
        if not link.target and link.stop and link.source in placement.icons:
            corner = placement.icons[link.source].rect
            beside = Point(corner.right + theme.STOP // 2, corner.y - theme.STOP // 2)
            stops.append(_stop_marker(link.id, beside, link.stop))
    stops = _apart(stops)
    board.lay(lines, stops)
    steps = sorted(board.steps(), key=lambda m: int(m.text))
    noted = [replace(stop_marker, note=board.note(stop_marker)) for stop_marker in stops]
    lines = [board.labelled(c, by_link[c.id].label) for c in lines]
    down = tuple(_down_marker(i) for i in placement.icons.values() if i.scene.state is State.DOWN)
    return tuple(lines), (*steps, *noted, *down, *_change_markers(placement))


def _stop_marker(id: str, centre: Point, stop: Stop) -> Marker:
    return Marker(
        id=f"stop:{id}",
        shape=MarkerShape.STOP,
        centre=centre,
        size=theme.STOP,
        text=stop.code,
        tone=Tone.BLOCKED,
        connectors=(id,),
    )


def _apart(stops: Sequence[Marker]) -> list[Marker]:
    """Stops at the same place become one."""
    kept: list[Marker] = []
    for stop in stops:
        same = next((k for k in kept if k.rect.overlaps(stop.rect) and k.text == stop.text), None)
        if same is None:
            kept.append(stop)
        else:
            kept[kept.index(same)] = replace(same, connectors=(*same.connectors, *stop.connectors))
    return kept


def _down_marker(icon: PlacedIcon) -> Marker:
    return Marker(
        id=f"down:{icon.scene.id}",
        shape=MarkerShape.DOWN,
        centre=Point(icon.rect.right - 2, icon.rect.y + 2),
        size=16,
        tone=Tone.PLAIN,
    )


def _change_markers(placement: Placement) -> Iterator[Marker]:
    """What a change did to a box or an icon stands on its upper right corner."""
    marked: list[PlacedBox | PlacedIcon] = [*placement.boxes.values(), *placement.icons.values()]
    for placed in marked:
        scene, rect = placed.scene, placed.rect
        if scene.mark is not None:
            yield Marker(
                id=f"{scene.mark}:{scene.id}",
                shape=MarkerShape(scene.mark.value),
                centre=Point(rect.right - 1, rect.y + 1),
                size=18,
                tone=Tone.PLAIN,
            )


# -- cutting lines -------------------------------------------------------------------------------
def _cut(placement: Placement, connector: Connector, stop: Stop, fixed: Sequence[Rect]) -> tuple[Connector, Point]:
    """The line up to where the packet stops, the rest of it, and the place of the stop."""
    points = connector.points
    where = _length(points)
    if stop.place is StopPlace.START:
        where = min(theme.STOP + 12, where)
    elif stop.place is StopPlace.END:
        where -= theme.STOP // 2 + 1
    else:
        box = placement.boxes.get(stop.box)
        crossing = _crossing(points, box.rect) if box else None
        leaves = stop.leaving or (box is not None and _inside(box.rect, points[0]))
        if crossing is None:
            where = min(theme.STOP + 12, where) if leaves else where - theme.STOP // 2 - 1
        else:
            where = crossing
    least = theme.STEP + theme.STOP // 2 + 6  # room for the step's circle before it
    where = min(max(where, least), _length(points) - theme.STOP // 2)
    while where < _length(points) - theme.STOP // 2 and not _bears_step(points, where):
        where += 2
    if stop.place is not StopPlace.END:
        where = min((where + s for s in _SLIDES), key=lambda w: _hidden(points, w, fixed))
    before, after = _split(points, where)
    centre = before[-1]
    if stop.place is not StopPlace.END and _length(after) > _REST:
        after = _split(after, _REST)[0]  # where it would have gone on nobody knows
    return replace(connector, points=before, rest=after, arrow_end=False), centre


def _bears_step(points: tuple[Point, ...], where: int) -> bool:
    """Whether a line that stops there has room for a circle which the stop leaves free."""
    centre = _split(points, where)[0][-1]
    apart = (theme.STEP + theme.STOP) // 2 + 3
    for at in range(theme.STEP // 2, where - apart + 1, 2):
        before = _split(points, at)[0][-1]
        if max(abs(before.x - centre.x), abs(before.y - centre.y)) >= apart:
            return True
    return False


def _hidden(points: tuple[Point, ...], where: int, fixed: Sequence[Rect]) -> int:
    """How many things a stop at this place of a line would cover."""
    if not theme.STOP // 2 <= where <= _length(points) - theme.STOP // 2:
        return len(fixed) + 1
    centre = _split(points, where)[0][-1]
    square = Rect(centre.x, centre.y, 0, 0).grown(theme.STOP // 2)
    return sum(1 for rect in fixed if rect.overlaps(square))


def _inside(rect: Rect, point: Point) -> bool:
    return rect.x < point.x < rect.right and rect.y < point.y < rect.bottom


def _crossing(points: tuple[Point, ...], rect: Rect) -> int | None:
    """How far along a line it first crosses the border of a rectangle."""
    walked = 0
    for a, b in segments(points):
        length = abs(a.x - b.x) + abs(a.y - b.y)
        for at in range(length):
            here, there = _along(a, b, at), _along(a, b, at + 1)
            if _inside(rect, here) != _inside(rect, there):
                return walked + at + 1
        walked += length
    return None


def _along(a: Point, b: Point, at: int) -> Point:
    if a.y == b.y:
        return Point(a.x + (at if b.x > a.x else -at), a.y)
    return Point(a.x, a.y + (at if b.y > a.y else -at))


def _length(points: tuple[Point, ...]) -> int:
    return sum(abs(a.x - b.x) + abs(a.y - b.y) for a, b in segments(points))


def _split(points: tuple[Point, ...], where: int) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    walked = 0
    for at, (a, b) in enumerate(segments(points)):
        length = abs(a.x - b.x) + abs(a.y - b.y)
        if walked + length >= where:
            cut = _along(a, b, where - walked)
            return straightened((*points[: at + 1], cut)), straightened((cut, *points[at + 1 :]))
        walked += length
    return points, ()


# -- finding free places ---------------------------------------------------------------------------
class _Board:
    """What is taken already, and where there is room beside or on lines."""

    def __init__(self, placement: Placement) -> None:
        self.cover = Cover(placement)
        self.lines: Sequence[Connector] = ()

    def lay(self, lines: Sequence[Connector], stops: Sequence[Marker]) -> None:
        """The lines of the picture, and what cuts some of them."""
        self.lines = lines
        self.cover.lay(lines)
        for stop in stops:
            self.cover.take(stop.rect)

    def labelled(self, connector: Connector, label: str) -> Connector:
        """The line with its words above or beside its longest straight part that has room."""
        if not label:
            return connector
        line = (TextLine(label, theme.SMALL_SIZE, False, theme.QUIET),)
        size = block(line, 0, 0).rect
        best: tuple[int, Text] | None = None
        for order, candidate in enumerate(_label_places(connector.points, size)):
            text = block(line, candidate.x, candidate.y)
            cost = self.cover.cost(text.rect.grown(2, 1)) + order
            if best is None or cost < best[0]:
                best = (cost, text)
        if best is None or best[0] >= 4_000:
            return connector  # better no words than words on words or borders
        self.cover.take(best[1].rect)
        return replace(connector, label=best[1])

    def note(self, marker: Marker) -> Text:
        """The reason code beside a stop."""
        line = (TextLine(marker.text, 10, True, theme.BLOCKED),)
        size = block(line, 0, 0).rect
        centre, reach = marker.centre, marker.size // 2 + 4
        width, height = size.width, size.height
        across = [
            (max(max(x, -x - width, 0) - reach, 0) + abs(x + width // 2) // 8, x)
            for x in range(-width - reach - 304, reach + 305, 8)
        ]
        down = [
            (max(abs(y) - reach - height // 2, 0) * 2 + abs(2 * y) // 8, y)
            for y in sorted(range(-180, 181, 6), key=abs)
        ]
        places = [(far_down + far, x, y) for far_down, y in down for far, x in across]
        best: tuple[int, Text] | None = None
        for far, x, y in sorted(places, key=itemgetter(0)):
            if best is not None and far >= best[0]:
                break  # the nearer ones were looked at first
            rect = Rect(centre.x + x, centre.y + y - height // 2, width, height)
            cost = far + self.cover.cost(rect.grown(4, 3), enough=best[0] - far if best else None)
            if best is None or cost < best[0]:
                best = (cost, block(line, rect.x, rect.y, Align.START))
        assert best is not None
        self.cover.take(best[1].rect.grown(2))
        return best[1]

    def steps(self) -> Iterator[Marker]:
        """A numbered circle on every line of a flow; siblings that share a stretch share the circle on it."""
        done: set[tuple[str, int]] = set()
        for connector in sorted(self.lines, key=lambda c: c.tone is not Tone.BLOCKED):  # short ones choose first
            for number in connector.steps:
                if (connector.id, number) in done:
                    continue
                sharing = self._sharing(connector, number)
                done.update((c.id, number) for c in sharing)
                centre = self._step_place(connector, sharing)
                marker = Marker(
                    id=f"step:{number}:{connector.id}",
                    shape=MarkerShape.STEP,
                    centre=centre,
                    size=theme.STEP,
                    text=str(number),
                    tone=connector.tone,
                    connectors=tuple(c.id for c in sharing),
                )
                self.cover.take(marker.rect.grown(2))
                yield marker

    def _sharing(self, connector: Connector, number: int) -> list[Connector]:
        """Lines with the same number that run together with this one for long enough to bear a circle."""
        return [
            other
            for other in self.lines
            if other is connector
            or (number in other.steps and other.tone is connector.tone and _common(connector, other))
        ]

    def _step_place(self, connector: Connector, sharing: Sequence[Connector]) -> Point:
        companion = next((c for c in sharing if c is not connector), None)
        stretches = _common(connector, companion) if companion else []
        parts = stretches or list(segments(connector.points))
        own = tuple(c.id for c in sharing)
        best: tuple[int, Point] | None = None
        whole = list(segments(connector.points))
        corners = [p for part in parts for p in part]
        usual = len(_SHARES) * len(parts)
        on_line: frozenset[Point] = frozenset()
        for order, centre in enumerate(_all_places(parts, whole)):
            if order >= usual and best is not None and best[0] < HIDES:
                break  # only where the usual places hide something
            if order == usual:
                on_line = frozenset(_closely(whole))
            rect = Rect(centre.x - theme.STEP // 2, centre.y - theme.STEP // 2, theme.STEP, theme.STEP)
            tight = any(abs(p.x - centre.x) + abs(p.y - centre.y) < theme.STEP for p in corners)
            cost = order + (600 if tight else 0)  # corners should be seen
            cost += _AWAY if order >= usual and centre not in on_line else 0
            if best is not None and cost >= best[0]:
                continue
            cost += self.cover.cost(rect.grown(2), own, enough=best[0] - cost if best else None)
            if best is None or cost < best[0]:
                best = (cost, centre)
        return best[1] if best else connector.points[0]


def _label_places(points: tuple[Point, ...], size: Rect) -> Iterator[Point]:
    """Anchor (middle, upper edge) of a text along the parts of a line, longest part first."""
    parts = sorted(segments(points), key=lambda s: -(abs(s[0].x - s[1].x) + abs(s[0].y - s[1].y)))
    for a, b in parts:
        for share in (50, 40, 60, 30, 70, 22, 78):
            x, y = a.x + (b.x - a.x) * share // 100, a.y + (b.y - a.y) * share // 100
            if a.y == b.y:
                yield Point(x, y - size.height - 3)
                yield Point(x, y + 3)
            else:
                yield Point(x + size.width // 2 + 6, y - size.height // 2)
                yield Point(x - size.width // 2 - 6, y - size.height // 2)


_SHARES = (50, 40, 60, 32, 68, 25, 75, 18, 82, 12, 88)
"""Where on a part of a line a circle may stand, in per cent, the best first."""


def _circle_places(parts: Sequence[tuple[Point, Point]]) -> Iterator[Point]:
    """Places for a circle: the middle of the longest part first, then along all parts."""
    ordered = sorted(parts, key=lambda s: -(abs(s[0].x - s[1].x) + abs(s[0].y - s[1].y)))
    for share in _SHARES:
        for a, b in ordered:
            yield Point(a.x + (b.x - a.x) * share // 100, a.y + (b.y - a.y) * share // 100)


def _all_places(parts: Sequence[tuple[Point, Point]], whole: Sequence[tuple[Point, Point]]) -> Iterator[Point]:
    """The usual places on parts of a line, then every few px of the whole line, then right beside it."""
    yield from _circle_places(parts)
    on_line = list(_closely(whole))
    yield from on_line
    yield from _beside(on_line)


def _closely(parts: Sequence[tuple[Point, Point]]) -> Iterator[Point]:
    """Every few px of a line."""
    for a, b in parts:
        for at in range(0, abs(a.x - b.x) + abs(a.y - b.y), 4):
            yield _along(a, b, at)


_AWAY = 8_000
"""A circle beside its line: only where it would hide something on it."""


def _beside(places: Sequence[Point]) -> Iterator[Point]:
    """Right beside a line that is too short for its signs."""
    least = (theme.STEP + theme.STOP) // 2 + 5
    for away in (least, 2 * least):
        for x, y in places:
            yield from (Point(x - away, y), Point(x + away, y), Point(x, y - away), Point(x, y + away))


def _common(one: Connector, other: Connector) -> list[tuple[Point, Point]]:
    """Stretches of at least a circle's size that two lines share."""
    found = []
    for a, b in segments(one.points):
        for c, d in segments(other.points):
            if a.y == b.y == c.y == d.y:
                low, high = max(min(a.x, b.x), min(c.x, d.x)), min(max(a.x, b.x), max(c.x, d.x))
                if high - low >= theme.STEP + 8:
                    found.append((Point(low, a.y), Point(high, a.y)))
            elif a.x == b.x == c.x == d.x:
                low, high = max(min(a.y, b.y), min(c.y, d.y)), min(max(a.y, b.y), max(c.y, d.y))
                if high - low >= theme.STEP + 8:
                    found.append((Point(a.x, low), Point(a.x, high)))
    return found
