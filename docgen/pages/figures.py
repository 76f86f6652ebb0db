# Numbers that age: prices and latencies, each with its date, Region and source, from figures.yaml beside this file.
#
# In:  ids. Out: figures, as a table or in a sentence. Nothing else on the pages knows a price.
"""Figure, figures, fill_figures, with_figures, figure_table, figures_page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

import yaml
from markupsafe import Markup

from docgen.core.data import dataclass
from docgen.loader.document import FAST
from docgen.loader.figure_names import FIGURES, IN_PROSE
from docgen.pages.build import Page
from docgen.pages.front_matter import front_matter
from docgen.pages.markdown import anchor, inline, link, table, text

PATH = "reference/figures.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of AWS's."""

    id: str
    title: str
    value: str
    """A number, a range or a number with `about`; text, so that 0.10 stays 0.10."""
    unit: str
    region: str
    """A Region's code, or words: `all`, `India`."""
    as_of: str
    """The month at which it stood, `2026-05`."""
    source: str
    """Address of the page that says so."""

    @property
    def year(self) -> str:
        """For a sentence."""
        return self.as_of[:4]

    @property
    def is_price(self) -> bool:
        """Whether it is money; else it is time."""
        return self.unit.startswith("USD")


@cache
def figures() -> Mapping[str, Figure]:
    """All of them by id, in the order of ids."""
    content = FIGURES.read_text(encoding="utf-8")
    return MappingProxyType({id: Figure(id=id, **values) for id, values in yaml.load(content, Loader=FAST).items()})


def fill_figures(prose: str, root: str) -> str:
    """A README's prose with each figure as value, unit and year; unknown ids stay as they are written.

    >>> fill_figures("It costs {{ figure:nat-gateway-hour }}.", "../../").partition(" (")[0]
    'It costs [0.045 USD per hour](../../reference/figures.md#nat-gateway-hour)'
    """
    return IN_PROSE.sub(lambda found: _words(found[1], root) or found[0], prose)


def with_figures(value: str, root: str) -> Markup:
    """A stranger's text with its figures filled in.

    >>> print(with_figures("<b> {{ figure:nat-gateway-hour }}", "").partition(" (")[0])
    &#60;b&#62; [0.045 USD per hour](reference/figures.md#nat-gateway-hour)
    """
    parts = IN_PROSE.split(value)
    return Markup("").join(
        _words(part, root) or text(part) if at % 2 else inline(part) for at, part in enumerate(parts)
    )


def _words(id: str, root: str) -> Markup | None:
    figure = figures().get(id)
    if figure is None:
        return None
    return Markup("{} ({})").format(link(f"{figure.value} {figure.unit}", f"{root}{PATH}#{anchor(id)}"), figure.year)


def figure_table(ids: Iterable[str], *, named: bool = False) -> Markup:
    """Value, unit, Region, date and source of each; with `named` each row can be linked to."""
    known = figures()
    rows = [_row(known[id], named) for id in ids if id in known]
    return table(["What", "Value", "Unit", "Region", "As of", "Source"], rows, numbers=(1,))


def figures_page() -> Page:
    """Every number, prices first."""
    known = figures().values()
    parts = [
        front_matter({"title": "Costs and latencies", "hide": ["toc"]}),
        "# Costs and latencies\n",
        "Every number on this site that ages, with its date. Prices are list prices of the first tier in the Region "
        "named, before free tiers and discounts; AWS changes them, and its own page behind each link counts.\n",
        "## Costs\n",
        str(figure_table((f.id for f in known if f.is_price), named=True)),
        "\n## Latencies\n",
        str(figure_table((f.id for f in known if not f.is_price), named=True)),
    ]
    return Page(PATH, "Costs and latencies", "\n".join(parts) + "\n")


def _row(figure: Figure, named: bool) -> tuple[object, ...]:
    title = text(figure.title)
    if named:
        title = Markup('<span id="{}">{}</span>').format(anchor(figure.id), title)
    host = figure.source.split("/")[2].removeprefix("www.")
    return title, figure.value, figure.unit, figure.region, figure.as_of, link(host, figure.source)
