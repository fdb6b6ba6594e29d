"""Measures the columns of the table of conventions with the libraries themselves, in single precision on the CPU.

Run by hand where they are installed: `python -m tests.core.conventions.measure`. It prints every row in which a
library answers otherwise than the table says, and ends with status 1 if there is one. Nothing of ours is run here.
"""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from core.conventions.table import FAMILIES, NOT_THERE, Convention, Slopes

Measure = Callable[[Convention], Slopes]
TOLERANCE = 1e-5
NOTHING = 1e-40  # what single precision cannot tell from 0


class Missing(Exception):
    """The library has no such function."""


class Names(dict[str, Any]):
    """What an expression may call; other names are those of functions that the library does not have."""

    def __missing__(self, name: str) -> Any:
        raise Missing(name)


def value_of(expression: str, names: Names, variables: dict[str, Any]) -> Any:
    """The expression of a row, which is text of our own, in the functions of a library."""
    return eval(expression, {}, Names({"inf": float("inf"), **names, **variables}))


# -- the libraries ---------------------------------------------------------------------------------------------------


def tensorflow() -> Measure:
    """TensorFlow's answers, by a GradientTape."""
    import tensorflow as tf

    names = Names(
        {name: getattr(tf.math, name) for name in "abs sign floor minimum sin log sqrt exp rsqrt tanh sigmoid".split()}  # noqa: SIM905
        | {name: getattr(tf.nn, name) for name in "relu relu6 leaky_relu elu selu softplus silu softmax gelu".split()}  # noqa: SIM905
        | {
            "maximum": tf.maximum, "where": tf.where, "round": tf.round, "mod": tf.math.floormod,
            "clip": tf.clip_by_value, "sort": tf.sort, "xlogy": tf.math.xlogy, "arcsin": tf.math.asin,
            "arccosh": tf.math.acosh, "arctan2": tf.math.atan2, "cumprod": tf.math.cumprod,
            "max": tf.reduce_max, "min": tf.reduce_min, "sum": tf.reduce_sum, "prod": tf.reduce_prod,
            "logsumexp": tf.reduce_logsumexp, "std": tf.math.reduce_std, "log_sigmoid": tf.math.log_sigmoid,
            "norm": lambda x, order="euclidean": tf.norm(x, np.inf if order == np.inf else order),
            "hard_sigmoid": tf.keras.ops.hard_sigmoid, "det": tf.linalg.det, "cholesky": tf.linalg.cholesky,
            "stop_gradient": tf.stop_gradient,
        }
    )  # fmt: skip
    others = {"x.argmax()": lambda x: tf.argmax(x), "x[[0, 2, 0]]": lambda x: tf.gather(x, [0, 2, 0])}

    def measure(row: Convention) -> Slopes:
        variables = {name: tf.constant(value, tf.float32) for name, value in row.point.items()}
        with tf.GradientTape() as tape:
            tape.watch(list(variables.values()))
            own = others.get(row.expression)
            value = own(**variables) if own else value_of(row.expression, names, variables)
        weights = None if row.cotangent is None else tf.constant(row.cotangent, tf.float32)
        if not value.dtype.is_floating:
            return [None] * len(variables)
        found = tape.gradient(value, list(variables.values()), output_gradients=weights)
        return [None if one is None else tf.convert_to_tensor(one).numpy().tolist() for one in found]

    return measure


