# Colours and sizes of every picture, in px and hex. The only place for them; knows no network.
"""Sizes, colours and the look of boxes; `PALETTES` has the colours by the name of their scheme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from docgen.core.data import dataclass
from docgen.diagram.drawing import MarkerShape, Tone

FONT = "Arimo, Arial, Helvetica, sans-serif"

# -- ink ---------------------------------------------------------------------------------------
INK = "#232f3e"
QUIET = "#545b64"
LINE = "#545b64"
ACCENT = "#0b57d0"
BLOCKED = "#b42318"
BLOCKED_TINT = "#fdecea"
GUARD = "#c7131f"
"""Security groups."""
PAPER = "#ffffff"
DOWN = "#7d8998"

ADDED = "#1a7f37"
CHANGED = "#a15c00"
"""Amber that white signs can be read on."""
CHANGES = {MarkerShape.ADDED: ADDED, MarkerShape.REMOVED: BLOCKED, MarkerShape.CHANGED: CHANGED}

TONES = {Tone.PLAIN: LINE, Tone.ACCENT: ACCENT, Tone.BLOCKED: BLOCKED, Tone.OPENED: ADDED, Tone.CLOSED: BLOCKED}
WIDTHS = {tone: 1.5 if tone is Tone.PLAIN else 2.25 for tone in Tone}
FADED_ICON = 0.45
FADED_TEXT = 0.72
DASH = (6, 4)
REST_DASH = (2, 4)

# -- sizes -------------------------------------------------------------------------------------
ICON = 48
LABEL_GAP = 5
"""Between an icon and its label."""
BADGE = 24
TITLE_SIZE = 13
NAME_SIZE = 12
SMALL_SIZE = 11
LINE_HEIGHT = {TITLE_SIZE: 16, NAME_SIZE: 15, SMALL_SIZE: 14, 10: 13}

MARGIN = 16
"""Around the whole picture."""
PAD = 26
"""Between a container's border and its content, at the sides and below: room for two lines."""
HEADER = 40
"""Above the content of a container with a title."""
ZONE_HEADER = 30
ROW_GAP = 40
"""Between two tiers: room for a line with its arrow."""
ZONE_GAP = 64
"""Between zone columns where nothing stands between them."""
SPINE_PAD = 34
"""Beside what stands between zone columns."""
SUBNET_HEADER = 24
SUBNET_TWO_LINES = 42
SUBNET_FOOT = 10
CELL_GAP = 28
"""Between the labels of two icons in one subnet."""
MIN_SUBNET = 190
LABEL_WRAP = 128
"""Labels are wrapped at this width."""

# -- lines -------------------------------------------------------------------------------------
END_GAP = 3
"""Between a line's end and its icon."""
PORT = 12
"""Between two lines that leave the same side of an icon."""
APART = 8
"""Between parallel lines, and between a line and a foreign icon."""
CORNER = 6
ARROW = 8

STEP = 18
STOP = 20


@dataclass(frozen=True, slots=True)
class BoxLook:
    """How a kind of container looks."""

    stroke: str
    """"" for none."""
    fill: str
    text: str
    width: float = 1.25
    dashed: bool = False
    badge: str = ""
    """Name of the sign in its corner (`badges.BADGES`); "" for none."""
    badge_fill: str = ""
    drawio: str = ""
    """Name in draw.io's table (`drawio_styles.GROUPS`)."""


BOXES = {
    "cloud": BoxLook("#232f3e", "none", "#232f3e", badge="cloud", badge_fill="#232f3e", drawio="cloud"),
    "account": BoxLook("#cd2264", "none", "#cd2264", badge="account", badge_fill="#cd2264", drawio="account"),
    "region": BoxLook(
        "#00a4a6", "none", "#1272a8", dashed=True, badge="region", badge_fill="#00a4a6", drawio="region"
    ),
    "vpc": BoxLook("#8c4fff", "none", "#7a3ff2", width=1.5, badge="vpc", badge_fill="#8c4fff", drawio="vpc"),
    "site": BoxLook("#7d8998", "none", "#4a5560", badge="site", badge_fill="#7d8998", drawio="site"),
    "location": BoxLook(
        "#7d8998", "none", "#4a5560", dashed=True, badge="location", badge_fill="#7d8998", drawio="location"
    ),
    "lan": BoxLook("#7d8998", "none", "#4a5560", dashed=True, drawio="lan"),
    "zone": BoxLook("#147eba", "none", "#1272a8", dashed=True, drawio="zone"),
    "public": BoxLook("", "#edf5e3", "#3f6212", badge="subnet", badge_fill="#7aa116", drawio="public"),
    "private": BoxLook("", "#e6f2f8", "#0e6ba3", badge="subnet", badge_fill="#00a4a6", drawio="private"),
    "scaling": BoxLook("#ed7100", "none", "#a34a00", dashed=True, drawio="scaling"),
    "guard": BoxLook("#dd344c", "none", "#c7131f", drawio="guard"),
    "band": BoxLook("#8c4fff", "#ffffff", "#232f3e", drawio="band"),
}


