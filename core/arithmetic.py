"""Reads what people type where arithmetic is meant: a number, a condition, an answer.

A text is parsed and then put together from the names, signs and functions that the caller lists; whatever is not on
the list is refused, and nothing is ever evaluated by Python. Knows no wording: the caller says in its own words what
is wrong.
"""

import ast
import operator
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Known = Mapping[str, Any]
Formula = Callable[[Known], Any]
"""A text, or a part of it, as a function of what is known when it is asked for."""
Inside = Callable[[ast.expr], Formula]

FOUR_SIGNS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: np.true_divide,
}
"""What every caller allows who computes with numbers and arrays: division by 0 is inf or nan, no error."""
UNARY: dict[type, Callable[[Any], Any]] = {ast.UAdd: operator.pos, ast.USub: operator.neg}


class Refused(ValueError):
    """A text that is not arithmetic, or the part of one that is not on the list."""

    def __init__(self, part: ast.expr | None = None) -> None:
        super().__init__("" if part is None else ast.unparse(part))
        self.part = part


def constant(value: Any) -> Formula:
    """The formula that is always the value."""
    return lambda known: value


def no_other_form(node: ast.expr, inside: Inside) -> Formula | None:
    """What is listed is all that is allowed."""
    return None


@dataclass(frozen=True)
class Arithmetic:
    """What may stand in a text, and what it means.

    `signs` are the binary ones, by their class in `ast`; `functions` take one argument; `make_list` takes the items of
    a list, which is refused without it. `forms` reads what else is allowed, with `inside` for the parts, and returns
    None for what it does not know. `deepest` is how far parts may be nested.
    """

    names: Mapping[str, Formula]
    signs: Mapping[type, Callable[[Any, Any], Any]]
    functions: Mapping[str, Callable[[Any], Any]]
    make_list: Callable[[list[Any]], Any] | None = None
    forms: Callable[[ast.expr, Inside], Formula | None] = no_other_form
    deepest: int = 200

    def read(self, text: str) -> Formula:
        """The text as a formula. Raises Refused, and OverflowError for a whole number that no float can hold."""
        return self.formula(parsed(text))

    def formula(self, node: ast.expr, depth: int = 0) -> Formula:
        """A parsed text, or a part at some depth, as a formula."""
        if depth > self.deepest:
            raise Refused

        def inside(part: ast.expr) -> Formula:
            return self.formula(part, depth + 1)

        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return constant(float(number))
            case ast.Name(id=name) if name in self.names:
                return self.names[name]
            case ast.UnaryOp(op=sign, operand=part) if type(sign) in UNARY:
                return _applied(UNARY[type(sign)], inside(part))
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in self.signs:
                return _combined(self.signs[type(sign)], inside(left), inside(right))
            case ast.Call(func=ast.Name(id=name), args=[part], keywords=[]) if name in self.functions:
                return _applied(self.functions[name], inside(part))
            case ast.List(elts=parts) | ast.Tuple(elts=parts) if self.make_list is not None:
                return _listed(self.make_list, [inside(part) for part in parts])
        found = self.forms(node, inside)
        if found is None:
            raise Refused(node)
        return found


def parsed(text: str) -> ast.expr:
    """The tree of a text that is one expression, else Refused."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Refused from None


def _applied(function: Callable[[Any], Any], part: Formula) -> Formula:
    return lambda known: function(part(known))


def _combined(sign: Callable[[Any, Any], Any], left: Formula, right: Formula) -> Formula:
    return lambda known: sign(left(known), right(known))


def _listed(make: Callable[[list[Any]], Any], parts: list[Formula]) -> Formula:
    return lambda known: make([part(known) for part in parts])
