"""How large the result of a function will be, and how much work it is, before either is begun. Knows shapes only.

Work is counted in multiplications of a matrix product; other functions are weighed by how much slower they are, so
that what the budget allows for one step takes about a tenth of a second and a run can be cancelled in between.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from core.basics.words import say
from core.language.machine.keys import whole
from core.language.machine.operators import shape_of
from core.language.machine.outcome import Refusal
from core.language.machine.values import MAX_LENGTH, sprawls
from core.library import fact


def elements_made(name: str, values: list, named: dict[str, Any]) -> int:
    """An upper bound for the elements of what the function at a path gives; 0 when it cannot be said."""
    arguments = [*values, *named.values()]
    measure = MEASURES.get(fact(name, "size"), _broadcast)
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
    if sprawls(value, MAX_LENGTH):
        raise Refusal(
            say("language.these-lists-too-large", "These lists are too large for an array."),
            say("language.use-fewer-numbers", "Use fewer numbers."),
        )
    todo, size = [value], 0
    while todo:
        part = todo.pop()
        if isinstance(part, list | tuple):
            todo.extend(part)
        else:
            size += math.prod(shape_of(part))
    return size


def extent(value: Any) -> tuple[int, ...]:
    """The shape of an array, or of nested lists as far as their first items tell it."""
    lengths: list[int] = []
    while isinstance(value, list | tuple) and value and len(lengths) < 30:
        lengths.append(len(value))
        value = value[0]
    return (*lengths, *shape_of(value))


def _broadcast(arguments: list) -> int:
    shapes = [shape[::-1] for value in arguments if (shape := extent(value))]
    return math.prod(max(lengths) for lengths in zip_longest(*shapes, fillvalue=1)) if len(shapes) > 1 else 0


def _all_pairs(arguments: list) -> int:
    return math.prod(max(size_of(value), 1) for value in arguments if extent(value) or isinstance(value, list | tuple))


def _matrix(arguments: list) -> int:
    left, right = (extent(value) for value in arguments[:2])
    if len(left) > 1 and len(right) > 1:
        return math.prod(left[:-1]) * math.prod(right[:-2]) * right[-1]
    return 0


def _times(arguments: list) -> int:
    return size_of(arguments[0]) * math.prod(max(number, 1) for number in _numbers(arguments[1:]))


def _shape(arguments: list) -> int:
    return math.prod(_numbers(arguments[1]))


def _padded(arguments: list) -> int:
    longest = max(_numbers(arguments[1]), default=0)
    return math.prod(length + 2 * longest for length in extent(arguments[0]))


def _letters(arguments: list) -> int:
    """The elements of an Einstein sum's result."""
    inputs, arrow, output = str(arguments[0]).replace(" ", "").partition("->")
    lengths = {
        letter: length
        for letters, operand in zip(inputs.split(","), arguments[1:])
        for letter, length in zip(letters, extent(operand))
    }
    return math.prod(lengths.get(letter, 1) for letter in (output if arrow else lengths))


def _joined(arguments: list) -> int:
    return size_of(arguments[0])


def _square(arguments: list) -> int:
    return size_of(arguments[0]) ** 2 if len(extent(arguments[0])) == 1 else 0


def _powers(arguments: list) -> int:
    """A column for each power: of np.vander(x, n) and np.polyfit(x, y, degree)."""
    return size_of(arguments[0]) * (max(_numbers(arguments[-1]), default=0) + 1)


# By the words with which the table of library functions says how large results are.
MEASURES: dict[str, Callable[[list], int]] = {
    "pairs": _all_pairs, "letters": _letters, "powers": _powers, "matrix": _matrix, "times": _times, "shape": _shape,
    "padded": _padded, "square": _square, "joined": _joined,
}  # fmt: skip
FROM_LITTLE = frozenset(("letters", "powers", "times", "shape", "padded", "joined"))  # large results of small arguments


def work_of(name: str, values: list, named: dict[str, Any]) -> int:
    """About how many multiplications the function at a path needs; 0 for those that are never slow."""
    weigh = WORK.get(fact(name, "work"))
    try:
        return weigh([*values, *named.values()]) if weigh else 0
    except (TypeError, ValueError, IndexError, AttributeError, OverflowError):
        return 0


def product_work(left: Any, right: Any) -> int:
    """The multiplications of `left @ right`."""
    one, other = extent(left), extent(right)
    return math.prod(one) * math.prod(other[:-2]) * (other[-1] if len(other) > 1 else 1) if one and other else 0


def _cubic(weight: int) -> Callable[[list], int]:
    """Functions of square matrices, so many times slower than their product."""

    def work(arguments: list) -> int:
        shape = extent(arguments[0])
        return weight * math.prod(shape) * min(shape[-2:]) if len(shape) > 1 else 0

    return work


def _squarings(arguments: list) -> int:
    """A power of a matrix: two products for every binary digit of the exponent."""
    return _cubic(2)(arguments) * max(map(int.bit_length, _numbers(arguments[1])), default=1)


def _differences(arguments: list) -> int:
    """Differences of differences: one pass over the array for each order."""
    return max(map(max, filter(None, map(_numbers, arguments[1:]))), default=1) * (20_000 + 5 * size_of(arguments[0]))


def _every_letter(arguments: list) -> int:
    """An Einstein sum goes through all values of all letters, unless it has two operands and is a product."""
    inputs = str(arguments[0]).replace(" ", "").partition("->")[0]
    lengths: dict[str, int] = {}
    for letters, operand in zip(inputs.split(","), arguments[1:]):
        lengths.update(zip(letters, extent(operand)))
    return math.prod(lengths.values()) * (20 if inputs.count(",") < 2 else 100)


def _two_matrices(arguments: list) -> int:
    return product_work(arguments[0], arguments[1])


def _fit(arguments: list) -> int:
    """A least-squares fit: the singular values of the matrix of powers."""
    return 60 * _powers(arguments) * (max(_numbers(arguments[-1]), default=0) + 1)


def _sliding(arguments: list) -> int:
    return 100 * _all_pairs(arguments[:2])


# By the words with which the table of library functions says how much work functions are.
WORK: dict[str, Callable[[list], int]] = {
    "product": _two_matrices, "letters": _every_letter, "elimination": _cubic(8), "factors": _cubic(60), "fit": _fit,
    "powers": _squarings, "differences": _differences, "convolution": _sliding,
}  # fmt: skip
SLOW_ON_LITTLE = frozenset(("powers", "differences"))


def needs_look(name: str, largest: int) -> bool:
    """Whether the size must be looked at before the function at a path is called."""
    return largest > 1_000 or fact(name, "size") in FROM_LITTLE or fact(name, "work") in SLOW_ON_LITTLE
