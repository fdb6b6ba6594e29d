"""The functions of the library, with NumPy's names and arguments, on floats, arrays and tensors alike.

Plain numbers in, plain numbers out; with a tensor among the operands the operation is recorded. The formulas of
the op table are written with these functions, so that derivatives can be differentiated again. Knows nothing of
sweeps or programs.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from core import op as rules
from core.op import Op
from core.ops import table
from core.tensor import NOWHERE, Tensor, apply, as_operand, as_primal, as_result, compute, unary

Axis = int | tuple[int, ...] | None
pi = math.pi


def call(name: str, *operands: Any, **attributes: Any) -> Any:
    """Apply the op of that name; plain operands give a plain result."""
    op = table[name]
    if any(isinstance(operand, Tensor) for operand in operands):
        return apply(op, operands, attributes)
    return compute(op, tuple(map(as_operand, operands)), attributes)


def _elementwise(op: Op) -> Any:
    if op.arity == 1:
        return unary(op)

    def function(*operands: Any) -> Any:
        if len(operands) != op.arity:
            raise TypeError(f"{op.name} takes {op.arity} operands, {len(operands)} were given")
        return call(op.name, *operands)

    function.__name__ = op.name
    function.__doc__ = f"{op.reads.format('x', 'y', 'z')}, elementwise with broadcasting; domain: {op.domain}."
    return function


FUNCTIONS: dict[str, Any] = {op.name: _elementwise(op) for op in table.values() if op.elementwise}
globals().update(FUNCTIONS)
power, absolute = FUNCTIONS["pow"], FUNCTIONS["abs"]
exp, log, where = FUNCTIONS["exp"], FUNCTIONS["log"], FUNCTIONS["where"]


# -- reductions --------------------------------------------------------------------------------------------------


def sum(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:  # noqa: A001 - NumPy's name
    """Sum of the elements over the axes (all when None)."""
    return call("sum", x, axis=axis, keepdims=keepdims)


def mean(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """Mean of the elements over the axes (all when None)."""
    return call("mean", x, axis=axis, keepdims=keepdims)


def prod(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """Product of the elements over the axes (all when None)."""
    return call("prod", x, axis=axis, keepdims=keepdims)


def max(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:  # noqa: A001
    """Largest element over the axes (all when None); equal ones share the slope."""
    return call("max", x, axis=axis, keepdims=keepdims)


def min(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:  # noqa: A001
    """Smallest element over the axes (all when None); equal ones share the slope."""
    return call("min", x, axis=axis, keepdims=keepdims)


def logsumexp(x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    """log(sum(exp(x))) over the axes, without overflow."""
    return call("logsumexp", x, axis=axis, keepdims=keepdims)


def var(x: Any, axis: Axis = None, ddof: int = 0, keepdims: bool = False) -> Any:
    """Variance over the axes: mean squared distance from the mean, divided by n - ddof."""
    total = sum(FUNCTIONS["square"](x - mean(x, axis, True)), axis, keepdims)
    return total / (count(x, axis) - ddof)


def std(x: Any, axis: Axis = None, ddof: int = 0, keepdims: bool = False) -> Any:
    """Standard deviation: the square root of the variance."""
    return FUNCTIONS["sqrt"](var(x, axis, ddof, keepdims))


def cumsum(x: Any, axis: int | None = None) -> Any:
    """Running sum along an axis (of the flattened array when None)."""
    return call("cumsum", x, axis=axis) if axis is not None else call("cumsum", ravel(x), axis=0)


def cumprod(x: Any, axis: int | None = None) -> Any:
    """Running product along an axis (of the flattened array when None)."""
    return call("cumprod", x, axis=axis) if axis is not None else call("cumprod", ravel(x), axis=0)


def softmax(x: Any, axis: int = -1) -> Any:
    """exp(x) / sum(exp(x)) along an axis, without overflow."""
    return exp(log_softmax(x, axis))


def log_softmax(x: Any, axis: int = -1) -> Any:
    """log(softmax(x)) along an axis, without overflow or loss of digits."""
    return x - logsumexp(x, axis, True)


# -- shapes ------------------------------------------------------------------------------------------------------


def shape_of(x: Any) -> tuple[int, ...]:
    """The shape of a number, array or tensor."""
    return np.shape(x.primal if isinstance(x, Tensor) else x)


def count(x: Any, axis: Axis = None) -> int:
    """How many elements a reduction over the axes takes together."""
    shape = shape_of(x)
    if axis is None:
        return math.prod(shape)
    return math.prod(shape[one] for one in (axis if isinstance(axis, tuple) else (axis,)))


def reshape(x: Any, *shape: Any) -> Any:
    """The same elements in another shape; one length may be -1."""
    return call("reshape", x, shape=tuple(shape[0]) if isinstance(shape[0], tuple | list) else shape)


def ravel(x: Any) -> Any:
    """All elements along one axis."""
    return reshape(x, -1)


def transpose(x: Any, axes: Sequence[int] | None = None) -> Any:
    """Axes permuted; reversed when None."""
    return call("transpose", x, axes=None if axes is None else tuple(axes))


def swapaxes(x: Any, one: int, other: int) -> Any:
    """Two axes exchanged."""
    axes = list(range(len(shape_of(x))))
    axes[one], axes[other] = axes[other], axes[one]
    return transpose(x, axes)


def moveaxis(x: Any, source: int, destination: int) -> Any:
    """One axis moved to another position."""
    axes = [axis for axis in range(len(shape_of(x))) if axis != source % len(shape_of(x))]
    axes.insert(destination % len(shape_of(x)), source % len(shape_of(x)))
    return transpose(x, axes)


def expand_dims(x: Any, axis: int) -> Any:
    """A new axis of length one."""
    shape = list(shape_of(x))
    shape.insert(axis % (len(shape) + 1), 1)
    return reshape(x, shape)


def squeeze(x: Any, axis: Axis = None) -> Any:
    """Axes of length one removed (all when None)."""
    return reshape(x, np.squeeze(np.empty(shape_of(x)), axis).shape)


def broadcast_to(x: Any, shape: Sequence[int]) -> Any:
    """Repeated along new axes and axes of length one until it has the shape."""
    return call("broadcast_to", x, shape=tuple(shape))


def getitem(x: Any, key: Any) -> Any:
    """x[key]; the key is not differentiated."""
    return call("getitem", x, key=_plain_key(key))


def setitem(x: Any, key: Any, value: Any) -> Any:
    """A copy of x in which x[key] is replaced by value."""
    return call("setitem", x, value, key=_plain_key(key))


def scatter_add(x: Any, key: Any, shape: Sequence[int]) -> Any:
    """Zeros of the shape with x added at key."""
    return call("scatter_add", x, key=_plain_key(key), shape=tuple(shape))


def _plain_key(key: Any) -> Any:
    if isinstance(key, tuple):
        return tuple(map(_plain_key, key))
    return key.primal if isinstance(key, Tensor) else key


def take(x: Any, indices: Any, axis: int | None = None) -> Any:
    """Elements, rows or slices at the indices along an axis."""
    if axis is None:
        return getitem(ravel(x), indices)
    return getitem(x, (*([slice(None)] * (axis % len(shape_of(x)))), indices))


def concatenate(xs: Sequence[Any], axis: int = 0) -> Any:
    """Joined along an existing axis."""
    return call("concatenate", *xs, axis=axis)


def stack(xs: Sequence[Any], axis: int = 0) -> Any:
    """Joined along a new axis."""
    return call("stack", *xs, axis=axis)


def array(values: Any) -> Any:
    """An array of nested lists of numbers and tensors; unlike np.array it keeps the gradient."""
    if isinstance(values, list | tuple) and _has_tensor(values):
        return stack([array(value) for value in values])
    return values if isinstance(values, Tensor) else as_primal(values)


def _has_tensor(values: Any) -> bool:
    return isinstance(values, Tensor) or isinstance(values, list | tuple) and any(map(_has_tensor, values))


def pad(x: Any, width: Any, value: float = 0.0) -> Any:
    """Surrounded by a constant; width as ((before, after), ...) for each axis, or one number for all."""
    pairs = np.broadcast_to(np.asarray(width), (len(shape_of(x)), 2))
    return call("pad", x, width=tuple(map(tuple, pairs.tolist())), value=value)


def flip(x: Any, axis: Axis = None) -> Any:
    """Order reversed along the axes (all when None)."""
    return call("flip", x, axis=axis)


def roll(x: Any, shift: Any, axis: Any = None) -> Any:
    """Elements shifted along the axes, wrapping round."""
    return call("roll", x, shift=shift, axis=axis)


def repeat(x: Any, repeats: int, axis: int | None = None) -> Any:
    """Each element repeated along the axis (of the flattened array when None)."""
    return call("repeat", x if axis is not None else ravel(x), repeats=repeats, axis=axis or 0)


def tile(x: Any, reps: Any) -> Any:
    """The whole array repeated."""
    return call("tile", x, reps=tuple(np.atleast_1d(reps).tolist()))


def tril(x: Any, k: int = 0) -> Any:
    """Lower triangle; the rest is 0."""
    return call("tril", x, k=k)


def triu(x: Any, k: int = 0) -> Any:
    """Upper triangle; the rest is 0."""
    return call("triu", x, k=k)


def diag(x: Any, k: int = 0) -> Any:
    """A vector as a diagonal matrix, or the diagonal of a matrix."""
    return call("diag", x, k=k)


def trace(x: Any) -> Any:
    """Sum of the diagonal."""
    return sum(diag(x))


def sort(x: Any, axis: int = -1) -> Any:
    """Elements in ascending order along an axis."""
    order = np.argsort(x.primal if isinstance(x, Tensor) else x, axis=axis, kind="stable")
    return take_along_axis(x, order, axis)


def take_along_axis(x: Any, indices: np.ndarray, axis: int) -> Any:
    """Elements at the indices along one axis, position by position."""
    key = list(np.indices(indices.shape, sparse=True))
    key[axis] = indices
    return getitem(x, tuple(key))


# -- products and linear algebra ---------------------------------------------------------------------------------


def matmul(x: Any, y: Any) -> Any:
    """Matrix product, as the @ operator."""
    return call("matmul", x, y)


def dot(x: Any, y: Any) -> Any:
    """NumPy's dot: product of numbers, inner product of vectors, product of matrices."""
    if not shape_of(x) or not shape_of(y):
        return FUNCTIONS["mul"](x, y)
    return matmul(x, y) if len(shape_of(y)) <= 2 else tensordot(x, y, ([-1], [-2]))


