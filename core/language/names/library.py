"""Functions that programs can call and the engine does not have as such, made from those it has.

Each works on numbers, arrays and tensors. What is not differentiated (comparisons, counting) looks at values only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from core import functions as f
from core.basics.words import say
from core.language.machine.keys import plain_key, whole
from core.language.machine.outcome import Refusal
from core.language.machine.values import kind_of
from core.op import OPERAND_NAMES
from core.tensor import Tensor, look

F: Any = f
ARRAY_NAMES = (
    "x", "y", "p", "labels", "logits", "condition", "weight", "bias", "indices", "weights", "values", "xp", "fp",
    "mask", "updates",
)  # fmt: skip


KINDS_TO_CHECK = (list, tuple, str)


def as_array(value: Any) -> Any:
    """Lists become arrays; whatever holds no number is refused."""
    if isinstance(value, list | tuple):
        check_even(value)
        return f.array(value)
    if isinstance(value, Tensor | np.ndarray | float | int | np.generic):
        return value
    raise Refusal(
        say(
            "language.neither-number-nor-array",
            "{kind} is neither a number nor an array.",
            kind=kind_of(value).capitalize(),
        ),
        say("language.give-numbers-arrays", "Give it numbers or arrays."),
    )


PLAIN_NUMBERS = {float, int, bool}


def check_even(values: Any) -> tuple[int, ...]:
    """The shape of nested lists; refuses uneven ones and what is not a number."""
    todo: list[tuple[Any, int]] = [(values, 0)]
    shapes: dict[int, int | None] = {}
    count = elements = 0
    while todo:
        item, depth = todo.pop()
        count += 1
        elements += item.size if isinstance(item, Tensor | np.ndarray) else 1
        if count > 1_000_000 or elements > 20_000_000 or depth > 30:
            raise Refusal(
                say("language.these-lists-too-large", "These lists are too large for an array."),
                say("language.use-fewer-numbers", "Use fewer numbers."),
            )
        length = len(item) if isinstance(item, list | tuple) else None
        if length is None:
            if isinstance(item, Tensor | np.ndarray) and item.ndim:
                length = len(item)
            elif not isinstance(item, Tensor | np.ndarray | float | int | np.generic):
                raise Refusal(
                    say(
                        "language.cannot-element-array",
                        "{kind} cannot be an element of an array.",
                        kind=kind_of(item).capitalize(),
                    ),
                    say("language.use-numbers", "Use numbers."),
                )
        if shapes.setdefault(depth, length) != length:
            raise Refusal(
                say("language.rows-array-different-lengths", "The rows of this array have different lengths."),
                say("language.give-every-row-many", "Give every row as many numbers."),
            )
        if isinstance(item, list | tuple) and not (item and set(map(type, item)) <= PLAIN_NUMBERS):
            todo.extend((part, depth + 1) for part in item)
        elif length is not None and isinstance(item, list | tuple):  # numbers alone: no need to look at each
            count, elements = count + length, elements + length
            todo.append((item[0], depth + 1))
    return tuple(length for _, length in sorted(shapes.items()) if length is not None)


def on_arrays(function: Callable[..., Any], order: Sequence[str] = ()) -> Callable[..., Any]:
    """The function with its list arguments made arrays; `order` are its arguments' names when given by position."""
    aside = {place for place, name in enumerate(order) if name not in ARRAY_NAMES}

    def call(*operands: Any, **named: Any) -> Any:
        operands = tuple([
            as_array(item) if place not in aside and (item.__class__ in KINDS_TO_CHECK or item is None) else item
            for place, item in enumerate(operands)
        ])
        for name in ARRAY_NAMES:
            if isinstance(named.get(name), list | tuple):
                named[name] = as_array(named[name])
        return function(*operands, **named)

    call.__signature__ = getattr(function, "__signature__", None)  # type: ignore[attr-defined]
    return call


def with_whole_numbers(function: Callable[..., Any], counts: frozenset[str], order: list[str]) -> Callable[..., Any]:
    """The function with inputs that say where or how many, such as `axis=k`, handed on as whole numbers.

    `counts` are the names of those arguments; `order` is that of all of them when they are given by position.
    """
    places = {place for place, name in enumerate(order) if name in counts}

    def call(*operands: Any, **named: Any) -> Any:
        given = [plain_key(one) if place in places else one for place, one in enumerate(operands)]
        return function(*given, **{name: plain_key(one) if name in counts else one for name, one in named.items()})

    return call


