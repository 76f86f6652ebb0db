# Every choice that AWS leaves open, by id. In: the lists of this package. Out: one mapping.
#
# A new one goes into the list of its topic, and into docs/decisions/0003; nothing else needs to change.
"""Named choices of the routing core; see README.md in this folder."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from docgen.model.assumptions.answers import ASSUMPTIONS as _ANSWERS
from docgen.model.assumptions.assumption import Assumption, Tag
from docgen.model.assumptions.connections import ASSUMPTIONS as _CONNECTIONS
from docgen.model.assumptions.filters import ASSUMPTIONS as _FILTERS
from docgen.model.assumptions.gateways import ASSUMPTIONS as _GATEWAYS
from docgen.model.assumptions.routes import ASSUMPTIONS as _ROUTES

__all__ = ["ASSUMPTIONS", "Assumption", "Tag"]

ASSUMPTIONS: Mapping[str, Assumption] = MappingProxyType(
    {a.id: a for a in (*_ROUTES, *_GATEWAYS, *_FILTERS, *_CONNECTIONS, *_ANSWERS)}
)
"""By id, grouped by topic."""
