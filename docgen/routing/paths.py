# From a tree of connections to paths, each from the flow's source to a last end: how many there are, and names.
#
# In:  the connections of a flow. Out: numbers and words. A path goes down the tree; where a connection points to
# another one for what its end calls, it goes on there.
"""count_paths, name_of_path, children_of."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from docgen.model.trace import Connection, Verdict


def count_paths(connections: Sequence[Connection], answered: Collection[int] = ()) -> tuple[int, int]:
    """How many paths work, and how many there are. A look-up is no path of its own, unless it is where one fails.

    `answered` are connections that a proxy may answer by itself: that is a path beside those that it opens.
    """
    paths = _Paths(connections, answered)
    counted = [paths.count(i) for i, c in enumerate(connections) if c.parent is None]
    return sum(w for w, _ in counted), sum(t for _, t in counted)


class _Paths:
    """Counts what is below each connection. No function in a function: it would keep the whole report alive."""

    def __init__(self, connections: Sequence[Connection], answered: Collection[int]) -> None:
        self._connections, self._answered = connections, answered
        self._children = children_of(connections)
        self._known: dict[int, tuple[int, int]] = {}

    def count(self, index: int) -> tuple[int, int]:
        """How many paths go on from a connection, and how many of them work."""
        connections, children, known = self._connections, self._children, self._known
        if index in known:
            return known[index]
        connection = connections[index]
        works = connection.verdict is Verdict.ALLOWED
        known[index] = (int(works), 1)  # met again below itself: calls that go round in a circle end here
        if connection.purpose == "dns":
            under_call = connection.parent is not None and connections[connection.parent].purpose != "dns"
            known[index] = (0, int(under_call and not _answers(connections, children, index)))
        elif works:
            goes_on = children[index] if connection.followed_at is None else children[connection.followed_at]
            circle = connection.followed_at is not None and _leads_to(connections, connection.followed_at, index)
            below = [] if circle else [self.count(child) for child in goes_on]
            if any(total for _, total in below):
                own = int(index in self._answered)
                known[index] = (own + sum(w for w, _ in below), own + sum(t for _, t in below))
        return known[index]


def _answers(connections: Sequence[Connection], children: Sequence[tuple[int, ...]], index: int) -> bool:
    """Whether a look-up works, with all the questions that it leads to."""
    works = connections[index].verdict is Verdict.ALLOWED
    return works and all(_answers(connections, children, child) for child in children[index])


def children_of(connections: Sequence[Connection]) -> tuple[tuple[int, ...], ...]:
    """For each connection those that it leads to, in order."""
    found: list[list[int]] = [[] for _ in connections]
    for index, connection in enumerate(connections):
        if connection.parent is not None:
            found[connection.parent].append(index)
    return tuple(map(tuple, found))


def _leads_to(connections: Sequence[Connection], ancestor: int, index: int) -> bool:
    at: int | None = index
    while at is not None and at != ancestor:
        at = connections[at].parent
    return at == ancestor


def name_of_path(connections: Sequence[Connection], index: int) -> str:
    """`from shopper by edge, web-a to orders`, `by way of vpn-b`; "" where the connection's own ends say it all."""
    way = [connections[index]]
    while way[0].parent is not None:
        way.insert(0, connections[way[0].parent])
    words = []
    if any(c.purpose == "call" for c in way):
        between = ", ".join(c.source_name for c in way[1:])
        words.append(f"from {way[0].source_name} by {between} to {way[-1].destination_name}")
    last = way[-1]
    alike = [c for c in connections if (c.parent, c.purpose, c.request) == (last.parent, last.purpose, last.request)]
    names = [[h.name for h in c.forward.hops] for c in alike]
    own = next((n for n in (h.name for h in last.forward.hops) if any(n not in other for other in names)), "")
    if last.request is not None and own:
        words.append(f"by way of {own}")
    return ", ".join(words)
