# Fills a template. Whatever a template prints is escaped as Markdown text unless it is `Markup` already.
#
# In:  a template of this package and values. Out: Markdown with at most one empty line in a row.
# Templates join no strings themselves (`~` would escape for HTML only): they print values or call these helpers.
"""render."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from docgen.pages import markdown, pictures, step_view, verdicts


def render(template: str, **values: object) -> Markup:
    """The template filled in, without trailing space."""
    filled = _environment().get_template(f"{template}.md.j2").render(**values)
    lines = "\n".join(line.rstrip() for line in filled.splitlines())
    return Markup(re.sub(r"\n{3,}", "\n\n", lines).strip())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("docgen.pages"),
        autoescape=True,
        finalize=markdown.text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        anchor=markdown.anchor,
        fence=markdown.fence,
        heading=markdown.heading,
        figure_links=pictures.figure_links,
        link=markdown.link,
        table=markdown.table,
        thumbnails=pictures.thumbnails,
        badge=verdicts.badge,
        mark=verdicts.mark,
    )
    environment.filters.update(
        code=markdown.code, attribute=markdown.attribute, prose=markdown.prose, marked=step_view.marked
    )
    return environment
