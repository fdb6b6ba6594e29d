"""What conditions have besides arithmetic: comparisons, `and`, `or` and `not`.

Arrays satisfy a comparison when one of their elements does. What is not known yet satisfies none.
"""

import ast
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from core.arithmetic import Formula, Inside, Known

COMPARISONS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


class Unknown(Exception):
    """Something that is not known where it was asked for; its text, if any, is one sentence."""


def logic(node: ast.expr, inside: Inside) -> Formula | None:
    """A comparison, or conditions put together; None for anything else."""
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=part):
            denied = inside(part)
            return lambda known: not true(denied(known))
        case ast.BoolOp(op=word, values=parts):
            tests, every = [inside(part) for part in parts], isinstance(word, ast.And)
            return lambda known: (all if every else any)(holds(test, known) for test in tests)
        case ast.Compare(left=left, ops=signs, comparators=others) if all(type(sign) in COMPARISONS for sign in signs):
            return _comparison([COMPARISONS[type(sign)] for sign in signs], [inside(part) for part in (left, *others)])
    return None


def holds(test: Formula, known: Known) -> bool:
    """Whether a part holds; not if it needs what is not known."""
    try:
        return true(test(known))
    except Unknown:
        return False


def true(result: Any) -> bool:
    """Whether a result counts as true: an array does when one of its elements does, a list of lists when it has any."""
    if result.__class__ is bool:
        return result
    try:
        return bool(np.any(result))
    except ValueError:  # lists of uneven lengths, or with None among numbers
        return bool(result)


def _comparison(signs: list[Callable[[Any, Any], Any]], parts: list[Formula]) -> Formula:
    steps = list(zip(signs, parts[1:], strict=True))

    def compare(known: Known) -> bool:
        left = parts[0](known)
        for sign, part in steps:
            right = part(known)
            if not true(sign(left, right)):
                return False
            left = right
        return True

    return compare
