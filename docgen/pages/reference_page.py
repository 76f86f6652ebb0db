# The front page of the reference.
#
# In:  counts from the registries. Out: one Page.
"""reference_page."""

from __future__ import annotations

from docgen.kinds import all_kinds
from docgen.model.assumptions import ASSUMPTIONS
from docgen.model.codes import REASON_CODES
from docgen.pages.build import Page
from docgen.pages.figures import figures
from docgen.pages.front_matter import front_matter
from docgen.pages.templating import render
from docgen.rules import all_rules

PATH = "reference/index.md"


def reference_page() -> Page:
    """What the reference holds; every part of it is made from the code that it describes."""
    body = render(
        "reference",
        kinds=len(all_kinds()),
        rules=len(all_rules()),
        codes=len(REASON_CODES),
        choices=len(ASSUMPTIONS),
        figures=len(figures()),
    )
    return Page(PATH, "Reference", f"{front_matter({'title': 'Reference'})}\n{body}\n")
