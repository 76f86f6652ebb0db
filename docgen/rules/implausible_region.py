# Reports Region names that cannot be one.
"""DGL-105."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.core.diagnostic import Finding, Severity
from docgen.kinds.region import Region
from docgen.model import sources as at
from docgen.rules._design import each
from docgen.rules._rule import Subject, rule

_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-\d{1,2}")


@rule("DGL-105", severity=Severity.ERROR, source=at.REGIONS)
def implausible_region(subject: Subject) -> Iterator[Finding]:
    """A Region's name does not look like one.

    ## Why it matters

    Regions are named by area, direction and number (`ap-south-1`); zone names, endpoints and the
    page's links are made from that name.

    ## Flagged

    ```yaml
    version: 1
    title: A city instead of a Region
    region: mumbai
    zones: [a]
    vpcs:
      shop: {cidr_block: 10.0.0.0/16}
    ```

    ## Accepted

    ```yaml
    version: 1
    title: A Region by its code
    region: ap-south-1
    zones: [a]
    vpcs:
      shop: {cidr_block: 10.0.0.0/16}
    ```
    """
    for region in each(subject.network, Region):
        if _REGION.fullmatch(region.id):
            continue
        without_letter = region.id.rstrip("abcdef")
        hint = "use a Region's code such as ap-south-1 or eu-west-1"
        if _REGION.fullmatch(without_letter):
            hint = f"{region.id} is a zone; its Region is {without_letter}"
        yield Finding(region.span, f"{region.id!r} is not the name of an AWS Region", hint=hint)


RULE = implausible_region
