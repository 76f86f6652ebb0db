# What stands beside the designs of a folder: comparisons and the map of a document, held against the designs.
#
# In:  a folder and the outlines of its designs. Out: a Collection, and what is wrong with it.
"""Collection, collection_of."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import loader
from docgen.core.data import dataclass
from docgen.core.diagnostic import Diagnostic
from docgen.core.names import did_you_mean
from docgen.model.comparison import Comparison
from docgen.model.component import Ref
from docgen.model.source_map import SourceMap
from docgen.pipeline.lesson import NO_SUCH, error, unknown_figures

if TYPE_CHECKING:
    from docgen.pages.outline import Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """What is told of several designs together."""

    comparisons: tuple[Comparison, ...] = ()
    source_map: SourceMap | None = None


def collection_of(
    folder: Path, designs: Mapping[str, Outline], slugs: Names[str], found: list[Diagnostic]
) -> Collection:
    """Read what stands beside the designs; what is wrong with it is added to `found`.

    Args:
        folder: That of all designs.
        designs: Those that could be opened, by slug.
        slugs: All that the index names.
    """
    compared = loader.read_comparisons(folder)
    mapped = loader.read_source_map(folder)
    found += (*compared.diagnostics, *mapped.diagnostics)
    for comparison in compared.value:
        found += _wrong(comparison, designs, slugs)
    if mapped.value is not None:
        told = mapped.value
        refs = [ref for s in told.sections for ref in s.designs] + [
            ref for c in told.corrections for ref in c.designs
        ]
        found += (d for ref in refs for d in _no_design(ref, slugs))
    # what names a design that cannot be opened has no page: the error is told already
    whole = tuple(c for c in compared.value if all(one.design.name in designs for one in c.designs))
    return Collection(comparisons=whole, source_map=mapped.value)


def _wrong(comparison: Comparison, designs: Mapping[str, Outline], slugs: Names[str]) -> Iterator[Diagnostic]:
    for compared in comparison.designs:
        yield from _no_design(compared.design, slugs)
    for row in comparison.rows:
        yield from unknown_figures(row.span, row.values)
        for ref, compared in zip(row.flows, comparison.designs, strict=False):
            design = designs.get(compared.design.name)
            known = [flow.id for flow in design.flows] if design else []
            if design and ref.name not in known:
                text = f"design {compared.design.name!r} has no flow {ref.name!r}"
                yield error(NO_SUCH, ref.span, text, did_you_mean(ref.name, known))


def _no_design(ref: Ref, slugs: Names[str]) -> Iterator[Diagnostic]:
    if ref.name not in slugs:
        yield error(NO_SUCH, ref.span, f"there is no design {ref.name!r}", did_you_mean(ref.name, slugs))
