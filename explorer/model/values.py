"""Values that people type: numbers, vectors and matrices as text, and back.

What may stand in the text is on a list; nothing is ever evaluated by Python. Knows nothing of Qt.
"""

import ast
import math
import operator
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from core.arithmetic import Arithmetic, Refused, constant
from core.basics.words import say

Value = float | np.ndarray

MAX_TEXT = 200_000
MAX_ELEMENTS = 100_000
_EXAMPLES = say(
    "model.type-number-like-2", "type a number like 2.5, a vector like [1, 2] or a matrix like [[1, 2], [3, 4]]"
)


def _of_numbers(sign: Callable[[float, float], object]) -> Callable[[object, object], float]:
    """The sign for numbers alone: a list times a number is not a value, and nor is the square root of -1."""

    def combine(one: object, other: object) -> float:
        result = sign(one, other) if isinstance(one, float) and isinstance(other, float) else None
        if not isinstance(result, float):
            raise TypeError
        return result

    return combine


_VALUES = Arithmetic(
    {"pi": constant(math.pi), "e": constant(math.e), "inf": constant(math.inf), "nan": constant(math.nan)},
    {
        ast.Add: _of_numbers(operator.add),
        ast.Sub: _of_numbers(operator.sub),
        ast.Mult: _of_numbers(operator.mul),
        ast.Div: _of_numbers(operator.truediv),
        ast.Pow: _of_numbers(operator.pow),
    },
    {},
    make_list=list,
    deepest=60,
)


def parse_value(text: str) -> Value:
    """The number, vector or matrix that `text` says; a ValueError in one sentence where it says none."""
    text = text.strip()
    if not text:
        raise ValueError(say("model.value-empty", "the value is empty; {examples}", examples=_EXAMPLES))
    if len(text) > MAX_TEXT:
        raise ValueError(
            say(
                "model.value-longer-than-characters",
                "the value is longer than {max_text} characters; use a smaller array",
                max_text=MAX_TEXT,
            )
        )
    try:
        data = _VALUES.read(text)({})
    except (Refused, TypeError):
        shown = text if len(text) <= 40 else text[:37] + "..."
        raise ValueError(
            say("model.not-value", "{shown!r} is not a value; {examples}", shown=shown, examples=_EXAMPLES)
        ) from None
    except (ZeroDivisionError, OverflowError):
        raise ValueError(
            say("model.value-cannot-computed-write", "the value cannot be computed; write the number itself")
        ) from None
    return as_value(data)


def as_value(data: object, most: int = MAX_ELEMENTS) -> Value:
    """A float or an array of at most so many floats from nested lists of numbers, as a document or a person gives them.

    Raises ValueError for anything else.
    """
    if isinstance(data, bool) or not isinstance(data, int | float | list):
        raise ValueError(
            say(
                "model.value-must-number-nested",
                "a value must be a number or nested lists of numbers; {examples}",
                examples=_EXAMPLES,
            )
        )
    if not isinstance(data, list):
        return float(data)
    _shape(data)
    array = np.asarray(data, dtype=np.float64)
    if array.size == 0 or array.size > most:
        raise ValueError(
            say(
                "model.value-must-between-1",
                "a value must have between 1 and {max_elements:,} numbers, not {size:,}",
                max_elements=most,
                size=array.size,
            )
        )
    return array


def format_value(value: Value) -> str:
    """Text that `parse_value` reads back as the same value."""
    if np.ndim(value) == 0:
        return format_number(float(value))
    return "[" + ", ".join(format_value(item) for item in np.asarray(value)) + "]"


def beginning(value: Value, letters: int) -> str:
    """At most so many letters of the same text, with an ellipsis where there are more; quick for the largest array."""
    text, depth = "", 0
    for part in _parts(value):
        text += ", " if text and depth and part != "]" and not text.endswith("[") else ""
        text += part
        depth += (part == "[") - (part == "]")
        if len(text) > letters:
            return text[: letters - 3] + "..."
    return text


def _parts(value: Value) -> Iterator[str]:
    """Brackets and numbers, one after another."""
    if np.ndim(value) == 0:
        yield format_number(float(value))
        return
    yield "["
    for item in np.asarray(value):
        yield from _parts(item)
    yield "]"


def same_values(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Whether two points have the same names in the same order, with the same numbers."""
    return list(one) == list(other) and all(
        np.shape(value) == np.shape(other[name]) and np.array_equal(value, other[name], equal_nan=True)
        for name, value in one.items()
    )


def format_number(number: float) -> str:
    """The shortest text of a number, without a trailing `.0`."""
    text = repr(float(number))
    return text[:-2] if text.endswith(".0") else text


def as_data(value: Value) -> object:
    """The value as plain numbers and lists, for a document."""
    return float(value) if np.ndim(value) == 0 else np.asarray(value).tolist()


def _shape(data: object) -> tuple[int, ...]:
    """The shape of nested lists of numbers; a ValueError where the rows differ or hold something else."""
    if isinstance(data, bool) or not isinstance(data, int | float | list):
        raise ValueError(
            say("model.value-must-hold-numbers", "a value must hold numbers only; {examples}", examples=_EXAMPLES)
        )
    if not isinstance(data, list):
        return ()
    shapes = {_shape(item) for item in data}
    if len(shapes) > 1:
        raise ValueError(
            say(
                "model.rows-different-lengths-give",
                "the rows have different lengths; give every row the same number of values",
            )
        )
    return (len(data), *shapes.pop()) if shapes else (0,)


def place_text(shape: tuple[int, ...], element: int) -> str:
    """Where a number stands in an array, as it is typed: [1, 2]; nothing for a scalar."""
    return f"[{', '.join(str(at) for at in np.unravel_index(element, shape))}]" if shape else ""


def moved(value: Value, element: int, to: float) -> Value:
    """The value with one of its numbers changed."""
    if np.ndim(value) == 0:
        return float(to)
    changed = np.array(value, dtype=float)
    changed.flat[element] = to
    return changed
