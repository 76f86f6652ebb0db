# Says which file of an export becomes which page or file of a wiki, for a script that publishes.
#
# In:  entries and the content of the files. Out: JSON.
"""Entry, manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from docgen.core.data import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A page or a file of the wiki."""

    list: str
    """`pages`, or `files` for what is uploaded."""
    name: str
    """Its title or id in the wiki."""
    path: str
    """In the export."""


def manifest(target: str, entries: Iterable[Entry], files: Mapping[str, bytes]) -> bytes:
    """All entries in order, each with the SHA-256 of its file."""
    lists: dict[str, list[dict[str, str]]] = {"pages": [], "files": []}
    for entry in entries:
        digest = hashlib.sha256(files[entry.path]).hexdigest()
        lists[entry.list].append({"name": entry.name, "path": entry.path, "sha256": digest})
    content = {"version": 1, "target": target, **lists}
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode("utf-8")
