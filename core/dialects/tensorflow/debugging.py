"""tf.debugging: checks of values. Knows the dialect's tensors."""

from typing import Any

import numpy as np

from core.basics.words import say
from core.dialects.tensorflow.errors import InvalidArgumentError
from core.dialects.tensorflow.names import missing
from core.dialects.tensorflow.tensor import convert


def _check(holds: Any, x: Any, y: Any, message: Any, relation: str) -> None:
    if not np.all(holds):
        raise InvalidArgumentError(
            say(
                "tensorflow.not-hold",
                "{message}: {x!r} {relation} {y!r} does not hold",
                message=message or say("tensorflow.assertion-failed", "assertion failed"),
                x=x,
                relation=relation,
                y=y,
            )
        )


def assert_equal(x: Any, y: Any, message: Any = None, summarize: Any = None, name: Any = None) -> None:
    """Raise InvalidArgumentError unless all elements are equal."""
    _check(np.equal(convert(x).primal, convert(y).primal), x, y, message, "==")


def assert_near(x: Any, y: Any, rtol: Any = None, atol: Any = None, message: Any = None, *_: Any) -> None:
    """Raise InvalidArgumentError unless all elements are nearly equal."""
    a, b = convert(x).primal, convert(y).primal
    tiny = 10 * np.finfo(np.asarray(a).dtype).eps
    _check(np.isclose(a, b, tiny if rtol is None else rtol, tiny if atol is None else atol), x, y, message, "~=")


def assert_greater(x: Any, y: Any, message: Any = None, *_: Any) -> None:
    """Raise InvalidArgumentError unless x > y everywhere."""
    _check(np.greater(convert(x).primal, convert(y).primal), x, y, message, ">")


def assert_less(x: Any, y: Any, message: Any = None, *_: Any) -> None:
    """Raise InvalidArgumentError unless x < y everywhere."""
    _check(np.less(convert(x).primal, convert(y).primal), x, y, message, "<")


def assert_positive(x: Any, message: Any = None, *_: Any) -> None:
    """Raise InvalidArgumentError unless x > 0 everywhere."""
    assert_greater(x, 0, message)


def check_numerics(tensor: Any, message: str, name: Any = None) -> Any:
    """The tensor itself, if all its elements are finite."""
    if not np.all(np.isfinite(convert(tensor).primal)):
        raise InvalidArgumentError(
            say("tensorflow.tensor-inf-nan", "{message}: the tensor has inf or nan", message=message)
        )
    return tensor


__getattr__ = missing("tf.debugging", globals())
