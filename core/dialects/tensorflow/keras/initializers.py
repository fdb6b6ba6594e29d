"""tf.keras.initializers: what the variables of a layer begin with, by name, by class, or as a function of the shape.

The random ones draw from NumPy's generator, so that the numbers are not TensorFlow's; their spread is.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.basics.words import say
from core.dialects.tensorflow import random
from core.dialects.tensorflow.arrays import ones, zeros
from core.dialects.tensorflow.elementwise import cast
from core.dialects.tensorflow.tensor import convert

Initializer = Callable[..., Any]
"""Of a shape and a dtype, the first values."""
SHORTENED = 0.87962566103423978  # the deviation of a normal distribution without what is beyond two


class Zeros:
    """All 0."""

    def __call__(self, shape: Any, dtype: Any = "float32") -> Any:
        return zeros(shape, dtype)


class Ones:
    """All 1."""

    def __call__(self, shape: Any, dtype: Any = "float32") -> Any:
        return ones(shape, dtype)


class Constant:
    """All the same number."""

    def __init__(self, value: Any = 0.0) -> None:
        self.value = value

    def __call__(self, shape: Any, dtype: Any = "float32") -> Any:
        return zeros(shape, dtype) + convert(self.value, dtype)


class RandomNormal:
    """From a normal distribution."""

    def __init__(self, mean: float = 0.0, stddev: float = 0.05, seed: Any = None) -> None:
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def __call__(self, shape: Any, dtype: Any = "float32") -> Any:
        return random.normal(shape, self.mean, self.stddev, dtype, self.seed)


class RandomUniform:
    """Evenly from an interval."""

    def __init__(self, minval: float = -0.05, maxval: float = 0.05, seed: Any = None) -> None:
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def __call__(self, shape: Any, dtype: Any = "float32") -> Any:
        return random.uniform(shape, self.minval, self.maxval, dtype, self.seed)


class Scaled:
    """Spread as suits the sizes of input and output: the variance is `scale` over the one that is meant."""

    scale, over, normal = 1.0, "both", False

    def __init__(self, seed: Any = None) -> None:
        self.seed = seed

    def __call__(self, shape: Any, dtype: Any = "float32") -> Any:
        into, out = (float(shape[0]), float(shape[-1])) if len(shape) else (1.0, 1.0)
        variance = self.scale / ((into + out) / 2 if self.over == "both" else into)
        if self.normal:
            return random.truncated_normal(shape, 0.0, float(np.sqrt(variance)) / SHORTENED, dtype, self.seed)
        limit = float(np.sqrt(3 * variance))
        return random.uniform(shape, -limit, limit, dtype, self.seed)


class GlorotUniform(Scaled):
    """Glorot and Bengio (2010), evenly from an interval."""


class GlorotNormal(Scaled):
    """Glorot and Bengio (2010), from a normal distribution."""

    normal = True


class HeUniform(Scaled):
    """He et al. (2015), evenly from an interval."""

    scale, over = 2.0, "input"


class HeNormal(HeUniform):
    """He et al. (2015), from a normal distribution."""

    normal = True


CLASSES: dict[str, Callable[..., Initializer]] = {
    one.__name__: one
    for one in (Zeros, Ones, Constant, RandomNormal, RandomUniform, GlorotUniform, GlorotNormal, HeUniform, HeNormal)
}
NAMES = {
    "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]: made
    for name, made in CLASSES.items()
}


def initializer_of(given: Any) -> Initializer:
    """The initializer for a name such as "zeros", a class or a function; ValueError for a name that there is not."""
    if isinstance(given, str):
        if given not in NAMES and given not in CLASSES:
            raise ValueError(
                say(
                    "tensorflow.unknown-initializer",
                    "Could not interpret initializer identifier: {name}; there are {known}",
                    name=given,
                    known=", ".join(NAMES),
                )
            )
        return (NAMES | CLASSES)[given]()
    if isinstance(given, type):
        return given()
    if callable(given):
        return lambda shape, dtype="float32": cast(given(shape, dtype=dtype), dtype)
    raise ValueError(
        say("tensorflow.initializer-kind", "an initializer is a name or a function, not {given!r}", given=given)
    )
