from __future__ import annotations

import pickle
from collections.abc import Callable

from docgen.core.memo import MOST_DERIVED, Derived, Memo


def test_derived_is_worked_out_once() -> None:
    """The second asker gets what the first one made."""
    made: list[int] = []
    derived = Derived()

    def make() -> int:
        made.append(1)
        return len(made)

    assert [1, 1] == [derived.of("x", make), derived.of("x", make)]


def test_nothing_is_worked_out_twice_because_it_is_none() -> None:
    """None is an answer."""
    made: list[None] = []
    derived = Derived()
    for _ in range(2):
        assert derived.of("x", lambda: made.append(None)) is None

    assert [None] == made


def test_derived_is_bounded() -> None:
    """However many states of a network are asked about, what is kept does not grow for ever."""
    derived = Derived()
    always: Callable[[], bytes] = lambda: b"x"  # noqa: E731
    for number in range(3 * MOST_DERIVED):
        derived.of(number, always)

    assert len(derived._held) <= MOST_DERIVED


def test_what_is_remembered_stays_at_home() -> None:
    """Another process gets an empty memory, not somebody's closures."""
    derived, memo = Derived(), Memo[int]()
    derived.of("x", lambda: 1)
    memo.keep("x", 1)

    assert {} == pickle.loads(pickle.dumps(derived))._held
    assert {} == pickle.loads(pickle.dumps(memo))
