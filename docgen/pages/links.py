# Where pages stand to each other.
"""up."""

from __future__ import annotations


def up(path: str) -> str:
    """The way from a page to the folder of all pages.

    >>> up("index.md"), up("designs/three-tier/index.md")
    ('', '../../')
    """
    return "../" * path.count("/")
