# The shape of one reason code. The codes themselves stand in this package's other modules, by topic.
"""ReasonCode."""

from __future__ import annotations

from docgen.core.data import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCode:
    """Why a leg is blocked (or what is worth knowing of one that is not), and what usually fixes it."""

    code: str
    """As a trace prints it: Reachability Analyzer's own code, or one of docgen's with `DG_` in front."""
    official: bool = True
    """Whether Reachability Analyzer has it, so that our answer can be laid beside AWS's."""
    topic: str
    """Heading that it stands under on the reference page: `Route tables`, `Internet gateway`, ..."""
    title: str
    """A few words, no period at the end."""
    meaning: str
    """One or two sentences: what happened to the packet."""
    fix: str
    """What usually cures it."""
    source: str
    """AWS page that documents the behaviour behind it."""
    raised_today: bool = False
    """Whether the present routing core can give it; the others are explained for what comes."""
