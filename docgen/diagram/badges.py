# Signs in the corners of boxes, as SVG paths in a 24 x 24 square, stroked in white on the box's colour.
"""BADGES."""

from __future__ import annotations

BADGES = {
    "cloud": ("M7.2 16.5a3.4 3.4 0 0 1-.5-6.8a5 5 0 0 1 9.6-1a3.9 3.9 0 0 1 1.3 7.8z",),
    "account": ("M12 5.5a3 3 0 1 0 0 6a3 3 0 1 0 0-6z", "M6 18.5a6 6 0 0 1 12 0z"),
    "region": ("M7 19V5", "M7 6h10l-2.5 3.5L17 13H7"),
    "vpc": (
        "M10.5 16H6.9a2.9 2.9 0 0 1-.4-5.8a4.6 4.6 0 0 1 8.7-1.4a3.6 3.6 0 0 1 2.6 1.1",
        "M15.5 11.5l3.5 1.2v2.7c0 1.9-1.4 3.2-3.5 4.1c-2.1-.9-3.5-2.2-3.5-4.1v-2.7z",
    ),
    "site": ("M7 19.5v-15h10v15z", "M9.6 8h1.4M13 8h1.4M9.6 11.5h1.4M13 11.5h1.4M10.6 19v-4h2.8v4"),
    "location": ("M6 18.5h12M9 18.5v-6h6v6M12 12.5V9", "M7.5 9.5a4.5 4.5 0 0 1 9 0"),
    "subnet": ("M6.5 11h11v7.5h-11z", "M8.8 11V8.6a3.2 3.2 0 0 1 6.4 0V11", "M12 13.8v2"),
}
"""Name in `theme.BoxLook.badge` to path data."""
