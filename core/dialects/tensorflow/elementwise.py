"""TensorFlow's functions of single elements, comparisons and logic, and the operators of its tensors.

Most are ops of the engine's table under TensorFlow's name. Knows the engine's functions and the dialect's tensors.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from core import functions as f
from core.basics.cuts import Reason
from core.dialects.tensorflow.dtypes import as_numpy
from core.dialects.tensorflow.errors import InvalidArgumentError
from core.dialects.tensorflow.tensor import (
    EagerTensor,
    Surface,
    bare,
    call,
    convert,
    dress,
    floating,
    numbers,
    together,
)
from core.functions.calling import FUNCTIONS
from core.ops import table
from core.tensor import apply, cut, untracked

UNARY = {
    "abs": "abs", "acos": "arccos", "acosh": "arccosh", "asin": "arcsin", "asinh": "arcsinh", "atan": "arctan",
    "atanh": "arctanh", "ceil": "ceil", "cos": "cos", "cosh": "cosh", "erf": "erf", "exp": "exp", "expm1": "expm1",
    "floor": "floor", "log": "log", "log1p": "log1p", "negative": "neg", "reciprocal": "reciprocal", "rint": "rint",
    "round": "rint", "rsqrt": "rsqrt", "sigmoid": "sigmoid", "sign": "sign", "sin": "sin", "sinh": "sinh",
    "softplus": "softplus", "sqrt": "sqrt", "square": "square", "tan": "tan", "tanh": "tanh",
}  # fmt: skip
BINARY = {
    "add": "add", "atan2": "arctan2", "divide_no_nan": "divide_no_nan", "maximum": "maximum", "minimum": "minimum",
    "floormod": "mod", "multiply": "mul", "multiply_no_nan": "multiply_no_nan", "subtract": "sub", "pow": "pow",
    "xdivy": "xdivy", "xlogy": "xlogy",
}  # fmt: skip
WHOLE_NUMBERS_TOO = {
    "abs", "negative", "round", "sign", "square", "add", "subtract", "multiply", "maximum", "minimum", "floormod",
    "pow",
}  # fmt: skip
COMPARISONS = {
    "equal": np.equal, "not_equal": np.not_equal, "less": np.less, "less_equal": np.less_equal,
    "greater": np.greater, "greater_equal": np.greater_equal,
}  # fmt: skip
LOGICAL = {"logical_and": np.logical_and, "logical_or": np.logical_or, "logical_xor": np.logical_xor}
TESTS = {"is_nan": np.isnan, "is_inf": np.isinf, "is_finite": np.isfinite, "logical_not": np.logical_not}


def _with_rule(name: str, **rule: Any) -> Callable[..., Any]:
    op = replace(table[name], **rule)
    return lambda *operands: apply(op, operands)


# Where TensorFlow's rule says another thing than the engine's: x**0 has the slope 0 · 0^-1 = nan at 0, 1/x passes
# nothing on where nothing arrives and sign nothing whatever arrives, arcosh has no slope outside of its domain, and
# relu multiplies what arrives by 0 where it is closed, so that nan and inf come out as nan.
FUNCTION_OF = FUNCTIONS | {
    "pow": _with_rule("pow", partials=("y * power(x, y - 1)", table["pow"].partials[1]), vjps=()),
    "reciprocal": _with_rule("reciprocal", vjps=("multiply_no_nan(-v * v, g)",)),
    "sign": _with_rule("sign", vjps=("zeros_like(x)",)),
    "relu": _with_rule("relu", vjps=()),
    "relu6": _with_rule("relu6", vjps=()),
    "arccosh": _with_rule("arccosh", partials=("1 / sinh(v)",)),
}


def _unary(name: str) -> Callable[..., EagerTensor]:
    function = FUNCTION_OF[UNARY[name]]

    def named(x: Any, name: Any = None) -> EagerTensor:
        if called not in WHOLE_NUMBERS_TOO:
            return call(function, floating(called, x))
        x = numbers(called, x)
        return call(function, x) if called != "round" or not x.dtype.is_integer else call(f.identity, x)

    called = name
    named.__name__, named.__doc__ = name, function.__doc__
    return named


def _binary(name: str) -> Callable[..., EagerTensor]:
    function = FUNCTION_OF[BINARY[name]]

    def named(x: Any, y: Any, name: Any = None) -> EagerTensor:
        x, y = together(x, y)
        if called not in WHOLE_NUMBERS_TOO:
            floating(called, x)
        elif called != "multiply":
            numbers(called, x)
        return call(function, x, y)

    called = name
    named.__name__, named.__doc__ = name, function.__doc__
    return named


def undifferentiable(name: str, function: Callable[..., Any], *tensors: Any) -> EagerTensor:
    """A tensor of what NumPy makes of the values, through which no derivative flows."""

    def on_values(*plain: Any) -> Any:
        with np.errstate(all="ignore"):
            result = untracked(np.asarray(function(*(one.primal for one in plain)))[()])
        result.tape = cut(Reason.NO_DERIVATIVE, name, plain)
        return result

    on_values.__name__ = name
    return call(on_values, *tensors)


def _on_values(name: str, function: Callable[..., Any]) -> Callable[..., EagerTensor]:
    def named(*operands: Any) -> EagerTensor:
        tensors = together(*operands)
        if name in LOGICAL and tensors[0].dtype != "bool":
            raise InvalidArgumentError(f"`{name}` needs truth values, not {tensors[0].dtype.name}")
        return undifferentiable(name, function, *tensors)

    named.__name__, named.__doc__ = name, f"{name} element by element, as truth values."
    return named


globals().update((name, _unary(name)) for name in UNARY)
globals().update((name, _binary(name)) for name in BINARY)
globals().update((name, _on_values(name, rule)) for name, rule in (COMPARISONS | LOGICAL | TESTS).items())
_all = globals()
NAMES = [*UNARY, *BINARY, *COMPARISONS, *LOGICAL, *TESTS]


def divide(x: Any, y: Any, name: Any = None) -> EagerTensor:
    """x / y; whole numbers are divided as float64."""
    x, y = together(x, y)
    if x.dtype.is_integer:
        x, y = (call(f.cast, one, dtype=np.float64) for one in (x, y))
    return call(f.div, x, y)


truediv = divide


def floordiv(x: Any, y: Any, name: Any = None) -> EagerTensor:
    """The next whole number below x / y."""
    x, y = together(x, y)
    if x.dtype.is_integer:
        return undifferentiable("floordiv", np.floor_divide, x, y)
    return call(lambda a, b: f.floor(f.div(a, b)), x, y)


mod = _all["floormod"]


def squared_difference(x: Any, y: Any, name: Any = None) -> EagerTensor:
    """(x - y) squared."""
    return call(lambda a, b: f.square(f.sub(a, b)), *together(x, y))


def reciprocal_no_nan(x: Any, name: Any = None) -> EagerTensor:
    """1 / x, and 0 where x is 0."""
    return call(lambda a: f.divide_no_nan(1.0, a), convert(x))


def xlog1py(x: Any, y: Any, name: Any = None) -> EagerTensor:
    """x * log(1 + y), and 0 where x is 0."""
    return call(lambda a, b: f.mul(a, f.log1p(f.where(a.primal == 0, 0.0, b))), *together(x, y))


def log_sigmoid(x: Any, name: Any = None) -> EagerTensor:
    """log(sigmoid(x)), without overflow."""
    return call(f.log_sigmoid, floating("log_sigmoid", x))


def erfc(x: Any, name: Any = None) -> EagerTensor:
    """1 - erf(x)."""
    return call(lambda a: f.sub(1.0, f.erf(a)), floating("erfc", x))


def add_n(inputs: Any, name: Any = None) -> EagerTensor:
    """The sum of several tensors of one shape."""
    tensors = together(*inputs)
    shapes = {tuple(tensor.shape) for tensor in tensors}
    if len(shapes) != 1:
        raise ValueError(f"add_n needs tensors of one shape, not {' and '.join(map(str, shapes))}")
    total = tensors[0]
    for tensor in tensors[1:]:
        total = call(f.add, total, tensor)
    return call(f.identity, total) if total is tensors[0] else total


def scalar_mul(scalar: Any, x: Any, name: Any = None) -> EagerTensor:
    """A number times a tensor."""
    return call(f.mul, *together(x, scalar))


def clip_by_value(t: Any, clip_value_min: Any, clip_value_max: Any, name: Any = None) -> EagerTensor:
    """The values moved into the interval; at a bound the slope is 1."""
    return call(f.FUNCTIONS["clip"], *together(t, clip_value_min, clip_value_max))


def cast(x: Any, dtype: Any, name: Any = None) -> EagerTensor:
    """The values in another dtype; the derivative is cut when that is not a floating-point type."""
    x, wanted = convert(x), as_numpy(dtype)
    return x if isinstance(x, EagerTensor) and x.dtype == wanted else call(f.cast, x, dtype=wanted)


def identity(input: Any, name: Any = None) -> EagerTensor:
    """The same value as a new tensor."""
    return call(f.identity, convert(input)) if convert(input).dtype != "bool" else dress(bare(convert(input)))


def where(condition: Any, x: Any = None, y: Any = None, name: Any = None) -> EagerTensor:
    """x where the condition holds, else y; with the condition alone, the positions where it holds."""
    chosen = convert(condition)
    if x is None and y is None:
        return undifferentiable("where", lambda c: np.argwhere(c).astype(np.int64), chosen)
    if chosen.dtype != "bool":
        chosen = cast(chosen, "bool")
    return call(f.where, chosen, *together(x, y))


def conj(x: Any, name: Any = None) -> EagerTensor:
    """The complex conjugate; real numbers as they are."""
    x = convert(x)
    return undifferentiable("conj", np.conj, x) if x.dtype.is_complex else x


def real(x: Any, name: Any = None) -> EagerTensor:
    """The real part."""
    x = convert(x)
    return call(f.real, x) if x.dtype.is_complex else x


def angle(x: Any, name: Any = None) -> EagerTensor:
    """The angle of a number in the plane: 0 or pi for real ones."""
    return undifferentiable("angle", np.angle, convert(x))


def log2(x: Any) -> EagerTensor:
    """Logarithm to the base 2."""
    return call(lambda a: f.mul(f.log(a), 1 / math.log(2)), convert(x))


# -- operators ---------------------------------------------------------------------------------------------------


def _method(function: Callable[..., Any]) -> Callable[..., Any]:
    def method(self: Any, other: Any) -> Any:
        return function(self, other)

    return method


def _reflected(function: Callable[..., Any]) -> Callable[..., Any]:
    def method(self: Any, other: Any) -> Any:
        return function(other, self)

    return method


def _equality(name: str, unlike: bool) -> Callable[..., Any]:
    function = _all[name]

    def method(self: Any, other: Any) -> Any:
        return unlike if other is None else function(self, other)

    return method


OPERATORS = {
    "add": _all["add"], "sub": _all["subtract"], "mul": _all["multiply"], "truediv": divide, "floordiv": floordiv,
    "mod": mod, "pow": _all["pow"], "and": _all["logical_and"], "or": _all["logical_or"],
    "xor": _all["logical_xor"],
}  # fmt: skip


def _install() -> None:
    for name, function in OPERATORS.items():
        setattr(Surface, f"__{name}__", _method(function))
        setattr(Surface, f"__r{name}__", _reflected(function))
    for method, name in {"lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal"}.items():
        setattr(Surface, f"__{method}__", _method(_all[name]))
    for method, name in {"neg": "negative", "abs": "abs", "invert": "logical_not"}.items():
        function = _all[name]
        setattr(Surface, f"__{method}__", lambda self, function=function: function(self))
    Surface.__eq__ = _equality("equal", False)  # type: ignore[method-assign]
    Surface.__ne__ = _equality("not_equal", True)  # type: ignore[method-assign]


_install()
