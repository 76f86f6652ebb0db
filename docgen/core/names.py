# Suggestions for misspelt names.
"""Did you mean."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_MOST = 300
"""Names among which a closest one is looked for; the search takes time for each of them."""


def did_you_mean(name: str, known: Iterable[str], *, rather: Iterable[str] = ()) -> str:
    """A hint that names the closest of `known`, or the only one that begins or ends with it, or lists a few.

    The list is that of `rather`, where one is given: names that most people want. Nothing known gives "".
    """
    candidates = sorted(set(known))
    likely = candidates if len(candidates) <= _MOST else ()
    close = difflib.get_close_matches(name[:80], likely, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    if not candidates:
        return ""
    listed = sorted(set(rather)) or candidates
    longer = [c for c in listed[:_MOST] if name in (words := re.split("[-_]", c))[:1] + words[-1:]]
    if len(longer) == 1:
        return f"did you mean {longer[0]!r}?"
    shown = ", ".join(listed[:8]) + (", ..." if len(listed) > 8 else "")
    return f"known: {shown}"
