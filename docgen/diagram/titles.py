# Where the titles of boxes stand: upper left, beside the badge, away from the columns of icons.
"""titles_of, beside_width."""

from __future__ import annotations

from docgen.diagram import theme
from docgen.diagram.drawing import Align, Rect, Text, TextLine
from docgen.diagram.scene import SceneBox
from docgen.diagram.text import block, width_of, wrap

_SUBNETS = ("public", "private")
_CALM = ("site", "location", "lan")
"""Nothing comes down the middle of these."""
_ZONE_LEFT = 12
_LAN_FOOT = 26
_LIMIT = 150
"""Widest title of a subnet: longer ones end in an ellipsis (the tooltip has them whole)."""


def beside_width(subnet: SceneBox) -> int:
    """Width of a subnet's badge and title, from its left border."""
    lines = _subnet_lines(subnet)
    return theme.BADGE + 8 + max((width_of(t.text, t.size, t.bold) for t in lines), default=0)


def wanted_width(box: SceneBox) -> int:
    """Width of a box that shows its title and subtitle in full."""
    aside = width_of(box.subtitle, theme.SMALL_SIZE) + 10 if box.subtitle else 0
    return theme.BADGE + 8 + width_of(box.title, theme.TITLE_SIZE, bold=True) + aside + 40


def zone_title_width(zone: SceneBox) -> int:
    """Width of a zone's title, from its left border."""
    return _ZONE_LEFT + width_of(zone.title, theme.NAME_SIZE)


def titles_of(box: SceneBox, rect: Rect, until: int | None = None) -> tuple[Text, ...]:
    """Titles of a box at its place.

    Args:
        until: x of what stands on the upper border; None keeps the title of a container out of the middle.
    """
    look = theme.BOXES[box.style]
    if box.style in _SUBNETS:
        return (block(_subnet_lines(box), rect.x + theme.BADGE + 8, rect.y + 5, Align.START),)
    if box.style == "scaling":  # at the bottom, left of the lines that leave its members
        lines = wrap(box.title, max(rect.width // 2 - 2 * _ZONE_LEFT, 60), theme.SMALL_SIZE, most=1)
        texts = tuple(TextLine(t, theme.SMALL_SIZE, False, look.text) for t in lines)
        return (block(texts, rect.x + _ZONE_LEFT, rect.bottom - 18, Align.START),) if texts else ()
    if box.style == "zone":
        lines = wrap(box.title, rect.width - 24, theme.NAME_SIZE, most=1)
        texts = tuple(TextLine(t, theme.NAME_SIZE, False, look.text) for t in lines)
        return (block(texts, rect.x + _ZONE_LEFT, rect.y + 8, Align.START),)
    if box.style == "lan":  # lines to its hosts come from above
        rect = Rect(rect.x, rect.bottom - _LAN_FOOT, rect.width, _LAN_FOOT)
    until = rect.right if until is None and box.style in _CALM else until
    return _outer(box, rect, look.text, rect.width // 2 if until is None else until - rect.x)


def _outer(box: SceneBox, rect: Rect, colour: str, middle: int) -> tuple[Text, ...]:
    """Title in bold and what it is called or how large it is behind it."""
    left = rect.x + (theme.BADGE + 8 if theme.BOXES[box.style].badge else _ZONE_LEFT)
    room = rect.right - left - 12
    subtitle = _subtitle(box, middle)
    aside = width_of(subtitle, theme.SMALL_SIZE) + 10 if subtitle else 0
    gateway = theme.ICON // 2 + 12 if box.style == "vpc" else 24
    half = middle - theme.BADGE - 8 - gateway - aside  # keep clear of what comes down the middle
    if subtitle and half < 60:
        subtitle, half = "", half + aside  # the tooltip has it
    limit = max(half, 60) if half < room else room
    if box.style != "vpc" and limit < width_of(box.title, theme.TITLE_SIZE, bold=True):
        limit = room  # rather than cut: no gateway stands there, and lines go round words
    title = wrap(box.title, limit, theme.TITLE_SIZE, bold=True, most=1)
    texts = [block(tuple(TextLine(t, theme.TITLE_SIZE, True, colour) for t in title), left, rect.y + 5, Align.START)]
    if subtitle:
        line = (TextLine(subtitle, theme.SMALL_SIZE, False, colour),)
        texts.append(block(line, texts[0].rect.right + 8, rect.y + 6, Align.START))
    return tuple(texts)


def _subtitle(box: SceneBox, middle: int) -> str:
    """As many of a VPC's blocks as its half of the title line holds, at least one; the tooltip has them all."""
    words = box.subtitle.split(" ")
    title = width_of(box.title, theme.TITLE_SIZE)
    room = middle - theme.BADGE - 28 - theme.ICON // 2 - title
    while sum("/" in w for w in words) > 1 and width_of(" ".join(words), theme.SMALL_SIZE) + 10 > room:
        words.pop()
    return " ".join(words)


def _subnet_lines(subnet: SceneBox) -> tuple[TextLine, ...]:
    colour = theme.BOXES[subnet.style].text
    title = wrap(subnet.title, _LIMIT, theme.NAME_SIZE, bold=True, most=1)
    lines = [TextLine(t, theme.NAME_SIZE, True, colour) for t in title]
    lines += [TextLine(t, theme.SMALL_SIZE, False, colour) for t in wrap(subnet.subtitle, _LIMIT, 11, most=1)]
    return tuple(lines)
