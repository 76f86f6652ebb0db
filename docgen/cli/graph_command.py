"""`docgen graph`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli import _complete
from docgen.cli._console import STDIN, exit_code, path_argument, print_findings
from docgen.cli._stale import check_option, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docgen.core.diagnostic import Diagnostic
    from docgen.graphs import Graph


@click.command(
    epilog="""\b
Examples:
  docgen graph three-tier                              the topology as Mermaid, for a README or a wiki
  docgen graph three-tier --view routes -f svg -o routes.svg
  docgen graph three-tier --view depends -f dot | dot -Tpdf > depends.pdf
  docgen graph three-tier --view flow-order-page       the way of one flow
  docgen graph architectures --view extends -f svg     how the designs of a folder build on each other
"""
)
@path_argument
@click.option(
    "--view",
    default="topology",
    shell_complete=_complete.graph_views,
    show_default=True,
    metavar="NAME",
    help="topology; routes: who uses which route table and where it leads; depends: which component names which; "
    "extends: which definition grows from which; vpc-<id>: one VPC; flow-<id>: the way of a flow.",
)
@click.option(
    "-f",
    "--format",
    "name",
    type=click.Choice(["mermaid", "dot", "svg"]),
    default="mermaid",
    show_default=True,
    help="Text for places that draw it themselves, or a picture.",
)
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True, help="Of SVG.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write instead of printing."
)
@check_option
def command(path: str, view: str, name: str, theme: str, output: Path | None, check_only: bool) -> int:
    """Draw a design as a generic graph, laid out by Graphviz or written as text.

    No network diagram (that is `docgen render`): boxes and arrows, for a README, a wiki or a question about
    route tables. PATH is one definition; with --view extends it may be a folder of them.
    """
    from docgen.core.diagnostic import has_errors
    from docgen.graphs import write
    from docgen.pipeline.output import stale_files, write_named

    if check_only and output is None:
        raise click.UsageError("--check needs -o: the file to compare with")
    graph, found, sources = _graph(path, view)
    print_findings(found, sources, err=True)
    if graph is None or has_errors(found):
        return 1
    text = write(graph, name, theme)
    if output is None:
        click.echo(text, nl=False)
    elif check_only:
        return tell(stale_files(output.parent, {output.name: text.encode("utf-8")}), 1) or exit_code(found)
    else:
        write_named(output, text.encode("utf-8"))
        click.echo(str(output))
    return exit_code(found)


def _graph(path: str, view: str) -> tuple[Graph | None, tuple[Diagnostic, ...], Mapping[str, str]]:
    """The graph, what there is to say, and texts for excerpts."""
    from docgen.cli._designs import open_paths
    from docgen.pipeline.graphs import EXTENDS, family_graph, graph_of

    if view == EXTENDS and path != STDIN:
        family = family_graph(path)
        return family.value, family.diagnostics, {}
    opened = open_paths([path])
    if opened.count > 1:
        raise click.UsageError("a graph is of one definition; a folder of them has --view extends only")
    graph = graph_of(opened.designs[0], view) if opened.designs else None
    return graph, opened.diagnostics, opened.sources
