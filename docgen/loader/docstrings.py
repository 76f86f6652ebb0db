# The text under each field of a dataclass, which Python itself forgets.
#
# In:  a class. Out: its field docstrings and its own, read from its source.
"""field_docs."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any


def field_docs(cls: type[Any]) -> dict[str, str]:
    """Docstrings of the fields of a class and its bases; the class itself wins."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if base is not object and hasattr(base, "__dataclass_fields__"):
            found.update(_own(base))
    return found


def class_doc(cls: type[Any]) -> str:
    """A class's docstring on one line for each paragraph."""
    return one_line(inspect.getdoc(cls) or "")


def one_line(text: str) -> str:
    """Paragraphs without the line breaks inside them."""
    return "\n\n".join(re.sub(r"\s+", " ", part).strip() for part in re.split(r"\n\s*\n", text.strip()))


def _own(cls: type[Any]) -> Mapping[str, str]:
    return _of_module(cls.__module__).get(cls.__qualname__, {})


@cache
def _of_module(name: str) -> Mapping[str, Mapping[str, str]]:
    """The texts under the fields of each class of a module, by the class's name; the module is parsed once."""
    module = ast.parse(inspect.getsource(sys.modules[name]))
    return {path: dict(_under_fields(found)) for path, found in _classes(module, "")}


def _classes(within: ast.AST, path: str) -> Iterator[tuple[str, ast.ClassDef]]:
    """Every class by its name, the classes in it and in functions by theirs behind it."""
    for node in ast.iter_child_nodes(within):
        inside = path
        if isinstance(node, ast.ClassDef):
            yield path + node.name, node
            inside = f"{path}{node.name}."
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = f"{path}{node.name}.<locals>."
        if isinstance(node, ast.stmt):
            yield from _classes(node, inside)


def _under_fields(found: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement, following in pairwise(found.body):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
            and isinstance(following.value.value, str)
        ):
            yield statement.target.id, one_line(following.value.value)
