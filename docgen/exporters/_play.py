# A page that plays an export's flows and needs no other file: script, styles and picture are inside.
"""play_page."""

from __future__ import annotations

from docgen.exporters._exporter import Export
from docgen.site.embed import document, fragment


def play_page(export: Export, *, fill: bool = False) -> bytes:
    """The page.

    Args:
        export: With `stage` among the pictures that its exporter takes.
        fill: Whether it is all that there is (in an iframe): no heading, no margin.
    """
    stages = export.build.stages[export.design.architecture.slug]
    flows = fragment(export.design, stages, flows=export.flows)
    return document(export.article.title, [flows], fill=fill).encode("utf-8")
