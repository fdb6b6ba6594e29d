"""How each function of the op table is computed on NumPy arrays.

The names here are the names that formulas use. Knows NumPy only: no op, no tensor, no tape. `scalar` has the
elementwise ones again for Python floats, which the `math` module serves several times faster.
"""


import numpy as np
from numpy import absolute as abs  # noqa: F401 - formulas say abs
from numpy import (  # noqa: F401 - these are the kernels
    arccos,
    arccosh,
    arcsin,
    arcsinh,
    arctan,
    arctan2,
    arctanh,
    cbrt,
    ceil,
    cos,
    cosh,
    exp,
    exp2,
    expm1,
    floor,
    hypot,
    log,
    log1p,
    log2,
    log10,
    logaddexp,
    maximum,
    minimum,
    power,
    rint,
    sign,
    sin,
    sinh,
    sqrt,
    square,
    tan,
    tanh,
    trunc,
    where,
)

from core.basics.types import Array
from core.kernels.arrays import *  # noqa: F403


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(-x)) without overflow: exp is only taken of a negative number."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, small) / (1.0 + small)


def softplus(x: Array) -> Array:
    """log(1 + exp(x)) without overflow for large x or loss of digits for small x."""
    return np.logaddexp(x, np.zeros((), dtype=getattr(x, "dtype", float)))


def relu(x: Array) -> Array:
    """x where positive, else 0."""
    return np.maximum(x, 0)


def xlogy(x: Array, y: Array) -> Array:
    """x * log(y), and 0 where x is 0 whatever y is."""
    return np.where(x == 0, 0.0, x * np.log(np.where(x == 0, 1.0, y)))


def xdivy(x: Array, y: Array) -> Array:
    """x / y, and 0 where x is 0 whatever y is."""
    return x / np.where(x == 0, 1.0, y)


def divide_no_nan(x: Array, y: Array) -> Array:
    """x / y, and 0 where y is 0."""
    return np.where(y == 0, 0.0, x / np.where(y == 0, 1.0, y))


def multiply_no_nan(x: Array, y: Array) -> Array:
    """x * y, and 0 where y is 0 even if x is infinite or nan."""
    product = x * y
    product += 0.0  # no negative zeros
    return np.where(y == 0, 0.0, x) * y if np.isnan(product).any() else product


def step(x: Array) -> Array:
    """1 where x is positive, else 0; nan stays nan."""
    positive = np.greater(x, 0).astype(getattr(x, "dtype", float))  # four times as fast as heaviside
    unknown = np.isnan(x)
    return np.where(unknown, x, positive) if unknown.any() else positive


def sinc(x: Array) -> Array:
    """sin(pi x) / (pi x), and 1 at 0."""
    return np.sinc(x)


def erf(x: Array) -> Array:
    """The error function 2/sqrt(pi) * integral of exp(-t**2) from 0 to x, element by element."""
    return np.vectorize(scalar.erf, otypes=[getattr(x, "dtype", float)])(x)


def mod(x: Array, y: Array) -> Array:
    """The remainder with the sign of y, as Python's %."""
    return np.mod(x, y)


def real(x: Array) -> Array:
    """Real part."""
    return np.real(x)


from core.kernels import scalar  # noqa: E402 - erf needs it only when called
