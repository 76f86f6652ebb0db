# DocgenError
#   UnknownNameError(LookupError)      a caller asked for a view, renderer, component or flow that is not there
#   MissingToolError(RuntimeError)     an optional program or package is needed; says which
#   UnreadableInputError(ValueError)   a file cannot be opened at all
#
# Exceptions are for callers; an author's mistakes are diagnostics.
"""Exceptions."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.core.names import did_you_mean


class DocgenError(Exception):
    """Base of everything that docgen raises on purpose."""


class UnknownNameError(DocgenError, LookupError):
    """A caller asked for something by a name that does not exist."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.what, self.name, self.known = what, name, tuple(known)
        super().__init__(f"no {what} {name!r}; {did_you_mean(name, self.known) or 'there are none'}")


class MissingToolError(DocgenError, RuntimeError):
    """A program or package that this operation needs is not installed."""


class UnreadableInputError(DocgenError, ValueError):
    """An input cannot be opened or is not what it claims to be."""
