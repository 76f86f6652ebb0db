# Figures of a design, each drawn at most once: cached by content, spread over the cores.
"""figures, figures_of_all, render_figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docgen.pipeline.design import Design


def figures(design: Design) -> Mapping[str, bytes]:
    """Every figure of a design by file name, in order.

    `overview.svg`, `overview.png`, `overview.drawio`, then the same for each `flow-<id>`, and last
    `<slug>.drawio` with one page for each view.
    """
    return figures_of_all([design])[design.slug]


def figures_of_all(designs: Iterable[Design]) -> Mapping[str, Mapping[str, bytes]]:
    """`figures` of many designs at once, by slug: the fast way for a whole site."""
    raise NotImplementedError


def render_figures(
    design: Design, formats: Iterable[str] = ("svg",), views: Iterable[str] = (), *, scale: float = 1.0
) -> Mapping[str, bytes]:
    """Chosen views (all where none is named) in chosen formats, by file name, in order.

    Raises:
        UnknownNameError: a view or format does not exist.
    """
    raise NotImplementedError
