"""Products of arrays and linear algebra, composed of matmul, einsum and the ops of `core.ops.linear`."""

import math
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

from core.basics.types import Axis, Value
from core.basics.words import say
from core.functions.calling import FUNCTIONS, axes_of, call, dtype_of, plain, shape_of
from core.functions.reductions import max, min, sum
from core.functions.selecting import diagonal, getitem, inner_diagonal, take
from core.functions.shaping import expand_dims, moveaxis, ravel, reshape, swapaxes

mul, sqrt, square, absolute, power = (FUNCTIONS[name] for name in ("mul", "sqrt", "square", "abs", "pow"))
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


# -- products ----------------------------------------------------------------------------------------------------


def matmul(x: Value, y: Value) -> Value:
    """Matrix product, as the @ operator."""
    return call("matmul", x, y)


def dot(x: Value, y: Value) -> Value:
    """NumPy's dot: product of numbers, inner product of vectors, product of matrices."""
    if not shape_of(x) or not shape_of(y):
        return mul(x, y)
    if len(shape_of(x)) <= 2 and len(shape_of(y)) <= 2:
        return matmul(x, y)
    return tensordot(x, y, ([-1], [-2 if len(shape_of(y)) > 1 else -1]))


def vdot(x: Value, y: Value) -> Value:
    """Sum of the products of all elements."""
    return matmul(ravel(x), ravel(y))


def vecdot(x: Value, y: Value, axis: int = -1) -> Value:
    """Sum of products along one axis."""
    return sum(mul(x, y), axis)


def matvec(x: Value, y: Value) -> Value:
    """Matrices in the last two axes of x times vectors in the last one of y."""
    return matmul(x, y) if len(shape_of(y)) == 1 else sum(mul(x, expand_dims(y, -2)), -1)


def inner(x: Value, y: Value) -> Value:
    """Sum of products over the last axes."""
    return mul(x, y) if not shape_of(x) or not shape_of(y) else tensordot(x, y, ([-1], [-1]))


def outer(x: Value, y: Value) -> Value:
    """Every element of x times every element of y."""
    return mul(reshape(x, -1, 1), reshape(y, 1, -1))


def tensordot(x: Value, y: Value, axes: Any = 2) -> Value:
    """Sum of products over the named axes of both."""
    left, right = len(shape_of(x)), len(shape_of(y))
    if isinstance(axes, int | np.integer):
        axes = (tuple(range(left - int(axes), left)), tuple(range(int(axes))))
    over_x, over_y = axes_of(axes[0], left), axes_of(axes[1], right)
    names_x, names_y = list(LETTERS[:left]), list(LETTERS[left : left + right])
    for one, other in zip(over_x, over_y, strict=True):
        names_y[other] = names_x[one]
    shared = {names_x[one] for one in over_x}
    kept = "".join(name for name in (*names_x, *names_y) if name not in shared)
    return einsum(f"{''.join(names_x)},{''.join(names_y)}->{kept}", x, y)


def einsum(subscripts: str, *xs: Value, optimize: Any = None) -> Value:
    """Einstein summation, as NumPy's; `...`, repeated letters and the implicit result are spelled out first."""
    if not isinstance(subscripts, str):
        raise TypeError(
            say(
                "functions.einsum-give-subscripts-text",
                "einsum: give the subscripts as text, for instance einsum('ij,jk->ik', x, y)",
            )
        )
    terms, arrow, out = subscripts.replace(" ", "").partition("->")
    names = terms.split(",")
    if len(names) != len(xs):
        raise ValueError(
            say(
                "functions.einsum-names-operands-given",
                "einsum: `{subscripts}` names {count} operands, {other} were given",
                subscripts=subscripts,
                count=len(names),
                other=len(xs),
            )
        )
    if not arrow:
        letters = "".join(names).replace(".", "")
        out = ("..." if "." in terms else "") + "".join(sorted(one for one in set(letters) if letters.count(one) == 1))
    names, out = _without_dots(names, out, [len(shape_of(x)) for x in xs])
    pairs = [_without_repeats(name, x) for name, x in zip(names, xs, strict=True)]
    spelled = ",".join(name for name, _ in pairs) + "->" + out
    return call("einsum", *(x for _, x in pairs), subscripts=spelled)


def _without_dots(names: list[str], out: str, ndims: list[int]) -> tuple[list[str], str]:
    """Letters for the axes that `...` means, aligned at the right as broadcasting does."""
    used = set("".join(names)) | set(out)
    free = "".join(letter for letter in LETTERS if letter not in used)
    pairs = zip(names, ndims, strict=True)
    hidden = [ndim - len(name.replace("...", "")) if "..." in name else 0 for name, ndim in pairs]
    most = int(np.max(hidden, initial=0))
    names = [name.replace("...", free[most - n : most]) for name, n in zip(names, hidden, strict=True)]
    return names, out.replace("...", free[:most])


