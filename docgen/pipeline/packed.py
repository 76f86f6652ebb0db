# Values of docgen's own as bytes and back, for what is kept between runs.
#
# In:  designs, drawings. Out: bytes; and from bytes values again, or nothing: what somebody else wrote calls nothing.
"""UnreadableError, pack, unpack."""

from __future__ import annotations

import io
import pickle
from typing import Any

_HELPERS = {("docgen.pipeline.spread", "_read_only"), ("builtins", "frozenset"), ("builtins", "set")}
_MODULES = ("ipaddress", "pathlib", "datetime", "collections")
"""Of the standard library: what the values of a design are made of."""


_WRONG = (
    *(ValueError, TypeError, AttributeError, ImportError, EOFError, LookupError, RecursionError),
    pickle.UnpicklingError,
)
"""What reading of such bytes ends in."""


class UnreadableError(Exception):
    """The bytes are of another time, damaged, or no values of docgen's."""


def pack(value: object) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, protocol=5)


def unpack(packed: bytes) -> Any:
    """The inverse of `pack`.

    Raises:
        UnreadableError: it cannot be read.
    """
    try:
        return _Reader(io.BytesIO(packed)).load()
    except _WRONG as error:
        raise UnreadableError(str(error)) from None


def _is_own(found: object, module: str, name: str) -> bool:
    """Whether this is a class of that module: `subprocess.Popen` would be found in whichever imports `subprocess`."""
    return isinstance(found, type) and (found.__module__, found.__qualname__) == (module, name)


class _Reader(pickle.Unpickler):
    """Makes values of docgen's own classes and a few plain ones; a cache that somebody else wrote calls nothing."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of this name.

        Raises:
            UnpicklingError: it is none of those.
        """
        known = module.split(".", maxsplit=1)[0] in ("docgen", "builtins", *_MODULES)
        found = super().find_class(module, name) if known else None
        if (module, name) in _HELPERS or (module != "builtins" and _is_own(found, module, name)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a design")
