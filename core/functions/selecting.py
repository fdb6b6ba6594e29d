"""Elements chosen by place or by size: indexing, gathering, triangles, diagonals, order."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.basics.types import Key, Value
from core.functions.calling import axis_of, call, plain, shape_of
from core.functions.shaping import broadcast_to, moveaxis, ravel


def getitem(x: Value, key: Key) -> Value:
    """x[key]; the key is not differentiated."""
    return call("getitem", x, key=_plain_key(key))


def setitem(x: Value, key: Key, value: Value) -> Value:
    """A copy of x in which x[key] is replaced by value."""
    return call("setitem", x, value, key=_plain_key(key))


def scatter_add(x: Value, key: Key, shape: Sequence[int]) -> Value:
    """Zeros of the shape with x added at key."""
    return call("scatter_add", x, key=_plain_key(key), shape=tuple(shape))


def _plain_key(key: Key) -> Value:
    if isinstance(key, tuple):
        return tuple(map(_plain_key, key))
    if isinstance(key, list):
        return [_plain_key(one) for one in key]
    return _fixed(plain(key))


def _fixed(key: Key) -> Value:
    """An array that the user may change later is copied, so that the derivative uses the places of the value."""
    return key.copy() if isinstance(key, np.ndarray) and key.flags.writeable else key


def take(x: Value, indices: Value, axis: int | None = None) -> Value:
    """Elements, rows or slices at the indices along an axis."""
    indices = np.asarray(indices) if isinstance(indices, list | tuple) else indices
    if axis is None:
        return getitem(ravel(x), indices)
    return getitem(x, (*[slice(None)] * axis_of(axis, len(shape_of(x))), indices))


def take_along_axis(x: Value, indices: Value, axis: int | None = -1) -> Value:
    """Elements at the indices along one axis, position by position."""
    indices = np.asarray(plain(indices))
    if axis is None:
        return getitem(ravel(x), indices)
    axis = axis_of(axis, len(shape_of(x)))
    key = list(np.indices(indices.shape, sparse=True))
    key[axis] = indices
    return getitem(x, tuple(key))


def compress(condition: Value, x: Value, axis: int | None = None) -> Value:
    """The slices along an axis for which the condition holds."""
    return take(x, np.flatnonzero(plain(condition)), axis)


def delete(x: Value, obj: Value, axis: int | None = None) -> Value:
    """Without the named elements along an axis."""
    if axis is None:
        x, axis = ravel(x), 0
    return take(x, np.delete(np.arange(shape_of(x)[axis_of(axis, len(shape_of(x)))]), obj), axis)


def sort(x: Value, axis: int | None = -1, kind: Any = "stable") -> Value:
    """Elements in ascending order along an axis; equal ones keep their order, whatever `kind` asks for."""
    if axis is None:
        x, axis = ravel(x), 0
    axis = axis_of(axis, len(shape_of(x)))
    return take_along_axis(x, np.argsort(plain(x), axis=axis, kind="stable"), axis)


def tril(x: Value, k: int = 0) -> Value:
    """Lower triangle; the rest is 0. A vector is taken as a matrix of such rows, as in NumPy."""
    return call("tril", _rows(x), k=k)


def triu(x: Value, k: int = 0) -> Value:
    """Upper triangle; the rest is 0. A vector is taken as a matrix of such rows, as in NumPy."""
    return call("triu", _rows(x), k=k)


def _rows(x: Value) -> Value:
    shape = shape_of(x)
    return broadcast_to(x, shape * 2) if len(shape) == 1 else x


def diag(x: Value, k: int = 0) -> Value:
    """A vector as a diagonal matrix, or the diagonal of a matrix."""
    return call("diag", x, k=k)


def diagflat(x: Value, k: int = 0) -> Value:
    """All elements as the diagonal of a matrix."""
    return diag(ravel(x), k)


def diagonal(x: Value, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Value:
    """The diagonals of the matrices along two axes, as the last axis."""
    if x.__class__ is np.ndarray:
        return np.diagonal(x, offset, axis1, axis2)  # which looks into x
    x = moveaxis(x, (axis1, axis2), (-2, -1))
    rows, columns = shape_of(x)[-2:]
    down, along = np.nonzero(np.eye(rows, columns, offset, dtype=bool))
    return getitem(x, (..., down, along))


def inner_diagonal(x: Value, offset: int = 0) -> Value:
    """The diagonals of the matrices in a stack: those along the last two axes."""
    return diagonal(x, offset, -2, -1)


def cofactors(x: Value) -> Value:
    """For each element of a matrix the signed determinant of what remains without its row and column."""
    n = shape_of(x)[-1]
    if n == 1:
        return 0.0 * x + 1.0
    others = np.array([[place for place in range(n) if place != left_out] for left_out in range(n)])
    minors = getitem(x, (..., others[:, None, :, None], others[None, :, None, :]))
    signs = (-1.0) ** np.add.outer(np.arange(n), np.arange(n))
    return call("det", minors) * signs


def zeros_like(x: Value) -> Value:
    """Zeros in the shape and dtype of x, as a plain array or number."""
    return _filled_like(x, 0)


def ones_like(x: Value) -> Value:
    """Ones in the shape and dtype of x, as a plain array or number."""
    return _filled_like(x, 1)


def full_like(x: Value, value: Value) -> Value:
    """The value in every place of x, of which the shape counts alone; a derivative flows through the value."""
    return broadcast_to(value, shape_of(x))


def _filled_like(x: Value, value: int) -> Value:
    x = plain(x)
    return float(value) if x.__class__ is float else np.full_like(x, value)[()]


__all__ = [name for name in globals() if not name.startswith("_") and name not in ("reshape", "moveaxis", "ravel")]
