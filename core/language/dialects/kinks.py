"""Functions that have another slope at a kink or a tie in JAX than in TensorFlow, which all others here follow.

By the names of our functions; the slopes are those of the table of conventions. Values never differ.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core import functions as f
from core.op import Op
from core.operators import unary
from core.ops import chosen
from core.tensor import Tensor, apply, as_operand, compute

SCALE, ALPHA = 1.0507009873554805, 1.6732632423543772  # of selu


def _function(op: Op) -> Callable[..., Any]:
    """An op as a function of numbers, arrays and tensors."""

    def function(*operands: Any) -> Any:
        if any(isinstance(one, Tensor) for one in operands):
            return apply(op, operands)
        return compute(op, tuple(map(as_operand, operands)), {})

    return function


absolute = unary(chosen.RISING_ABS)
_maximum, _minimum, _clip, _hypot = map(
    _function, (chosen.SHARED_MAXIMUM, chosen.SHARED_MINIMUM, chosen.SHARED_CLIP, chosen.SHARED_HYPOT)
)


def maximum(x: Any, y: Any) -> Any:
    """The larger of two; both share the slope where they are equal."""
    return _maximum(x, y)


def minimum(x: Any, y: Any) -> Any:
    """The smaller of two; both share the slope where they are equal."""
    return _minimum(x, y)


def clip(x: Any, a_min: Any = None, a_max: Any = None, min: Any = None, max: Any = None) -> Any:
    """The values moved into [a_min, a_max]; the slope is 0.5 at a bound."""
    low, high = (a_min if min is None else min), (a_max if max is None else max)
    if high is None:
        return x if low is None else maximum(x, low)
    return minimum(x, high) if low is None else _clip(x, low, high)


def hypot(x: Any, y: Any) -> Any:
    """The length of (x, y); both slopes are 0.5 at (0, 0)."""
    return _hypot(x, y)


def fmax(x: Any, y: Any) -> Any:
    """The larger of two, ignoring nan; the second where they are equal."""
    return f.where((f.plain(x) > f.plain(y)) | (f.plain(y) != f.plain(y)), x, y)


def fmin(x: Any, y: Any) -> Any:
    """The smaller of two, ignoring nan; the second where they are equal."""
    return f.where((f.plain(x) < f.plain(y)) | (f.plain(y) != f.plain(y)), x, y)


def leaky_relu(x: Any, alpha: Any = 0.01) -> Any:
    """x where it is not negative, else alpha * x; the slope is 1 at 0."""
    return f.where(f.plain(x) >= 0, x, f.mul(x, alpha))


def selu(x: Any) -> Any:
    """The self-normalising unit; at 0 the slope from below, 1.7581."""
    return f.mul(f.where(f.plain(x) > 0, x, f.mul(f.elu(x), ALPHA)), SCALE)


def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    """Norm of vectors or matrices; the slope of |x| in the norm of order 1 is 1 at 0."""
    of_vectors = len(f.shape_of(x)) == 1 or isinstance(axis, int)
    return f.sum(absolute(x), axis, keepdims) if of_vectors and ord == 1 else f.norm(x, ord, axis, keepdims)


JAX: dict[str, Callable[..., Any]] = {
    "maximum": maximum, "minimum": minimum, "clip": clip, "abs": absolute, "hypot": hypot, "fmax": fmax, "fmin": fmin,
    "leaky_relu": leaky_relu, "selu": selu, "norm": norm,
}  # fmt: skip