def inner(x: Any, y: Any) -> Any:
    """Sum of products over the last axes."""
    return FUNCTIONS["mul"](x, y) if not shape_of(x) or not shape_of(y) else tensordot(x, y, ([-1], [-1]))


def outer(x: Any, y: Any) -> Any:
    """Every element of x times every element of y."""
    return FUNCTIONS["mul"](reshape(x, (-1, 1)), reshape(y, (1, -1)))


def tensordot(x: Any, y: Any, axes: Any = 2) -> Any:
    """Sum of products over the named axes of both."""
    left, right = len(shape_of(x)), len(shape_of(y))
    if isinstance(axes, int):
        axes = (range(left - axes, left), range(axes))
    over_x, over_y = ([axis] if isinstance(axis, int) else list(axis) for axis in axes)
    letters = iter("abcdefghijklmnopqrstuvwxyz")
    names_x = [next(letters) for _ in range(left)]
    names_y = [next(letters) for _ in range(right)]
    for one, other in zip(over_x, over_y, strict=True):
        names_y[other] = names_x[one]
    shared = {names_x[one] for one in over_x}
    kept = "".join(name for name in (*names_x, *names_y) if name not in shared)
    return einsum(f"{''.join(names_x)},{''.join(names_y)}->{kept}", x, y)


