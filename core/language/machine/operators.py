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
from core.basics.words import say
from core.language.machine.formats import percent
from core.language.machine.outcome import Refusal
from core.language.machine.values import MAX_LENGTH, Function, Written, brief, depth_of, is_array, kind_of, sprawls
from core.tensor import Tensor

MAX_BITS = 8_192
MAX_COMPARED_DEPTH = 20
MAX_AXES = 64  # NumPy's own limit


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
        raise Refusal(
            say("language.whole-number-more-than", "This whole number has more than 2,400 digits."),
            say("language.use-floats-write-2", "Use floats: write 2.0 for 2."),
        )
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


def check_length(kind: Any, length: int) -> None:
    """Refuse a list, a tuple or a string, of the same kind as this one, that would be too long."""
    if length > MAX_LENGTH:
        raise Refusal(
            say(
                "language.would-make-items",
                "This would make {kind} of {count:,} items.",
                kind=kind_of(kind),
                count=length,
            ),
            say("language.use-smaller-one", "Use a smaller one."),
        )


def _guard_multiply(left: Any, right: Any) -> None:
    for sequence, count in ((left, right), (right, left)):
        if isinstance(sequence, str | list | tuple):
            if isinstance(count, float) or (type(count) is Tensor and not count.ndim):
                raise Refusal(
                    say(
                        "language.cannot-multiplied",
                        "{kind} cannot be multiplied by {other}.",
                        kind=kind_of(sequence).capitalize(),
                        other=kind_of(count),
                    ),
                    ARRAY_HINT,
                )
            if isinstance(count, int):
                check_length(sequence, len(sequence) * count)


def _guard_power(left: Any, right: Any) -> None:
    if (
        isinstance(left, int)
        and isinstance(right, int)
        and right > 0
        and left.bit_length() * right > MAX_BITS
        and abs(left) > 1
    ):
        raise Refusal(
            say(
                "language.power-too-many-digits",
                "{brief} to the power of {other} has too many digits.",
                brief=brief(left),
                other=brief(right),
            ),
            say("language.use-floats-write-0", "Use floats: write {brief}.0 for {brief}.", brief=brief(left)),
        )


def _guard_shift(left: Any, right: Any) -> None:
    if isinstance(right, int) and right > MAX_BITS:
        raise Refusal(
            say("language.shift-too-far", "A shift by {brief} is too far.", brief=brief(right)),
            say("language.use-smaller-number", "Use a smaller number."),
        )


def _guard_add(left: Any, right: Any) -> None:
    if isinstance(left, list | tuple | str) and isinstance(right, list | tuple | str):
        check_length(left, len(left) + len(right))


GUARDS: dict[str, Callable[[Any, Any], None]] = {
    "*": _guard_multiply, "**": _guard_power, "<<": _guard_shift, "+": _guard_add,
}  # fmt: skip
ARRAY_HINT = say("language.make-array-first-np", "Make it an array first: np.array([...]).")


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
        raise Refusal(
            say("language.cannot-look-range", "`in` cannot look for {kind} in a range.", kind=kind_of(item)),
            say("language.compare-instead", "Compare with `<=` instead."),
        )
    if not isinstance(container, str | list | tuple | dict | set | range | np.ndarray | Tensor):
        raise Refusal(
            say("language.cannot-look-into", "`in` cannot look into {kind}.", kind=kind_of(container)),
            say("language.use-list-dictionary-array", "Use a list, a dictionary or an array."),
        )
    if isinstance(container, str) and not isinstance(item, str):
        raise Refusal(
            say("language.cannot-look-string", "`in` cannot look for {kind} in a string.", kind=kind_of(item)),
            say("language.look-string", "Look for a string."),
        )
    if isinstance(container, dict | set):
        check_key(item)
    elif isinstance(container, list | tuple) and isinstance(item, CONTAINERS):
        check_comparable([item, container])
    return item in container


def check_key(key: Any) -> None:
    """Keys of dictionaries and members of sets: numbers, strings, and short tuples of them."""
    parts = key if isinstance(key, tuple) else (key,)
    if not all(part is None or isinstance(part, int | float | str | Function | Tensor | Written) for part in parts):
        raise Refusal(
            say("language.cannot-key", "{kind} cannot be a key.", kind=kind_of(key).capitalize()),
            say("language.use-number-string-tuple", "Use a number, a string or a tuple of them."),
            "TypeError",
        )
    for part in parts:
        if isinstance(part, Written):
            hash(part)  # refused by instances that only define `==`


