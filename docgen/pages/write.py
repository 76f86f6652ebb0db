# All pages of a build, in the order of the site's navigation.
#
# In:  a Build. Out: Pages; pure: the same build gives the same text.
"""write."""

from __future__ import annotations

from docgen.pages.architecture_page import architecture_page
from docgen.pages.build import Build, Page
from docgen.pages.gallery import gallery_page


def write(build: Build) -> tuple[Page, ...]:
    """Every page that docgen generates."""
    return (gallery_page(build), *(architecture_page(build, design) for design in build.designs))
