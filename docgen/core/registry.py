# The one plug-in mechanism: every module of a package that defines a constant, sorted by module name.
"""Discovery of kinds, rules and renderers."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any


@cache
def discover(package: str, constant: str) -> tuple[Any, ...]:
    """Collect `constant` from every module of `package`, in the order of module names.

    Modules whose name starts with an underscore are helpers and are passed over.

    Raises:
        AttributeError: a module lacks the constant.
    """
    path = importlib.import_module(package).__path__
    names = sorted(m.name for m in pkgutil.iter_modules(path) if not m.name.startswith("_"))
    return tuple(getattr(importlib.import_module(f"{package}.{name}"), constant) for name in names)
