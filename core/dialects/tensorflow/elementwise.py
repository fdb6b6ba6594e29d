"""What TensorFlow does differently with single elements, and the operators of its tensors.

Knows the engine's functions and the dialect's tensors.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.dialects.tensorflow.dtypes import as_numpy
from core.dialects.tensorflow.made import RULES, at, own, undifferentiable
from core.dialects.tensorflow.tensor import EagerTensor, Surface, bare, call, convert, dress, floating, together
from core.ops import table
from core.tensor import apply


def _with_rule(name: str, **rule: Any) -> Callable[..., Any]:
    op = replace(table[name], **rule)
    return lambda *operands: apply(op, operands)


# What `tf.math` has besides the functions of the table.
OTHERS = (
    "truediv", "floordiv", "mod", "reciprocal_no_nan", "xlog1py", "erfc", "add_n", "scalar_mul", "conj", "real",
    "angle",
)  # fmt: skip

# Where TensorFlow's rule says another thing than the engine's: x**0 has the slope 0 × 0^-1 = nan at 0, 1/x passes
# nothing on where nothing arrives and sign nothing whatever arrives, arcosh has no slope outside of its domain, and
# relu multiplies what arrives by 0 where it is closed, so that nan and inf come out as nan.
RULES.update(
    {
        "pow": _with_rule("pow", partials=("y * power(x, y - 1)", table["pow"].partials[1]), vjps=()),
        "reciprocal": _with_rule("reciprocal", vjps=("multiply_no_nan(-v * v, g)",)),
        "sign": _with_rule("sign", vjps=("zeros_like(x)",)),
        "relu": _with_rule("relu", vjps=()),
        "relu6": _with_rule("relu6", vjps=()),
        "arccosh": _with_rule("arccosh", partials=("1 / sinh(v)",)),
    }
)


@own("div")
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


mod = at("tf.math.floormod")


def reciprocal_no_nan(x: Any, name: Any = None) -> EagerTensor:
    """1 / x, and 0 where x is 0."""
    return call(lambda a: f.divide_no_nan(1.0, a), convert(x))


def xlog1py(x: Any, y: Any, name: Any = None) -> EagerTensor:
    """x * log(1 + y), and 0 where x is 0."""
    return call(lambda a, b: f.mul(a, f.log1p(f.where(a.primal == 0, 0.0, b))), *together(x, y))


def erfc(x: Any, name: Any = None) -> EagerTensor:
    """1 - erf(x)."""
    return call(lambda a: f.sub(1.0, f.erf(a)), floating("erfc", x))


@own("add_n")
def add_n(inputs: Any, name: Any = None) -> EagerTensor:
    """The sum of several tensors of one shape."""
    tensors = together(*inputs)
    shapes = {tuple(tensor.shape) for tensor in tensors}
    if len(shapes) != 1:
        raise ValueError(
            say(
                "tensorflow.add-n-needs-tensors",
                "add_n needs tensors of one shape, not {shapes}",
                shapes=" and ".join(map(str, shapes)),
            )
        )
    total = tensors[0]
    for tensor in tensors[1:]:
        total = call(f.add, total, tensor)
    return call(f.identity, total) if total is tensors[0] else total


def scalar_mul(scalar: Any, x: Any, name: Any = None) -> EagerTensor:
    """A number times a tensor."""
    return call(f.mul, *together(x, scalar))


@own("clip")
def clip_by_value(t: Any, clip_value_min: Any, clip_value_max: Any, name: Any = None) -> EagerTensor:
    """The values moved into the interval; at a bound the slope is 1."""
    return call(f.FUNCTIONS["clip"], *together(t, clip_value_min, clip_value_max))


@own("cast")
def cast(x: Any, dtype: Any, name: Any = None) -> EagerTensor:
    """The values in another dtype; the derivative is cut when that is not a floating-point type."""
    x, wanted = convert(x), as_numpy(dtype)
    return x if isinstance(x, EagerTensor) and x.dtype == wanted else call(f.cast, x, dtype=wanted)


@own("identity")
def identity(input: Any, name: Any = None) -> EagerTensor:
    """The same value as a new tensor."""
    return call(f.identity, convert(input)) if convert(input).dtype != "bool" else dress(bare(convert(input)))


@own("where")
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
    def method(self: Any, *other: Any) -> Any:
        return function(self, *other)

    return method


def _reflected(function: Callable[..., Any]) -> Callable[..., Any]:
    def method(self: Any, other: Any) -> Any:
        return function(other, self)

    return method


def _equality(path: str, unlike: bool) -> Callable[..., Any]:
    function = at(path)

    def method(self: Any, other: Any) -> Any:
        return unlike if other is None else function(self, other)

    return method


BOTH_WAYS = {
    "add": at("tf.add"), "sub": at("tf.subtract"), "mul": at("tf.multiply"), "truediv": divide, "floordiv": floordiv,
    "mod": at("tf.math.floormod"), "pow": at("tf.pow"), "and": at("tf.logical_and"), "or": at("tf.logical_or"),
    "xor": at("tf.math.logical_xor"),
}  # fmt: skip
ONE_WAY = {
    "lt": "tf.less", "le": "tf.less_equal", "gt": "tf.greater", "ge": "tf.greater_equal", "neg": "tf.negative",
    "abs": "tf.abs", "invert": "tf.logical_not",
}  # fmt: skip


def _install() -> None:
    for name, function in BOTH_WAYS.items():
        setattr(Surface, f"__{name}__", _method(function))
        setattr(Surface, f"__r{name}__", _reflected(function))
    for name, path in ONE_WAY.items():
        setattr(Surface, f"__{name}__", _method(at(path)))
    Surface.__eq__ = _equality("tf.equal", False)  # type: ignore[method-assign]
    Surface.__ne__ = _equality("tf.not_equal", True)  # type: ignore[method-assign]


_install()
