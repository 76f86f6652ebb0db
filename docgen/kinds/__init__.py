"""Kinds of components, one module each; see README.md in this folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from docgen.core.registry import discover
from docgen.model.kind import Kind


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Every kind by name, in the order of names."""
    return MappingProxyType({kind.name: kind for kind in discover("docgen.kinds", "KIND")})
