"""Many elements to fewer: sums, products, extremes, statistics, and running totals."""

import math

import numpy as np

from core.basics.types import Axis, Value
from core.basics.words import say
from core.functions.calling import FUNCTIONS, axes_of, axis_of, call, dtype_of, plain, shape_of
from core.functions.selecting import sort, take
from core.functions.shaping import ravel

square, sqrt, where = FUNCTIONS["square"], FUNCTIONS["sqrt"], FUNCTIONS["where"]


def _reduce(name: str, x: Value, axis: Axis, keepdims: bool) -> Value:
    ndim = len(shape_of(x))
    axis = axis if axis is None else axes_of(axis, ndim) if isinstance(axis, tuple | list) else axis_of(axis, ndim)
    return call(name, x, axis=axis, keepdims=bool(keepdims))


def sum(x: Value, axis: Axis = None, keepdims: bool = False) -> Value:
    """Sum of the elements over the axes (all when None)."""
    return _reduce("sum", x, axis, keepdims)


def mean(x: Value, axis: Axis = None, keepdims: bool = False) -> Value:
    """Mean of the elements over the axes (all when None)."""
    return _reduce("mean", x, axis, keepdims)


def prod(x: Value, axis: Axis = None, keepdims: bool = False) -> Value:
    """Product of the elements over the axes (all when None)."""
    return _reduce("prod", x, axis, keepdims)


def max(x: Value, axis: Axis = None, keepdims: bool = False) -> Value:
    """Largest element over the axes (all when None); equal ones share the cotangent."""
    return _reduce("max", x, axis, keepdims)


def min(x: Value, axis: Axis = None, keepdims: bool = False) -> Value:
    """Smallest element over the axes (all when None); equal ones share the cotangent."""
    return _reduce("min", x, axis, keepdims)


def ptp(x: Value, axis: Axis = None, keepdims: bool = False) -> Value:
    """Largest minus smallest element over the axes."""
    return max(x, axis, keepdims) - min(x, axis, keepdims)


def logsumexp(x: Value, axis: Axis = None, keepdims: bool = False) -> Value:
    """log(sum(exp(x))) over the axes, without overflow."""
    return _reduce("logsumexp", x, axis, keepdims)


def count(x: Value, axis: Axis = None) -> int:
    """How many elements a reduction over the axes takes together."""
    shape = shape_of(x)
    return math.prod(shape) if axis is None else math.prod(shape[one] for one in axes_of(axis, len(shape)))


def var(x: Value, axis: Axis = None, ddof: float = 0, keepdims: bool = False) -> Value:
    """Variance over the axes: mean squared distance from the mean, divided by n - ddof."""
    return sum(square(x - mean(x, axis, True)), axis, keepdims) / (count(x, axis) - ddof)


def std(x: Value, axis: Axis = None, ddof: float = 0, keepdims: bool = False) -> Value:
    """Standard deviation: the square root of the variance."""
    return sqrt(var(x, axis, ddof, keepdims))


def average(x: Value, axis: Axis = None, weights: Value = None, keepdims: bool = False) -> Value:
    """Mean over the axes, each element counting as much as its weight."""
    if weights is None:
        return mean(x, axis, keepdims)
    if shape_of(weights) != shape_of(x):
        raise ValueError(
            say(
                "functions.average-weights-shape-values",
                "average: the weights have shape {shape}, the values {other}",
                shape=shape_of(weights),
                other=shape_of(x),
            )
        )
    return sum(x * weights, axis, keepdims) / sum(weights, axis, keepdims)


def median(x: Value, axis: int | None = None, keepdims: bool = False) -> Value:
    """The middle element along an axis, or the mean of the two middle ones."""
    if axis is None:
        middle = median(ravel(x), 0)
        return call("reshape", middle, shape=(1,) * len(shape_of(x))) if keepdims else middle
    ordered, n = sort(x, axis), shape_of(x)[axis]
    return mean(take(ordered, slice((n - 1) // 2, n // 2 + 1), axis), axis, keepdims)


def nansum(x: Value, axis: Axis = None, keepdims: bool = False) -> Value:
    """Sum of the elements that are numbers."""
    return sum(where(np.isnan(plain(x)), 0.0, x), axis, keepdims)


def nanmean(x: Value, axis: Axis = None, keepdims: bool = False) -> Value:
    """Mean of the elements that are numbers."""
    kind = dtype_of(x) if dtype_of(x).kind == "f" else np.dtype(float)
    return nansum(x, axis, keepdims) / np.sum(~np.isnan(plain(x)), axis=axis, keepdims=keepdims, dtype=kind)


def cumsum(x: Value, axis: int | None = None) -> Value:
    """Running sum along an axis (of the flattened array when None)."""
    x, axis = _running(x, axis)
    return call("cumsum", x, axis=axis)


def cumprod(x: Value, axis: int | None = None) -> Value:
    """Running product along an axis (of the flattened array when None)."""
    x, axis = _running(x, axis)
    return call("cumprod", x, axis=axis)


def _running(x: Value, axis: int | None) -> tuple[Value, int]:
    return (ravel(x), 0) if axis is None else (x, axis_of(axis, len(shape_of(x))))
