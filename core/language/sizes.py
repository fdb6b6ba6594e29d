"""How large the result of a function will be, known before memory is asked for. Knows shapes only."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from core.language.keys import whole
from core.language.operators import shape_of


def elements_made(name: str, values: list, named: dict[str, Any]) -> int:
    """An upper bound for the elements of the result; 0 when it cannot be said."""
    arguments = [*values, *named.values()]
    measure = MEASURES.get(name.rpartition(".")[2], _broadcast)
    try:
        return measure(arguments)
    except (TypeError, ValueError, IndexError, AttributeError, OverflowError):
        return 0


def _numbers(value: Any) -> list[int]:
    """Whole numbers in a number, list or nested list, as sizes."""
    if isinstance(value, list | tuple):
        return [number for part in value for number in _numbers(part)]
    number = whole(value)
    return [abs(int(number))] if isinstance(number, int | float) and math.isfinite(number) else []


def size_of(value: Any) -> int:
    """How many numbers a value holds."""
    if isinstance(value, list | tuple):
        return sum(map(size_of, value))
    return math.prod(shape_of(value))


def _broadcast(arguments: list) -> int:
    shapes = [shape[::-1] for value in arguments if (shape := shape_of(value))]
    return math.prod(max(lengths) for lengths in zip_longest(*shapes, fillvalue=1)) if len(shapes) > 1 else 0


def _all_pairs(arguments: list) -> int:
    return math.prod(
        max(size_of(value), 1) for value in arguments if shape_of(value) or isinstance(value, list | tuple)
    )


def _matrix(arguments: list) -> int:
    left, right = (shape_of(value) for value in arguments[:2])
    if len(left) > 1 and len(right) > 1:
        return math.prod(left[:-1]) * math.prod(right[:-2]) * right[-1]
    return 0


def _times(arguments: list) -> int:
    return size_of(arguments[0]) * math.prod(_numbers(arguments[1]))


def _shape(arguments: list) -> int:
    return math.prod(_numbers(arguments[1]))


def _padded(arguments: list) -> int:
    longest = max(_numbers(arguments[1]), default=0)
    return math.prod(length + 2 * longest for length in shape_of(arguments[0]))


def _letters(arguments: list) -> int:
    """The elements of an Einstein sum's result."""
    inputs, _, output = str(arguments[0]).replace(" ", "").partition("->")
    lengths = {
        letter: length
        for letters, operand in zip(inputs.split(","), arguments[1:])
        for letter, length in zip(letters, shape_of(operand))
    }
    return math.prod(lengths.get(letter, 1) for letter in (output or lengths))


def _square(arguments: list) -> int:
    return size_of(arguments[0]) ** 2 if len(shape_of(arguments[0])) == 1 else 0


MEASURES: dict[str, Callable[[list], int]] = {
    "outer": _all_pairs, "kron": _all_pairs, "tensordot": _all_pairs, "meshgrid": _all_pairs, "einsum": _letters,
    "matmul": _matrix, "dot": _matrix, "mm": _matrix, "tile": _times, "repeat": _times, "broadcast_to": _shape,
    "pad": _padded, "diag": _square, "inner": _all_pairs,
}  # fmt: skip
ALWAYS = frozenset(("tile", "repeat", "broadcast_to", "pad"))


def needs_look(name: str, largest: int) -> bool:
    """Whether the size must be looked at before this function is called."""
    return largest > 1_000 or name.rpartition(".")[2] in ALWAYS
