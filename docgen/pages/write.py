# All pages of a build, in the order of the site's navigation.
#
# In:  a Build. Out: Pages; pure: the same build gives the same text.
"""write."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.pages.architecture_page import architecture_page
from docgen.pages.assumption_page import assumption_page
from docgen.pages.build import Build, Page
from docgen.pages.cli_page import cli_page
from docgen.pages.comparison_page import comparison_pages
from docgen.pages.coverage_page import coverage_pages
from docgen.pages.figures import figures_page
from docgen.pages.gallery import gallery_page
from docgen.pages.glossary import glossary_page
from docgen.pages.kind_page import kind_pages
from docgen.pages.learn_page import learn_page
from docgen.pages.reason_page import reason_page
from docgen.pages.reference_page import reference_page
from docgen.pages.rule_page import rule_pages


def write(build: Build, of_designs: Iterable[Page] | None = None) -> tuple[Page, ...]:
    """Every page that docgen generates; those of designs may be written already."""
    if of_designs is None:
        of_designs = (architecture_page(build, design) for design in build.designs)
    return (
        gallery_page(build),
        learn_page(build),
        *comparison_pages(build),
        glossary_page(),
        *coverage_pages(build),
        *of_designs,
        reference_page(),
        reason_page(build),
        assumption_page(),
        figures_page(),
        cli_page(build.commands),
        *rule_pages(),
        *kind_pages(build),
    )