# -- palettes ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one scheme. A Drawing holds those of the light one; the others are told by what they mean."""

    paper: str
    tones: Mapping[Tone, str]
    tint: str
    """Behind the reason of a stop."""
    down: str
    sign: str
    """Signs in the corners of boxes."""
    changes: Mapping[MarkerShape, str]
    """Of the signs on what was added, removed and changed."""
    boxes: Mapping[str, BoxLook]
    words: Mapping[str, str]
    """Colour of a text as drawings have it, to this scheme's."""
    glyphs: Mapping[str, str]
    """Colour of a line glyph as the icons have it, to this scheme's; tiles keep theirs."""

    def ink(self, colour: str) -> str:
        """This scheme's colour for a text."""
        return self.words.get(colour, colour)

    def glyph(self, colour: str) -> str:
        """This scheme's colour for a line glyph."""
        return self.glyphs.get(colour, colour)


def _recoloured(name: str, stroke: str, fill: str, text: str, badge_fill: str = "") -> BoxLook:
    look = BOXES[name]
    return replace(look, stroke=stroke, fill=fill, text=text, badge_fill=badge_fill or look.badge_fill)


_DARK_PAPER = "#141c27"
_DARK_BOXES = {
    "cloud": _recoloured("cloud", "#6f7f92", "none", "#e8eef5", "#3c4b5e"),
    "account": _recoloured("account", "#e0558f", "none", "#f58ab5", "#b81f5b"),
    "region": _recoloured("region", "#23b3b5", "none", "#62b8ec", "#008587"),
    "vpc": _recoloured("vpc", "#9b6dff", "none", "#bda2ff", "#7a3ff2"),
    "site": _recoloured("site", "#97a5b6", "none", "#c3cedb", "#5c6b7c"),
    "location": _recoloured("location", "#97a5b6", "none", "#c3cedb", "#5c6b7c"),
    "lan": _recoloured("lan", "#97a5b6", "none", "#c3cedb"),
    "zone": _recoloured("zone", "#4596cf", "none", "#62b8ec"),
    "public": _recoloured("public", "", "#1b2e1e", "#a6d45e", "#5f8210"),
    "private": _recoloured("private", "", "#163143", "#7cc8f4", "#008587"),
    "scaling": _recoloured("scaling", "#ff9a3c", "none", "#ffb570"),
    "guard": _recoloured("guard", "#ff6b7d", "none", "#ff8f9c"),
    "band": _recoloured("band", "#9b6dff", "#1d2836", "#e8eef5"),
}
_DARK_ADDED = "#5bd67d"
_DARK_TONES = {
    Tone.PLAIN: "#93a3b5",
    Tone.ACCENT: "#7db1ff",
    Tone.BLOCKED: "#ff8b80",
    Tone.OPENED: _DARK_ADDED,
    Tone.CLOSED: "#ff8b80",
}
_DARK_CHANGES = {MarkerShape.ADDED: _DARK_ADDED, MarkerShape.REMOVED: "#ff8b80", MarkerShape.CHANGED: "#f2b44d"}

LIGHT = Palette(
    paper=PAPER,
    tones=MappingProxyType(TONES),
    tint=BLOCKED_TINT,
    down=DOWN,
    sign=PAPER,
    changes=MappingProxyType(CHANGES),
    boxes=MappingProxyType(BOXES),
    words=MappingProxyType({}),
    glyphs=MappingProxyType({}),
)
DARK = Palette(
    paper=_DARK_PAPER,
    tones=MappingProxyType(_DARK_TONES),
    tint="#3a1a1b",
    down="#97a5b6",
    sign="#ffffff",
    changes=MappingProxyType(_DARK_CHANGES),
    boxes=MappingProxyType(_DARK_BOXES),
    words=MappingProxyType(
        {
            **{BOXES[name].text: look.text for name, look in _DARK_BOXES.items()},
            INK: "#e8eef5",
            QUIET: "#a3b1c2",
            BLOCKED: _DARK_TONES[Tone.BLOCKED],
        }
    ),
    glyphs=MappingProxyType(
        {
            "#8c4fff": "#a981ff",
            "#ed7100": "#ff9a3c",
            "#232f3d": "#dbe4ee",
            "#c925d1": "#e36ae8",
            "#cd2264": "#f0659c",
            "#00a4a6": "#2cc5c7",
        }
    ),
)
PALETTES = MappingProxyType({"light": LIGHT, "dark": DARK})
