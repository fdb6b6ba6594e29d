"""The same elements in other shapes: reshape, transpose, broadcast, repeat, join, split, pad, turn."""

from collections.abc import Sequence

import numpy as np

from core.basics.types import Axis, Counts, Rule, Shape, Value
from core.basics.words import say
from core.functions.calling import axes_of, axis_of, call, plain, shape_of
from core.tensor import Tensor, as_primal

# -- one array ---------------------------------------------------------------------------------------------------


def reshape(x: Value, *shape: Counts, order: str = "C") -> Value:
    """The same elements in another shape; one length may be -1."""
    lengths = tuple(shape[0]) if isinstance(shape[0], tuple | list) else shape
    lengths = tuple(int(plain(length)) for length in lengths)
    if order == "F":
        return transpose(call("reshape", transpose(x), shape=lengths[::-1]))
    return call("reshape", x, shape=lengths)


def ravel(x: Value, order: str = "C") -> Value:
    """All elements along one axis."""
    return reshape(x, -1, order=order)


def transpose(x: Value, axes: Sequence[int] | None = None) -> Value:
    """Axes permuted; reversed when None."""
    return call("transpose", x, axes=None if axes is None else axes_of(tuple(axes), len(shape_of(x))))


def matrix_transpose(x: Value) -> Value:
    """The transpose of each matrix in a stack."""
    return swapaxes(x, -1, -2)


def swapaxes(x: Value, axis1: int, axis2: int) -> Value:
    """Two axes exchanged."""
    ndim = len(shape_of(x))
    one, other = axis_of(axis1, ndim), axis_of(axis2, ndim)
    axes = list(range(ndim))
    axes[one], axes[other] = other, one
    return transpose(x, axes)


def moveaxis(x: Value, source: Axis, destination: Axis) -> Value:
    """Axes moved to other positions; the rest keep their order."""
    ndim = len(shape_of(x))
    taken, put = axes_of(source, ndim), axes_of(destination, ndim)
    if len(taken) != len(put):
        raise ValueError(
            say(
                "functions.moveaxis-axes-cannot-go",
                "moveaxis: {count} axes cannot go to {other} places",
                count=len(taken),
                other=len(put),
            )
        )
    axes = [axis for axis in range(ndim) if axis not in taken]
    for place, axis in sorted(zip(put, taken, strict=True)):
        axes.insert(place, axis)
    return transpose(x, axes)


def expand_dims(x: Value, axis: int | Shape) -> Value:
    """New axes of length one."""
    return reshape(x, np.expand_dims(np.empty(shape_of(x)), axis).shape)


def squeeze(x: Value, axis: Axis = None) -> Value:
    """Axes of length one removed (all when None)."""
    return reshape(x, np.squeeze(np.empty(shape_of(x)), axis).shape)


def atleast_1d(*xs: Value) -> Value:
    """Numbers as vectors of one element."""
    return _each(xs, lambda x: x if shape_of(x) else reshape(x, 1))


def atleast_2d(*xs: Value) -> Value:
    """Numbers and vectors as matrices of one row."""
    return _each(xs, lambda x: x if len(shape_of(x)) > 1 else reshape(x, 1, -1))


def atleast_3d(*xs: Value) -> Value:
    """Whatever has fewer axes with three."""
    return _each(xs, lambda x: reshape(x, np.atleast_3d(np.empty(shape_of(x))).shape))


def _each(xs: tuple[Value, ...], function: Rule) -> Value:
    return function(xs[0]) if len(xs) == 1 else tuple(map(function, xs))


def broadcast_to(x: Value, shape: Sequence[int]) -> Value:
    """Repeated along new axes and axes of length one until it has the shape."""
    return call("broadcast_to", x, shape=(shape,) if isinstance(shape, int) else tuple(shape))


def broadcast_arrays(*xs: Value) -> tuple[Value, ...]:
    """All repeated to their common shape."""
    shape = np.broadcast_shapes(*map(shape_of, xs))
    return tuple(broadcast_to(x, shape) for x in xs)


def meshgrid(*xs: Value, indexing: str = "xy") -> tuple[Value, ...]:
    """The coordinates of a grid with these vectors along its axes."""
    order = list(range(len(xs)))
    if indexing == "xy" and len(xs) > 1:
        order[0], order[1] = 1, 0
    shapes = ([-1 if place == at else 1 for at in range(len(xs))] for place in order)
    return broadcast_arrays(*map(reshape, xs, shapes))


def repeat(x: Value, repeats: Counts, axis: int | None = None) -> Value:
    """Each element repeated along the axis (of the flattened array when None)."""
    if axis is None:
        x, axis = ravel(x), 0
    axis = axis_of(axis, len(shape_of(x)))
    if np.ndim(repeats):
        chosen = np.repeat(np.arange(shape_of(x)[axis]), repeats)
        return call("getitem", x, key=(*[slice(None)] * axis, chosen))
    return call("repeat", x, repeats=int(repeats), axis=axis)


def tile(x: Value, reps: Counts) -> Value:
    """The whole array repeated."""
    return call("tile", x, reps=tuple(np.atleast_1d(reps).tolist()))


def flip(x: Value, axis: Axis = None) -> Value:
    """Order reversed along the axes (all when None)."""
    return call("flip", x, axis=axes_of(axis, len(shape_of(x))))


def fliplr(x: Value) -> Value:
    """Columns in reverse order."""
    return flip(x, 1)


def flipud(x: Value) -> Value:
    """Rows in reverse order."""
    return flip(x, 0)