def array_of(values: Any) -> Any:
    """A list as an array; what sprawls, or has more axes than any array, is refused."""
    if sprawls(values, MAX_LENGTH):
        raise Refusal(
            say("language.these-lists-too-large", "These lists are too large for an array."),
            say("language.use-fewer-numbers", "Use fewer numbers."),
        )
    if isinstance(values, list | tuple) and depth_of(values, MAX_AXES) > MAX_AXES:
        raise Refusal(
            say("language.lists-too-deep-array", "These lists are nested too deeply for an array."),
            say("language.array-has-axes", "An array has at most {axes} axes.", axes=MAX_AXES),
        )
    return functions.array(values)


def check_comparable(*values: Any) -> None:
    """Refuse containers that Python should not follow to their end."""
    for value in values:
        if sprawls(value) and not _leads_down(value):
            raise Refusal(
                say("language.these-more-than-200", "These have more than 200,000 parts, too many to be compared."),
                say("language.compare-their-parts", "Compare their parts."),
            )
        if _leads_down(value) or depth_of(value, MAX_COMPARED_DEPTH) > MAX_COMPARED_DEPTH:
            raise Refusal(
                say("language.these-nested-too-deeply", "These are nested too deeply to be compared."),
                say("language.compare-their-parts", "Compare their parts."),
            )


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
        return _by_zero(sign)
    if isinstance(error, OverflowError):
        return say(
            "language.result-too-large-number", "The result of `{sign}` is too large for a number.", sign=sign
        ), say("language.use-smaller-numbers", "Use smaller numbers.")
    if isinstance(error, MemoryError):
        return say("language.not-enough-memory", "There is not enough memory for this."), say(
            "language.use-smaller-arrays", "Use smaller arrays."
        )
    if "truth value" in str(error) or "ambiguous" in str(error):
        return say("language.array-neither-true-nor", "An array is neither true nor false as a whole."), say(
            "language.write-np-all-np", "Write np.all(...) or np.any(...)."
        )
    return _explain_operands(error, sign, operands)


def _explain_operands(error: BaseException, sign: str, operands: tuple[Any, ...]) -> tuple[str, str]:
    if len(operands) == 1:
        return say(
            "language.cannot-applied-2", "`{sign}` cannot be applied to {kind}.", sign=sign, kind=kind_of(operands[0])
        ), say("language.use-numbers-arrays", "Use numbers or arrays.")
    left, right = operands
    arrays = Tensor | np.ndarray
    if isinstance(error, ValueError) and isinstance(left, arrays) and isinstance(right, arrays | list | tuple):
        return say(
            "language.shapes-not-fit-2",
            "The shapes do not fit: {shape} {sign} {other}.",
            shape=shape_text(left),
            sign=sign,
            other=shape_text(right),
        ), _shape_hint(sign)
    if sign in ("<", "<=", ">", ">="):
        return say(
            "language.cannot-compared",
            "{kind} and {other} cannot be compared by `{sign}`.",
            kind=kind_of(left).capitalize(),
            other=kind_of(right),
            sign=sign,
        ), say("language.compare-numbers", "Compare numbers.")
    if None in (left if left is None else 0, right if right is None else 0):
        return (
            say(
                "language.cannot-applied",
                "`{sign}` cannot be applied to {kind} and {other}.",
                sign=sign,
                kind=kind_of(left),
                other=kind_of(right),
            ),
            say("language.function-lack-return", "Does a function lack its `return`?"),
        )
    return say(
        "language.cannot-applied",
        "`{sign}` cannot be applied to {kind} and {other}.",
        sign=sign,
        kind=kind_of(left),
        other=kind_of(right),
    ), say("language.use-numbers-arrays", "Use numbers or arrays.")


def shape_text(value: Any) -> str:
    """The shape of an operand, for sentences."""
    if isinstance(value, list | tuple):
        try:
            value = array_of(value)
        except (ValueError, TypeError, Refusal):
            return kind_of(value)
    return str(functions.shape_of(value))


def _by_zero(sign: str) -> tuple[str, str]:
    divisor = say("language.test-divisor", "Give the divisor another value, or test it with `if`.")
    if sign == "%":
        return say("language.remainder-by-zero", "This is a remainder of a division by zero."), divisor
    if sign == "**":
        base = say("language.test-base", "Give the base another value, or test it with `if`.")
        return say("language.zero-to-negative-power", "Zero has no negative power."), base
    return say("language.division-by-zero", "This is a division by zero."), divisor


def _shape_hint(sign: str) -> str:
    if sign == "@":
        return say(
            "language.last-length-left-must",
            "The last length on the left must equal the first (or last but one) on the right.",
        )
    return say("language.lengths-must-equal-1", "Lengths must be equal, or 1, counted from the last axis.")


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
