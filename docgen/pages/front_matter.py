# Metadata at the head of a page.
"""front_matter."""

from __future__ import annotations

import json
from collections.abc import Mapping


def front_matter(meta: Mapping[str, object]) -> str:
    """YAML metadata of a page; JSON is YAML, whatever the title holds.

    >>> print(front_matter({"title": "a: b"}))
    ---
    title: "a: b"
    ---
    <BLANKLINE>
    """
    lines = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items())
    return f"---\n{lines}\n---\n"
