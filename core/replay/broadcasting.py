"""A compiled function of numbers applied to arrays: broadcast together, in blocks, and summed back for each input.

Fresh large arrays cost more in page faults than arithmetic, so large ones pass through in blocks whose intermediate
results stay in the cache. Knows compiled functions and NumPy only.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from core.pullbacks import unbroadcast
from core.tensor import as_result

BLOCK = 16_384  # elements that pass through together

Shape = tuple[int, ...]


def values_of(function: Callable[..., Any], inputs: list[Any]) -> Any:
    """The function's value for every element of the inputs broadcast together."""
    shape = np.broadcast_shapes(*map(np.shape, inputs))
    out: Any = None
    for block, part, part_shape in _blocks(inputs, shape):
        value = _in_shape(function(*part), part_shape)
        if block is None:
            return as_result(value)
        if out is None:
            out = np.empty(shape, value.dtype)
        out[block] = value
    return out


def gradients_of(function: Callable[..., Any], inputs: list[Any]) -> tuple[Any, tuple[Any, ...]]:
    """The values, and for each input the derivative of their sum, in the input's shape; None where there is none."""
    shape = np.broadcast_shapes(*map(np.shape, inputs))
    value = np.empty(shape)
    totals: list[Any] = [np.zeros(np.shape(one)) for one in inputs]
    for block, part, part_shape in _blocks(inputs, shape):
        some, gradient = function(*part)
        summed = [_summed(one, np.shape(given), part_shape) for one, given in zip(gradient, part, strict=True)]
        if block is None:
            return as_result(_in_shape(some, shape)), tuple(summed)
        value[block] = some
        for place, (total, one) in enumerate(zip(totals, summed, strict=True)):
            if one is None:
                totals[place] = None
            else:
                total[block if _is_split(inputs[place], shape) else ...] += one
    return value, tuple(None if total is None else as_result(total) for total in totals)


def _blocks(inputs: list[Any], shape: Shape) -> Any:
    """The inputs in parts of at most BLOCK elements, along the first axis; one part with the block None if small."""
    rows = shape[0] if shape else 1
    step = max(1, BLOCK * rows // max(1, math.prod(shape)))
    if rows <= step:
        yield None, inputs, shape
        return
    for start in range(0, rows, step):
        block = slice(start, start + step)
        part = [one[block] if _is_split(one, shape) else one for one in inputs]
        yield block, part, (min(step, rows - start), *shape[1:])


def _is_split(one: Any, shape: Shape) -> bool:
    return np.ndim(one) == len(shape) and one.shape[0] > 1


def _in_shape(value: Any, shape: Shape) -> Any:
    return value if np.shape(value) == shape else np.broadcast_to(value, shape)


def _summed(one: Any, given: Shape, shape: Shape) -> Any:
    """A derivative summed over the axes along which its input was repeated."""
    if one is None:
        return None
    now = np.shape(one)
    if now == given == shape:
        return as_result(one)
    if given == ():
        return float(np.add.reduce(one, axis=None)) if now == shape else float(np.sum(np.broadcast_to(one, shape)))
    return as_result(unbroadcast(_in_shape(one, shape), given))
