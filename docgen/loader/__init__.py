"""Text to Architecture and back; see README.md in this folder."""

from __future__ import annotations

from docgen.loader.load import load, load_text

__all__ = ["load", "load_text"]
