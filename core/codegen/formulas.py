"""Formulas of the op table as expressions: names replaced by what they stand for, constants folded.

Folding keeps every bit: it only computes what Python would compute, and drops multiplications by one and double
signs. Knows the syntax of formulas; knows nothing of tapes.
"""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

Expression = ast.expr

ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


@cache
def parsed(formula: str) -> Expression:
    """The formula as a syntax tree (shared: never changed)."""
    return ast.parse(formula, mode="eval").body


def name(identifier: str) -> ast.Name:
    """A variable."""
    return ast.Name(identifier, ast.Load())


def call(function: str, *operands: Expression) -> ast.Call:
    """A function applied to operands."""
    return ast.Call(name(function), list(operands), [])


def literal(value: Any) -> Expression | None:
    """The value as Python writes it, or None for what has no short notation (arrays, types)."""
    if value is None or value is Ellipsis or isinstance(value, bool | int | str):
        return _number(value) if type(value) is int else ast.Constant(value)
    if type(value) is float:
        return _number(value)
    if isinstance(value, slice):
        parts = [literal(part) for part in (value.start, value.stop, value.step)]
        return None if None in parts else call("slice", *(part for part in parts if part))
    if isinstance(value, tuple | list):
        parts = [literal(part) for part in value]
        known = [part for part in parts if part]
        make = ast.Tuple if isinstance(value, tuple) else ast.List
        return make(known, ast.Load()) if len(known) == len(parts) else None
    return None


def _number(value: float) -> Expression:
    if value != value:
        return name("nan")
    size: Expression = name("inf") if math.isinf(value) else ast.Constant(abs(value))
    return ast.UnaryOp(ast.USub(), size) if math.copysign(1.0, value) < 0 else size


def constant_of(node: Expression) -> float | None:
    """The number that the expression is, None if it is not one."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = constant_of(node.operand)
        return None if inner is None else -inner
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


class Substitution(ast.NodeTransformer):
    """Replaces the names of a formula, then tidies what came of it.

    `many` stands for `xs`, the operands of an op that takes any number; with None that is a name like any, which a text
    may use. On `floats`, `where` becomes a choice, which computes one side only.
    """

    def __init__(self, given: Mapping[str, Expression], many: list[Expression] | None, floats: bool) -> None:
        self.given, self.many, self.floats = given, many, floats

    def visit_Name(self, node: ast.Name) -> Expression:
        if node.id == "xs" and self.many is not None:
            return ast.Tuple(self.many, ast.Load())
        return self.given.get(node.id, node)

    def visit_Call(self, node: ast.Call) -> Expression:
        operands: list[Expression] = []
        for operand in node.args:
            operands += self.many or [] if isinstance(operand, ast.Starred) else [self.visit(operand)]
        keywords = [ast.keyword(one.arg, self.visit(one.value)) for one in node.keywords]
        return tidy_call(ast.Call(self.visit(node.func), operands, keywords), self.floats)

    def visit_BinOp(self, node: ast.BinOp) -> Expression:
        return tidy_binary(ast.BinOp(self.visit(node.left), node.op, self.visit(node.right)), self.floats)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Expression:
        return tidy_sign(ast.UnaryOp(node.op, self.visit(node.operand)))

    def generic_visit(self, node: ast.AST) -> Any:
        """A copy with its parts visited: expressions are shared, so none is ever changed."""
        return type(node)(**{field: self._visited(value) for field, value in ast.iter_fields(node)})

    def _visited(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._visited(one) for one in value]
        return self.visit(value) if isinstance(value, ast.AST) else value


def substitute(
    formula: str, given: Mapping[str, Expression], many: list[Expression] | None = None, floats: bool = True
) -> Expression:
    """The formula with its names replaced."""
    return Substitution(given, many or [], floats).visit(parsed(formula))


def replaced(node: Expression, given: Mapping[str, Expression], floats: bool) -> Expression:
    """The expression with names replaced once more; parts without them are shared."""
    return Substitution(given, None, floats).visit(node)


def tidy_binary(node: ast.BinOp, floats: bool) -> Expression:
    """Two numbers computed; a factor or divisor of one dropped.

    Where Python raises, text for floats is left to raise too, and text for arrays gets NumPy's answer.
    """
    left, right = constant_of(node.left), constant_of(node.right)
    if left is not None and right is not None and type(node.op) in ARITHMETIC:
        try:
            return _number(ARITHMETIC[type(node.op)](left, right))
        except ArithmeticError:
            with np.errstate(all="ignore"):
                return node if floats else _number(float(ARITHMETIC[type(node.op)](np.float64(left), right)))
    if right == 1 and isinstance(node.op, ast.Mult | ast.Div):
        return node.left
    if left == 1 and isinstance(node.op, ast.Mult):
        return node.right
    return node


def tidy_sign(node: ast.UnaryOp) -> Expression:
    """No plus, no double minus."""
    if isinstance(node.op, ast.UAdd):
        return node.operand
    again = node.operand
    if isinstance(node.op, ast.USub) and isinstance(again, ast.UnaryOp) and isinstance(again.op, ast.USub):
        return again.operand
    return node


def tidy_call(node: ast.Call, floats: bool) -> Expression:
    """Squares and whole powers with operators; a choice between numbers as Python's own."""
    function = node.func.id if isinstance(node.func, ast.Name) else ""
    operands = node.args
    if function == "square" and isinstance(operands[0], ast.Name):
        return ast.BinOp(operands[0], ast.Mult(), operands[0])
    if function == "power":
        exponent = constant_of(operands[1])
        if exponent == 1:
            return operands[0]
        if exponent == 0 and floats:
            return ast.Constant(1.0)
        whole = exponent is not None and math.isfinite(exponent) and float(exponent).is_integer()
        if whole and constant_of(operands[0]) is None:
            return ast.BinOp(operands[0], ast.Pow(), operands[1])
    if function == "where" and floats:
        return ast.IfExp(*operands)
    return node


def names_in(node: ast.AST) -> list[str]:
    """Every name the expression reads, as often as it does."""
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
