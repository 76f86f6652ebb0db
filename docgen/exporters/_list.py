# A page that lists exported pages, where there are several: for a browser that opens the folder.
"""list_page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from docgen.exporters._article import Article
from docgen.site.embed import document


def list_page(articles: Sequence[Article], paths: Mapping[str, str]) -> bytes:
    """The list, with the path of each page by the name of its article."""
    items = (
        Markup('<li><a href="{}">{}</a>{}</li>').format(
            paths[one.name], one.title, Markup("<br>{}").format(one.summary) if one.summary else ""
        )
        for one in articles
    )
    body = Markup("<ul>\n{}\n</ul>").format(Markup("\n").join(items))
    return document("Networks", [body]).encode("utf-8")
