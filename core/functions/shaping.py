"""The same elements in other shapes: reshape, transpose, broadcast, repeat, join, split, pad, turn."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.functions.calling import Axis, axes_of, axis_of, call, plain, shape_of
from core.tensor import Tensor, as_primal

# -- one array ---------------------------------------------------------------------------------------------------


def reshape(x: Any, *shape: Any, order: str = "C") -> Any:
    """The same elements in another shape; one length may be -1."""
    lengths = tuple(shape[0]) if isinstance(shape[0], tuple | list) else shape
    lengths = tuple(int(plain(length)) for length in lengths)
    if order == "F":
        return transpose(call("reshape", transpose(x), shape=lengths[::-1]))
    return call("reshape", x, shape=lengths)


def ravel(x: Any, order: str = "C") -> Any:
    """All elements along one axis."""
    return reshape(x, -1, order=order)


def transpose(x: Any, axes: Sequence[int] | None = None) -> Any:
    """Axes permuted; reversed when None."""
    return call("transpose", x, axes=None if axes is None else axes_of(tuple(axes), len(shape_of(x))))


def matrix_transpose(x: Any) -> Any:
    """The transpose of each matrix in a stack."""
    return swapaxes(x, -1, -2)


def swapaxes(x: Any, axis1: int, axis2: int) -> Any:
    """Two axes exchanged."""
    ndim = len(shape_of(x))
    one, other = axis_of(axis1, ndim), axis_of(axis2, ndim)
    axes = list(range(ndim))
    axes[one], axes[other] = other, one
    return transpose(x, axes)


def moveaxis(x: Any, source: Axis, destination: Axis) -> Any:
    """Axes moved to other positions; the rest keep their order."""
    ndim = len(shape_of(x))
    taken, put = axes_of(source, ndim), axes_of(destination, ndim)
    if len(taken) != len(put):
        raise ValueError(f"moveaxis: {len(taken)} axes cannot go to {len(put)} places")
    axes = [axis for axis in range(ndim) if axis not in taken]
    for place, axis in sorted(zip(put, taken, strict=True)):
        axes.insert(place, axis)
    return transpose(x, axes)


def expand_dims(x: Any, axis: int | tuple[int, ...]) -> Any:
    """New axes of length one."""
    return reshape(x, np.expand_dims(np.empty(shape_of(x)), axis).shape)


def squeeze(x: Any, axis: Axis = None) -> Any:
    """Axes of length one removed (all when None)."""
    return reshape(x, np.squeeze(np.empty(shape_of(x)), axis).shape)


def atleast_1d(*xs: Any) -> Any:
    """Numbers as vectors of one element."""
    return _each(xs, lambda x: x if shape_of(x) else reshape(x, 1))


def atleast_2d(*xs: Any) -> Any:
    """Numbers and vectors as matrices of one row."""
    return _each(xs, lambda x: x if len(shape_of(x)) > 1 else reshape(x, 1, -1))


def atleast_3d(*xs: Any) -> Any:
    """Whatever has fewer axes with three."""
    return _each(xs, lambda x: reshape(x, np.atleast_3d(np.empty(shape_of(x))).shape))


def _each(xs: tuple[Any, ...], function: Any) -> Any:
    return function(xs[0]) if len(xs) == 1 else tuple(map(function, xs))


def broadcast_to(x: Any, shape: Sequence[int]) -> Any:
    """Repeated along new axes and axes of length one until it has the shape."""
    return call("broadcast_to", x, shape=(shape,) if isinstance(shape, int) else tuple(shape))


def broadcast_arrays(*xs: Any) -> tuple[Any, ...]:
    """All repeated to their common shape."""
    shape = np.broadcast_shapes(*map(shape_of, xs))
    return tuple(broadcast_to(x, shape) for x in xs)


def meshgrid(*xs: Any, indexing: str = "xy") -> tuple[Any, ...]:
    """The coordinates of a grid with these vectors along its axes."""
    order = list(range(len(xs)))
    if indexing == "xy" and len(xs) > 1:
        order[0], order[1] = 1, 0
    shapes = ([-1 if place == at else 1 for at in range(len(xs))] for place in order)
    return broadcast_arrays(*map(reshape, xs, shapes))


def repeat(x: Any, repeats: Any, axis: int | None = None) -> Any:
    """Each element repeated along the axis (of the flattened array when None)."""
    if axis is None:
        x, axis = ravel(x), 0
    axis = axis_of(axis, len(shape_of(x)))
    if np.ndim(repeats):
        chosen = np.repeat(np.arange(shape_of(x)[axis]), repeats)
        return call("getitem", x, key=(*[slice(None)] * axis, chosen))
    return call("repeat", x, repeats=int(repeats), axis=axis)


def tile(x: Any, reps: Any) -> Any:
    """The whole array repeated."""
    return call("tile", x, reps=tuple(np.atleast_1d(reps).tolist()))


def flip(x: Any, axis: Axis = None) -> Any:
    """Order reversed along the axes (all when None)."""
    return call("flip", x, axis=axes_of(axis, len(shape_of(x))))


def fliplr(x: Any) -> Any:
    """Columns in reverse order."""
    return flip(x, 1)


def flipud(x: Any) -> Any:
    """Rows in reverse order."""
    return flip(x, 0)


def rot90(x: Any, k: int = 1, axes: tuple[int, int] = (0, 1)) -> Any:
    """Turned by k quarters in the plane of two axes."""
    for _ in range(k % 4):
        x = flip(swapaxes(x, *axes), axes[0])
    return x


def roll(x: Any, shift: Any, axis: Any = None) -> Any:
    """Elements shifted along the axes, wrapping round."""
    return call("roll", x, shift=shift, axis=axis)


def pad(x: Any, pad_width: Any, mode: str = "constant", constant_values: float = 0.0) -> Any:
    """Surrounded by a constant or, by `mode`, by what is inside; pad_width as in NumPy."""
    pairs = np.broadcast_to(np.asarray(pad_width), (len(shape_of(x)), 2)).tolist()
    if mode == "constant":
        return call("pad", x, width=tuple(map(tuple, pairs)), value=constant_values)
    if mode not in ("edge", "reflect", "symmetric", "wrap"):
        raise TypeError(f"pad: the mode `{mode}` has no rule; constant, edge, reflect, symmetric and wrap do")
    for axis, pair in enumerate(pairs):
        chosen = np.pad(np.arange(shape_of(x)[axis]), pair, mode)  # type: ignore[call-overload]
        x = call("getitem", x, key=(*[slice(None)] * axis, chosen))
    return x


# -- several arrays ----------------------------------------------------------------------------------------------


def concatenate(xs: Sequence[Any], axis: int | None = 0) -> Any:
    """Joined along an existing axis; flattened first when that is None."""
    xs = list(xs)
    if axis is None:
        return concatenate([ravel(x) for x in xs])
    return call("concatenate", *xs, axis=axis_of(axis, len(shape_of(xs[0]))))


def append(x: Any, values: Any, axis: int | None = None) -> Any:
    """Joined at the end of the axis; both flattened when that is None."""
    return concatenate([x, values], axis)


def stack(xs: Sequence[Any], axis: int = 0) -> Any:
    """Joined along a new axis."""
    xs = list(xs)
    return call("stack", *xs, axis=axis_of(axis, len(shape_of(xs[0])) + 1))


def hstack(xs: Sequence[Any]) -> Any:
    """Joined side by side: vectors end to end, else along the second axis."""
    xs = [atleast_1d(x) for x in xs]
    return concatenate(xs, 0 if len(shape_of(xs[0])) == 1 else 1)


def vstack(xs: Sequence[Any]) -> Any:
    """Joined one below the other; vectors become rows."""
    return concatenate([atleast_2d(x) for x in xs], 0)


def dstack(xs: Sequence[Any]) -> Any:
    """Joined along the third axis."""
    return concatenate([atleast_3d(x) for x in xs], 2)


def column_stack(xs: Sequence[Any]) -> Any:
    """Joined side by side; vectors become columns."""
    return concatenate([x if len(shape_of(x)) > 1 else reshape(x, -1, 1) for x in xs], 1)


def array(values: Any) -> Any:
    """An array of nested lists of numbers and tensors; unlike np.array it keeps the gradient."""
    if isinstance(values, list | tuple) and _has_tensor(values):
        return stack([array(value) for value in values])
    return values if isinstance(values, Tensor) else as_primal(values)


def _has_tensor(values: Any) -> bool:
    return isinstance(values, Tensor) or isinstance(values, list | tuple) and any(map(_has_tensor, values))


def split(x: Any, indices_or_sections: Any, axis: int = 0) -> list[Any]:
    """Cut along an axis into equal parts, or at the given places."""
    n = shape_of(x)[axis_of(axis, len(shape_of(x)))]
    if np.ndim(indices_or_sections) == 0 and n % int(indices_or_sections):
        raise ValueError(f"split: {n} elements cannot be cut into {indices_or_sections} equal parts")
    return array_split(x, indices_or_sections, axis)


def array_split(x: Any, indices_or_sections: Any, axis: int = 0) -> list[Any]:
    """Cut along an axis into nearly equal parts, or at the given places."""
    axis = axis_of(axis, len(shape_of(x)))
    parts = np.array_split(np.arange(shape_of(x)[axis]), indices_or_sections)
    cuts = np.cumsum([0, *map(len, parts)]).tolist()
    before = [slice(None)] * axis
    return [call("getitem", x, key=(*before, slice(a, b))) for a, b in zip(cuts[:-1], cuts[1:], strict=True)]


def hsplit(x: Any, indices_or_sections: Any) -> list[Any]:
    """Cut from left to right."""
    return split(x, indices_or_sections, 0 if len(shape_of(x)) == 1 else 1)


def vsplit(x: Any, indices_or_sections: Any) -> list[Any]:
    """Cut from top to bottom."""
    return split(x, indices_or_sections, 0)


def dsplit(x: Any, indices_or_sections: Any) -> list[Any]:
    """Cut along the third axis."""
    return split(x, indices_or_sections, 2)
