"""tf.linalg: products of matrices and linear algebra. Knows the engine's functions and the dialect's tensors."""

import math
from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.dialects.tensorflow.arrays import eye as eye
from core.dialects.tensorflow.errors import InvalidArgumentError
from core.dialects.tensorflow.made import at, functions_in, own, undifferentiable
from core.dialects.tensorflow.names import missing
from core.dialects.tensorflow.reductions import global_norm as global_norm
from core.dialects.tensorflow.reductions import norm as norm
from core.dialects.tensorflow.tensor import EagerTensor, Surface, call, convert, floating, together, whole


def _turned(x: Any) -> Any:
    return f.swapaxes(x, -1, -2)


@own("tf_matmul")
def matmul(
    a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False, adjoint_a: bool = False,
    adjoint_b: bool = False, name: Any = None, **_: Any,
) -> EagerTensor:  # fmt: skip
    """The product of two matrices, or of each pair in two stacks."""
    a, b = together(a, b)
    if len(a.shape) < 2 or len(b.shape) < 2:
        raise InvalidArgumentError(
            say(
                "tensorflow.matmul-needs-matrices-not",
                "matmul needs matrices, not shapes {shape} and {other}; for vectors use tensordot",
                shape=a.shape,
                other=b.shape,
            )
        )

    def product(x: Any, y: Any) -> Any:
        x = _turned(x) if transpose_a or adjoint_a else x
        return f.matmul(x, _turned(y) if transpose_b or adjoint_b else y)

    return call(product, a, b)


for _name, _method in {"matmul": matmul, "rmatmul": lambda self, other: matmul(other, self)}.items():
    setattr(Surface, f"__{_name}__", _method)


@own("matvec")
def matvec(a: Any, b: Any, transpose_a: bool = False, name: Any = None, **_: Any) -> EagerTensor:
    """The product of a matrix and a vector, or of each pair in two stacks."""

    def product(x: Any, y: Any) -> Any:
        return f.squeeze(f.matmul(_turned(x) if transpose_a else x, f.expand_dims(y, -1)), -1)

    a, b = together(a, b)
    if len(a.shape) < 2 or not b.shape:
        raise InvalidArgumentError(
            say(
                "tensorflow.matvec-needs-matrix-vector",
                "matvec needs a matrix and a vector, not shapes {shape} and {other}",
                shape=a.shape,
                other=b.shape,
            )
        )
    return call(product, a, b)


@own("einsum")
def einsum(equation: str, *inputs: Any, **_: Any) -> EagerTensor:
    """Einstein summation."""
    return call(lambda *xs: f.einsum(equation, *xs), *together(*inputs))


@own("tensordot")
def tensordot(a: Any, b: Any, axes: Any, name: Any = None) -> EagerTensor:
    """Sum of products over the named axes of both."""
    axes = whole(axes)
    if isinstance(axes, tuple):
        axes = tuple(one if isinstance(one, tuple) else (one,) for one in axes)
    return call(f.tensordot, *together(a, b), axes=axes)


@own("trace")
def trace(x: Any, name: Any = None) -> EagerTensor:
    """The sum of the diagonal of each matrix."""
    return call(lambda a: f.trace(a, 0, -2, -1), convert(x))


@own("diag_part")
def diag_part(input: Any, name: str = "diag_part", k: int = 0, **_: Any) -> EagerTensor:
    """The diagonal of each matrix."""
    return call(f.diagonal, convert(input), offset=whole(k), axis1=-2, axis2=-1)


@own("diag")
def diag(diagonal: Any, name: str = "diag", k: int = 0, **_: Any) -> EagerTensor:
    """Matrices with the vectors on their diagonals."""
    k = whole(k)

    def on_diagonal(a: Any) -> Any:
        *batch, n = f.shape_of(a)
        places = np.arange(n)
        size = n + abs(k)
        return f.scatter_add(a, (..., places + max(-k, 0), places + max(k, 0)), (*batch, size, size))

    return (
        call(on_diagonal, convert(diagonal))
        if len(convert(diagonal).shape) > 1
        else call(f.diag, convert(diagonal), k=k)
    )


tensor_diag, tensor_diag_part = diag, diag_part


def set_diag(input: Any, diagonal: Any, name: str = "set_diag", k: int = 0, **_: Any) -> EagerTensor:
    """The matrices with other diagonals."""
    x, y = together(input, diagonal)
    down, along = np.nonzero(np.eye(x.shape[-2], x.shape[-1], whole(k), dtype=bool))
    return call(lambda a, b: f.setitem(a, (..., down, along), b), x, y)


