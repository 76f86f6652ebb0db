# Generic graphs of a design, and of many.
#
# In:  a design by view; or definitions, which are loaded and nothing more. Out: Graphs of docgen.graphs.
"""graph_of, graph_views, graph_files, family_graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import diagram, loader
from docgen.core.diagnostic import Diagnostic, Result
from docgen.core.errors import UnknownNameError
from docgen.model.architecture import Architecture
from docgen.pipeline.design import Design
from docgen.pipeline.designs import DEFINITION, design_folders
from docgen.pipeline.drawing import network_of_view, views_of

if TYPE_CHECKING:
    from docgen.graphs import Graph

TOPOLOGY, ROUTES, DEPENDS, EXTENDS = "topology", "routes", "depends", "extends"
TEXT_SUFFIXES = {"dot": ".dot", "mermaid": ".mmd"}
"""Formats of a view as text, and how their files end."""
_LONGEST = 1000
"""Steps of `extends` that are followed up; the loader refuses circles."""


def graph_views(design: Design) -> tuple[str, ...]:
    """The views of one design as a graph, without `extends`, which is of many."""
    return (TOPOLOGY, ROUTES, DEPENDS, *(view for view in views_of(design) if view != "overview"))


def graph_of(design: Design, view: str = TOPOLOGY) -> Graph:
    """One view of one design.

    Raises:
        UnknownNameError: there is no such view.
    """
    if view not in graph_views(design):
        raise UnknownNameError("view", view, (*graph_views(design), EXTENDS))
    from docgen import graphs  # what most commands do without

    if view == ROUTES:
        return graphs.routes_graph(design.network)
    if view == DEPENDS:
        return graphs.references_graph(design.network)
    scene_view = "overview" if view == TOPOLOGY else view
    return graphs.topology_graph(diagram.compose(network_of_view(design, scene_view), scene_view, design.reports))


def graph_files(design: Design, formats: Sequence[str], views: Iterable[str]) -> dict[str, bytes]:
    """Views of a design as text, by file name, for places that take only text.

    Args:
        design: What to write.
        formats: Of `TEXT_SUFFIXES`.
        views: Of `views_of(design)`; the overview is the topology.

    Raises:
        GraphTooLargeError: a view has more nodes than a graph may have.
    """
    if not formats:
        return {}
    from docgen import graphs

    return {
        f"{view}{TEXT_SUFFIXES[name]}": graphs.write(graph, name).encode("utf-8")
        for view in views
        for graph in [graph_of(design, TOPOLOGY if view == "overview" else view)]
        for name in formats
    }


def family_graph(path: str | Path) -> Result[Graph]:
    """How definitions extend each other: all of a folder, or one with those that it grows from."""
    from docgen import graphs

    given = Path(path)
    one = given.is_file() or (given / DEFINITION).is_file()
    found: list[Diagnostic] = []
    folders = [given] if one else design_folders(given)
    loaded = _load(folders, found)
    if one and loaded:
        home = given.parent.parent if given.is_file() else given.absolute().parent
        for _ in range(_LONGEST):
            base = loaded[0].extends
            more = _load([home / base], found) if base else []
            if not more or more[0].slug in {d.slug for d in loaded}:
                break
            loaded = [*more, *loaded]
    return Result(graphs.extends_graph(loaded), tuple(dict.fromkeys(found)))


def _load(folders: Sequence[Path], found: list[Diagnostic]) -> list[Architecture]:
    results = [loader.load(folder) for folder in folders]
    found += [d for result in results for d in result.diagnostics]
    return [result.value for result in results if result.value is not None]
