"""The formulas of the op table as readable mathematics: cos(w1), 2 · w1, v3 / w2².

Reads only the op table's own formulas (never a user's text), with names or numbers put in for the operands, folds
constants and leaves out factors of one.
"""

import ast
import operator
from functools import lru_cache
from typing import Any, NamedTuple

from core.notation.numbers import number, superscript
from core.ops import table

ATOM, POWER, SIGN, PRODUCT, SUM, CHOICE = 6, 5, 4, 3, 2, 1


class Text(NamedTuple):
    """A piece of mathematics: how it reads, how tightly it binds, and its value when it is a constant."""

    text: str
    binds: int = ATOM
    value: float | None = None


def constant(value: Any) -> Text:
    """A number; a negative one binds like a sign."""
    text = number(value)
    plain = isinstance(value, int | float)
    return Text(text, SIGN if text.startswith("-") else ATOM, float(value) if plain else None)


def name(text: str) -> Text:
    """A name that stands for a value."""
    return Text(text)


@lru_cache(maxsize=512)
def _parsed(formula: str) -> ast.expr:
    return ast.parse(formula, mode="eval").body


def render(formula: str, operands: dict[str, Text]) -> Text:
    """The formula with the operands put in."""
    return _render(_parsed(formula), operands)


def _render(node: ast.expr, names: dict[str, Text]) -> Text:
    match node:
        case ast.Constant(value=value):
            return constant(value)
        case ast.Name(id=identifier):
            return names.get(identifier, Text({"pi": "π"}.get(identifier, identifier)))
        case ast.UnaryOp(op=ast.USub(), operand=inside):
            return negated(_render(inside, names))
        case ast.UnaryOp(operand=inside):
            return _render(inside, names)
        case ast.BinOp(left=left, op=op, right=right):
            return _binary(type(op), _render(left, names), _render(right, names))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            sign = {ast.GtE: "≥", ast.LtE: "≤", ast.Gt: ">", ast.Lt: "<", ast.Eq: "="}[type(op)]
            return Text(f"{_render(left, names).text} {sign} {_render(right, names).text}", CHOICE)
        case ast.Call(func=ast.Name(id=function), args=args):
            return _call(function, [_render(arg, names) for arg in args])
    raise ValueError(f"the formula part `{ast.unparse(node)}` has no notation")


def negated(inside: Text) -> Text:
    """Minus the expression."""
    if inside.value is not None:
        return constant(-inside.value)
    return Text("-" + _inside(inside, PRODUCT), SIGN)


def _inside(text: Text, at_least: int) -> str:
    return text.text if text.binds >= at_least else f"({text.text})"


SIGNS = {
    ast.Add: (" + ", SUM, operator.add),
    ast.Sub: (" - ", SUM, operator.sub),
    ast.Mult: (" · ", PRODUCT, operator.mul),
    ast.Div: (" / ", PRODUCT, operator.truediv),
}


def _binary(kind: type[ast.operator], left: Text, right: Text) -> Text:
    sign, binds, compute = SIGNS[kind]
    if left.value is not None and right.value is not None and not (kind is ast.Div and right.value == 0):
        return constant(compute(left.value, right.value))
    if kind is ast.Mult and left.value in (0, 1):
        return right if left.value else constant(0.0)
    if kind in (ast.Mult, ast.Div) and right.value == 1:
        return left
    if kind in (ast.Mult, ast.Div) and left.binds == SIGN and left.value is None:
        return negated(_binary(kind, _without_sign(left), right))
    if kind is ast.Mult and left.text == right.text:
        return power(left, constant(2))
    tighter = binds + 1 if kind in (ast.Sub, ast.Div) else binds
    right_text = f"({right.text})" if right.binds == SIGN else _inside(right, tighter)
    return Text(_inside(left, binds) + sign + right_text, binds)


def _without_sign(text: Text) -> Text:
    inside = text.text[1:]
    return Text(inside, ATOM if inside.isidentifier() else PRODUCT)


def power(base: Text, exponent: Text) -> Text:
    """base to the exponent, raised when the exponent is a whole number."""
    if exponent.value == 1:
        return base
    if exponent.value is not None and exponent.value.is_integer() and abs(exponent.value) < 1000:
        return Text(_inside(base, ATOM) + superscript(str(int(exponent.value))), POWER)
    return Text(f"{_inside(base, ATOM)}^{_inside(exponent, ATOM)}", POWER)


def _call(function: str, args: list[Text]) -> Text:
    if function in ("power", "pow"):
        return power(*args)
    if function == "where":
        return _where(*args)
    row = table.get(function)
    if row is None:
        return Text(f"{function}({', '.join(arg.text for arg in args)})")
    return Text(
        row.reads.format(*(_inside(arg, ATOM) if row.reads.startswith(("{", "√")) else arg.text for arg in args))
    )


def _where(condition: Text, yes: Text, no: Text) -> Text:
    """A choice; guards that only keep a formula defined are not shown."""
    if no.value in (0.0, 1.0) and yes.value is None:
        return yes
    return Text(f"{yes.text} if {condition.text} else {no.text}", CHOICE)
