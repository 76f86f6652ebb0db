"""Moves packets; see README.md in this folder."""

from docgen.routing.report import trace
from docgen.routing.resolve import resolve

__all__ = ["resolve", "trace"]