def pytorch() -> Measure:
    """PyTorch's answers, by `torch.autograd.grad`."""
    import torch

    fun = torch.nn.functional

    def extreme(whole: Any, along: Any) -> Any:
        return lambda x, axis=None: whole(x) if axis is None else along(x, dim=axis).values

    def numbers(function: Any) -> Any:
        """A function of two tensors that may be given a number."""
        return lambda x, y: function(*(one if torch.is_tensor(one) else torch.tensor(one) for one in (x, y)))

    names = Names(
        {name: getattr(torch, name) for name in "relu abs sign round floor sin sqrt exp rsqrt log prod sum det".split()}  # noqa: SIM905
        | {name: getattr(torch, name) for name in "xlogy arcsin arccosh arctan2 hypot sinc sigmoid tanh where".split()}  # noqa: SIM905
        | {name: getattr(fun, name) for name in "relu6 leaky_relu elu selu softplus silu gelu".split()}  # noqa: SIM905
        | {
            "maximum": numbers(torch.maximum), "minimum": numbers(torch.minimum), "mod": torch.remainder,
            "clip": torch.clamp, "hard_sigmoid": fun.hardsigmoid, "hard_tanh": fun.hardtanh,
            "log_sigmoid": fun.logsigmoid, "max": extreme(torch.max, torch.max), "min": extreme(torch.min, torch.min),
            "sort": lambda x: torch.sort(x).values, "logsumexp": lambda x: torch.logsumexp(x, 0),
            "softmax": lambda x: torch.softmax(x, 0), "cumprod": lambda x: torch.cumprod(x, 0),
            "norm": torch.linalg.vector_norm, "std": lambda x: torch.std(x, correction=0),
            "cholesky": torch.linalg.cholesky, "stop_gradient": lambda x: x.detach(),
        }
    )  # fmt: skip

    def measure(row: Convention) -> Slopes:
        variables = {name: torch.tensor(value, dtype=torch.float32) for name, value in row.point.items()}
        for one in variables.values():
            one.requires_grad_()
        value = value_of(row.expression, names, variables)
        weights = torch.ones_like(value) if row.cotangent is None else torch.tensor(row.cotangent, dtype=value.dtype)
        found = torch.autograd.grad(value, list(variables.values()), weights, allow_unused=True)
        return [None if one is None else one.tolist() for one in found]

    return measure


def jax() -> Measure:
    """JAX's answers, by `jax.vjp`."""
    import jax
    import jax.numpy as jnp

    names = Names(
        {name: getattr(jnp, name) for name in "maximum minimum where abs sign round floor mod clip max min".split()}  # noqa: SIM905
        | {name: getattr(jnp, name) for name in "sort sqrt cbrt exp log sin hypot arctan2 arcsin arccosh sinc".split()}  # noqa: SIM905
        | {name: getattr(jnp, name) for name in "prod cumprod std sum tanh".split()}  # noqa: SIM905
        | {name: getattr(jax.nn, name) for name in "relu relu6 leaky_relu elu selu hard_sigmoid hard_tanh".split()}  # noqa: SIM905
        | {name: getattr(jax.nn, name) for name in "softmax sigmoid softplus log_sigmoid gelu silu".split()}  # noqa: SIM905
        | {
            "norm": jnp.linalg.norm, "det": jnp.linalg.det, "cholesky": jnp.linalg.cholesky, "rsqrt": jax.lax.rsqrt,
            "logsumexp": jax.nn.logsumexp, "xlogy": jax.scipy.special.xlogy, "stop_gradient": jax.lax.stop_gradient,
        }
    )  # fmt: skip
    others = {"x[[0, 2, 0]]": lambda x: x[jnp.array([0, 2, 0])], "x.argmax()": lambda x: 1.0 * x.argmax()}

    def measure(row: Convention) -> Slopes:
        def function(variables: dict[str, Any]) -> Any:
            own = others.get(row.expression)
            return own(**variables) if own else value_of(row.expression, names, variables)

        variables = {name: jnp.array(value, jnp.float32) for name, value in row.point.items()}
        value, pull = jax.vjp(function, variables)
        weights = jnp.ones_like(value) if row.cotangent is None else jnp.array(row.cotangent, value.dtype)
        return [one.tolist() for one in pull(weights)[0].values()]

    return measure


# -- beside the table ------------------------------------------------------------------------------------------------


def measured(measure: Measure, row: Convention) -> Slopes:
    """What a library answers: slopes, that it has no such function, or the name of its error."""
    try:
        return measure(row)
    except (Missing, AttributeError):
        return NOT_THERE
    except Exception as error:
        return type(error).__name__


def same(one: Slopes, other: Slopes) -> bool:
    """Whether a measured column is that of the table."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return len(one) == len(other) and all(map(same_slopes, one, other))


def same_slopes(one: Any, other: Any) -> bool:
    """Whether the slopes of one variable are the same up to single precision."""
    if one is None or other is None:
        return one is other
    return np.shape(one) == np.shape(other) and np.allclose(one, other, TOLERANCE, NOTHING, equal_nan=True)


def main() -> int:
    """Print what differs, and return how the program ends."""
    differs = 0
    for library, make in {"tensorflow": tensorflow, "pytorch": pytorch, "jax": jax}.items():
        measure = make()
        for row in (row for rows in FAMILIES.values() for row in rows):
            found = measured(measure, row)
            if not same(getattr(row, library), found):
                differs += 1
                print(f"{row.expression} at {row.point}: {library} {found}, table {getattr(row, library)}")
    print(f"{differs} differ")
    return int(differs > 0)


if __name__ == "__main__":
    sys.exit(main())
