# Questions about DNS records that several rules ask. Nothing here judges.
"""record_sets, place."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.span import Span
from docgen.kinds.hosted_zone import HostedZone
from docgen.model.records import Record
from docgen.routing.dns_records import full_name


def record_sets(zone: HostedZone) -> Iterator[tuple[str, tuple[Record, ...]]]:
    """The records of each name of a zone, in order, with the name in full."""
    for label in dict.fromkeys(r.name for r in zone.records):
        yield full_name(zone, label), tuple(r for r in zone.records if r.name == label)


def place(zone: HostedZone, record: Record) -> Span:
    """Where a record stands in the definition."""
    return record.span.or_else(zone.span)
