# One short name for any number of texts: what is kept between runs is found by it.
"""digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def digest(texts: Iterable[str], start: bytes = b"") -> str:
    """The SHA-256 of texts in their order, as hexadecimal digits; texts do not run together."""
    made = hashlib.sha256(start)
    for text in texts:
        encoded = text.encode("utf-8", errors="surrogatepass")
        made.update(b"%d:" % len(encoded) + encoded)
    return made.hexdigest()
