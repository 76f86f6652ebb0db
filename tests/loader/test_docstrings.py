"""Texts under fields, read from the source."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.loader.docstrings import field_docs


@dataclass(frozen=True)
class Base:
    first: int = 0
    """Of the
    base."""
    second: int = 0
    """Of the base too."""
    bare: int = 0


@dataclass(frozen=True)
class Outer(Base):
    second: int = 0
    """Its own."""

    @dataclass(frozen=True)
    class Inner:
        first: int = 0
        """Of the inner one."""


def test_each_class_has_its_own_texts_and_its_bases() -> None:
    """A class of a function is found too; fields without a text are left out."""

    @dataclass(frozen=True)
    class Local(Outer.Inner):
        third: int = 0
        """Of the local one."""

    assert field_docs(Base) == {"first": "Of the base.", "second": "Of the base too."}
    assert field_docs(Outer) == {"first": "Of the base.", "second": "Its own."}
    assert field_docs(Local) == {"first": "Of the inner one.", "third": "Of the local one."}
