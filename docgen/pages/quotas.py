# How much of a component AWS gives, with the date and the page that says so.
#
# In:  quotas.yaml beside this file. Out: a table for a kind's page.
"""Quota, quotas, quota_table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml
from markupsafe import Markup

from docgen.core.data import dataclass
from docgen.loader.document import FAST
from docgen.pages.markdown import link, table


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """One limit."""

    what: str
    value: str
    """Unless somebody asks for more."""
    most: str
    """What AWS gives at most; "" where it is not raised."""
    as_of: str
    source: str
    """Address of AWS's list."""


@cache
def quotas() -> Mapping[str, tuple[Quota, ...]]:
    """By kind, in the order of the file."""
    told = yaml.load((files("docgen.pages") / "quotas.yaml").read_text(encoding="utf-8"), Loader=FAST)
    return MappingProxyType(
        {
            kind: tuple(
                Quota(
                    what=one["what"],
                    value=one["value"],
                    most=one.get("most", ""),
                    as_of=told["as_of"],
                    source=told["sources"][one["source"]],
                )
                for one in found
            )
            for kind, found in told["kinds"].items()
        }
    )


def quota_table(kind: str) -> Markup | None:
    """The quotas of a kind; None where it has none of its own."""
    found = quotas().get(kind, ())
    rows = [
        (one.what, one.value, one.most or "not raised", one.as_of, link(one.source.split("/")[2], one.source))
        for one in found
    ]
    return table(["Quota", "Unless asked", "At most", "As of", "Source"], rows) if rows else None
