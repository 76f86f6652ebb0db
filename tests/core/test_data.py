from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from typing import Any, ClassVar

import pytest

from docgen.core.data import dataclass


@dataclasses.dataclass(frozen=True, slots=True)
class PlainBase:
    """What `dataclasses` makes of it."""

    one: int
    two: str = "two"
    three: list[int] = field(default_factory=list, kw_only=True)
    aside: int = field(default=0, compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plain(PlainBase):
    kind: ClassVar[str] = "a kind"
    four: tuple[int, ...] = ()
    double: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "double", self.one * 2)


@dataclass(frozen=True, slots=True)
class QuickBase:
    """What we make of it."""

    one: int
    two: str = "two"
    three: list[int] = field(default_factory=list, kw_only=True)
    aside: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quick(QuickBase):
    kind: ClassVar[str] = "a kind"
    four: tuple[int, ...] = ()
    double: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "double", self.one * 2)


PAIRS = [pytest.param(PlainBase, QuickBase, id="a-class"), pytest.param(Plain, Quick, id="a-derived-class")]


@pytest.mark.parametrize(("plain", "quick"), PAIRS)
@pytest.mark.parametrize(
    ("given", "named"),
    [
        pytest.param((1,), {}, id="defaults"),
        pytest.param((1, "x"), {"three": [3]}, id="by-position-and-by-name"),
        pytest.param((), {"two": "x", "one": 2, "aside": 7}, id="all-by-name"),
    ],
)
def test_the_same_parameters_give_the_same_value(
    plain: Any, quick: Any, given: tuple[int, ...], named: dict[str, object]
) -> None:
    """Fields, words and what other functions make of it."""
    expected, made = plain(*given, **named), quick(*given, **named)

    assert [getattr(expected, f.name) for f in fields(expected)] == [getattr(made, f.name) for f in fields(made)]
    assert repr(expected) == repr(made).replace("Quick", "Plain")
    assert asdict(expected) == asdict(made)
    assert plain.__match_args__ == quick.__match_args__
    assert not hasattr(made, "__dict__")


@pytest.mark.parametrize(("plain", "quick"), PAIRS)
def test_help_tells_the_same_parameters(plain: Any, quick: Any) -> None:
    """Also of a class of which no value was made yet."""

    @dataclass(frozen=True, slots=True)
    class Fresh(quick):  # type: ignore[misc]
        """Adds nothing."""

    expected = inspect.signature(plain)
    for cls in (quick, Fresh):
        told = inspect.signature(cls)
        assert [(p.name, p.kind, p.annotation) for p in expected.parameters.values()] == [
            (p.name, p.kind, p.annotation) for p in told.parameters.values()
        ]
        assert [p.default is p.empty for p in expected.parameters.values()] == [
            p.default is p.empty for p in told.parameters.values()
        ]


@pytest.mark.parametrize(("plain", "quick"), PAIRS)
@pytest.mark.parametrize(
    ("given", "named"),
    [
        pytest.param((), {}, id="a-field-is-missing"),
        pytest.param((1, "x", 0, [3]), {}, id="a-keyword-by-position"),
        pytest.param((1,), {"four-and-a-half": 4}, id="an-unknown-name"),
        pytest.param((1,), {"double": 4}, id="a-field-that-is-worked-out"),
    ],
)
def test_both_refuse_the_same(plain: Any, quick: Any, given: tuple[int, ...], named: dict[str, object]) -> None:
    """Also at the first call, before the method is written."""
    for cls in (plain, quick):
        with pytest.raises(TypeError):
            cls(*given, **named)


@pytest.mark.parametrize("cls", [PlainBase, Plain, QuickBase, Quick])
def test_values_are_equal_by_what_is_compared(cls: Any) -> None:
    """Of one class, in every field but those left out; hashed by the same fields."""
    assert cls(1, aside=1) == cls(1, aside=2)
    assert cls(1) != cls(2)
    assert cls(1) != 1
    assert QuickBase(1) != Quick(1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(cls(1))
    assert hash(cls(1, three=())) == hash(cls(1, three=(), aside=3))  # type: ignore[arg-type]
    assert 1 == len({cls(1, three=()), cls(1, three=())})  # type: ignore[arg-type]


@pytest.mark.parametrize("cls", [PlainBase, Plain, QuickBase, Quick])
def test_values_are_frozen_and_share_no_default(cls: Any) -> None:
    """As every value of docgen."""
    one, other = cls(1), cls(1)
    with pytest.raises(FrozenInstanceError):
        one.one = 2
    with pytest.raises(FrozenInstanceError):
        del one.one
    with pytest.raises((FrozenInstanceError, TypeError)):  # `dataclasses` fails in its own message here
        one.unknown = 2
    one.three.append(1)

    assert [] == other.three


@pytest.mark.parametrize("cls", [PlainBase, Plain, QuickBase, Quick])
def test_values_are_copied_replaced_and_sent(cls: Any) -> None:
    """To another process too."""
    value = cls(1, "x", three=[3])

    assert value == copy.deepcopy(value) == copy.copy(value) == pickle.loads(pickle.dumps(value))
    assert cls(5, "x", three=[3]) == replace(value, one=5)


def test_values_are_ordered_where_that_is_asked_for() -> None:
    """Field by field, among values of one class."""

    @dataclass(frozen=True, slots=True, order=True)
    class Place:
        line: int
        column: int = 0

    assert [Place(1), Place(1, 2), Place(2)] == sorted([Place(2), Place(1, 2), Place(1)])
    assert Place(1) < Place(2)
    assert Place(1) <= Place(1)
    assert Place(2) > Place(1, 9)
    assert Place(2) >= Place(2)
    with pytest.raises(TypeError):
        Place(1) < 2  # type: ignore[operator]  # noqa: B015
    with pytest.raises(TypeError):
        QuickBase(1) < QuickBase(2)  # type: ignore[operator]  # noqa: B015


def test_methods_of_the_class_itself_stay() -> None:
    """What a class says of itself is not written anew."""

    @dataclass(frozen=True, slots=True)
    class Own:
        one: int

        def __repr__(self) -> str:
            return "own"

    assert "own" == repr(Own(1))
    assert Own(1) == Own(1)


def test_a_method_is_written_when_it_is_called() -> None:
    """Making a class compiles nothing; a thousand values compile one method."""
    code = """
import builtins, dataclasses
compiled = []
plain = builtins.exec
builtins.exec = lambda text, *given: (compiled.append(text), plain(text, *given))[1]
from docgen.core.data import dataclass
compiled.clear()
@dataclass(frozen=True, slots=True)
class One:
    one: int
print(len(compiled))
for number in range(1000):
    One(number)
print(len(compiled))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ["0", "1"] == ran.stdout.split()
