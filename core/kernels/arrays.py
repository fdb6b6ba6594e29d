"""Kernels that are not elementwise: reductions, shapes, selections and linear algebra on NumPy arrays.

Each mirrors the NumPy function of its name, with its attributes as keywords. Knows NumPy only.
"""

from typing import Any

import numpy as np

linalg = np.linalg


def sum(x: Any, axis: Any, keepdims: Any) -> Any:
    """Sum over the axes (all when None)."""
    return np.add.reduce(x, axis=axis, keepdims=keepdims)


def mean(x: Any, axis: Any, keepdims: Any) -> Any:
    """Mean over the axes (all when None)."""
    return np.mean(x, axis=axis, keepdims=keepdims) if np.size(x) else sum(x, axis, keepdims) * np.nan


def prod(x: Any, axis: Any, keepdims: Any) -> Any:
    """Product over the axes (all when None)."""
    return np.prod(x, axis=axis, keepdims=keepdims)


def max(x: Any, axis: Any, keepdims: Any) -> Any:
    """Largest element over the axes (all when None)."""
    return np.maximum.reduce(x, axis=axis, keepdims=keepdims)


def min(x: Any, axis: Any, keepdims: Any) -> Any:
    """Smallest element over the axes (all when None)."""
    return np.minimum.reduce(x, axis=axis, keepdims=keepdims)


def _top(x: Any, axis: Any) -> Any:
    """The largest element over the axes, which are kept; 0 where there is none."""
    return max(x, axis, True) if np.size(x) else sum(x, axis, True)


def logsumexp(x: Any, axis: Any, keepdims: Any) -> Any:
    """log(sum(exp(x))) with the largest element taken out first, so that exp cannot overflow."""
    top = _top(x, axis)
    anchor = np.where(np.isfinite(top), top, 0)
    total = np.log(sum(np.exp(x - anchor), axis, True)) + anchor
    return total if keepdims else np.squeeze(total, axis=axis)


def softmax(x: Any, axis: Any) -> Any:
    """exp(x) / sum(exp(x)) along an axis, with the largest element taken out first."""
    powers = np.exp(x - _top(x, axis))
    return powers / sum(powers, axis, True)


def log_softmax(x: Any, axis: Any) -> Any:
    """log(softmax(x)) along an axis, with the largest element taken out first, so that no digits are lost."""
    lowered = x - _top(x, axis)
    return lowered - np.log(sum(np.exp(lowered), axis, True))


def cumsum(x: Any, axis: Any) -> Any:
    """Running sum along one axis (of the flattened array when None)."""
    return np.cumsum(x, axis=axis)


def cumprod(x: Any, axis: Any) -> Any:
    """Running product along one axis (of the flattened array when None)."""
    return np.cumprod(x, axis=axis)


def reshape(x: Any, shape: Any) -> Any:
    """The same elements in another shape."""
    return np.reshape(x, shape)


def transpose(x: Any, axes: Any) -> Any:
    """Axes permuted, reversed when None."""
    return np.transpose(x, axes)


def broadcast_to(x: Any, shape: Any) -> Any:
    """Repeated along new or length-one axes until it has the shape."""
    return np.broadcast_to(x, shape)


def getitem(x: Any, key: Any) -> Any:
    """x[key]."""
    return np.asarray(x)[key]


def scatter_add(x: Any, key: Any, shape: Any) -> Any:
    """Zeros of the shape with x added at key; positions named twice receive twice."""
    out = np.zeros(shape, dtype=np.asarray(x).dtype)
    if _basic(key):
        out[key] = x
    else:
        np.add.at(out, key, x)
    return out


def _basic(key: Any) -> Any:
    parts = key if isinstance(key, tuple) else (key,)
    return all(part is None or part is Ellipsis or isinstance(part, (int, slice, np.integer)) for part in parts)


def setitem(x: Any, y: Any, key: Any) -> Any:
    """A copy of x with x[key] replaced by y."""
    out = np.array(x, copy=True)
    out[key] = y
    return out


def concatenate(*xs: Any, axis: Any) -> Any:
    """Joined along an existing axis."""
    return np.concatenate(xs, axis=axis)


def stack(*xs: Any, axis: Any) -> Any:
    """Joined along a new axis."""
    return np.stack(xs, axis=axis)


def pad(x: Any, width: Any, value: Any) -> Any:
    """Surrounded by `value`, `width` as in NumPy."""
    return np.pad(x, width, constant_values=value)


def flip(x: Any, axis: Any) -> Any:
    """Order reversed along the axes."""
    return np.flip(x, axis)


def roll(x: Any, shift: Any, axis: Any) -> Any:
    """Elements shifted along the axes, what falls off one end comes in at the other."""
    return np.roll(x, shift, axis)


def repeat(x: Any, repeats: Any, axis: Any) -> Any:
    """Each element repeated along the axis."""
    return np.repeat(x, repeats, axis)


def tile(x: Any, reps: Any) -> Any:
    """The whole array repeated."""
    return np.tile(x, reps)


def tril(x: Any, k: Any) -> Any:
    """Lower triangle of the last two axes."""
    return np.tril(x, k)


def triu(x: Any, k: Any) -> Any:
    """Upper triangle of the last two axes."""
    return np.triu(x, k)


def diag(x: Any, k: Any) -> Any:
    """A vector as a diagonal matrix, or the diagonal of a matrix."""
    return np.diag(x, k)


def matmul(x: Any, y: Any) -> Any:
    """Matrix product, as the @ operator."""
    return np.matmul(x, y)


def einsum(*xs: Any, subscripts: Any) -> Any:
    """Einstein summation."""
    return np.einsum(subscripts, *xs, optimize=len(xs) > 2)


def solve(x: Any, y: Any) -> Any:
    """The solution of x @ v = y; a one-dimensional y is one right-hand side."""
    y = np.asarray(y)
    return np.linalg.solve(x, y[..., None])[..., 0] if y.ndim == 1 else np.linalg.solve(x, y)


def inv(x: Any) -> Any:
    """Inverse matrix."""
    return np.linalg.inv(x)


def det(x: Any) -> Any:
    """Determinant."""
    return np.linalg.det(x)


def logabsdet(x: Any) -> Any:
    """log |det x|, without overflow."""
    return np.linalg.slogdet(x)[1]


def cholesky(x: Any) -> Any:
    """Lower triangular L with L @ L.T = x."""
    return np.linalg.cholesky(x)


def eigh(x: Any) -> Any:
    """Eigenvalues as the first row, and below it the matrix whose columns are the eigenvectors."""
    values, vectors = np.linalg.eigh(x)
    return np.concatenate([values[..., None, :], vectors], axis=-2)


def svd(x: Any) -> Any:
    """The factors of x = U S Vᵀ one below the other: U, the row of singular values, V."""
    left, values, right = np.linalg.svd(x, full_matrices=False)
    return np.concatenate([left, values[..., None, :], np.swapaxes(right, -1, -2)], axis=-2)


def cast(x: Any, dtype: Any) -> Any:
    """The elements in another dtype."""
    return np.asarray(x).astype(dtype)
