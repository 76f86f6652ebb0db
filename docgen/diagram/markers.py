# Puts signs and words on lines: numbered steps, stops with their reason, labels; so that they hide nothing.
"""mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from docgen.diagram import theme
from docgen.diagram.cover import HIDES, Cover, arrowheads
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
from docgen.diagram.scene import SceneLink, Stop
from docgen.diagram.stops import along, cut
from docgen.diagram.text import block


def mark(
    placement: Placement, links: Sequence[SceneLink], connectors: tuple[Connector, ...]
) -> tuple[tuple[Connector, ...], tuple[Marker, ...]]:
    """Cut stopped lines, then place stops, labels, step circles and outage signs, the most bound first."""
    board = _Board(placement)
    by_link = {link.id: link for link in links}
    lines: list[Connector] = []
    stops: list[Marker] = []
    whole = [c for c in connectors if by_link[c.id].stop is None]
    visible = [*board.cover.fixed, *arrowheads(whole)]
    for connector in connectors:
        stop = by_link[connector.id].stop
        if stop is None:
            lines.append(connector)
            continue
        line, centre = cut(placement, connector, stop, visible)
        lines.append(line)
        stops.append(_stop_marker(connector.id, centre, stop))
    for link in links:
        if not link.target and link.stop and link.source in placement.icons:
            corner = placement.icons[link.source].rect
            beside = Point(corner.right + theme.STOP // 2, corner.y - theme.STOP // 2)
            stops.append(_stop_marker(link.id, beside, link.stop))
    stops = _apart(stops)
    board.lay(lines, stops)
    beside_icons = [circle for link in links if not link.target for circle in board.steps_at_icon(link)]
    steps = sorted((*beside_icons, *board.steps()), key=lambda m: int(m.text))
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


# -- finding free places ---------------------------------------------------------------------------
class _Board:
    """What is taken already, and where there is room beside or on lines."""

    def __init__(self, placement: Placement) -> None:
        self.placement = placement
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
        """The reason code beside a stop; in two lines where one finds no room near it."""
        best: tuple[int, Text] | None = None
        for order, lines in enumerate(_note_lines(marker.text)):
            best = self._note_place(marker, lines, order * _BROKEN, best)
        assert best is not None
        self.cover.take(best[1].rect.grown(2))
        return best[1]

    def _note_place(
        self, marker: Marker, lines: tuple[TextLine, ...], dear: int, best: tuple[int, Text] | None
    ) -> tuple[int, Text] | None:
        """The best place for these lines, where it beats the best so far."""
        size = block(lines, 0, 0).rect
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
        for away, x, y in _nearest_first(across, down):
            far = away + dear
            if best is not None and far >= best[0]:
                break  # the nearer ones were looked at first
            rect = Rect(centre.x + x, centre.y + y - height // 2, width, height)
            cost = far + self.cover.cost(rect.grown(4, 3), enough=best[0] - far if best else None)
            if best is None or cost < best[0]:
                side = Align.END if len(lines) > 1 and rect.right <= centre.x else Align.START
                best = (cost, block(lines, rect.right if side is Align.END else rect.x, rect.y, side))
        return best

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
                    answer=connector.answer,
                    connectors=tuple(c.id for c in sharing),
                )
                self.cover.take(marker.rect.grown(2))
                yield marker

    def steps_at_icon(self, link: SceneLink) -> Iterator[Marker]:
        """Circles for steps that lead to no icon, beside the one where they begin: no number is left out."""
        icon = self.placement.icons.get(link.source)
        if icon is None:
            return
        for number in link.steps:
            around = icon.rect.grown(theme.STEP // 2 + 2)
            centres = [
                Point(x, y)
                for x in (around.x, around.right)
                for y in (icon.rect.y + theme.STEP // 2, icon.rect.centre.y, icon.rect.bottom - theme.STEP // 2)
            ]
            centres += [Point(x, around.y) for x in (icon.rect.x, icon.rect.centre.x, icon.rect.right)]
            squares = {c: Rect(c.x, c.y, 0, 0).grown(theme.STEP // 2 + 1) for c in centres}
            marker = Marker(
                id=f"step:{number}:{link.id}",
                shape=MarkerShape.STEP,
                centre=min(centres, key=lambda c: self.cover.cost(squares[c], (link.id,))),
                size=theme.STEP,
                text=str(number),
                tone=link.tone,
                answer=link.answer,
                connectors=(link.id,),
            )
            self.cover.take(marker.rect.grown(2))
            yield marker

    def _sharing(self, connector: Connector, number: int) -> list[Connector]:
        """Lines with the same number that run together with this one for long enough to bear a circle."""
        return [
            other
            for other in self.lines
            if other is connector
            or (
                number in other.steps
                and (other.tone, other.answer) == (connector.tone, connector.answer)
                and _common(connector, other)
            )
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


_BROKEN = 24
"""What a reason in two lines costs beside one in a line: it should stand that many px nearer."""


_LONG = 16
"""Letters from which on a reason may be broken."""


def _note_lines(code: str) -> Iterator[tuple[TextLine, ...]]:
    """A reason code in one line, then, a long one, broken behind the underscore that is nearest to its middle."""
    breaks = [at + 1 for at, letter in enumerate(code) if letter == "_" and len(code) >= _LONG]
    middle = min(breaks, key=lambda at: abs(2 * at - len(code)), default=0)
    for parts in ((code,), (code[:middle], code[middle:])) if middle else ((code,),):
        yield tuple(TextLine(part, 10, True, theme.BLOCKED) for part in parts)


def _nearest_first(
    across: Sequence[tuple[int, int]], down: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """All places (how far, x, y) by how far they are, of columns and rows of which each tells how far it is itself.

    The near ones are sorted first: seldom does anybody ask for more.
    """
    within = 0
    for beyond in (16, 48, 160, 1_000_000):
        near = [column for column in across if column[0] < beyond]
        ring = [
            (aside + away, x, y)
            for away, y in down
            if away < beyond
            for aside, x in near
            if within <= aside + away < beyond
        ]
        yield from sorted(ring, key=itemgetter(0))
        within = beyond


def _label_places(points: tuple[Point, ...], size: Rect) -> Iterator[Point]:
    """Anchor (middle, upper edge) of a text along the parts of a line, longest part first."""
    parts = sorted(segments(points), key=lambda s: -(abs(s[0].x - s[1].x) + abs(s[0].y - s[1].y)))
    for a, b in parts:
        for share in (50, 40, 60, 30, 70, 22, 78, 16, 84):
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
            yield along(a, b, at)


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
