"""Functions of sampled functions: differences, integrals, interpolation, even spacing, polynomials."""

import numpy as np

from core.basics.types import Axis, Value
from core.basics.words import say
from core.functions.calling import FUNCTIONS, axes_of, axis_of, cast, dtype_of, plain, shape_of
from core.functions.reductions import sum
from core.functions.selecting import getitem, take
from core.functions.shaping import concatenate, reshape, stack

where = FUNCTIONS["where"]
DOUBLE = np.dtype(float)


def diff(x: Value, n: int = 1, axis: int = -1) -> Value:
    """Each element minus the one before along an axis, n times."""
    length = shape_of(x)[axis]
    if n < 0 or n > length:
        raise ValueError(
            say(
                "functions.diff-axis-length-no",
                "diff: an axis of length {length} has no differences of order {n}",
                length=length,
                n=n,
            )
        )
    for _ in range(n):
        x = take(x, slice(1, None), axis) - take(x, slice(None, -1), axis)
    return x


def trapezoid(y: Value, x: Value = None, dx: float = 1.0, axis: int = -1) -> Value:
    """The integral of a sampled function by trapezia."""
    width = dx if x is None else diff(x, axis=-1 if len(shape_of(x)) == 1 else axis)
    if x is not None and len(shape_of(x)) == 1:
        after = len(shape_of(y)) - 1 - axis_of(axis, len(shape_of(y)))
        width = reshape(width, (-1, *[1] * after))
    return sum(width * (take(y, slice(1, None), axis) + take(y, slice(None, -1), axis)) / 2.0, axis)


def gradient(x: Value, *varargs: Value, axis: Axis = None) -> Value:
    """Central differences of a sampled function, one-sided at the ends, as NumPy's with edge_order=1."""
    axes = axes_of(axis, len(shape_of(x)))
    spacings = varargs * len(axes) if len(varargs) == 1 else varargs or (1.0,) * len(axes)
    if len(spacings) != len(axes):
        raise TypeError(
            say(
                "functions.gradient-axes-spacings",
                "gradient: {count} axes but {other} spacings",
                count=len(axes),
                other=len(spacings),
            )
        )
    found = [_in_kind(_differences(x, spacing, one), x) for spacing, one in zip(spacings, axes, strict=True)]
    return found[0] if len(found) == 1 else tuple(found)


def _in_kind(made: Value, x: Value) -> Value:
    """The numbers in the type of x, where that is one of floating-point numbers."""
    kind = dtype_of(x)
    return made if kind.kind not in "fc" or dtype_of(made) == kind else cast(made, kind)


def _differences(x: Value, spacing: Value, axis: int) -> Value:
    steps = diff(spacing) if len(shape_of(spacing)) == 1 else spacing * np.ones(shape_of(x)[axis] - 1)
    h = reshape(steps, [-1 if place == axis else 1 for place in range(len(shape_of(x)))])
    rise = diff(x, axis=axis) / h
    left, right = take(h, slice(None, -1), axis), take(h, slice(1, None), axis)
    inside = (left * take(rise, slice(1, None), axis) + right * take(rise, slice(None, -1), axis)) / (left + right)
    return concatenate([take(rise, slice(0, 1), axis), inside, take(rise, slice(-1, None), axis)], axis)


def interp(x: Value, xp: Value, fp: Value, left: Value = None, right: Value = None) -> Value:
    """Straight lines through the points (xp, fp), constant outside; at a point the line to its right counts.

    The result is in double precision whatever the operands are, as NumPy's.
    """
    points = np.asarray(plain(xp))
    value = np.asarray(plain(x))
    if len(points) == 1:
        line = getitem(fp, 0) + 0.0 * x
    else:
        at = np.clip(np.searchsorted(points, value, side="right") - 1, 0, len(points) - 2)
        x0, x1, y0, y1 = getitem(xp, at), getitem(xp, at + 1), getitem(fp, at), getitem(fp, at + 1)
        line = y0 + (x - x0) * (y1 - y0) / (x1 - x0)
    low = getitem(fp, 0) if left is None else left
    high = getitem(fp, -1) if right is None else right
    found = where(value < points[0], low, where(value > points[-1], high, line))
    return found if dtype_of(found).kind == "c" or dtype_of(found) == DOUBLE else cast(found, DOUBLE)


def linspace(start: Value, stop: Value, num: int = 50, endpoint: bool = True) -> Value:
    """Evenly spaced numbers from start to stop."""
    parts = np.linspace(0.0, 1.0, num, endpoint)
    if shape_of(start) or shape_of(stop):
        parts = parts.reshape((-1, *[1] * max(len(shape_of(start)), len(shape_of(stop)))))
    kind = np.result_type(dtype_of(start), dtype_of(stop))
    return start + (stop - start) * (parts.astype(kind) if kind.kind == "f" else parts)


def polyval(p: Value, x: Value) -> Value:
    """The polynomial with these coefficients, highest power first, at x."""
    kind = np.result_type(dtype_of(p), dtype_of(x))
    result = 0.0 * (x if dtype_of(x) == kind else cast(x, kind))
    for place in range(shape_of(p)[0]):
        result = result * x + getitem(p, place)
    return result


def vander(x: Value, N: int | None = None, increasing: bool = False) -> Value:
    """The powers of each element side by side."""
    n = shape_of(x)[0] if N is None else N
    columns = [FUNCTIONS["pow"](x, float(power)) for power in range(n)]
    return stack(columns if increasing else columns[::-1], 1)


__all__ = ["diff", "gradient", "interp", "linspace", "polyval", "trapezoid", "vander"]
