# The placed picture: what every renderer takes, and nothing else. Whole px, origin top left, y down.
#
# Out of layout.py, connectors.py and markers.py; into docgen/renderers. Knows no network: keys and words only.
"""Drawing, Box, Icon, Connector, Marker, Text and the shapes they are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from docgen.core.data import dataclass
from docgen.core.display import shown
from docgen.model.component import Key


class Point(NamedTuple):
    """A place in px."""

    x: int
    y: int


class Rect(NamedTuple):
    """A rectangle in px."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """x of the right border."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """y of the lower border."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """The middle, rounded down."""
        return Point(self.x + self.width // 2, self.y + self.height // 2)

    def moved(self, dx: int, dy: int) -> Rect:
        """The same size elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def grown(self, by: int, vertically: int | None = None) -> Rect:
        """Larger by so much on every side (upper and lower sides by `vertically` where given)."""
        dy = by if vertically is None else vertically
        return Rect(self.x - by, self.y - dy, self.width + 2 * by, self.height + 2 * dy)

    def union(self, other: Rect) -> Rect:
        """The smallest rectangle around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def overlaps(self, other: Rect) -> bool:
        """Whether they share an area (touching borders do not count)."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: Rect) -> bool:
        """Whether the other lies inside."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom


def around(rects: Collection[Rect]) -> Rect:
    """The smallest rectangle around all of some, of which there is at least one."""
    x, y = min(r.x for r in rects), min(r.y for r in rects)
    return Rect(x, y, max(r.x + r.width for r in rects) - x, max(r.y + r.height for r in rects) - y)


class Align(StrEnum):
    """Which part of a line of text stands at its anchor, in SVG's words."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class State(StrEnum):
    """How an item stands in its view."""

    NORMAL = "normal"
    FADED = "faded"
    """Off the path of the flow shown."""
    DOWN = "down"
    """Out of order in the circumstances of the flow shown."""


class Tone(StrEnum):
    """What a connector or marker says; the theme gives the colour."""

    PLAIN = "plain"
    """The overview: a way that packets take."""
    ACCENT = "accent"
    """The flow shown."""
    BLOCKED = "blocked"
    """Up to where a packet stops."""
    OPENED = "opened"
    """A picture of changes: a way that packets did not take before."""
    CLOSED = "closed"
    """One that they do not take any more."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a text."""

    text: str
    size: int = 12
    bold: bool = False
    colour: str = "#232f3e"


@dataclass(frozen=True, slots=True)
class Text:
    """A placed block of lines; `rect` is measured from the font, so that nothing has to be guessed later."""

    rect: Rect
    lines: tuple[TextLine, ...]
    align: Align = Align.MIDDLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A container."""

    id: str
    parent: str
    """Id of the box around it; "" at the top."""
    component: Key | None
    style: str
    """Name of its look in `theme.BOXES`."""
    rect: Rect
    titles: tuple[Text, ...]
    state: State = State.NORMAL
    facts: tuple[tuple[str, str], ...] = ()
    """Name and value of what a tooltip may show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon:
    """A component, or one interface of a component that stands in several zones."""

    id: str
    parent: str
    component: Key
    artwork: str
    """Name in `icons.ICONS`."""
    rect: Rect
    label: Text
    state: State = State.NORMAL
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """An orthogonal line between two icons."""

    id: str
    source: str
    target: str
    points: tuple[Point, ...]
    """Every corner, ends included."""
    tone: Tone = Tone.PLAIN
    dashed: bool = False
    answer: bool = False
    """Walked by the answer, back to who asked."""
    arrow_start: bool = False
    arrow_end: bool = True
    label: Text | None = None
    steps: tuple[int, ...] = ()
    """Numbers of the steps that it shows."""
    rest: tuple[Point, ...] = ()
    """Where the way would have gone on behind a stop; empty where nothing stops."""
    says: tuple[str, ...] = ()
    """What was decided on it, decision by decision, for a tooltip."""


class MarkerShape(StrEnum):
    """What a marker looks like; never told by colour alone."""

    STEP = "step"
    """A circle with a number."""
    STOP = "stop"
    """A square with a cross."""
    DOWN = "down"
    """A small square with a bar, on what is out of order."""
    ADDED = "added"
    """A small square with a plus, on what a change added."""
    REMOVED = "removed"
    """With a minus."""
    CHANGED = "changed"
    """With a wave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A sign on a line or an icon."""

    id: str
    shape: MarkerShape
    centre: Point
    size: int
    text: str = ""
    tone: Tone = Tone.ACCENT
    answer: bool = False
    """A step of the answer: these are numbered on their own, and hollow."""
    connectors: tuple[str, ...] = ()
    note: Text | None = None
    """The reason code beside a stop."""

    @property
    def rect(self) -> Rect:
        """Its square."""
        return Rect(self.centre.x - self.size // 2, self.centre.y - self.size // 2, self.size, self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One placed view."""

    view: str
    title: str
    description: str
    """The picture in words, for those who do not see it."""
    width: int
    height: int
    boxes: tuple[Box, ...]
    """Containers before content."""
    icons: tuple[Icon, ...]
    connectors: tuple[Connector, ...]
    markers: tuple[Marker, ...]

    def box(self, id: str) -> Box:
        """The box of this id."""
        return next(b for b in self.boxes if b.id == id)

    def icon(self, id: str) -> Icon:
        """The icon of this id."""
        return next(i for i in self.icons if i.id == id)

    def holds(self, boxes: Mapping[str, Rect], icons: Mapping[str, Rect]) -> bool:
        """Whether all of these, by their ids, stand in it at the same places."""
        ours = {box.id: box.rect for box in self.boxes}
        if any(ours.get(id) != rect for id, rect in boxes.items()):
            return False
        ours = {icon.id: icon.rect for icon in self.icons}
        return all(ours.get(id) == rect for id, rect in icons.items())

    def texts(self) -> Iterator[Text]:
        """Every text, titles first."""
        for box in self.boxes:
            yield from box.titles
        for icon in self.icons:
            if icon.label.lines:
                yield icon.label
        for connector in self.connectors:
            if connector.label:
                yield connector.label
        for marker in self.markers:
            if marker.note:
                yield marker.note

    def _repr_svg_(self) -> str:
        """In a notebook: the picture."""
        return shown(self)


def segments(points: tuple[Point, ...]) -> Iterator[tuple[Point, Point]]:
    """The straight parts of a line, in order."""
    return pairwise(points)


def crossings(one: tuple[Point, ...], other: tuple[Point, ...]) -> int:
    """How often two orthogonal lines cross; touching does not count."""
    count = 0
    for a, b in segments(one):
        for c, d in segments(other):
            if (a.y == b.y) == (c.y == d.y):
                continue
            (f1, f2), (s1, s2) = ((a, b), (c, d)) if a.y == b.y else ((c, d), (a, b))
            inside_x = min(f1.x, f2.x) < s1.x < max(f1.x, f2.x)
            inside_y = min(s1.y, s2.y) < f1.y < max(s1.y, s2.y)
            count += inside_x and inside_y
    return count
