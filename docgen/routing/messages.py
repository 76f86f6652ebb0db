# The diagnostics of `resolve`: one code for each way in which a definition cannot be bound.
"""Codes of the resolver."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RESOLVER_CODES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "DGR-01": (
            "unknown reference",
            "A component names another one that the definition does not declare. References use the author's "
            "ids; inside a VPC its own components are looked up first, elsewhere `vpc/id` tells two of the "
            "same id apart.",
        ),
        "DGR-02": (
            "ambiguous reference",
            "Several components have this id and none of them stands in the same VPC. Write `vpc/id`, or, "
            "where a flow's end could be of two kinds, `kind:id`.",
        ),
        "DGR-03": (
            "duplicate id",
            "Two components of one kind have the same id in the same VPC. Ids are unique per kind and VPC.",
        ),
        "DGR-04": (
            "no free address",
            "A subnet has no address left for an interface: five of each subnet's addresses are reserved.",
        ),
        "DGR-05": (
            "unknown zone or component in an outage",
            "`when: {outage: ...}` names zones (by letter or in full) or components that the design has.",
        ),
        "DGR-06": (
            "call without a port",
            "A component's `calls` say which port they mean: `orders:3306`, `https://api.example.com`. It may be "
            "left out where what is called has one only: a load balancer's only listener, a database's engine, one "
            "port in `listens`, an AWS service.",
        ),
    }
)
"""Code to title and explanation."""
