"""`tf.keras.initializers`: what the variables of a layer begin with, by name, by class, or as a function of the shape.

The random ones draw from the run's own generator: their spread is Keras', the numbers are not.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from core import functions as f
from core.basics.span import Span
from core.basics.words import say
from core.language.machine.invocation import invoke
from core.language.machine.locals import Locals
from core.language.machine.objects import Instance
from core.language.machine.outcome import Refusal
from core.language.machine.values import Builtin, Function
from core.language.names.creation import checked_shape
from core.language.names.randoms import standard_normal, uniform
from core.tensor import Tensor

SHORTENED = 0.87962566103423978  # the deviation of a normal distribution without what is beyond two
Draw = Callable[[Locals, Span, tuple[int, ...]], Any]


class Initializer:
    """A way to begin: `draw` gives the values of a shape."""

    kind = say("language.an-initializer", "an initializer")

    def __init__(self, draw: Draw) -> None:
        self.draw = draw


def _filled(value: Any) -> Draw:
    return lambda here, span, shape: np.broadcast_to(np.asarray(f.plain(value), float), shape).copy()


def _normal(mean: float, deviation: float, cut: bool = False) -> Draw:
    def draw(here: Locals, span: Span, shape: tuple[int, ...]) -> Any:
        drawn = np.asarray(standard_normal(here, span, shape))
        for _ in range(20 if cut else 0):
            outside = np.abs(drawn) > 2
            if not outside.any():
                break
            drawn = np.where(outside, np.asarray(standard_normal(here, span, shape)), drawn)
        return mean + deviation * (np.clip(drawn, -2, 2) if cut else drawn)

    return draw


def _uniform(low: float, high: float) -> Draw:
    return lambda here, span, shape: np.asarray(uniform(here, span, low, high, shape))


def _scaled(scale: float, over: str, normal: bool) -> Draw:
    """Spread as suits the sizes of input and output: the variance is `scale` over the one that is meant."""

    def draw(here: Locals, span: Span, shape: tuple[int, ...]) -> Any:
        field = math.prod(shape[:-2])
        into, out = (shape[-2] * field, shape[-1] * field) if len(shape) > 1 else (shape or (1,))[:1] * 2
        variance = scale / max((into + out) / 2 if over == "both" else into, 1)
        if normal:
            return _normal(0.0, math.sqrt(variance) / SHORTENED, True)(here, span, shape)
        limit = math.sqrt(3 * variance)
        return _uniform(-limit, limit)(here, span, shape)

    return draw


def _identity(gain: float = 1.0) -> Draw:
    return lambda here, span, shape: float(gain) * np.eye(shape[0], shape[-1])


CLASSES: dict[str, tuple[Callable[..., Draw], str]] = {
    "Zeros": (lambda: _filled(0.0), ""),
    "Ones": (lambda: _filled(1.0), ""),
    "Constant": (lambda value=0.0: _filled(value), "value"),
    "Identity": (_identity, "gain"),
    "RandomNormal": (lambda mean=0.0, stddev=0.05: _normal(float(mean), float(stddev)), "mean stddev seed!"),
    "TruncatedNormal": (lambda mean=0.0, stddev=0.05: _normal(float(mean), float(stddev), True), "mean stddev seed!"),
    "RandomUniform": (lambda minval=-0.05, maxval=0.05: _uniform(float(minval), float(maxval)), "minval maxval seed!"),
    "GlorotUniform": (lambda: _scaled(1.0, "both", False), "seed!"),
    "GlorotNormal": (lambda: _scaled(1.0, "both", True), "seed!"),
    "HeUniform": (lambda: _scaled(2.0, "input", False), "seed!"),
    "HeNormal": (lambda: _scaled(2.0, "input", True), "seed!"),
    "LecunUniform": (lambda: _scaled(1.0, "input", False), "seed!"),
    "LecunNormal": (lambda: _scaled(1.0, "input", True), "seed!"),
}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]


NAMES = {_snake(name): draw for name, (draw, _) in CLASSES.items()} | {
    "normal": CLASSES["RandomNormal"][0], "uniform": CLASSES["RandomUniform"][0],
}  # fmt: skip


def _maker(name: str, path: str) -> Builtin:
    draw, signature = CLASSES[name]
    return Builtin(path, lambda *values, **named: Initializer(draw(*values, **named)),
                   tuple(signature.split()))  # fmt: skip


PATHS = {f"tf.keras.initializers.{made}": name for name in CLASSES for made in (name, _snake(name))} | {
    "tf.zeros_initializer": "Zeros", "tf.ones_initializer": "Ones", "tf.constant_initializer": "Constant",
    "tf.random_normal_initializer": "RandomNormal", "tf.random_uniform_initializer": "RandomUniform",
}  # fmt: skip
INITIALIZERS = {path: _maker(name, path) for path, name in PATHS.items()}


def initial(here: Locals, span: Span, given: Any, shape: Any) -> Any:
    """The first values of a variable. Raises Refusal for a name that there is not."""
    lengths = checked_shape(here, span, (shape,) if isinstance(shape, int) else tuple(shape or ()))
    if isinstance(given, str):
        draw = NAMES.get(given) or (CLASSES[given][0] if given in CLASSES else None)
        if draw is None:
            near = difflib.get_close_matches(given, NAMES, 1)
            raise Refusal(
                say("language.unknown-initializer", "There is no initializer `{name}`.", name=given),
                say("language.did-mean", "Did you mean `{near}`?", near=near[0]) if near else "",
            )
        return _settled(draw()(here, span, lengths))
    if isinstance(given, Initializer):
        return _settled(given.draw(here, span, lengths))
    if isinstance(given, Function | Builtin | Instance):
        made = invoke(here, given, [lengths], {}, span)
        made = _settled(made.draw(here, span, lengths)) if isinstance(made, Initializer) else made
        return made.primal if isinstance(made, Tensor) else made
    if given is None:
        return _settled(_scaled(1.0, "both", False)(here, span, lengths))
    return _settled(np.broadcast_to(np.asarray(f.plain(given), float), lengths).copy())


def _settled(values: np.ndarray) -> Any:
    return values if np.ndim(values) else float(values)


def call(here: Locals, span: Span, initializer: Initializer, shape: Any) -> Tensor:
    """`initializer(shape=(2, 3))`."""
    return Tensor(initial(here, span, initializer, shape))
