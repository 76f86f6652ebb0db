# Mends the search of Material sites, whose pages are full of addresses.
#
# In:  the script that the theme searches with (lunr 2.3 is in it). Out: the same with the mend.
# lunr names a node of its words by letters and by the numbers of the nodes that they lead to, with nothing between:
# one with "1" to node 1 and "2" to node 34 is called as one with "1" to node 12 and "3" to node 4 is,
# and taken for it. Where words are addresses that happens; a search for what they begin with then fails.
"""mended_worker, WORKER."""

from __future__ import annotations

WORKER = "assets/javascripts/workers/search."
"""How the path of the theme's script begins."""
_PLACE = "e=e+s+o.id}return e}"
_MENDED = 'e=e+s+o.id+","}return e}'


def mended_worker(script: str) -> str | None:
    """The script with a comma behind each number; None where it is another script than the one that is known.

    >>> mended_worker("for(;;){e=e+s+o.id}return e}")
    'for(;;){e=e+s+o.id+","}return e}'
    """
    return script.replace(_PLACE, _MENDED) if script.count(_PLACE) == 1 else None
