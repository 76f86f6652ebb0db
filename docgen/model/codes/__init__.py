# Every reason code that docgen knows, by code. In: the lists of this package. Out: one mapping.
#
# A new code goes into the list of its topic; nothing else needs to change.
"""Reason codes: Reachability Analyzer's and docgen's own; see README.md in this folder."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from docgen.model.codes.analysis import CODES as _ANALYSIS
from docgen.model.codes.connections import CODES as _CONNECTIONS
from docgen.model.codes.docgen_codes import CODES as _DOCGEN
from docgen.model.codes.endpoints import CODES as _ENDPOINTS
from docgen.model.codes.load_balancing import CODES as _LOAD_BALANCING
from docgen.model.codes.reason_code import ReasonCode
from docgen.model.codes.vpc import CODES as _VPC

__all__ = ["REASON_CODES", "ReasonCode"]

REASON_CODES: Mapping[str, ReasonCode] = MappingProxyType(
    {reason.code: reason for reason in (*_VPC, *_LOAD_BALANCING, *_CONNECTIONS, *_ENDPOINTS, *_ANALYSIS, *_DOCGEN)}
)
"""By code, grouped by topic: official ones first, then docgen's."""
