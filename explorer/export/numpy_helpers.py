"""What generated text calls besides NumPy, written for plain arrays; its text is copied into scripts.

Each function does what the one of its name in `core.pullbacks` (or in the interpreter of generated text) does.
"""


import math

import numpy as np


def as_result(x):  # type: ignore[no-untyped-def]
    return x[()] if isinstance(x, np.ndarray) else x


def unbroadcast(g, shape):  # type: ignore[no-untyped-def]
    now = np.shape(g)
    added = len(now) - len(shape)
    stretched = [axis + added for axis, length in enumerate(shape) if length == 1 and now[axis + added] != 1]
    return np.reshape(np.sum(g, axis=(*range(added), *stretched)), shape)[()]


def kept(shape, axis):  # type: ignore[no-untyped-def]
    if axis is None:
        return (1,) * len(shape)
    reduced = {one % len(shape) for one in (axis if isinstance(axis, tuple) else (axis,))}
    return tuple(1 if place in reduced else length for place, length in enumerate(shape))


def spread(g, x, axis, keepdims):  # type: ignore[no-untyped-def]
    shape = np.shape(x)
    return np.broadcast_to(g if keepdims or not shape else np.reshape(g, kept(shape, axis)), shape)


def share_extreme(g, v, x, axis, keepdims):  # type: ignore[no-untyped-def]
    chosen = (x == spread(v, x, axis, keepdims)) * 1.0
    return spread(g, x, axis, keepdims) * (chosen / np.sum(chosen, axis=axis, keepdims=True))


def exclusive_products(x):  # type: ignore[no-untyped-def]
    ones = np.ones((*np.shape(x)[:-1], 1))
    before = np.cumprod(np.concatenate([ones, x[..., :-1]], axis=-1), axis=-1)
    after = np.flip(np.cumprod(np.concatenate([ones, np.flip(x, -1)[..., :-1]], axis=-1), axis=-1), -1)
    return before * after


def product_of_others(x, axis):  # type: ignore[no-untyped-def]
    shape = np.shape(x)
    axes = tuple(range(len(shape))) if axis is None else tuple(one % len(shape) for one in np.atleast_1d(axis))
    rest = tuple(one for one in range(len(shape)) if one not in axes)
    order = (*rest, *axes)
    flat = np.reshape(np.transpose(x, order), (*(shape[one] for one in rest), math.prod(shape[one] for one in axes)))
    others = np.reshape(exclusive_products(flat), tuple(shape[one] for one in order))
    return np.transpose(others, np.argsort(order))


def count(x, axis):  # type: ignore[no-untyped-def]
    return np.size(x) if axis is None else math.prod(np.shape(x)[one] for one in np.atleast_1d(axis))


def reverse_cumsum(g, x, axis):  # type: ignore[no-untyped-def]
    return np.flip(np.cumsum(np.flip(g, axis), axis), axis)


def inverse_permutation(axes):  # type: ignore[no-untyped-def]
    return None if axes is None else tuple(np.argsort([axis % len(axes) for axis in axes]).tolist())


def unpad(g, width):  # type: ignore[no-untyped-def]
    return g[tuple(slice(before, n - after) for (before, after), n in zip(width, np.shape(g), strict=True))]


def opposite(shift):  # type: ignore[no-untyped-def]
    return tuple(-one for one in shift) if isinstance(shift, (tuple, list)) else -shift


def unrepeat(g, x, repeats, axis):  # type: ignore[no-untyped-def]
    shape = np.shape(x)
    axis %= len(shape)
    return np.sum(np.reshape(g, (*shape[: axis + 1], repeats, *shape[axis + 1 :])), axis + 1)


def undiag(g, x, k):  # type: ignore[no-untyped-def]
    if np.ndim(x) == 1:
        return np.diag(g, k)
    out, places = np.zeros(np.shape(x)), np.arange(np.shape(g)[0])
    out[places - np.minimum(k, 0), places + np.maximum(k, 0)] = g
    return out


def part_that_stayed(g, x, y, key):  # type: ignore[no-untyped-def]
    received = np.asarray(g)[key]
    if any(map(np.ndim, key if isinstance(key, tuple) else (key,))):
        turns = np.arange(np.size(received)).reshape(np.shape(received))
        last = np.zeros(np.shape(x), int)
        last[key] = turns
        received = np.where(last[key] == turns, received, 0.0)
    return unbroadcast(received, np.shape(y))


def part_of_concatenate(g, slot, xs, axis):  # type: ignore[no-untyped-def]
    ends = np.cumsum([np.shape(x)[axis] for x in xs])
    return np.split(g, ends[:-1], axis)[slot]


def swap_last(x):  # type: ignore[no-untyped-def]
    return np.swapaxes(x, -1, -2)


def columns(g):  # type: ignore[no-untyped-def]
    return np.reshape(g, (*np.shape(g), 1, 1))


def as_matrices(x, y):  # type: ignore[no-untyped-def]
    return (np.reshape(x, (1, -1)) if np.ndim(x) == 1 else x), (np.reshape(y, (-1, 1)) if np.ndim(y) == 1 else y)


def as_product(g, x, y):  # type: ignore[no-untyped-def]
    g = np.expand_dims(g, -1) if np.ndim(y) == 1 else g
    return np.expand_dims(g, -2) if np.ndim(x) == 1 else g


def matmul_vjp_x(g, x, y):  # type: ignore[no-untyped-def]
    left, right = as_matrices(x, y)
    return np.reshape(unbroadcast(np.matmul(as_product(g, x, y), swap_last(right)), np.shape(left)), np.shape(x))


def matmul_vjp_y(g, x, y):  # type: ignore[no-untyped-def]
    left, right = as_matrices(x, y)
    return np.reshape(unbroadcast(np.matmul(swap_last(left), as_product(g, x, y)), np.shape(right)), np.shape(y))


def in_dtype_of(value, derivative):  # type: ignore[no-untyped-def]
    return np.asarray(derivative).astype(np.asarray(value).dtype)


def with_item(x, key, y):  # type: ignore[no-untyped-def]
    out = np.array(x, copy=True)
    out[key] = y
    return out


def shape_of(x):  # type: ignore[no-untyped-def]
    return np.shape(x)


def always(answers):  # type: ignore[no-untyped-def]
    return bool(np.all(answers))


def never(answers):  # type: ignore[no-untyped-def]
    return not np.any(answers)


class PathChanged(Exception):
    """Raised where a branch would be taken differently than at the point that was recorded."""
