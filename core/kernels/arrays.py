"""Kernels that are not elementwise: reductions, shapes, selections and linear algebra on NumPy arrays.

Each mirrors the NumPy function of its name, with its attributes as keywords. Knows NumPy only.
"""


import numpy as np

from core.basics.types import Array, Axis, Counts, DType, Key, Shape

linalg = np.linalg


def sum(x: Array, axis: Axis, keepdims: bool) -> Array:
    """Sum over the axes (all when None)."""
    return np.add.reduce(x, axis=axis, keepdims=keepdims)  # type: ignore[call-overload] # NumPy's types know True alone


def mean(x: Array, axis: Axis, keepdims: bool) -> Array:
    """Mean over the axes (all when None)."""
    return np.mean(x, axis=axis, keepdims=keepdims) if np.size(x) else sum(x, axis, keepdims) * np.nan


def prod(x: Array, axis: Axis, keepdims: bool) -> Array:
    """Product over the axes (all when None)."""
    return np.prod(x, axis=axis, keepdims=keepdims)


def max(x: Array, axis: Axis, keepdims: bool) -> Array:
    """Largest element over the axes (all when None)."""
    return np.maximum.reduce(x, axis=axis, keepdims=keepdims)  # type: ignore[call-overload]


def min(x: Array, axis: Axis, keepdims: bool) -> Array:
    """Smallest element over the axes (all when None)."""
    return np.minimum.reduce(x, axis=axis, keepdims=keepdims)  # type: ignore[call-overload]


def _top(x: Array, axis: Axis) -> Array:
    """The largest element over the axes, which are kept; 0 where there is none."""
    return max(x, axis, True) if np.size(x) else sum(x, axis, True)


def logsumexp(x: Array, axis: Axis, keepdims: bool) -> Array:
    """log(sum(exp(x))) with the largest element taken out first, so that exp cannot overflow."""
    top = _top(x, axis)
    anchor = np.where(np.isfinite(top), top, 0)
    total = np.log(sum(np.exp(x - anchor), axis, True)) + anchor
    return total if keepdims else np.squeeze(total, axis=axis)


def softmax(x: Array, axis: Axis) -> Array:
    """exp(x) / sum(exp(x)) along an axis, with the largest element taken out first."""
    powers = np.exp(x - _top(x, axis))
    return powers / sum(powers, axis, True)


def log_softmax(x: Array, axis: Axis) -> Array:
    """log(softmax(x)) along an axis, with the largest element taken out first, so that no digits are lost."""
    lowered = x - _top(x, axis)
    return lowered - np.log(sum(np.exp(lowered), axis, True))


def cumsum(x: Array, axis: int | None) -> Array:
    """Running sum along one axis (of the flattened array when None)."""
    return np.cumsum(x, axis=axis)


def cumprod(x: Array, axis: int | None) -> Array:
    """Running product along one axis (of the flattened array when None)."""
    return np.cumprod(x, axis=axis)


def reshape(x: Array, shape: Shape) -> Array:
    """The same elements in another shape."""
    return np.reshape(x, shape)


def transpose(x: Array, axes: Shape | None) -> Array:
    """Axes permuted, reversed when None."""
    return np.transpose(x, axes)


def broadcast_to(x: Array, shape: Shape) -> Array:
    """Repeated along new or length-one axes until it has the shape."""
    return np.broadcast_to(x, shape)


def getitem(x: Array, key: Key) -> Array:
    """x[key]."""
    return np.asarray(x)[key]


def scatter_add(x: Array, key: Key, shape: Shape) -> Array:
    """Zeros of the shape with x added at key; positions named twice receive twice."""
    out = np.zeros(shape, dtype=np.asarray(x).dtype)
    if _basic(key):
        out[key] = x
    else:
        np.add.at(out, key, x)
    return out


def _basic(key: Key) -> bool:
    parts = key if isinstance(key, tuple) else (key,)
    return all(part is None or part is Ellipsis or isinstance(part, (int, slice, np.integer)) for part in parts)


def setitem(x: Array, y: Array, key: Key) -> Array:
    """A copy of x with x[key] replaced by y."""
    out = np.array(x, copy=True)
    out[key] = y
    return out


def concatenate(*xs: Array, axis: int) -> Array:
    """Joined along an existing axis."""
    return np.concatenate(xs, axis=axis)


def stack(*xs: Array, axis: int) -> Array:
    """Joined along a new axis."""
    return np.stack(xs, axis=axis)


def pad(x: Array, width: Counts, value: Array) -> Array:
    """Surrounded by `value`, `width` as in NumPy."""
    return np.pad(x, width, constant_values=value)


def flip(x: Array, axis: Axis) -> Array:
    """Order reversed along the axes."""
    return np.flip(x, axis)


def roll(x: Array, shift: Counts, axis: Axis) -> Array:
    """Elements shifted along the axes, what falls off one end comes in at the other."""
    return np.roll(x, shift, axis)


def repeat(x: Array, repeats: Counts, axis: int | None) -> Array:
    """Each element repeated along the axis."""
    return np.repeat(x, repeats, axis)


def tile(x: Array, reps: Counts) -> Array:
    """The whole array repeated."""
    return np.tile(x, reps)


def tril(x: Array, k: int) -> Array:
    """Lower triangle of the last two axes."""
    return np.tril(x, k)


def triu(x: Array, k: int) -> Array:
    """Upper triangle of the last two axes."""
    return np.triu(x, k)


def diag(x: Array, k: int) -> Array:
    """A vector as a diagonal matrix, or the diagonal of a matrix."""
    return np.diag(x, k)


def matmul(x: Array, y: Array) -> Array:
    """Matrix product, as the @ operator."""
    return np.matmul(x, y)


def einsum(*xs: Array, subscripts: str) -> Array:
    """Einstein summation."""
    return np.einsum(subscripts, *xs, optimize=len(xs) > 2)


def solve(x: Array, y: Array) -> Array:
    """The solution of x @ v = y; a one-dimensional y is one right-hand side."""
    y = np.asarray(y)
    return np.linalg.solve(x, y[..., None])[..., 0] if y.ndim == 1 else np.linalg.solve(x, y)


def inv(x: Array) -> Array:
    """Inverse matrix."""
    return np.linalg.inv(x)


def det(x: Array) -> Array:
    """Determinant."""
    return np.linalg.det(x)


def logabsdet(x: Array) -> Array:
    """log |det x|, without overflow."""
    return np.linalg.slogdet(x)[1]


def cholesky(x: Array) -> Array:
    """Lower triangular L with L @ L.T = x."""
    return np.linalg.cholesky(x)


def pinv(x: Array, rcond: float) -> Array:
    """The pseudo-inverse; singular values below `rcond` times the largest count as 0."""
    return np.linalg.pinv(x, rcond=rcond)


def eigh(x: Array) -> Array:
    """Eigenvalues as the first row, and below it the matrix whose columns are the eigenvectors."""
    values, vectors = np.linalg.eigh(x)
    return np.concatenate([values[..., None, :], vectors], axis=-2)


def svd(x: Array) -> Array:
    """The factors of x = U S Vᵀ one below the other: U, the row of singular values, V."""
    left, values, right = np.linalg.svd(x, full_matrices=False)
    return np.concatenate([left, values[..., None, :], np.swapaxes(right, -1, -2)], axis=-2)


def cast(x: Array, dtype: DType) -> Array:
    """The elements in another dtype."""
    return np.asarray(x).astype(dtype)
