"""What can be spoilt in a file: operands swapped, off by one, a call dropped, a condition negated, and where.

A mutant is a piece of text in the place of another, so that all else in the file stays as it is, line numbers too.
Knows Python's grammar; knows nothing of tests.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TOUCHING = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
OPPOSITE = {ast.Eq: "!=", ast.NotEq: "==", ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is"}
UNLIKE = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.FloorDiv: "*"}
TURNED = {ast.Sub: "-", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.MatMult: "@"}
HARMLESS = ("say", "say_many", "phrase", "super", "cast", "TypeVar")  # calls whose arguments are words and types


@dataclass(frozen=True)
class Mutant:
    """A place of a file, in bytes, and what is written there instead."""

    path: str
    line: int
    last: int
    start: int
    end: int
    old: str
    new: str

    @property
    def told(self) -> str:
        """Where it is and what was done, on one line."""
        old, new = (" ".join(text.split()) for text in (self.old, self.new))
        return f"{self.path}:{self.line}: {old}  ->  {new}"

    def spoilt(self, sound: bytes) -> bytes:
        """The file with the mutant in it."""
        return sound[: self.start] + self.new.encode() + sound[self.end :]


class _Text:
    """A file whose tree is known by line and byte."""

    def __init__(self, path: str, text: bytes) -> None:
        self.path, self.text = path, text
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        first, last = self.starts[node.lineno - 1], self.starts[node.end_lineno - 1]
        return first + node.col_offset, last + node.end_col_offset

    def of(self, node: ast.expr | ast.stmt) -> str:
        start, end = self.span(node)
        return self.text[start:end].decode()

    def mutant(self, node: ast.expr | ast.stmt, new: str) -> Mutant:
        start, end = self.span(node)
        return Mutant(self.path, node.lineno, node.end_lineno or node.lineno, start, end, self.of(node), new)


def mutants(root: Path, path: str) -> Iterator[Mutant]:
    """All mutants of one file."""
    text = _Text(path, (root / path).read_bytes())
    for node in _that_runs(ast.parse(text.text)):
        yield from _of_statement(node, text) if isinstance(node, ast.stmt) else _of_expression(node, text)


def _that_runs(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Statements and expressions that do something: no annotations, no docstrings, no words, no imports for types."""
    for field, value in ast.iter_fields(tree):
        if field in ("annotation", "returns"):
            continue
        for node in value if isinstance(value, list) else [value]:
            if not isinstance(node, ast.AST) or _says_only(node):
                continue
            if isinstance(node, ast.expr | ast.stmt):
                yield node
            yield from _that_runs(node)


def _says_only(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in HARMLESS
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _of_statement(node: ast.stmt, text: _Text) -> Iterator[Mutant]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield text.mutant(node, "pass")
    elif isinstance(node, ast.If | ast.While):
        yield text.mutant(node.test, f"not ({text.of(node.test)})")


def _of_expression(node: ast.expr, text: _Text) -> Iterator[Mutant]:
    if isinstance(node, ast.BinOp):
        left, right = text.of(node.left), text.of(node.right)
        if type(node.op) in TURNED:
            yield text.mutant(node, f"(({right}) {TURNED[type(node.op)]} ({left}))")
        elif type(node.op) in UNLIKE and not _is_text(node.left) and not _is_text(node.right):
            yield text.mutant(node, f"(({left}) {UNLIKE[type(node.op)]} ({right}))")
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in (TOUCHING, OPPOSITE):
            if type(node.ops[0]) in other:
                sides = text.of(node.left), text.of(node.comparators[0])
                yield text.mutant(node, f"({sides[0]}) {other[type(node.ops[0])]} ({sides[1]})")
    elif isinstance(node, ast.BoolOp):
        word = " and " if isinstance(node.op, ast.Or) else " or "
        yield text.mutant(node, "(" + word.join(f"({text.of(one)})" for one in node.values) + ")")
    elif isinstance(node, ast.IfExp):
        yield text.mutant(node.test, f"not ({text.of(node.test)})")
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield text.mutant(node, str(node.value + 1))
    elif isinstance(node, ast.Call):
        yield from _of_call(node, text)


def _of_call(node: ast.Call, text: _Text) -> Iterator[Mutant]:
    plain = [one for one in node.args if not isinstance(one, ast.Starred | ast.GeneratorExp)]
    if len(node.args) == 1 and len(plain) == 1 and not node.keywords and isinstance(node.func, ast.Name):
        yield text.mutant(node, f"({text.of(plain[0])})")
    if len(plain) == len(node.args) >= 2:
        first, second = node.args[-2:]
        (start, middle), (again, end) = text.span(first), text.span(second)
        swapped = text.of(second) + text.text[middle:again].decode() + text.of(first)
        old = text.text[start:end].decode()
        yield Mutant(text.path, node.lineno, node.end_lineno or node.lineno, start, end, old, swapped)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr | ast.List | ast.Tuple) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
