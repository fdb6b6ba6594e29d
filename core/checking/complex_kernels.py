"""The functions of the op table once more, for complex numbers whose imaginary part is an infinitesimal.

A complex step needs every function continued analytically from the real line. NumPy's own are, but for those here:
they compare, round, take real parts or sizes, or have no complex version. Written from definitions and series, never
from the partials of the op table, so that they can judge those. Where a function has a kink or a jump, the real part
decides on which side one is. Knows NumPy and the kernels only.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from core import kernels
from core.basics.types import Array

TERMS = 400  # of the series of erf, which needs about x**2 of them
FLAT = 10.0  # beyond which erf has no slope that a float can hold beside it


def steady(function: Callable[[Array], Array]) -> Callable[[Array], Array]:
    """A function that is constant between its jumps: only the real part goes in, and no slope comes out."""
    return lambda x: function(np.real(x))


def chosen(condition: Array, x: Array, y: Array) -> Array:
    """x where the real part of the condition is not 0, else y."""
    return np.where(np.real(condition) != 0, x, y)


def absolute(x: Array) -> Array:
    """x or -x, whichever has the larger real part; np.abs would take the modulus."""
    return np.where(np.real(x) < 0, -x, x)


def power(x: Array, y: Array) -> Array:
    """exp(y log x); for a negative x and a whole y with the sign that x**y has."""
    real, exponent = np.real(x), np.real(y)
    at_0 = (real == 0) & (np.imag(x) == 0)
    size = np.exp(y * np.log(np.where(at_0, 1.0, absolute(x))))
    sign = np.where(real < 0, np.where(exponent == np.rint(exponent), 1.0 - 2.0 * (exponent % 2), np.nan), 1.0)
    return np.where(at_0, np.power(real * 1.0, exponent), sign * size)


def mod(x: Array, y: Array) -> Array:
    """x less the whole multiples of y in it."""
    return x - y * np.floor(np.real(x) / np.real(y))


def cbrt(x: Array) -> Array:
    """The real cube root, continued."""
    sign = np.where(np.real(x) < 0, -1.0, 1.0)
    return sign * np.exp(np.log(sign * x) / 3)


def hypot(x: Array, y: Array) -> Array:
    """The root of the sum of squares, scaled so that nothing overflows."""
    size = np.maximum(np.abs(np.real(x)), np.abs(np.real(y)))
    size = np.where(size == 0, 1.0, size)
    return size * np.sqrt((x / size) ** 2 + (y / size) ** 2)


def arctan2(y: Array, x: Array) -> Array:
    """The angle of the real parts, turned by that between the two numbers and their real parts."""
    across, up = np.real(x), np.real(y)
    return np.arctan2(up, across) + np.arctan((y * across - x * up) / (x * across + y * up))


def logaddexp(x: Array, y: Array) -> Array:
    """log(exp(x) + exp(y)) without overflow."""
    swap = np.real(x) < np.real(y)
    larger, smaller = chosen(swap, y, x), chosen(swap, x, y)
    return larger + np.log1p(np.exp(smaller - larger))


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(-x)) without overflow."""
    small = np.exp(-absolute(x))
    return np.where(np.real(x) >= 0, 1.0, small) / (1.0 + small)


def sinc(x: Array) -> Array:
    """sin(pi x) / (pi x); near 0 its series, since the quotient loses the digits of the slope there."""
    near = np.abs(np.real(x)) < 0.5
    turned = np.where(near, 1.0, np.pi * np.asarray(x))
    square = (np.pi * np.where(near, x, 0.0)) ** 2
    term = total = np.ones_like(square)
    for n in range(1, 14):
        term = -term * square / (2 * n * (2 * n + 1))
        total = total + term
    return np.where(near, total, np.sin(turned) / turned)


def erf(x: Array) -> Array:
    """2 x exp(-x**2) / sqrt(pi) times the sum of (2 x**2)**n / (1·3·5···(2n + 1)), all of whose terms are positive.

    Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 7.1.6.
    """
    far = np.abs(np.real(x)) > FLAT
    x = np.where(far, np.sign(np.real(x)), x)
    term = total = np.ones_like(x)
    for n in range(1, TERMS):
        term = term * 2 * x * x / (2 * n + 1)
        total = total + term
    return np.where(far, x, 2 / np.sqrt(np.pi) * x * np.exp(-x * x) * total)


def logsumexp(x: Array, axis: Any, keepdims: bool) -> Array:
    """log(sum(exp(x))) without overflow."""
    top = np.max(np.real(x), axis=axis, keepdims=True)
    total = np.log(np.sum(np.exp(x - top), axis=axis, keepdims=True)) + top
    return total if keepdims else np.squeeze(total, axis=axis)


def softmax(x: Array, axis: Any) -> Array:
    """exp(x) as shares of its sum."""
    return np.exp(log_softmax(x, axis))


def log_softmax(x: Array, axis: Any) -> Array:
    """x less its logsumexp."""
    return x - logsumexp(x, axis, True)


def setitem(x: Array, y: Array, key: Any) -> Array:
    """A copy of x with x[key] replaced by y, complex where either is."""
    out = np.array(x, dtype=np.result_type(x, y))
    out[key] = y
    return out


def cast(x: Array, dtype: Any) -> Array:
    """The number itself: an infinitesimal has no precision to be cast to."""
    return x


def logabsdet(x: Array) -> Array:
    """log |det x|, continued: the turn of the determinant's phase is the imaginary part."""
    phase, size = np.linalg.slogdet(x)
    return size + 1j * np.angle(phase * np.sign(np.real(phase)))


def cholesky(x: Array) -> Array:
    """L with L @ L.T = x, column by column; of x the symmetric part, for the rule is about symmetric matrices."""
    rest = (x + np.swapaxes(x, -1, -2)) / 2
    columns = []
    for k in range(np.shape(x)[-1]):
        column = rest[..., :, k] / np.sqrt(rest[..., k, k])[..., None]
        column = np.where(np.arange(np.shape(x)[-1]) < k, 0.0, column)
        columns.append(column)
        rest = rest - column[..., :, None] * column[..., None, :]
    return np.stack(columns, axis=-1)


COMPLEX: dict[str, Any] = {
    **vars(kernels),
    **{name: steady(getattr(kernels, name)) for name in ("sign", "step", "floor", "ceil", "rint", "trunc")},
    "abs": absolute, "where": chosen, "power": power, "mod": mod, "cbrt": cbrt, "hypot": hypot, "arctan2": arctan2,
    "logaddexp": logaddexp, "sigmoid": sigmoid, "sinc": sinc, "erf": erf, "logsumexp": logsumexp, "softmax": softmax,
    "log_softmax": log_softmax, "setitem": setitem, "cast": cast, "logabsdet": logabsdet, "cholesky": cholesky,
    "exp2": lambda x: np.exp(np.log(2.0) * x),
    "softplus": lambda x: logaddexp(x, np.zeros_like(x)),
    "real": lambda x: x,
    "divide_no_nan": lambda x, y: np.where(np.real(y) == 0, 0.0, x / np.where(np.real(y) == 0, 1.0, y)),
}  # fmt: skip
"""What formulas of the op table mean where an operand is complex."""

SYMMETRIC = frozenset({"cholesky", "eigh"})
"""Ops whose rule is that of a symmetric operand, of which NumPy reads one half only."""
WITHOUT = frozenset({"eigh", "svd", "pinv"})
"""Ops that have no continuation here: their slope is taken from a local difference."""
