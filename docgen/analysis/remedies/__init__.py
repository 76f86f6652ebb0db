"""The smallest change to a definition that would open a blocked flow; see README.md in this folder."""

from docgen.analysis.remedies.search import smallest_change, with_smallest_change

__all__ = ["smallest_change", "with_smallest_change"]
