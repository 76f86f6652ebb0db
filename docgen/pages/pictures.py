# Pictures on pages: a light and a dark file beside each other, of which a page shows the one of its palette.
#
# In:  where a picture's files stand, and its size. Out: HTML; Material for MkDocs reads the ends of the addresses.
"""figure_links, thumbnails."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from docgen.pages.build import Picture
from docgen.pages.markdown import attribute


def figure_links(stem: str, picture: Picture, alt: object, *, lazy: bool = False) -> Markup:
    """A picture that opens in full size; `stem` is its address without suffix."""
    loading = Markup(' loading="lazy"') if lazy else ""
    return Markup("").join(
        Markup(
            '<a href="{}" title="Open the picture in full size">'
            '<img src="{}{}" width="{}" height="{}"{} alt="{}"></a>'
        ).format(attribute(file), attribute(file), only, picture.width, picture.height, loading, attribute(alt))
        for file, only in _files(stem, picture)
    )


def thumbnails(stem: str, picture: Picture, css_class: str) -> Markup:
    """A picture beside words that say the same, so that it has none of its own."""
    return Markup("").join(
        Markup('<img class="{}" src="{}{}" width="{}" height="{}" loading="lazy" alt="">').format(
            css_class, attribute(file), only, picture.width, picture.height
        )
        for file, only in _files(stem, picture)
    )


def _files(stem: str, picture: Picture) -> Iterator[tuple[str, str]]:
    """Addresses, and what tells the site which palette each is for."""
    if picture.dark:
        yield f"{stem}.svg", "#only-light"
        yield f"{stem}.dark.svg", "#only-dark"
    else:
        yield f"{stem}.svg", ""
