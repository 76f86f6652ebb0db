from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from docgen.core.values import later, quickly_made, reads_later


@dataclass(frozen=True, slots=True)
class Plain:
    one: int
    two: str = "two"
    three: list[int] = field(default_factory=list, kw_only=True)


@reads_later("two", "three")
@quickly_made
@dataclass(frozen=True, slots=True)
class Quick:
    one: int
    two: str = "two"
    three: list[int] = field(default_factory=list, kw_only=True)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        pytest.param((1,), {}, id="defaults"),
        pytest.param((1, "x"), {"three": [3]}, id="by-position-and-by-name"),
        pytest.param((), {"two": "x", "one": 2}, id="all-by-name"),
    ],
)
def test_quickly_made_is_made_alike(given: tuple[int, ...], named: dict[str, object]) -> None:
    """The same parameters give the same fields."""
    plain, quick = Plain(*given, **named), Quick(*given, **named)  # type: ignore[arg-type]

    assert [getattr(plain, f.name) for f in fields(plain)] == [getattr(quick, f.name) for f in fields(quick)]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        pytest.param((), {}, id="a-field-is-missing"),
        pytest.param((1, "x", [3]), {}, id="a-keyword-by-position"),
        pytest.param((1,), {"four": 4}, id="an-unknown-name"),
    ],
)
def test_quickly_made_refuses_alike(given: tuple[int, ...], named: dict[str, object]) -> None:
    """And what the one refuses, the other does."""
    for cls in (Plain, Quick):
        with pytest.raises(TypeError):
            cls(*given, **named)  # type: ignore[arg-type]


def test_quickly_made_is_frozen_and_shares_no_default() -> None:
    """Nothing about a value changes but the time that it takes to make one."""
    one, other = Quick(1), Quick(1)
    with pytest.raises(FrozenInstanceError):
        one.one = 2  # type: ignore[misc]
    one.three.append(1)

    assert [] == other.three


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
