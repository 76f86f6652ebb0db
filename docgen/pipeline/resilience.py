# Which flows of a design each single failure breaks, as a command line asks for it.
#
# In:  a Design and names: `each-zone`, `nat-a`. Out: a Resilience.
"""resilience_of."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.analysis.resilience import Level, Resilience, failures_named, resilience
from docgen.core.errors import UnknownNameError
from docgen.pipeline.design import Design
from docgen.routing.outages import unclear_outage


def resilience_of(design: Design, outage: Iterable[str]) -> Resilience:
    """What each of some failures does to the design's flows.

    Raises:
        UnknownNameError: a name means nothing in this design.
    """
    try:
        failures = tuple(failures_named(design.network, outage))
    except LookupError as error:
        name = str(error.args[0])
        known = (*map(str, Level), *unclear_outage(design.network, name)[1])
        raise UnknownNameError("zone or component", name, known) from None
    return resilience(design.network, failures)
