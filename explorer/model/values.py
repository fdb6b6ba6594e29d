"""Values that people type: numbers, vectors and matrices as text, and back.

The text is parsed, checked against an allow-list and folded; nothing is ever evaluated. Knows nothing of Qt.
"""

import ast
import math
import operator
from collections.abc import Callable

import numpy as np

Value = float | np.ndarray

MAX_TEXT = 200_000
MAX_ELEMENTS = 100_000
MAX_DEPTH = 60
_NAMES = {"pi": math.pi, "e": math.e, "inf": math.inf, "nan": math.nan}
_SIGNS: dict[type, Callable] = {ast.UAdd: operator.pos, ast.USub: operator.neg}
_ARITHMETIC: dict[type, Callable] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_EXAMPLES = "type a number like 2.5, a vector like [1, 2] or a matrix like [[1, 2], [3, 4]]"


def parse_value(text: str) -> Value:
    """The number, vector or matrix that `text` says; a ValueError in one sentence where it says none."""
    text = text.strip()
    if not text:
        raise ValueError(f"the value is empty; {_EXAMPLES}")
    if len(text) > MAX_TEXT:
        raise ValueError(f"the value is longer than {MAX_TEXT} characters; use a smaller array")
    try:
        return as_value(_fold(ast.parse(text, mode="eval").body))
    except (SyntaxError, RecursionError, MemoryError, TypeError):
        shown = text if len(text) <= 40 else text[:37] + "..."
        raise ValueError(f"{shown!r} is not a value; {_EXAMPLES}") from None
    except (ZeroDivisionError, OverflowError):
        raise ValueError("the value cannot be computed; write the number itself") from None


def as_value(data: object) -> Value:
    """A float or an array of floats from nested lists of numbers, as a document or a person gives them."""
    if isinstance(data, bool) or not isinstance(data, int | float | list):
        raise ValueError(f"a value must be a number or nested lists of numbers; {_EXAMPLES}")
    if not isinstance(data, list):
        return float(data)
    _shape(data)
    array = np.asarray(data, dtype=np.float64)
    if array.size == 0 or array.size > MAX_ELEMENTS:
        raise ValueError(f"a value must have between 1 and {MAX_ELEMENTS:,} numbers, not {array.size:,}")
    return array


def format_value(value: Value) -> str:
    """Text that `parse_value` reads back as the same value."""
    if np.ndim(value) == 0:
        return format_number(float(value))
    return "[" + ", ".join(format_value(item) for item in np.asarray(value)) + "]"


def format_number(number: float) -> str:
    """The shortest text of a number, without a trailing `.0`."""
    text = repr(float(number))
    return text[:-2] if text.endswith(".0") else text


def as_data(value: Value) -> object:
    """The value as plain numbers and lists, for a document."""
    return float(value) if np.ndim(value) == 0 else np.asarray(value).tolist()


def _fold(node: ast.expr, depth: int = 0) -> object:
    if depth > MAX_DEPTH:
        raise TypeError
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [_fold(item, depth + 1) for item in items]
        case ast.Name(id=name) if name in _NAMES:
            return _NAMES[name]
        case ast.UnaryOp(op=op, operand=inner) if type(op) in _SIGNS:
            return _SIGNS[type(op)](_number(inner, depth))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            result = _ARITHMETIC[type(op)](_number(left, depth), _number(right, depth))
            if isinstance(result, float):
                return result
    raise TypeError


def _number(node: ast.expr, depth: int) -> float:
    folded = _fold(node, depth + 1)
    if not isinstance(folded, float):
        raise TypeError
    return folded


def _shape(data: object) -> tuple[int, ...]:
    """The shape of nested lists of numbers; a ValueError where the rows differ or hold something else."""
    if isinstance(data, bool) or not isinstance(data, int | float | list):
        raise ValueError(f"a value must hold numbers only; {_EXAMPLES}")
    if not isinstance(data, list):
        return ()
    shapes = {_shape(item) for item in data}
    if len(shapes) > 1:
        raise ValueError("the rows have different lengths; give every row the same number of values")
    return (len(data), *shapes.pop()) if shapes else (0,)
