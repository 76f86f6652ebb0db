"""Text to Architecture and back; see README.md in this folder."""

from __future__ import annotations

from docgen.loader.index import Chapter, Index, load_index
from docgen.loader.load import load, load_text

__all__ = ["Chapter", "Index", "load", "load_index", "load_text"]