def _without_repeats(name: str, x: Value) -> tuple[str, Value]:
    """A letter that an operand names twice means the diagonal of its two axes."""
    for letter in name:
        while name.count(letter) > 1:
            one, other = name.index(letter), name.rindex(letter)
            x = diagonal(x, 0, one, other)
            name = name[:one] + name[one + 1 : other] + name[other + 1 :] + letter
    return name, x


def kron(x: Value, y: Value) -> Value:
    """Kronecker product: every element of x times the whole of y, side by side."""
    ndim = len(shape_of(x)) if len(shape_of(x)) > len(shape_of(y)) else len(shape_of(y))
    one = (1,) * (ndim - len(shape_of(x))) + shape_of(x)
    other = (1,) * (ndim - len(shape_of(y))) + shape_of(y)
    spread = reshape(x, [n for length in one for n in (length, 1)])
    beside = reshape(y, [n for length in other for n in (1, length)])
    return reshape(mul(spread, beside), tuple(n * m for n, m in zip(one, other, strict=True)))


def cross(x: Value, y: Value, axis: int = -1) -> Value:
    """Vector product of vectors with three components along the axis."""
    if shape_of(x)[axis] != 3 or shape_of(y)[axis] != 3:
        raise ValueError(
            say(
                "functions.cross-shapes-need-three",
                "cross: shapes {shape} and {other} need three components along axis {axis}",
                shape=shape_of(x),
                other=shape_of(y),
                axis=axis,
            )
        )
    x, y = moveaxis(x, axis, -1), moveaxis(y, axis, -1)
    turned, back = [1, 2, 0], [2, 0, 1]
    result = take(x, turned, -1) * take(y, back, -1) - take(x, back, -1) * take(y, turned, -1)
    return moveaxis(result, -1, axis)


