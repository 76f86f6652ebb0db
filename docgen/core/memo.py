# Remembers answers to questions that always have the same answer, up to a bound.
"""Memo."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

MOST = 20_000
"""Answers kept; past it all are forgotten, which costs time and never changes an answer."""

T = TypeVar("T")


class Memo(dict[Hashable, T]):
    """Question to answer. For pure functions of the immutable thing that holds the memo."""

    def keep(self, question: Hashable, answer: T) -> T:
        """Remember and return an answer."""
        if len(self) >= MOST:
            self.clear()
        self[question] = answer
        return answer
