"""Functions that have another slope at a kink or a tie in JAX or PyTorch than in TensorFlow, which the engine follows.

By the names of our functions; the slopes are those of the table of conventions. Values differ in one: PyTorch's binary
cross entropy is finite where a share is 0 or 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

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


def first_of_maximum(x: Any, y: Any) -> Any:
    """The larger of two, ignoring nan; the first where they are equal."""
    return f.where((f.plain(x) >= f.plain(y)) | (f.plain(y) != f.plain(y)), x, y)


def first_of_minimum(x: Any, y: Any) -> Any:
    """The smaller of two, ignoring nan; the first where they are equal."""
    return f.where((f.plain(x) <= f.plain(y)) | (f.plain(y) != f.plain(y)), x, y)


LOWEST_LOG, LEAST_SPREAD = -100.0, 1e-12


def clamped_cross_entropy(x: Any, y: Any) -> Any:
    """The mean of -y * log(x) - (1 - y) * log(1 - x), with logarithms of at least -100, as PyTorch computes it.

    Where x is 0 or 1 the slope is (x - y) / 1e-12. Source: aten/src/ATen/native/Loss.cpp.
    """
    at = f.plain(x)
    inside = at * (1.0 - at) >= LEAST_SPREAD
    usual = f.where(inside, x, 0.5)
    curve = y * f.log(usual) + (1.0 - y) * f.log(1.0 - usual)
    with np.errstate(divide="ignore"):
        logs = np.maximum(np.log(at), LOWEST_LOG), np.maximum(np.log1p(-at), LOWEST_LOG)
    shares = f.stop_gradient(y)
    line = y * logs[0] + (1.0 - y) * logs[1] - (at - shares) / LEAST_SPREAD * (x - at)
    return f.neg(f.mean(f.where(inside, curve, line)))


def hard_tanh(x: Any, min_val: Any = -1.0, max_val: Any = 1.0) -> Any:
    """x between the bounds; the slope is 0 at a bound."""
    at = f.plain(x)
    return f.where((at > min_val) & (at < max_val), x, np.clip(at, min_val, max_val))


def flat_norm(norm_of: Callable[..., Any]) -> Callable[..., Any]:
    """A norm whose slope is 0 where everything is 0."""

    def call(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
        usual = norm_of(x, ord, axis, keepdims)
        if np.all(f.plain(usual) != 0):
            return usual
        nothing = f.plain(norm_of(f.plain(x), ord, axis, True)) == 0
        found = norm_of(f.where(nothing, 1.0, x), ord, axis, keepdims)
        return f.where(np.reshape(nothing, f.shape_of(usual)), 0.0, found)

    return call


def flat_deviation(x: Any, axis: Any = None, ddof: int = 0, keepdims: bool = False) -> Any:
    """The standard deviation; its slope is 0 where all elements are equal."""
    variance = f.var(x, axis, ddof, keepdims)
    equal = f.plain(variance) == 0
    if not np.any(equal):
        return f.std(x, axis, ddof, keepdims)
    return f.where(equal, 0.0, f.sqrt(f.where(equal, 1.0, variance)))


def angle(x: Any, y: Any) -> Any:
    """The angle of (y, x); the slopes are 0 at (0, 0)."""
    nowhere = (f.plain(x) == 0) & (f.plain(y) == 0)
    return f.where(nowhere, 0.0, f.arctan2(x, f.where(nowhere, 1.0, y))) if np.any(nowhere) else f.arctan2(x, y)


TORCH: dict[str, Callable[..., Any]] = {
    "maximum": maximum, "minimum": minimum, "fmax": first_of_maximum, "fmin": first_of_minimum, "selu": selu,
    "arctan2": angle, "hard_tanh": hard_tanh, "norm": flat_norm(f.norm), "binary_cross_entropy": clamped_cross_entropy,
}  # fmt: skip
OF_LIBRARY = {"jnp": JAX, "jax": JAX, "torch": TORCH}