def as_tensors(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with its array results made tensors, as TensorFlow and PyTorch give them."""

    def call(*operands: Any, **named: Any) -> Any:
        result = function(*operands, **named)
        return Tensor(result) if isinstance(result, np.ndarray | np.floating) else result

    return call


def by_operands(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of x, y and z that knows its operands by place only, so that they can be given by name."""

    def call(*operands: Any, **named: Any) -> Any:
        return function(*operands, *(named[name] for name in OPERAND_NAMES if name in named))

    return call


def with_defaults(function: Callable[..., Any], defaults: Mapping[str, object]) -> Callable[..., Any]:
    """The function as a library calls it whose defaults are others."""

    def call(*operands: Any, **named: Any) -> Any:
        return function(*operands, **{**defaults, **named})

    return call


def values_of(x: Any) -> Any:
    """The plain value of a number, array, tensor or list."""
    return look(f.array(x))


def plain(function: Callable[..., Any]) -> Callable[..., Any]:
    """A NumPy function of values only; its result is no tensor."""

    def call(*operands: Any, **named: Any) -> Any:
        operands = (*operands, *(named.pop(name) for name in ("x", "y") if name in named))
        with np.errstate(all="ignore"):
            result = function(
                *[values_of(item) for item in operands], **{name: _value(item) for name, item in named.items()}
            )
        return (
            result.item()
            if isinstance(result, np.generic) or (isinstance(result, np.ndarray) and result.ndim == 0)
            else result
        )

    return call


def _value(item: Any) -> Any:
    return look(item)


def nowhere() -> bool:
    """Whether there is a graphics card: never here."""
    return False


def the_device() -> str:
    """The one device that there is."""
    return "cpu"


def nothing() -> None:
    """Settings of a library that have no effect here."""


def shape(x: Any) -> tuple[int, ...]:
    """Length along each axis."""
    return f.shape_of(x)


def size(x: Any) -> int:
    """Number of elements."""
    return math.prod(f.shape_of(x))


def rank(x: Any) -> int:
    """Number of axes."""
    return len(f.shape_of(x))


def identity(x: Any) -> Any:
    """The same value as a new tensor."""
    return f.call("identity", x) if isinstance(x, Tensor) else Tensor(x)


def tf_matmul(x: Any, y: Any, transpose_a: bool = False, transpose_b: bool = False) -> Any:
    """A product of matrices, either of them transposed first."""
    return f.matmul(f.swapaxes(x, -1, -2) if transpose_a else x, f.swapaxes(y, -1, -2) if transpose_b else y)


def copy(x: Any) -> Any:
    """A new array with the same elements."""
    return x.copy() if isinstance(x, np.ndarray) else identity(x)


# -- elementary ------------------------------------------------------------------------------------------------------


def clip_by_norm(x: Any, clip_norm: float) -> Any:
    size_of_x = f.norm(x)
    return x * clip_norm / F.maximum(size_of_x, clip_norm)


def log_of(x: Any, base: Any = None) -> Any:
    return F.log(x) if base is None else F.log(x) / F.log(base)


def math_floor(x: Any) -> int:
    return math.floor(_value(x))


def math_ceil(x: Any) -> int:
    return math.ceil(_value(x))


def math_trunc(x: Any) -> int:
    return math.trunc(_value(x))


def fmod(x: Any, y: Any) -> Any:
    return x - y * math.trunc(_value(x) / _value(y))


def copysign(x: Any, y: Any) -> Any:
    return F.abs(x) * math.copysign(1.0, _value(y))


def factorial(n: Any) -> int:
    return math.factorial(_small(n))


def comb(n: Any, k: Any) -> int:
    return math.comb(_small(n), _small(k))


def gcd(a: Any, b: Any) -> int:
    return math.gcd(a, b)


def _small(n: Any) -> int:
    n = _value(n)
    if not isinstance(n, int | float) or n != int(n) or not 0 <= n <= 500:
        raise Refusal(
            say("language.only-whole-numbers-0", "Here only whole numbers from 0 to 500 are allowed."),
            say("language.check-sign-size", "Check the sign and the size."),
        )
    return int(n)


def gamma(x: Any) -> Any:
    return math.gamma(_value(x)) if not isinstance(x, Tensor) else _no_derivative("math.gamma")


def lgamma(x: Any) -> Any:
    return math.lgamma(_value(x)) if not isinstance(x, Tensor) else _no_derivative("math.lgamma")


def _no_derivative(name: str) -> Any:
    raise Refusal(
        say("language.input-not-part-program", "`{name}` of an input is not part of this program.", name=name),
        say("language.derivative-not-known", "Its derivative is not known here."),
    )


def heaviside(x: Any, half: Any) -> Any:
    return np.heaviside(values_of(x), values_of(half))


# -- shaping -----------------------------------------------------------------------------------------------------------


def flatten(x: Any, start: Any = 0) -> Any:
    """All axes from `start` on as one."""
    lengths = f.shape_of(x)[: whole(start)]
    return f.reshape(x, (*lengths, -1)) if lengths else f.ravel(x)


def where(condition: Any, x: Any = None, y: Any = None) -> Any:
    """x where the condition holds, else y; with the condition alone, the places where it holds."""
    return plain(np.nonzero)(condition) if x is None and y is None else F.where(condition, x, y)


def pad(x: Any, pad_width: Any, mode: Any = "constant", constant_values: Any = 0.0) -> Any:
    """Zeros (or what `mode` says) around an array; one width stands for all sides."""
    return f.pad(x, np.asarray(values_of(pad_width)).astype(int), str(mode).lower(), constant_values)
