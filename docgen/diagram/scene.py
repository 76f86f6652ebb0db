# What a view shows, before anything has a place: boxes, icons and links, with hints for the layout.
#
# Out of structure.py and views.py; into layout.py. Knows keys and words, no px.
"""Scene, SceneBox, SceneIcon, SceneLink, Stop, check_size, PictureTooLargeError."""

from __future__ import annotations

from enum import StrEnum

from docgen.core.data import dataclass
from docgen.core.errors import DocgenError
from docgen.diagram.drawing import State, TextLine, Tone
from docgen.model.changes import Mark
from docgen.model.component import Key


class Place(StrEnum):
    """Where an icon stands in relation to its box."""

    OUTSIDE = "outside"
    """Above the cloud."""
    EDGE = "edge"
    """Inside the cloud, above the Regions."""
    REGION = "region"
    """Inside a Region, above its VPCs."""
    CONNECTOR = "connector"
    """Inside a Region or the cloud, left of its VPCs or between them."""
    BORDER = "border"
    """On the upper border of a VPC."""
    SIDE = "side"
    """On the left border of a VPC, or on its right one where the connectors are there."""
    LINK = "link"
    """On the border of a VPC that faces those who use it: the left one where zones are rows, else the upper one."""
    SITE = "site"
    """Left of the cloud: in a site, or on its own."""
    SPINE = "spine"
    """Between the zone columns of a VPC, or in a band across them."""
    CELL = "cell"
    """In a subnet."""


ON_BORDER = (Place.BORDER, Place.SIDE, Place.LINK)
"""Places on the border of a VPC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneBox:
    """A container."""

    id: str
    parent: str
    component: Key | None
    style: str
    title: str
    subtitle: str = ""
    column: int = 0
    """Zones: their place from the left."""
    row: int = 0
    """Subnets: their tier from the top."""
    state: State = State.NORMAL
    mark: Mark | None = None
    """What a change did to it, in a picture of changes."""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneIcon:
    """A component, or one interface of a component that stands in several zones."""

    id: str
    parent: str
    """Id of the box that it stands in; "" outside all."""
    component: Key
    artwork: str
    label: tuple[TextLine, ...]
    place: Place
    level: int = 0
    """In the spine: twice its row, plus one where it stands below that row's subnets. On a side border: twice the row
    that packets lead to from there. Connectors: how many stand between it and a VPC. On premises: 0 hosts, 1 what
    leads out of a site; in a Direct Connect location 2 lines, 3 what they carry."""
    joins: tuple[str, ...] = ()
    """Icons and boxes that it names: what it hangs on, or is between."""
    beneath: str = ""
    """On premises: the icon (a switch) that it hangs on."""
    outward: bool = False
    """In a subnet: stands on the side away from the spine (a NAT gateway)."""
    left: bool = False
    """Outside or at the edge: left of the way in rather than right (name servers)."""
    near: tuple[str, ...] = ()
    """Services of a Region: the gateways that packets reach it by; it stands above them."""
    frame: str = ""
    """Title of the frame around it and its like in other subnets: what it is a member of; "" for none."""
    guard: str = ""
    """Security groups that it carries, where the picture shows them: it has a frame."""
    aside: bool = False
    """On the upper border: leads to services of the Region, not to those outside."""
    rank: int = 0
    """Outside: 0 is the one above the way in."""
    state: State = State.NORMAL
    mark: Mark | None = None
    facts: tuple[tuple[str, str], ...] = ()


class StopPlace(StrEnum):
    """Where on a line a packet stops."""

    START = "start"
    """As it leaves the source (its security group, itself out of order)."""
    BORDER = "border"
    """Where the line crosses the border of a box (network ACL, route table, no gateway)."""
    END = "end"
    """At the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Where and why a packet stops."""

    place: StopPlace
    box: str = ""
    """The box whose border it is."""
    leaving: bool = False
    """Refused on the way out of the source: where the line crosses no such border, it stops at its start."""
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneLink:
    """A line to be drawn between two icons."""

    id: str
    source: str
    target: str
    tone: Tone = Tone.PLAIN
    dashed: bool = False
    answer: bool = False
    """Walked by the answer, back to who asked."""
    both: bool = False
    """Arrows at both ends."""
    arrow: bool = True
    """Off for what is merely joined: a cable, an attachment."""
    label: str = ""
    steps: tuple[int, ...] = ()
    stop: Stop | None = None
    says: tuple[str, ...] = ()
    """What was decided on it."""

    @property
    def family(self) -> tuple[Tone, bool]:
        """Lines of one family with a common end may share a stretch."""
        return (self.tone, self.dashed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One view, composed."""

    view: str
    title: str
    description: str
    boxes: tuple[SceneBox, ...]
    """Containers before content."""
    icons: tuple[SceneIcon, ...]
    links: tuple[SceneLink, ...]


MOST_SHOWN = 3_000
"""Boxes and icons of one picture: more fill a wall, and no program opens them gladly."""


class PictureTooLargeError(DocgenError, ValueError):
    """A picture would show more than anybody can read or any program can open."""


def check_size(view: str, count: int) -> None:
    """Whether a picture may show so many boxes and icons.

    Raises:
        PictureTooLargeError: it shows too much.
    """
    if count > MOST_SHOWN:
        raise PictureTooLargeError(
            f"the picture {view!r} would show {count:,} boxes and icons; at most {MOST_SHOWN:,} can be drawn: "
            "declare a view that includes less of it, or split the design"
        )
