"""One file for each place that designs can be exported to; see README.md in this folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from docgen.core.errors import UnknownNameError
from docgen.core.registry import discover
from docgen.exporters._compose import article_name, compose
from docgen.exporters._exporter import Export, Exporter

__all__ = ["Export", "Exporter", "all_exporters", "article_name", "compose", "exporter"]


@cache
def all_exporters() -> Mapping[str, Exporter]:
    """Every exporter by name, in the order of names."""
    return MappingProxyType({e.name: e for e in discover("docgen.exporters", "EXPORTER")})


def exporter(name: str) -> Exporter:
    """The exporter of this name.

    Raises:
        UnknownNameError: there is none.
    """
    if name not in all_exporters():
        raise UnknownNameError("target", name, all_exporters())
    return all_exporters()[name]
