# The pages of a build beside those of its designs, in parts that are written each on its own.
#
# In:  a Build, which is plain values. Out: Parts: each a function and all that it is given, so that whoever keeps
# pages knows which of them a change leaves as they are.
"""Part, drawn_map, parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docgen.core.data import dataclass
from docgen.kinds import all_kinds
from docgen.pages.assumption_page import assumption_page
from docgen.pages.build import Build, Page
from docgen.pages.comparison_page import comparison_page
from docgen.pages.coverage_page import coverage_page
from docgen.pages.figures import figures_page
from docgen.pages.gallery import gallery_page, map_of
from docgen.pages.glossary import glossary_page
from docgen.pages.kind_page import kind_index, kind_page, users_of
from docgen.pages.learn_page import learn_page
from docgen.pages.outline import Outline
from docgen.pages.reason_page import reason_page
from docgen.pages.reference_page import reference_page
from docgen.pages.rule_page import rule_pages


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that are written together."""

    write: Callable[..., Page | tuple[Page, ...]]
    """Looks at nothing but what it is given and docgen itself."""
    given: tuple[object, ...] = ()
    """Plain values: their `repr` is all of them."""

    def pages(self) -> tuple[Page, ...]:
        """Written now."""
        written = self.write(*self.given)
        return written if isinstance(written, tuple) else (written,)


def drawn_map(build: Build) -> tuple[Callable[..., str], tuple[object, ...]]:
    """What draws the map of the designs, and what it is given: the page of all designs shows it."""
    return map_of, (tuple(Outline(slug=d.slug, title=d.title, extends=d.extends) for d in build.designs),)


def parts(build: Build, drawn_map: str) -> Iterator[Part]:
    """Everything that docgen writes beside the pages of designs and of its own command line, in the site's order.

    Args:
        build: With the pictures of overviews only.
        drawn_map: How the designs build on each other.
    """
    yield Part(gallery_page, (build, drawn_map))
    yield Part(learn_page, (build,))
    yield from (Part(comparison_page, (build, comparison)) for comparison in build.comparisons)
    yield Part(glossary_page)
    if build.source_map is not None:
        yield Part(coverage_page, (build, build.source_map))
    yield Part(reference_page)
    yield Part(reason_page, (build,))
    yield Part(assumption_page)
    yield Part(figures_page)
    yield Part(rule_pages)
    yield Part(kind_index)
    yield from (Part(kind_page, (kind, users_of(build, kind))) for kind in all_kinds())
