"""Tape Explorer's engine: reverse- and forward-mode automatic differentiation on NumPy, usable without the app."""

from core import numpy_protocol  # noqa: F401 - lets tensors answer NumPy
from core.functions import *  # noqa: F403
from core.functions import array, stop_gradient
from core.gradient_tape import GradientTape
from core.tensor import Tensor
from core.variable import Variable


def constant(value: object, dtype: object = None) -> Tensor:
    """A tensor that no tape watches by itself."""
    return Tensor(value, dtype)


__all__ = ["GradientTape", "Tensor", "Variable", "array", "constant", "stop_gradient"]
