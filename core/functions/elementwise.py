"""Functions of single elements that are made of several ops: clipping, rounding, activations.

Where a formula would meet 0 × inf at a point that a condition excludes, the safe op is used behind the condition.
"""

import math
from collections.abc import Sequence

import numpy as np

from core.basics.types import Value
from core.functions.calling import FUNCTIONS, axis_of, call, cast, dtype_of, plain, shape_of

add, sub, mul, div, power, mod = (FUNCTIONS[name] for name in ("add", "sub", "mul", "div", "pow", "mod"))
absolute, square, sqrt, exp, where = (FUNCTIONS[name] for name in ("abs", "square", "sqrt", "exp", "where"))
maximum, minimum, tanh, softplus = (FUNCTIONS[name] for name in ("maximum", "minimum", "tanh", "softplus"))
DOUBLE = np.dtype(float)
LN_2 = math.log(2)


def clip(x: Value, a_min: Value = None, a_max: Value = None, min: Value = None, max: Value = None) -> Value:
    """The values moved into [a_min, a_max]; None for no bound. At a bound the partial is 1, as in TensorFlow."""
    low, high = (a_min if min is None else min), (a_max if max is None else max)
    if high is None:
        return x if low is None else maximum(x, low)
    return minimum(x, high) if low is None else FUNCTIONS["clip"](x, low, high)


def float_power(x: Value, y: Value) -> Value:
    """x to the power of y, in double precision whatever the operands are."""
    return power(_in_double(x), _in_double(y))


def _in_double(x: Value) -> Value:
    return x if dtype_of(x).kind == "c" or dtype_of(x) == DOUBLE else cast(x, DOUBLE)


def select(condlist: Sequence[Value], choicelist: Sequence[Value], default: Value = 0.0) -> Value:
    """For each element the first choice whose condition holds."""
    result = default
    for condition, choice in reversed(list(zip(condlist, choicelist, strict=True))):
        result = where(plain(condition), choice, result)
    return result


def nan_to_num(x: Value, copy: bool = True, nan: float = 0.0, posinf: Value = None, neginf: Value = None) -> Value:
    """Finite numbers as they are, others replaced; where replaced, the partial is 0."""
    value = np.asarray(plain(x))
    replaced = np.nan_to_num(value, nan=nan, posinf=posinf, neginf=neginf)
    return where(np.isfinite(value), x, replaced)


def fmax(x: Value, y: Value) -> Value:
    """The larger, ignoring nan."""
    return where(np.isnan(plain(x)), y, where(np.isnan(plain(y)), x, maximum(x, y)))


def fmin(x: Value, y: Value) -> Value:
    """The smaller, ignoring nan."""
    return where(np.isnan(plain(x)), y, where(np.isnan(plain(y)), x, minimum(x, y)))


def round(x: Value, decimals: int = 0) -> Value:
    """The nearest multiple of 10**-decimals; a step function, through which no derivative flows."""
    return FUNCTIONS["rint"](x) if decimals == 0 else FUNCTIONS["rint"](x * 10.0**decimals) / 10.0**decimals


def floor_divide(x: Value, y: Value) -> Value:
    """The whole part of x / y; a step function, through which no derivative flows."""
    return FUNCTIONS["floor"](div(x, y))


def real(x: Value) -> Value:
    """Real part; what is real is its own."""
    return FUNCTIONS["real"](x) if dtype_of(x).kind == "c" else x


def conj(x: Value) -> Value:
    """Complex conjugate; what is real is its own."""
    return sub(mul(2.0, real(x)), x) if dtype_of(x).kind == "c" else x


def modulus(x: Value) -> Value:
    """The size of a number, also of a complex one."""
    return sqrt(real(mul(x, conj(x)))) if dtype_of(x).kind == "c" else absolute(x)


def squared_difference(x: Value, y: Value) -> Value:
    """(x - y) squared."""
    return square(sub(x, y))


def radians(x: Value) -> Value:
    """Degrees to radians."""
    return mul(x, math.pi / 180)


def degrees(x: Value) -> Value:
    """Radians to degrees."""
    return mul(x, 180 / math.pi)


def logaddexp2(x: Value, y: Value) -> Value:
    """log2(2**x + 2**y), without overflow."""
    return FUNCTIONS["logaddexp"](mul(x, LN_2), mul(y, LN_2)) / LN_2


# -- activations -------------------------------------------------------------------------------------------------


def log_softmax(x: Value, axis: int = -1) -> Value:
    """log(softmax(x)) along an axis, without overflow or loss of digits."""
    axis_of(axis, len(shape_of(x)))
    return call("log_softmax", x, axis=axis)


def softmax(x: Value, axis: int = -1) -> Value:
    """exp(x) / sum(exp(x)) along an axis, without overflow."""
    axis_of(axis, len(shape_of(x)))
    return call("softmax", x, axis=axis)


def log_sigmoid(x: Value) -> Value:
    """log(sigmoid(x)), without overflow or loss of digits."""
    return FUNCTIONS["neg"](softplus(FUNCTIONS["neg"](x)))


def leaky_relu(x: Value, alpha: float = 0.2) -> Value:
    """x where positive, else alpha * x; partial alpha at 0, as in TensorFlow."""
    return where(plain(x) > 0, x, mul(x, alpha))


def elu(x: Value, alpha: float = 1.0) -> Value:
    """x where positive, else alpha * (exp(x) - 1)."""
    smooth = FUNCTIONS["elu"](x)
    return smooth if alpha == 1.0 else where(plain(x) > 0, x, mul(smooth, alpha))


def selu(x: Value) -> Value:
    """The self-normalising unit of Klambauer et al. (2017); partial 1.0507 at 0, as in TensorFlow."""
    scale, alpha = 1.0507009873554805, 1.6732632423543772
    return mul(where(plain(x) >= 0, x, mul(FUNCTIONS["elu"](x), alpha)), scale)


def gelu(x: Value, approximate: bool = False) -> Value:
    """x times the normal distribution function of x; with `approximate` by tanh."""
    if not approximate:
        return FUNCTIONS["gelu"](x)
    return 0.5 * x * (1.0 + tanh(0.7978845608028654 * (x + 0.044715 * power(x, 3.0))))


def softsign(x: Value) -> Value:
    """x / (1 + |x|)."""
    return div(x, 1.0 + absolute(x))


def hard_sigmoid(x: Value) -> Value:
    """A sigmoid of three straight pieces: relu6(x + 3) / 6."""
    return FUNCTIONS["relu6"](x + 3.0) / 6.0


def hard_tanh(x: Value) -> Value:
    """The values moved into [-1, 1]."""
    return clip(x, -1.0, 1.0)
