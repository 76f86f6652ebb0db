# Suggestions for misspelt names.
"""Did you mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint that names the closest of `known`, or lists a few of them; "" where there is none."""
    candidates = sorted(set(known))
    close = difflib.get_close_matches(name, candidates, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    if not candidates:
        return ""
    shown = ", ".join(candidates[:8]) + (", ..." if len(candidates) > 8 else "")
    return f"known: {shown}"
