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


def untile(g, x, reps):  # type: ignore[no-untyped-def]
    shape = np.shape(x)
    length = int(np.maximum(len(shape), len(reps)))
    shape_long, reps_long = (1,) * (length - len(shape)) + shape, (1,) * (length - len(reps)) + tuple(reps)
    paired = [n for pair in zip(reps_long, shape_long, strict=True) for n in pair]
    return np.reshape(np.sum(np.reshape(g, paired), tuple(range(0, 2 * length, 2))), shape)


def cumprod_vjp(g, v, x, axis):  # type: ignore[no-untyped-def]
    rows, n = np.moveaxis(x, axis, -1), np.shape(x)[axis]
    without = np.where(np.eye(n, dtype=bool), 1.0, np.broadcast_to(rows[..., None, :], (*np.shape(rows), n)))
    pulled = np.sum(np.triu(np.cumprod(without, -1)) * np.moveaxis(g, axis, -1)[..., None, :], -1)
    return np.moveaxis(pulled, -1, axis)


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


def reshaped_by_broadcasting(g, shape):  # type: ignore[no-untyped-def]
    stretched = tuple(axis for axis, length in enumerate(shape) if length == 1 and np.shape(g)[axis] != 1)
    return np.broadcast_to(np.sum(g, stretched, keepdims=True) if stretched else g, shape)


def einsum_vjp(g, slot, xs, subscripts):  # type: ignore[no-untyped-def]
    terms, out = subscripts.split("->")
    names = terms.split(",")
    mine, others = names[slot], names[:slot] + names[slot + 1 :]
    present = "".join(letter for letter in mine if letter in out or any(letter in other for other in others))
    rest = [x for place, x in enumerate(xs) if place != slot]
    result = np.einsum(",".join((out, *others)) + "->" + present, g, *rest)
    lengths = iter(np.shape(result))
    aligned = np.reshape(result, tuple(next(lengths) if letter in present else 1 for letter in mine))
    return reshaped_by_broadcasting(aligned, np.shape(xs[slot]))


def solved_transposed(x, g):  # type: ignore[no-untyped-def]
    transposed = swap_last(x)
    return np.linalg.solve(transposed, g[..., None])[..., 0] if np.ndim(g) == 1 else np.linalg.solve(transposed, g)


def solve_vjp_x(g, v, x, y):  # type: ignore[no-untyped-def]
    w = solved_transposed(x, g)
    if np.ndim(y) == 1:
        w, v = w[..., None], v[..., None]
    return unbroadcast(-np.matmul(w, swap_last(v)), np.shape(x))


def solve_vjp_y(g, x, y):  # type: ignore[no-untyped-def]
    return unbroadcast(solved_transposed(x, g), np.shape(y))


def det_vjp(g, v, x):  # type: ignore[no-untyped-def]
    n, cofactors = np.shape(x)[-1], np.empty(np.shape(x))
    for i in range(n):
        for j in range(n):
            minor = np.delete(np.delete(x, i, -2), j, -1)
            cofactors[..., i, j] = (-1) ** (i + j) * np.linalg.det(minor)
    return columns(g) * cofactors


def logabsdet_vjp(g, v, x):  # type: ignore[no-untyped-def]
    singular = np.isneginf(v)[..., None, None]
    inverse = np.linalg.inv(np.where(singular, np.eye(np.shape(x)[-1]), x))
    return columns(g) * np.where(singular, np.nan, swap_last(inverse))


def off_diagonal_inverse(differences):  # type: ignore[no-untyped-def]
    equal = differences == 0
    return np.where(equal, 0.0, 1.0 / np.where(equal, 1.0, differences))


def eigh_vjp(g, v):  # type: ignore[no-untyped-def]
    values, vectors = v[..., :1, :], v[..., 1:, :]
    gaps = off_diagonal_inverse(values - swap_last(values))
    middle = np.eye(np.shape(vectors)[-1]) * g[..., :1, :] + gaps * np.matmul(swap_last(vectors), g[..., 1:, :])
    full = np.matmul(np.matmul(vectors, middle), swap_last(vectors))
    return 0.5 * (full + swap_last(full))


def cholesky_vjp(g, v):  # type: ignore[no-untyped-def]
    n = np.shape(v)[-1]
    p = np.matmul(swap_last(v), g) * (np.tril(np.ones((n, n))) - 0.5 * np.eye(n))
    return 0.5 * np.linalg.solve(swap_last(v), swap_last(np.linalg.solve(swap_last(v), p + swap_last(p))))


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
