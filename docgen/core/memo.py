# Remembers answers to questions that always have the same answer, up to a bound.
"""Memo, Derived."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

MOST = 4_000
"""Answers kept; past it all are forgotten, which costs time and never changes an answer. Each is some fifteen objects
that Python's garbage collector walks through again and again: many more cost more than they save."""
MOST_DERIVED = 500
"""The same for what is worked out of a whole network: few, and large."""

T = TypeVar("T")


class Memo(dict[Hashable, T]):
    """Question to answer. For pure functions of the immutable thing that holds the memo."""

    def keep(self, question: Hashable, answer: T) -> T:
        """Remember and return an answer."""
        if len(self) >= MOST:
            self.clear()
        self[question] = answer
        return answer

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process works its answers out itself: sending them takes longer."""
        return type(self), ()


class Derived:
    """Indexes and tables that are worked out of an immutable thing when somebody first asks for them."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held: dict[Hashable, Any] = {}

    def of(self, question: Hashable, make: Callable[[], T]) -> T:
        """The answer to a question; `make` works it out, from the thing and the question alone."""
        if question in self._held:
            known: T = self._held[question]
            return known
        answer = make()
        if len(self._held) >= MOST_DERIVED:
            self._held.clear()
        self._held[question] = answer
        return answer

    def about(self, question: str, subject: object, make: Callable[[], T]) -> T:
        """`of` for a question about something large: known by its identity, and kept so that nothing else has it."""
        _, answer = self.of((question, id(subject)), lambda: (subject, make()))
        return answer

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), ()
