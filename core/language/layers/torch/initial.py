"""`torch.nn.init`: parameters filled anew, with PyTorch's spread; the numbers come from the run's own generator."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.dialects.torch.leaves import Leaf
from core.language.machine.locals import Locals
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, kind_of
from core.language.names.randoms import standard_normal, uniform

GAINS = {"linear": 1.0, "sigmoid": 1.0, "tanh": 5 / 3, "relu": math.sqrt(2.0), "selu": 0.75}


def gain_of(name: Any, slope: Any = 0.01) -> float:
    """`calculate_gain`: by what the spread grows before an activation."""
    if name == "leaky_relu":
        return math.sqrt(2.0 / (1 + float(slope) ** 2))
    if name not in GAINS and not str(name).startswith("conv"):
        raise Refusal(say("language.unknown-nonlinearity", "There is no gain for `{name}`.", name=str(name)))
    return GAINS.get(name, 1.0)


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """How many numbers enter one output, and how many outputs one input reaches."""
    if len(shape) < 2:
        raise Refusal(say("language.fan-needs-two-axes", "Fan in and fan out need a tensor of two axes or more."))
    inner = math.prod(shape[2:])
    return shape[1] * inner, shape[0] * inner


def _filled(name: str, draw: Callable[..., Any], signature: str) -> Builtin:
    def fill(here: Locals, span: Span, tensor: Any, *values: Any, **named: Any) -> Any:
        if not isinstance(tensor, Leaf):
            raise Refusal(
                say("language.init-fills-parameters", "`{name}` fills a parameter, not {kind}.", name=name,
                    kind=kind_of(tensor))
            )  # fmt: skip
        made = np.asarray(draw(here, span, tensor.shape, *values, **named), dtype=float)
        tensor.assign(np.broadcast_to(made, tensor.shape).copy() if tensor.shape else float(made))
        return tensor

    return Builtin(f"torch.nn.init.{name}", fill, ("tensor", *signature.split(), "generator!"), wants_locals=True)


def _uniform(here: Locals, span: Span, shape: tuple, a: Any = 0.0, b: Any = 1.0) -> Any:
    return uniform(here, span, float(a), float(b), shape)


def _normal(here: Locals, span: Span, shape: tuple, mean: Any = 0.0, std: Any = 1.0) -> Any:
    return float(mean) + float(std) * np.asarray(standard_normal(here, span, shape))


def _xavier(normal: bool) -> Callable[..., Any]:
    def draw(here: Locals, span: Span, shape: tuple, gain: Any = 1.0) -> Any:
        deviation = float(f.plain(gain)) * math.sqrt(2.0 / sum(fans(shape)))
        return _spread(here, span, shape, deviation, normal)

    return draw


def _kaiming(normal: bool) -> Callable[..., Any]:
    def draw(here: Locals, span: Span, shape: tuple, a: Any = 0.0, mode: Any = "fan_in",
             nonlinearity: Any = "leaky_relu") -> Any:  # fmt: skip
        fan = fans(shape)[mode == "fan_out"]
        return _spread(here, span, shape, gain_of(nonlinearity, a) / math.sqrt(fan), normal)

    return draw


def _spread(here: Locals, span: Span, shape: tuple, deviation: float, normal: bool) -> Any:
    if normal:
        return _normal(here, span, shape, 0.0, deviation)
    return _uniform(here, span, shape, -math.sqrt(3.0) * deviation, math.sqrt(3.0) * deviation)


INITIAL: dict[str, Any] = {
    one.name: one
    for one in (
        _filled("zeros_", lambda here, span, shape: 0.0, ""),
        _filled("ones_", lambda here, span, shape: 1.0, ""),
        _filled("constant_", lambda here, span, shape, val: float(f.plain(val)), "val"),
        _filled("eye_", lambda here, span, shape: np.eye(*shape), ""),
        _filled("uniform_", _uniform, "a b"),
        _filled("normal_", _normal, "mean std"),
        _filled("xavier_uniform_", _xavier(False), "gain"),
        _filled("xavier_normal_", _xavier(True), "gain"),
        _filled("kaiming_uniform_", _kaiming(False), "a mode nonlinearity"),
        _filled("kaiming_normal_", _kaiming(True), "a mode nonlinearity"),
    )
} | {
    "torch.nn.init.calculate_gain": Builtin("torch.nn.init.calculate_gain", gain_of,
                                            ("nonlinearity:name", "param:slope")),
}  # fmt: skip
