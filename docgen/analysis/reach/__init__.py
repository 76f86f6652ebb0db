"""Who reaches whom, computed over all headers rather than sampled; see README.md in this folder."""

from docgen.analysis.reach.difference import opened
from docgen.analysis.reach.explore import Outcome
from docgen.analysis.reach.proof import newly_reachable, reach, reach_between
from docgen.analysis.reach.results import Reach, Reached

__all__ = ["Outcome", "Reach", "Reached", "newly_reachable", "opened", "reach", "reach_between"]
