# Suggestions for misspelt names.
"""Did you mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_MOST = 300
"""Names among which a closest one is looked for; the search takes time for each of them."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint that names the closest of `known`, or lists a few of them; "" where there is none."""
    candidates = sorted(set(known))
    likely = candidates if len(candidates) <= _MOST else ()
    close = difflib.get_close_matches(name[:80], likely, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    if not candidates:
        return ""
    shown = ", ".join(candidates[:8]) + (", ..." if len(candidates) > 8 else "")
    return f"known: {shown}"