def band_part(input: Any, num_lower: Any, num_upper: Any, name: Any = None) -> EagerTensor:
    """The band around the diagonal; -1 keeps a whole triangle."""
    x, low, up = convert(input), whole(num_lower), whole(num_upper)
    if len(x.shape) < 2:
        raise InvalidArgumentError(
            say(
                "tensorflow.band-part-needs-matrices",
                "band_part needs matrices, not a tensor of shape {shape}",
                shape=x.shape,
            )
        )

    def band(a: Any) -> Any:
        a = a if low < 0 else f.triu(a, -low)
        return f.identity(a) if up < 0 else f.tril(a, up)

    return call(band, x)


@own("inv")
def inv(input: Any, adjoint: bool = False, name: Any = None) -> EagerTensor:
    """The inverse of each matrix."""
    return call(lambda a: f.inv(_turned(a) if adjoint else a), floating("inv", input))


@own("slogdet")
def slogdet(input: Any, name: Any = None) -> tuple[EagerTensor, EagerTensor]:
    """The sign of the determinant and the logarithm of its size."""
    x = convert(input)
    sign = undifferentiable("slogdet", lambda a: np.linalg.slogdet(a)[0], x)
    return sign, call(lambda a: f.slogdet(a)[1], x)


def logdet(matrix: Any, name: Any = None) -> EagerTensor:
    """The logarithm of the determinant of positive definite matrices."""
    return slogdet(matrix)[1]


@own("solve")
def solve(matrix: Any, rhs: Any, adjoint: bool = False, name: Any = None) -> EagerTensor:
    """The solution v of matrix @ v = rhs, column by column."""
    a, b = together(matrix, rhs)
    if len(b.shape) != len(a.shape):
        raise InvalidArgumentError(
            say(
                "tensorflow.solve-needs-columns-right",
                "solve needs columns of right-hand sides, not shapes {shape} and {other}; reshape the vector",
                shape=a.shape,
                other=b.shape,
            )
        )
    return call(lambda x, y: f.solve(_turned(x) if adjoint else x, y), a, b)


def triangular_solve(matrix: Any, rhs: Any, lower: bool = True, adjoint: bool = False, name: Any = None) -> EagerTensor:
    """The solution for a triangular matrix; the other triangle counts as 0."""
    triangle = band_part(matrix, -1, 0) if lower else band_part(matrix, 0, -1)
    return solve(triangle, rhs, adjoint)


def cholesky_solve(chol: Any, rhs: Any, name: Any = None) -> EagerTensor:
    """The solution for the matrix chol @ chol.T."""
    return triangular_solve(chol, triangular_solve(chol, rhs), adjoint=True)


@own("eigh")
def eigh(tensor: Any, name: Any = None) -> tuple[EagerTensor, EagerTensor]:
    """Eigenvalues in ascending order, and eigenvectors, of symmetric matrices."""
    values, vectors = call(lambda a: tuple(f.eigh(a)), convert(tensor))
    return values, vectors


@own("svd")
def svd(tensor: Any, full_matrices: bool = False, compute_uv: bool = True, name: Any = None) -> Any:
    """Singular values, and the two orthogonal factors as columns."""
    if not compute_uv:
        return call(f.svdvals, convert(tensor))
    u, s, vh = call(lambda a: tuple(f.svd(a, full_matrices)), convert(tensor))
    return s, u, call(_turned, vh)


def expm(input: Any, name: Any = None) -> EagerTensor:
    """The matrix exponential, by its series after halving the matrix until it is small."""
    x = convert(input)
    size = float(np.max(np.sum(np.abs(x.primal), -1), initial=0.0))
    halvings = max(0, math.ceil(math.log2(size)) + 4) if size > 0 else 0

    def exponential(a: Any) -> Any:
        small = f.mul(a, 0.5**halvings)
        term = total = f.add(f.mul(small, 0.0), np.eye(x.shape[-1], dtype=f.dtype_of(a)))
        for order in range(1, 13):
            term = f.div(f.matmul(term, small), float(order))
            total = f.add(total, term)
        for _ in range(halvings):
            total = f.matmul(total, total)
        return total

    return call(exponential, x)


def l2_normalize(x: Any, axis: Any = None, epsilon: float = 1e-12, name: Any = None, dim: Any = None) -> EagerTensor:
    """The vectors along the axes divided by their length."""
    axes = whole(axis if dim is None else dim)

    def normalised(a: Any) -> Any:
        return f.mul(a, f.rsqrt(f.maximum(f.sum(f.square(a), axes, True), epsilon)))

    return call(normalised, convert(x))


globals().update(functions_in("tf.linalg"))
transpose = adjoint = at("tf.linalg.matrix_transpose")
__getattr__ = missing("tf.linalg", globals())
