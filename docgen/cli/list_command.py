"""`docgen list`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from docgen.cli._console import echo_json, exit_code, format_option, paths_argument, print_findings

if TYPE_CHECKING:
    from docgen.pipeline import Design


@click.command(
    epilog="""\b
Examples:
  docgen list
  docgen list --format json | jq -r '.designs[].slug'
"""
)
@paths_argument
@format_option
def command(paths: tuple[str, ...], output_format: str) -> int:
    """List designs in their order, with what their flows come to."""
    from docgen.cli._designs import open_paths
    from docgen.core.terminal import visible

    opened = open_paths(paths)
    if output_format == "json":
        echo_json({"version": 1, "designs": [_values(design) for design in opened.designs]})
    else:
        width = max((len(design.slug) for design in opened.designs), default=0)
        for design in opened.designs:
            click.echo(f"{design.slug:<{width}}  {_counts_text(design):<24}  {visible(design.architecture.title)}")
    errors = [d for d in opened.diagnostics if d.severity == "error"]
    print_findings(errors, opened.sources, err=True)
    return exit_code(errors)


def _verdicts(design: Design) -> Counter[str]:
    return Counter(report.verdict.value for report in design.reports.values())


def _counts_text(design: Design) -> str:
    counts = _verdicts(design)
    return ", ".join(f"{counts[v]} {v}" for v in ("allowed", "blocked", "unknown") if counts[v])


def _values(design: Design) -> dict[str, object]:
    counts = _verdicts(design)
    return {
        "slug": design.slug,
        "title": design.architecture.title,
        "summary": design.architecture.summary,
        "extends": design.architecture.extends or None,
        "flows": {verdict: counts[verdict] for verdict in ("allowed", "blocked", "unknown")},
        "variants": [variant.id for variant in design.architecture.variants],
    }
