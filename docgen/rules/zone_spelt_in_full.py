# Remarks on zones that are written with the name of their Region.
"""DGL-49."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Note, Severity
from docgen.model import sources as at
from docgen.rules._design import listed, verb
from docgen.rules._rule import Subject, rule

_MOST_NOTES = 5


@rule(
    "DGL-49",
    severity=Severity.INFO,
    source=at.AVAILABILITY_ZONES,
    related=("cfn-lint W3010 (warning)",),
)
def zone_spelt_in_full(subject: Subject) -> Iterator[Finding]:
    """Zones are written in full, so that the design is tied to one Region.

    ## Why it matters

    A design that says `a` and `b` moves to another Region by one line, `region:`. With `ap-south-1a`
    in it, every place has to be found and changed, and a template that is made from it fails
    elsewhere. Local Zones have no letter that says enough and are not reported. Told once, with
    further places as notes.

    ## Flagged

    ```yaml
    version: 1
    title: Zones by their full names
    region: ap-south-1
    zones: [ap-south-1a, ap-south-1b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: Zones by their letters
    region: ap-south-1
    zones: [a, b]
    vpcs:
      shop:
        cidr_block: 10.0.0.0/16
        subnets: {app: {cidr_blocks: [10.0.10.0/24, 10.0.11.0/24]}}
    ```
    """
    spelt = subject.network.architecture.zones_in_full
    if spelt:
        names = tuple(dict.fromkeys(name for name, _ in spelt))
        further = tuple(Note(span, f"{name} is written here too") for name, span in spelt[1:])
        yield Finding(
            spelt[0][1],
            f"{verb(len(names), 'zone', 'zones')} {listed(names)} {verb(len(names), 'is', 'are')} written in full, "
            "which ties the design to one Region",
            hint=f"write `{spelt[0][0][-1]}`; `region:` says the rest",
            notes=further[:_MOST_NOTES],
        )


RULE = zone_spelt_in_full