def rot90(x: Value, k: int = 1, axes: tuple[int, int] = (0, 1)) -> Value:
    """Turned by k quarters in the plane of two axes."""
    for _ in range(k % 4):
        x = flip(swapaxes(x, *axes), axes[0])
    return x


def roll(x: Value, shift: Counts, axis: Axis = None) -> Value:
    """Elements shifted along the axes, wrapping round."""
    return call("roll", x, shift=shift, axis=axis)


def pad(x: Value, pad_width: Counts, mode: str = "constant", constant_values: float = 0.0) -> Value:
    """Surrounded by a constant or, by `mode`, by what is inside; pad_width as in NumPy."""
    pairs = np.broadcast_to(np.asarray(pad_width), (len(shape_of(x)), 2)).tolist()
    if mode == "constant":
        return call("pad", x, width=tuple(map(tuple, pairs)), value=constant_values)
    if mode not in ("edge", "reflect", "symmetric", "wrap"):
        raise TypeError(
            say(
                "functions.pad-mode-no-rule",
                "pad: the mode `{mode}` has no rule; constant, edge, reflect, symmetric and wrap do",
                mode=mode,
            )
        )
    for axis, pair in enumerate(pairs):
        chosen = np.pad(np.arange(shape_of(x)[axis]), pair, mode)  # type: ignore[call-overload]
        x = call("getitem", x, key=(*[slice(None)] * axis, chosen))
    return x


# -- several arrays ----------------------------------------------------------------------------------------------


def concatenate(xs: Sequence[Value], axis: int | None = 0) -> Value:
    """Joined along an existing axis; flattened first when that is None."""
    xs = list(xs)
    if axis is None:
        return concatenate([ravel(x) for x in xs])
    return call("concatenate", *xs, axis=axis_of(axis, len(shape_of(xs[0]))))


def append(x: Value, values: Value, axis: int | None = None) -> Value:
    """Joined at the end of the axis; both flattened when that is None."""
    return concatenate([x, values], axis)


def stack(xs: Sequence[Value], axis: int = 0) -> Value:
    """Joined along a new axis."""
    xs = list(xs)
    return call("stack", *xs, axis=axis_of(axis, len(shape_of(xs[0])) + 1))


def hstack(xs: Sequence[Value]) -> Value:
    """Joined side by side: vectors end to end, else along the second axis."""
    xs = [atleast_1d(x) for x in xs]
    return concatenate(xs, 0 if len(shape_of(xs[0])) == 1 else 1)


def vstack(xs: Sequence[Value]) -> Value:
    """Joined one below the other; vectors become rows."""
    return concatenate([atleast_2d(x) for x in xs], 0)


def dstack(xs: Sequence[Value]) -> Value:
    """Joined along the third axis."""
    return concatenate([atleast_3d(x) for x in xs], 2)


def column_stack(xs: Sequence[Value]) -> Value:
    """Joined side by side; vectors become columns."""
    if len(xs) and set(map(type, xs)) <= {int, float}:  # many numbers at once
        return np.asarray(xs)[None]
    return concatenate([x if len(shape_of(x)) > 1 else reshape(x, -1, 1) for x in xs], 1)


def array(values: Value) -> Value:
    """An array of nested lists of numbers and tensors; unlike np.array it keeps the gradient.

    With a tensor in it the result is a tensor, recorded, of shape (length, *shape of an element); else plain numbers.
    Raises ValueError where the elements differ in shape.
    """
    if isinstance(values, list | tuple) and _has_tensor(values):
        return stack([array(value) for value in values])
    return values if isinstance(values, Tensor) else as_primal(values)


def _has_tensor(values: Value) -> bool:
    return isinstance(values, Tensor) or isinstance(values, list | tuple) and any(map(_has_tensor, values))


def split(x: Value, indices_or_sections: Counts, axis: int = 0) -> list[Value]:
    """Cut along an axis into equal parts, or at the given places."""
    n = shape_of(x)[axis_of(axis, len(shape_of(x)))]
    if np.ndim(indices_or_sections) == 0 and n % int(indices_or_sections):
        raise ValueError(
            say(
                "functions.split-elements-cannot-cut",
                "split: {n} elements cannot be cut into {indices_or_sections} equal parts",
                n=n,
                indices_or_sections=indices_or_sections,
            )
        )
    return array_split(x, indices_or_sections, axis)


def array_split(x: Value, indices_or_sections: Counts, axis: int = 0) -> list[Value]:
    """Cut along an axis into nearly equal parts, or at the given places."""
    axis = axis_of(axis, len(shape_of(x)))
    parts = np.array_split(np.arange(shape_of(x)[axis]), indices_or_sections)
    cuts = np.cumsum([0, *map(len, parts)]).tolist()
    before = [slice(None)] * axis
    return [call("getitem", x, key=(*before, slice(a, b))) for a, b in zip(cuts[:-1], cuts[1:], strict=True)]


def hsplit(x: Value, indices_or_sections: Counts) -> list[Value]:
    """Cut from left to right."""
    return split(x, indices_or_sections, 0 if len(shape_of(x)) == 1 else 1)


def vsplit(x: Value, indices_or_sections: Counts) -> list[Value]:
    """Cut from top to bottom."""
    return split(x, indices_or_sections, 0)


def dsplit(x: Value, indices_or_sections: Counts) -> list[Value]:
    """Cut along the third axis."""
    return split(x, indices_or_sections, 2)
