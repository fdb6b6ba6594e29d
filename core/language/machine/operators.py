"""Python's operators on the values of a program, with guards where Python itself would hang or lose its way.

The usual cases (floats, tensors, arrays) go straight to Python's operator; only the classes named in `CAREFUL`
take the slower way here.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from core import functions
from core.language.machine.formats import percent
from core.language.machine.outcome import Refusal
from core.language.machine.values import MAX_LENGTH, Function, brief, depth_of, is_array, kind_of, sprawls
from core.tensor import Tensor

MAX_BITS = 8_192
MAX_COMPARED_DEPTH = 20


SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.LShift: "<<", ast.RShift: ">>", ast.USub: "-",
    ast.UAdd: "+", ast.Not: "not", ast.Invert: "~", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
    ast.Gt: ">", ast.GtE: ">=", ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip

Operation = Callable[[Any, Any], Any]
CAREFUL = frozenset((int, bool, str, list, tuple, dict, set, range, type(None), np.bool_))


def checked_int(value: Any) -> Any:
    """Refuse integers too long to be meant."""
    if value.__class__ is int and value.bit_length() > MAX_BITS:
        raise Refusal("This whole number has more than 2,400 digits.", "Use floats: write 2.0 for 2.")
    return value


@cache
def careful(sign: str, plain: Operation) -> Operation:
    """The operator for operands among which there is an int, a string or a container (an array beside an array)."""

    def operate(left: Any, right: Any) -> Any:
        guard = GUARDS.get(sign)
        if guard is not None:
            guard(left, right)
        if isinstance(right, list | tuple) and is_array(left):
            right = array_of(right)
        elif isinstance(left, list | tuple) and is_array(right):
            left = array_of(left)
        return checked_int(plain(left, right))

    return operate


def _guard_multiply(left: Any, right: Any) -> None:
    for sequence, count in ((left, right), (right, left)):
        if isinstance(sequence, str | list | tuple):
            if isinstance(count, float) or (type(count) is Tensor and not count.ndim):
                raise Refusal(f"{kind_of(sequence).capitalize()} cannot be multiplied by {kind_of(count)}.", ARRAY_HINT)
            if isinstance(count, int) and len(sequence) * count > MAX_LENGTH:
                raise Refusal(
                    f"This would make {kind_of(sequence)} of {len(sequence) * count:,} items.", "Use a smaller one."
                )


def _guard_power(left: Any, right: Any) -> None:
    if (
        isinstance(left, int)
        and isinstance(right, int)
        and right > 0
        and left.bit_length() * right > MAX_BITS
        and abs(left) > 1
    ):
        raise Refusal(
            f"{brief(left)} to the power of {brief(right)} has too many digits.",
            f"Use floats: write {brief(left)}.0 for {brief(left)}.",
        )


def _guard_shift(left: Any, right: Any) -> None:
    if isinstance(right, int) and right > MAX_BITS:
        raise Refusal(f"A shift by {brief(right)} is too far.", "Use a smaller number.")


def _guard_add(left: Any, right: Any) -> None:
    if (
        isinstance(left, list | tuple | str)
        and isinstance(right, list | tuple | str)
        and len(left) + len(right) > MAX_LENGTH
    ):
        raise Refusal(f"This would make {kind_of(left)} of {len(left) + len(right):,} items.", "Use a smaller one.")


GUARDS: dict[str, Callable[[Any, Any], None]] = {
    "*": _guard_multiply, "**": _guard_power, "<<": _guard_shift, "+": _guard_add,
}  # fmt: skip
ARRAY_HINT = "Make it an array first: np.array([...])."


def floor_divide(left: Any, right: Any) -> Any:
    """`//`, also of tensors."""
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return functions.floor(left / right)
    return left // right


def modulo(left: Any, right: Any) -> Any:
    """`%`: the remainder, or a string with its places filled."""
    return percent(left, right) if isinstance(left, str) else left % right


def matrix_multiply(left: Any, right: Any) -> Any:
    return left @ right


ARITHMETIC: dict[type[ast.AST], Operation] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: floor_divide, ast.Mod: modulo, ast.Pow: operator.pow, ast.MatMult: matrix_multiply,
    ast.BitAnd: operator.and_, ast.BitOr: operator.or_, ast.LShift: operator.lshift, ast.RShift: operator.rshift,
}  # fmt: skip
IN_PLACE: dict[type[ast.AST], Operation] = {
    ast.Add: operator.iadd, ast.Sub: operator.isub, ast.Mult: operator.imul, ast.Div: operator.itruediv,
}  # fmt: skip


def in_place(kind: type[ast.AST]) -> Operation:
    """The operator of `x += y`: lists and arrays change in place, except where a tensor must be kept."""
    changing, making = IN_PLACE.get(kind), ARITHMETIC[kind]
    if changing is None:
        return making

    def operate(left: Any, right: Any) -> Any:
        if left.__class__ is np.ndarray and isinstance(right, Tensor):
            return making(left, right)
        return changing(left, right)

    return operate


def _in(item: Any, container: Any) -> bool:
    if isinstance(container, range) and not isinstance(item, int):
        raise Refusal(f"`in` cannot look for {kind_of(item)} in a range.", "Compare with `<=` instead.")
    if not isinstance(container, str | list | tuple | dict | set | range | np.ndarray | Tensor):
        raise Refusal(f"`in` cannot look into {kind_of(container)}.", "Use a list, a dictionary or an array.")
    if isinstance(container, str) and not isinstance(item, str):
        raise Refusal(f"`in` cannot look for {kind_of(item)} in a string.", "Look for a string.")
    if isinstance(container, dict | set):
        check_key(item)
    elif isinstance(container, list | tuple) and isinstance(item, CONTAINERS):
        check_comparable([item, container])
    return item in container


def check_key(key: Any) -> None:
    """Keys of dictionaries and members of sets: numbers, strings, and short tuples of them."""
    parts = key if isinstance(key, tuple) else (key,)
    if not all(part is None or isinstance(part, int | float | str | Function | Tensor) for part in parts):
        raise Refusal(f"{kind_of(key).capitalize()} cannot be a key.", "Use a number, a string or a tuple of them.")


def array_of(values: Any) -> Any:
    """A list as an array; what sprawls is refused."""
    if sprawls(values, MAX_LENGTH):
        raise Refusal("These lists are too large for an array.", "Use fewer numbers.")
    return functions.array(values)


def check_comparable(*values: Any) -> None:
    """Refuse containers that Python should not follow to their end."""
    for value in values:
        if sprawls(value) and not _leads_down(value):
            raise Refusal("These have more than 200,000 parts, too many to be compared.", "Compare their parts.")
        if _leads_down(value) or depth_of(value, MAX_COMPARED_DEPTH) > MAX_COMPARED_DEPTH:
            raise Refusal("These are nested too deeply to be compared.", "Compare their parts.")


def _leads_down(value: Any) -> bool:
    """Whether the last items of the last items never come to an end."""
    for _ in range(MAX_COMPARED_DEPTH + 1):
        if not isinstance(value, list | tuple) or not value:
            return False
        value = value[-1]
    return True


def compared(compare: Operation) -> Operation:
    """A comparison that does not follow containers without end."""

    def operate(left: Any, right: Any) -> Any:
        if isinstance(left, CONTAINERS) and isinstance(right, CONTAINERS):
            check_comparable(left, right)
        return compare(left, right)

    return operate


CONTAINERS = (list, tuple, dict, set)
COMPARISONS: dict[type[ast.AST], Operation] = {
    ast.Eq: compared(operator.eq), ast.NotEq: compared(operator.ne), ast.Lt: compared(operator.lt),
    ast.LtE: compared(operator.le), ast.Gt: compared(operator.gt), ast.GtE: compared(operator.ge),
    ast.Is: operator.is_, ast.IsNot: operator.is_not, ast.In: _in, ast.NotIn: lambda item, box: not _in(item, box),
}  # fmt: skip


def invert(value: Any) -> Any:
    """`~`, of whole numbers and truth values only."""
    if isinstance(value, Tensor):
        return Tensor(np.invert(value.primal))
    return ~value


UNARY: dict[type[ast.AST], Callable[[Any], Any]] = {
    ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Not: operator.not_, ast.Invert: invert,
}  # fmt: skip


def explain(error: BaseException, sign: str, *operands: Any) -> tuple[str, str]:
    """A sentence and a hint for what Python or the engine said about an operator."""
    if isinstance(error, Refusal):
        return error.message, error.hint
    if isinstance(error, ZeroDivisionError):
        what = "remainder of a division" if sign == "%" else "power" if sign == "**" else "division"
        return (
            f"This is a {what} by zero." if what != "power" else "Zero has no negative power.",
            f"Give the {'base' if what == 'power' else 'divisor'} another value, or test it with `if`.",
        )
    if isinstance(error, OverflowError):
        return f"The result of `{sign}` is too large for a number.", "Use smaller numbers."
    if isinstance(error, MemoryError):
        return "There is not enough memory for this.", "Use smaller arrays."
    if "truth value" in str(error) or "ambiguous" in str(error):
        return "An array is neither true nor false as a whole.", "Write np.all(...) or np.any(...)."
    return _explain_operands(error, sign, operands)


def _explain_operands(error: BaseException, sign: str, operands: tuple[Any, ...]) -> tuple[str, str]:
    if len(operands) == 1:
        return f"`{sign}` cannot be applied to {kind_of(operands[0])}.", "Use numbers or arrays."
    left, right = operands
    arrays = Tensor | np.ndarray
    if isinstance(error, ValueError) and isinstance(left, arrays) and isinstance(right, arrays | list | tuple):
        return f"The shapes do not fit: {shape_text(left)} {sign} {shape_text(right)}.", _shape_hint(sign)
    if sign in ("<", "<=", ">", ">="):
        return f"{kind_of(left)} and {kind_of(right)} cannot be compared by `{sign}`.".capitalize(), "Compare numbers."
    if None in (left if left is None else 0, right if right is None else 0):
        return (
            f"`{sign}` cannot be applied to {kind_of(left)} and {kind_of(right)}.",
            "Does a function lack its `return`?",
        )
    return f"`{sign}` cannot be applied to {kind_of(left)} and {kind_of(right)}.", "Use numbers or arrays."


def shape_text(value: Any) -> str:
    """The shape of an operand, for sentences."""
    if isinstance(value, list | tuple):
        try:
            value = array_of(value)
        except (ValueError, TypeError, Refusal):
            return kind_of(value)
    return str(functions.shape_of(value))


def _shape_hint(sign: str) -> str:
    if sign == "@":
        return "The last length on the left must equal the first (or last but one) on the right."
    return "Lengths must be equal, or 1, counted from the last axis."


def shape_of(value: Any) -> tuple[int, ...]:
    """The shape of an operand; () for anything without axes."""
    shape = getattr(value, "shape", ())
    return shape if shape.__class__ is tuple else ()


def result_size(sign: str, left: Any, right: Any) -> int:
    """How many elements an operation between two arrays will make at most."""
    one, other = shape_of(left), shape_of(right)
    if not one or not other:
        return 1
    if sign == "@":
        one, other = one[:-1], other[:-2] + other[-1:]
        return int(np.prod(one, dtype=float) * np.prod(other[-1:], dtype=float))
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    padded = (1,) * (len(longer) - len(shorter)) + shorter
    return int(np.prod([max(pair) for pair in zip(longer, padded)], dtype=float))
