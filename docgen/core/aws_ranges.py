# Public address ranges of AWS services, from one dated file beside this module; and AWS's own prefix lists.
#
# In:  a service and a Region. Out: blocks. Source: ip-ranges.json and "AWS-managed prefix lists" (VPC User Guide).
# A selection: enough to tell which route, rule or list an address falls under, not a copy of what AWS publishes.
"""PUBLISHED, service_ranges, managed_prefix_list, managed_prefix_lists."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from ipaddress import IPv4Network
from pathlib import Path
from types import MappingProxyType

_FILE = Path(__file__).with_name("aws_ranges.csv")
_LISTED = ("s3", "dynamodb", "cloudfront.origin-facing")
"""Services whose ranges AWS offers as a prefix list."""

Ranges = Mapping[tuple[str, str], tuple[IPv4Network, ...]]


@cache
def _read() -> tuple[str, Ranges]:
    published, rows = "", []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# published: "):
            published = line.rpartition(" ")[2]
        if not line.startswith("#"):
            rows.append(line)
    ranges: dict[tuple[str, str], tuple[IPv4Network, ...]] = {}
    for row in csv.DictReader(rows):
        key = (row["service"], row["region"])
        ranges[key] = (*ranges.get(key, ()), IPv4Network(row["prefix"]))
    return published, MappingProxyType(ranges)


def published() -> str:
    """The day whose ranges these are."""
    return _read()[0]


def service_ranges(service: str, region: str) -> tuple[IPv4Network, ...]:
    """Where a service of a Region has its public addresses.

    The service's own ranges; else those of the Region that belong to no service of their own; else a block set
    aside for documentation.
    """
    _, ranges = _read()
    named = service.replace("execute-api", "api_gateway")
    return ranges.get((named, region)) or ranges.get(("amazon", region)) or ranges["*", "*"]


def prefix_list_name(service: str, region: str) -> str:
    """`com.amazonaws.us-east-1.s3`."""
    return f"com.amazonaws.{region}.{service}"


@cache
def managed_prefix_lists() -> Mapping[str, tuple[IPv4Network, ...]]:
    """AWS's own prefix lists by name, with their entries."""
    _, ranges = _read()
    return MappingProxyType(
        {
            prefix_list_name(service, region): blocks
            for (service, region), blocks in ranges.items()
            if service in _LISTED
        }
    )


def managed_prefix_list(name: str) -> tuple[IPv4Network, ...]:
    """The entries of an AWS-managed prefix list; () where AWS has none of this name."""
    return managed_prefix_lists().get(name, ())
