"""The elementwise kernels for Python floats, from the `math` module.

Outside a function's domain `math` raises where NumPy answers inf or nan. These kernels are left to raise; the
one caller that recovers is `as_numpy_would`, so that the common case costs nothing.
"""

import math
from math import acos as arccos  # noqa: F401
from math import acosh as arccosh  # noqa: F401
from math import (  # noqa: F401 - these are the kernels
    asin as arcsin,
)
from math import asinh as arcsinh  # noqa: F401
from math import atan as arctan  # noqa: F401
from math import atan2 as arctan2  # noqa: F401
from math import atanh as arctanh  # noqa: F401
from math import cbrt, cos, cosh, erf, exp, exp2, expm1, log, log1p, log2, log10, pi, sin, sinh, sqrt, tan, tanh  # noqa: F401

from core.basics.words import say

abs = math.fabs


def power(x: float, y: float) -> float:
    """x ** y for real results; ValueError where Python would turn complex."""
    if x < 0 and not y.is_integer():
        raise ValueError(say("functions.fractional-power", "a negative number to a fractional power is not real"))
    return x**y


def square(x: float) -> float:
    """x * x."""
    return x * x


def sign(x: float) -> float:
    """-1, 0 or 1; nan for nan."""
    return (x > 0.0) - (x < 0.0) + 0.0 if x == x else x


def where(condition: bool, x: float, y: float) -> float:
    """x where the condition holds, else y."""
    return x if condition else y


def maximum(x: float, y: float) -> float:
    """The larger; nan if either is nan."""
    return x if x >= y or x != x else y


def minimum(x: float, y: float) -> float:
    """The smaller; nan if either is nan."""
    return x if x <= y or x != x else y


def sigmoid(x: float) -> float:
    """1 / (1 + exp(-x)) without overflow."""
    if x >= 0:
        return 1.0 / (1.0 + exp(-x))
    small = exp(x)
    return small / (1.0 + small)


def softplus(x: float) -> float:
    """log(1 + exp(x)) without overflow."""
    return log1p(exp(-math.fabs(x))) + (x if x > 0 else 0.0)


def relu(x: float) -> float:
    """x if positive, else 0; nan stays nan."""
    return 0.0 if x <= 0 else x


def floor(x: float) -> float:
    """The next whole number below, as a float."""
    return float(math.floor(x))


def ceil(x: float) -> float:
    """The next whole number above, as a float."""
    return float(math.ceil(x))


def trunc(x: float) -> float:
    """The whole part, towards zero."""
    return float(math.trunc(x))


def rint(x: float) -> float:
    """The nearest whole number, halves to even."""
    return float(round(x))


def hypot(x: float, y: float) -> float:
    """sqrt(x**2 + y**2)."""
    return math.hypot(x, y)


def logaddexp(x: float, y: float) -> float:
    """log(exp(x) + exp(y)) without overflow."""
    high, low = (x, y) if x >= y else (y, x)
    return high if low == high and math.isinf(high) else high + log1p(exp(low - high))


def xlogy(x: float, y: float) -> float:
    """x * log(y), and 0 where x is 0."""
    return 0.0 if x == 0 else x * log(y)


def xdivy(x: float, y: float) -> float:
    """x / y, and 0 where x is 0."""
    return 0.0 if x == 0 else x / y


def divide_no_nan(x: float, y: float) -> float:
    """x / y, and 0 where y is 0."""
    return 0.0 if y == 0 else x / y


def multiply_no_nan(x: float, y: float) -> float:
    """x * y, and 0 where y is 0."""
    return 0.0 if y == 0 else x * y


def step(x: float) -> float:
    """1 if x is positive, else 0; nan stays nan."""
    return 1.0 if x > 0 else 0.0 if x <= 0 else x


def zeros_like(x: float) -> float:
    """0."""
    return 0.0


def sinc(x: float) -> float:
    """sin(pi x) / (pi x), and 1 at 0."""
    return sin(pi * x) / (pi * x) if x else 1.0


def mod(x: float, y: float) -> float:
    """The remainder with the sign of y."""
    return x % y


def real(x: float) -> float:
    """A float is its own real part."""
    return x
