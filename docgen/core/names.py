# Suggestions for misspelt names.
"""Did you mean."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_MOST = 300
"""Names among which a closest one is looked for; the search takes time for each of them."""

_MEANT = {
    "az": ("availability_zone",),
    "cidr_blocks": ("cidr",),
    "dest": ("to", "destination_cidr_block"),
    "destination": ("to", "destination_cidr_block"),
    "down": ("outage",),
    "fails": ("outage",),
    "from_port": ("ports",),
    "public_ip": ("elastic_ip",),
    "sg": ("security_groups", "group"),
    "sgs": ("security_groups",),
    "source": ("from", "cidr"),
    "to_port": ("ports",),
    "zone": ("availability_zone", "outage"),
}
"""What people write who come from other tools, and what they mean by it, the likeliest first."""


def did_you_mean(name: str, known: Iterable[str], *, rather: Iterable[str] = ()) -> str:
    """A hint that names the closest of `known`, or the only one that goes on from it or ends so, or lists a few.

    The list is that of `rather`, where one is given: names that most people want. Nothing known gives "".
    """
    candidates = sorted(set(known))
    likely = candidates if len(candidates) <= _MOST else ()
    close = [m for m in _MEANT.get(name.lower(), ()) if m in candidates]
    close = close or difflib.get_close_matches(name[:80], likely, n=1, cutoff=0.85)
    begun = [c for c in likely if len(name) > 3 and c.startswith(name) and c[len(name) :][:1] in ("-", "_")]
    close = close or (begun if len(begun) == 1 else [])
    close = close or difflib.get_close_matches(name[:80], likely, n=1, cutoff=0.6)
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