def trace(x: Value, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Value:
    """Sum of the diagonal."""
    return sum(diagonal(x, offset, axis1, axis2), -1)


def inner_trace(x: Value, offset: int = 0) -> Value:
    """The sum of the diagonal of each matrix in a stack."""
    return sum(inner_diagonal(x, offset), -1)


def convolve(x: Value, y: Value, mode: str = "full") -> Value:
    """Discrete convolution of two vectors."""
    if shape_of(y) > shape_of(x):
        x, y = y, x
    n, m = shape_of(x)[0], shape_of(y)[0]
    places = np.arange(n + m - 1)[:, None] - np.arange(n)
    inside = (places >= 0) & (places < m)
    shifts = FUNCTIONS["where"](inside, getitem(y, np.where(inside, places, 0)), 0.0)
    result = matmul(shifts, x)
    cut = {"full": slice(None), "valid": slice(m - 1, n), "same": slice((m - 1) // 2, (m - 1) // 2 + n)}[mode]
    return getitem(result, cut)


# -- linear algebra ----------------------------------------------------------------------------------------------


class EighResult(NamedTuple):
    """Eigenvalues in ascending order, and the eigenvectors as columns."""

    eigenvalues: Value
    eigenvectors: Value


class SVDResult(NamedTuple):
    """The factors of x = U @ diag(S) @ Vh."""

    U: Value
    S: Value
    Vh: Value


class SlogdetResult(NamedTuple):
    """Sign of a determinant, and the logarithm of its size."""

    sign: Value
    logabsdet: Value


def solve(x: Value, y: Value) -> Value:
    """The solution v of x @ v = y."""
    return call("solve", x, y)


def inv(x: Value) -> Value:
    """Inverse matrix."""
    return call("inv", x)


def det(x: Value) -> Value:
    """Determinant."""
    return call("det", x)


def slogdet(x: Value) -> SlogdetResult:
    """Sign of the determinant and the logarithm of its size."""
    return SlogdetResult(np.linalg.slogdet(plain(x))[0], call("logabsdet", x))


def cholesky(x: Value, upper: bool = False) -> Value:
    """Lower triangular L with L @ L.T = x, or its transpose; x counts as symmetric."""
    lower = call("cholesky", x)
    return swapaxes(lower, -1, -2) if upper else lower


def eigh(x: Value, UPLO: str = "L") -> EighResult:
    """Eigenvalues and eigenvectors of a symmetric matrix; x counts as symmetric."""
    packed = call("eigh", x if UPLO == "L" else swapaxes(x, -1, -2))
    return EighResult(getitem(packed, (..., 0, slice(None))), getitem(packed, (..., slice(1, None), slice(None))))


def eigvalsh(x: Value, UPLO: str = "L") -> Value:
    """Eigenvalues of a symmetric matrix in ascending order."""
    return eigh(x, UPLO).eigenvalues


def svd(x: Value, full_matrices: bool = True, compute_uv: bool = True) -> Value:
    """Singular value decomposition; only the thin factors have a derivative."""
    m, n = shape_of(x)[-2:]
    if compute_uv and full_matrices and m != n:
        raise TypeError(
            say(
                "functions.svd-full-factors-matrix",
                "svd: the full factors of a {m} by {n} matrix have no derivative; use full_matrices=False",
                m=m,
                n=n,
            )
        )
    packed = call("svd", x)
    values = getitem(packed, (..., m, slice(None)))
    if not compute_uv:
        return values
    left = getitem(packed, (..., slice(0, m), slice(None)))
    right = getitem(packed, (..., slice(m + 1, None), slice(None)))
    return SVDResult(left, values, swapaxes(right, -1, -2))


def svdvals(x: Value) -> Value:
    """Singular values in descending order."""
    return svd(x, compute_uv=False)


def pinv(x: Value, rcond: float | None = 1e-15) -> Value:
    """Pseudo-inverse of matrices; singular values below `rcond` times the largest count as 0.

    `rcond` is NumPy's unless it is given; None stands for TensorFlow's and JAX's, 10 max(rows, columns) eps.
    The derivative is the one at constant rank: it says nothing of what happens when the rank changes.
    """
    if rcond is None:
        rcond = 10 * float(np.max(shape_of(x)[-2:])) * float(np.finfo(dtype_of(x)).eps)
    return call("pinv", x, rcond=float(rcond))


def matrix_power(x: Value, n: int) -> Value:
    """The matrix multiplied with itself n times, by squaring; negative n for the inverse."""
    if n == 0:
        return 0.0 * x + np.eye(shape_of(x)[-1])
    base = result = x if n > 0 else inv(x)
    for digit in f"{abs(n):b}"[1:]:
        result = matmul(result, result)
        if digit == "1":
            result = matmul(result, base)
    return result


def multi_dot(xs: Iterable[Value]) -> Value:
    """The product of several matrices."""
    return reduce(dot, xs)


def norm(x: Value, ord: Any = None, axis: Axis = None, keepdims: bool = False) -> Value:
    """Norm of vectors along one axis, or of matrices along two; of all elements when neither is named."""
    ndim = len(shape_of(x))
    if axis is None and ord is None:
        return sqrt(sum(square(x), None, keepdims))
    over = axes_of(axis, ndim)
    if len(over) == 1:
        return vector_norm(x, 2 if ord is None else ord, over[0], keepdims)
    if len(over) == 2:
        return matrix_norm(x, "fro" if ord is None else ord, over, keepdims)
    raise ValueError(
        say(
            "functions.norm-one-axis-vectors",
            "norm: one axis for vectors or two for matrices, not {count}",
            count=len(over),
        )
    )


def norm_of_elements(x: Value, ord: Any = None, axis: Axis = None, keepdims: bool = False) -> Value:
    """As `norm`, but without an axis all elements count as one vector: so TensorFlow's and PyTorch's."""
    ord = None if ord == "euclidean" else ord
    if axis is None and not isinstance(ord, str):
        return vector_norm(x, 2 if ord is None else ord, None, keepdims)
    return norm(x, ord, axis, keepdims)


def vector_norm(x: Value, ord: Any = 2, axis: Axis = None, keepdims: bool = False) -> Value:
    """The p-norm over the axes, also for p = inf, -inf and 0."""
    if ord == 2:
        return sqrt(sum(square(x), axis, keepdims))
    if ord == 1:
        return sum(absolute(x), axis, keepdims)
    if ord in (math.inf, -math.inf):
        return (max if ord > 0 else min)(absolute(x), axis, keepdims)
    if ord == 0:
        return np.sum(plain(x) != 0, axis=axis, keepdims=keepdims).astype(float)
    return power(sum(power(absolute(x), float(ord)), axis, keepdims), 1 / ord)


def matrix_norm(x: Value, ord: Any = "fro", axis: Sequence[int] = (-2, -1), keepdims: bool = False) -> Value:
    """The Frobenius, nuclear, spectral (2), column (1) or row (inf) norm of matrices."""
    rows, columns = axes_of(tuple(axis), len(shape_of(x)))
    if ord == "fro":
        return sqrt(sum(square(x), (rows, columns), keepdims))
    if ord in (1, -1, math.inf, -math.inf):
        along, across = (rows, columns) if abs(ord) == 1 else (columns, rows)
        return (max if ord > 0 else min)(sum(absolute(x), along, True), (along, across), keepdims)
    if ord not in (2, -2, "nuc"):
        raise ValueError(
            say("functions.norm-matrices-no-norm", "norm: matrices have no norm of order {ord!r}", ord=ord)
        )
    values = svdvals(moveaxis(x, (rows, columns), (-2, -1)))
    result = sum(values, -1) if ord == "nuc" else (max if ord > 0 else min)(values, -1)
    return expand_dims(result, tuple(sorted((rows, columns)))) if keepdims else result


__all__ = [
    name
    for name, value in globals().items()
    if getattr(value, "__module__", "") == __name__ and not name.startswith("_")
]