def einsum(subscripts: str, *xs: Any) -> Any:
    """Einstein summation, as NumPy's; the output is made explicit."""
    subscripts = subscripts.replace(" ", "")
    if "->" not in subscripts:
        letters = subscripts.replace(",", "")
        subscripts += "->" + "".join(sorted(letter for letter in set(letters) if letters.count(letter) == 1))
    return call("einsum", *xs, subscripts=subscripts)


def kron(x: Any, y: Any) -> Any:
    """Kronecker product of two matrices."""
    (rows, columns), (more_rows, more_columns) = shape_of(x), shape_of(y)
    return reshape(einsum("ij,kl->ikjl", x, y), (rows * more_rows, columns * more_columns))


def norm(x: Any, ord: Any = None, axis: Axis = None, keepdims: bool = False) -> Any:  # noqa: A002 - NumPy's name
    """Euclidean (or Frobenius) norm; for vectors also of order 1, inf and any p."""
    if ord in (None, 2, "fro"):
        return FUNCTIONS["sqrt"](sum(FUNCTIONS["square"](x), axis, keepdims))
    if ord == 1:
        return sum(absolute(x), axis, keepdims)
    if ord in (math.inf, -math.inf):
        return (max if ord > 0 else min)(absolute(x), axis, keepdims)
    return power(sum(power(absolute(x), ord), axis, keepdims), 1 / ord)


