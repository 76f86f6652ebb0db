# What an exporter is. Each module of this package without an underscore exports one as EXPORTER.
"""Exporter, Export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from docgen.core.data import dataclass
from docgen.exporters._article import Article
from docgen.pages import Build, Design
from docgen.renderers import MOST_PIXELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One design, or one of its flows, with all that an exporter may take of it."""

    article: Article
    """What its page says."""
    files: Mapping[str, bytes]
    """By plain name: pictures (`overview.svg`), `architecture.yaml`, `traces.json`. Every picture of the article is
    there in each form that the exporter asked for, and every download of it."""
    design: Design
    build: Build
    """Holds this design alone, with the sizes of its pictures."""
    flows: tuple[str, ...]
    """Ids of the flows that it shows, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A place that designs can be exported to."""

    name: str
    title: str
    """`MediaWiki`."""
    writes: str
    """What it writes, in a few words without a full stop."""
    pictures: tuple[str, ...]
    """Which files of each picture it takes: `svg`, without which no picture has a size, `dark.svg`, `png` (at twice
    the size), `drawio`, `drawio.svg` and `drawio.png` (pictures that open in draw.io as their diagram), and `stage`
    for the picture that a page plays flows on."""
    most_pixels: int = MOST_PIXELS
    """That a PNG may have; a larger one is made smaller than twice its size."""
    write: Callable[[Sequence[Export]], Mapping[str, bytes]]
    """Files by relative path, with slashes. One design gives the same paths alone and among others; what lists them
    all comes only where there are several. Gives the same bytes for the same exports, and writes nothing."""
