"""Small faults put into functions, one at a time: the tests should notice.

Takes the source of a module, gives mutants; a mutant is applied to the running program by giving the function other
code, so that nothing is imported again. Constants of modules and words are left alone; reason codes are not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

CODE = re.compile(r"[A-Z][A-Z0-9]+(_[A-Z0-9]+)+")
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


@dataclass(frozen=True, order=True)
class Mutant:
    """One fault: the `number`th place of a file that can be changed."""

    path: str
    line: int
    number: int
    function: str
    """Qualified name of the outermost function that holds it."""
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} in {self.function}: {self.what}"


def mutants_of(path: str) -> Iterator[Mutant]:
    """All faults that can be put into the functions of a file, in the order of its lines."""
    found = _Walker(None)
    found.visit(ast.parse(Path(path).read_text(encoding="utf-8")))
    for number, (line, function, what) in enumerate(found.places):
        yield Mutant(path, line, number, function, what)


def lines_with_code(path: str) -> set[int]:
    """The lines that an interpreter passes; others, as of a folded tuple, belong to one before."""
    found: set[int] = set()
    waiting = [compile(Path(path).read_text(encoding="utf-8"), path, "exec")]
    while waiting:
        code = waiting.pop()
        found |= {line for _, _, line in code.co_lines() if line}
        waiting.extend(c for c in code.co_consts if isinstance(c, CodeType))
    return found


def apply(mutant: Mutant) -> None:
    """Put the fault into this process."""
    walker = _Walker(mutant.number)
    tree = walker.visit(ast.parse(Path(mutant.path).read_text(encoding="utf-8")))
    module = import_module(mutant.path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    code = _code_of(compile(ast.fix_missing_locations(tree), module.__file__ or "", "exec"), mutant.function)
    function = _functions(module)[mutant.function]
    function.__code__ = code


def _code_of(holder: CodeType, name: str) -> CodeType:
    waiting = [holder]
    while waiting:
        code = waiting.pop()
        if code.co_qualname == name:
            return code
        waiting.extend(c for c in code.co_consts if isinstance(c, CodeType))
    raise LookupError(name)


def _functions(module: ModuleType) -> dict[str, FunctionType]:
    """The functions of a module and the methods of its classes, by qualified name."""
    found = {}
    waiting: list[Any] = list(vars(module).values())
    seen = set()
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        for inner in ("fget", "__func__", "__wrapped__", "func"):
            if not isinstance(value, type) and hasattr(value, inner):
                waiting.append(getattr(value, inner))
        if isinstance(value, type) and value.__module__ == module.__name__:
            waiting.extend(vars(value).values())
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            found.setdefault(value.__code__.co_qualname, value)
    return found


class _Walker(ast.NodeTransformer):
    """Lists the places that can be changed, or changes one of them."""

    def __init__(self, wanted: int | None) -> None:
        self.places: list[tuple[int, str, str]] = []
        self._wanted = wanted
        self._names: list[str] = []
        self._function = ""

    def _offer(self, node: ast.AST, what: str, change: Callable[[], ast.AST]) -> ast.AST:
        if not self._function:
            return node
        self.places.append((node.lineno, self._function, what))  # type: ignore[attr-defined]
        return ast.copy_location(change(), node) if len(self.places) - 1 == self._wanted else node

    # -- where it is --------------------------------------------------------------------------
    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self._names.append(node.name)
        node.body = [self.visit(n) if isinstance(n, ast.FunctionDef | ast.ClassDef) else n for n in node.body]
        self._names.pop()
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        outermost = not self._function
        if outermost:
            self._function = ".".join([*self._names, node.name])
        first = node.body[0]
        documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        body = [self.visit(n) for n in node.body[documented:]]
        node.body = [*node.body[:documented], *body]
        if outermost:
            self._function = ""
        return node

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node

    # -- faults -------------------------------------------------------------------------------
    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if len(node.ops) != 1:
            return node
        other = _COMPARED[type(node.ops[0])]
        what = f"{type(node.ops[0]).__name__} becomes {other.__name__}"
        return self._offer(node, what, lambda: ast.Compare(node.left, [other()], node.comparators))

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return self._offer(node, f"becomes {type(other).__name__}", lambda: ast.BoolOp(other, node.values))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.Not):
            return node
        return self._offer(node, "loses its not", lambda: node.operand)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        other = _COUNTED.get(type(node.op))
        if other is None or any(isinstance(v, ast.JoinedStr) for v in (node.left, node.right)):
            return node
        return self._offer(node, f"becomes {other.__name__}", lambda: ast.BinOp(node.left, other(), node.right))

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.test, ast.Compare | ast.UnaryOp):
            return node
        return self._offer(node, "if is negated", lambda: ast.If(_negated(node.test), node.body, node.orelse))

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        return self._offer(node, "gives the other value", lambda: ast.IfExp(node.test, node.orelse, node.body))

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        value = node.value
        if isinstance(value, bool):
            return self._offer(node, f"{value} becomes {not value}", lambda: ast.Constant(not value))
        if isinstance(value, int):
            return self._offer(node, f"{value} becomes {value + 1}", lambda: ast.Constant(value + 1))
        if isinstance(value, str) and CODE.fullmatch(value):
            return self._offer(node, f"{value} becomes another code", lambda: ast.Constant("ANOTHER_CODE"))
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self.generic_visit(node)
        if node.value is None or (isinstance(node.value, ast.Constant) and not node.value.value):
            return node
        return self._offer(node, "returns None", lambda: ast.Return(ast.Constant(None)))

    def visit_Continue(self, node: ast.Continue) -> ast.AST:
        return self._offer(node, "continue becomes break", ast.Break)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.value, ast.Call) or "super()" in ast.unparse(node):
            return node
        return self._offer(node, "is left out", ast.Pass)


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)
