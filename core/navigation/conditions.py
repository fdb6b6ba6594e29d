"""Conditions on numbers, such as `abs(adjoint) > 1e3 and value < 0`: read by an allow-list, never evaluated by Python.

A condition is asked with the quantities that are known; arrays satisfy a comparison when one of their elements does.
"""

import ast
import math
import operator
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.basics.errors import ProgramError

QUANTITIES = {
    "value": "value",
    "primal": "value",
    "adjoint": "adjoint",
    "grad": "adjoint",
    "gradient": "adjoint",
    "tangent": "tangent",
    "contribution": "contribution",
    "partial": "partial",
    "slope": "partial",
}
FUNCTIONS: dict[str, Callable[[Any], Any]] = {"abs": abs, "max": np.max, "min": np.min, "sum": np.sum}
TESTS: dict[str, Callable[[Any], Any]] = {"isnan": np.isnan, "isinf": np.isinf}
SIGNS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: np.true_divide,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
HINT = "Write for example `abs(adjoint) > 1e3`, `value < 0`, `nan`, `line 3`, `op sin` or the name of an entry."
LONGEST = 200


class Unknown(Exception):
    """A quantity that is not known where it was asked for."""


@dataclass(frozen=True)
class Condition:
    """A condition that was read; `entries` are the labels it is about, none for all."""

    text: str
    test: Callable[[Mapping[str, Any]], Any] = field(repr=False, compare=False)
    entries: frozenset[str] = frozenset()

    def holds(self, known: Mapping[str, Any]) -> bool:
        """Whether it holds for these quantities; not if one that it needs is not known."""
        return _holds(self.test, known)


def is_bad(values: Iterable[Any], which: str) -> bool:
    """Whether one of the values is (or contains) a "nan", an "inf", or anything "not finite"."""
    for value in values:
        if value.__class__ is float and math.isfinite(value):
            continue
        if value is not None and not np.all(np.isfinite(value)):
            is_nan, is_inf = bool(np.any(np.isnan(value))), bool(np.any(np.isinf(value)))
            if {"nan": is_nan, "inf": is_inf}.get(which, True):
                return True
    return False


def parse_condition(text: str) -> Condition:
    """Read a condition; raises ProgramError with one sentence if it is none."""
    if len(text) > LONGEST:
        raise ProgramError(f"This condition is too long; {LONGEST} characters must do.", hint=HINT)
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ProgramError(f"`{text.strip()}` is not a condition.", hint=HINT) from None
    entries: set[str] = set()
    _check(tree, entries)
    if not isinstance(tree, ast.Compare | ast.BoolOp) and not _is_test(tree):
        raise ProgramError(f"`{text.strip()}` compares nothing.", hint=HINT)
    return Condition(text.strip(), _function(tree), frozenset(entries))


def _is_test(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TESTS


def _check(node: ast.AST, entries: set[str]) -> None:
    """Refuse everything that is not on the list."""
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return
        case ast.Name(id=name) if name in QUANTITIES or name in ("inf", "nan"):
            return
        case ast.Call(func=ast.Name(id=name), args=[ast.Name(id=label)], keywords=[]) if name in QUANTITIES:
            entries.add(label)
            return
        case ast.Call(func=ast.Name(id=name), args=[_], keywords=[]) if name in FUNCTIONS or name in TESTS:
            _check(node.args[0], entries)
            return
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() | ast.Not()) | ast.BoolOp() | ast.Compare() | ast.BinOp():
            _check_signs(node)
            for part in ast.iter_child_nodes(node):
                if isinstance(part, ast.expr):
                    _check(part, entries)
            return
    known = ", ".join(("value", "adjoint", "tangent", "contribution", "partial"))
    raise ProgramError(f"`{ast.unparse(node)}` cannot stand in a condition; known are {known}.", hint=HINT)


def _check_signs(node: ast.AST) -> None:
    signs = node.ops if isinstance(node, ast.Compare) else [node.op] if isinstance(node, ast.BinOp) else []
    for sign in signs:
        if type(sign) not in SIGNS:
            raise ProgramError(f"This sign cannot stand in a condition: `{ast.unparse(node)}`.", hint=HINT)


# -- as functions of what is known ---------------------------------------------------------------------------------

Known = Mapping[str, Any]
Function = Callable[[Known], Any]


def _function(node: ast.expr) -> Function:
    """The condition or a part of it as a function; raises Unknown when asked without a quantity that it needs."""
    match node:
        case ast.Constant(value=int() | float() as number):
            constant = float(number)
            return lambda known: constant
        case ast.Name(id="inf" | "nan" as name):
            special = float(name)
            return lambda known: special
        case ast.Name(id=name) | ast.Call(func=ast.Name(id=name), args=[ast.Name()]) if name in QUANTITIES:
            return _quantity(QUANTITIES[name])
        case ast.Call(func=ast.Name(id=name), args=[inside]):
            function, argument = FUNCTIONS[name] if name in FUNCTIONS else TESTS[name], _function(inside)
            return lambda known: function(argument(known))
        case ast.UnaryOp(op=sign, operand=inside):
            operand = _function(inside)
            if isinstance(sign, ast.Not):
                return lambda known: not _true(operand(known))
            return operand if isinstance(sign, ast.UAdd) else lambda known: -operand(known)
        case ast.BinOp(left=left, op=sign, right=right):
            combine, one, other = SIGNS[type(sign)], _function(left), _function(right)
            return lambda known: combine(one(known), other(known))
        case ast.BoolOp(op=word, values=parts):
            tests, every = [_function(part) for part in parts], isinstance(word, ast.And)
            return lambda known: (all if every else any)(_holds(test, known) for test in tests)
        case ast.Compare():
            return _comparison(node)
    raise AssertionError("what was checked can be computed")


def _quantity(name: str) -> Function:
    def look_up(known: Known) -> Any:
        value = known.get(name)
        if value is None:
            raise Unknown
        return value

    return look_up


def _comparison(node: ast.Compare) -> Function:
    parts = [_function(part) for part in (node.left, *node.comparators)]
    steps = list(zip([SIGNS[type(sign)] for sign in node.ops], parts[1:]))

    def compare(known: Known) -> bool:
        left = parts[0](known)
        for sign, part in steps:
            right = part(known)
            if not _true(sign(left, right)):
                return False
            left = right
        return True

    return compare


def _true(result: Any) -> bool:
    return result if result.__class__ is bool else bool(np.any(result))


def _holds(test: Function, known: Known) -> bool:
    """Whether a part holds; not if it needs what is not known."""
    try:
        return _true(test(known))
    except Unknown:
        return False
