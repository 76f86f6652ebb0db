from __future__ import annotations

import copy
import pickle
from dataclasses import field, replace

from docgen.core.data import dataclass
from docgen.core.values import later, reads_later


@reads_later("two", "three")
@dataclass(frozen=True, slots=True)
class Quick:
    one: int
    two: str = "two"
    three: list[int] = field(default_factory=list, kw_only=True)


def test_later_is_made_once_when_it_is_read() -> None:
    """Nobody sees that it was not there before."""
    made: list[int] = []

    def make() -> str:
        made.append(1)
        return "words"

    value = Quick(1, later(make))
    assert [] == made
    assert ["words", "words"] == [value.two, value.two]
    assert [1] == made


def test_later_is_no_difference_to_a_reader() -> None:
    """Equal, hashable, copied, replaced and sent to another process like a value that stood there at once."""
    at_once = Quick(1, "words", three=[])

    def fresh() -> Quick:
        return Quick(1, later(lambda: "words"), three=[])

    assert at_once == fresh()
    assert repr(at_once) == repr(fresh())
    assert replace(at_once, one=2) == replace(fresh(), one=2)
    assert at_once == copy.deepcopy(fresh())
    assert at_once == pickle.loads(pickle.dumps(fresh()))