def solve(x: Any, y: Any) -> Any:
    """The solution v of x @ v = y."""
    return call("solve", x, y)


def inv(x: Any) -> Any:
    """Inverse matrix."""
    return call("inv", x)


def det(x: Any) -> Any:
    """Determinant."""
    return call("det", x)


def slogdet(x: Any) -> tuple[Any, Any]:
    """Sign of the determinant and the logarithm of its size."""
    return np.linalg.slogdet(x.primal if isinstance(x, Tensor) else x)[0], call("logabsdet", x)


def cholesky(x: Any) -> Any:
    """Lower triangular L with L @ L.T = x."""
    return call("cholesky", x)


def stop_gradient(x: Any) -> Any:
    """The same value, cut off from every tape: a constant for all derivatives."""
    if not isinstance(x, Tensor):
        return x
    detached = Tensor.__new__(Tensor)
    detached.primal, detached.tape, detached.index = x.read().primal, NOWHERE, None
    return detached


def zeros_like(x: Any) -> Any:
    """Zeros in the shape and dtype of x."""
    return as_result(np.zeros_like(x.primal if isinstance(x, Tensor) else x))


def ones_like(x: Any) -> Any:
    """Ones in the shape and dtype of x."""
    return as_result(np.ones_like(x.primal if isinstance(x, Tensor) else x))


rules.GENERAL.update(globals(), abs=absolute)


# -- the methods of tensors --------------------------------------------------------------------------------------

METHODS = (sum, mean, prod, max, min, var, std, cumsum, cumprod, reshape, ravel, squeeze, swapaxes, dot, repeat, trace, take)

for _function in METHODS:
    setattr(Tensor, _function.__name__, _function)
Tensor.flatten = ravel  # type: ignore[attr-defined]
Tensor.T = property(transpose)  # type: ignore[attr-defined]
Tensor.__getitem__ = getitem  # type: ignore[attr-defined]


def _transpose_method(x: Any, *axes: Any) -> Any:
    """Axes permuted, given as numbers or as one tuple; reversed when none are given."""
    return transpose(x, axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes or None)


Tensor.transpose = _transpose_method  # type: ignore[attr-defined]
