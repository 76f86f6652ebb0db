# The site's typefaces as small web fonts, cut from the font packages that docgen depends on.
#
# In:  Inter and JetBrains Mono as variable TrueType files. Out: WOFF bytes with Latin letters only, about
#      45 kB and 28 kB. No binary is kept in the repository and no host is asked for one.
"""web_fonts."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x180))
_PUNCTUATION = tuple(map(ord, "‐‑‒–—‘’“”•…←↑→↓↔⇒×✓✕−≤≥≠€™·"))


@cache
def web_fonts() -> Mapping[str, bytes]:
    """The fonts by file name; the same bytes for the same font packages."""
    return MappingProxyType(
        {
            "inter.woff": _subset("fontpkg_inter", "Inter[opsz,wght].ttf", ("kern", "tnum", "ccmp", "locl"), 14),
            "jetbrains-mono.woff": _subset(
                "fontpkg_jetbrains_mono", "JetBrainsMono[wght].ttf", ("kern", "ccmp", "zero"), None
            ),
        }
    )


def _subset(package: str, name: str, features: Sequence[str], optical_size: int | None) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    options = subset.Options()
    options.layout_features = list(features)
    options.notdef_outline = True
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright, family, style and the licence go with the font
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes={*_LATIN, *_PUNCTUATION})
    font = TTFont(io.BytesIO((files(package) / "files" / name).read_bytes()), recalcTimestamp=False)
    cutter.subset(font)
    if optical_size is not None:
        instancer.instantiateVariableFont(font, {"opsz": optical_size}, inplace=True)
    font.flavor = "woff"
    out = io.BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()
