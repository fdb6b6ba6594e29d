"""Tape Explorer's engine: reverse- and forward-mode automatic differentiation on NumPy, usable without the app.

Programs given as text are the matter of `core.language` and `core.record`, which are loaded only when they are asked
for: they are several times as large.
"""

from core import numpy_protocol  # noqa: F401 - lets tensors answer NumPy
from core.custom import custom_gradient
from core.derivatives import derivative, grad, hessian, hvp, jacobian, jvp, value_and_grad, vjp
from core.functions import *  # noqa: F403
from core.functions import array, stop_gradient
from core.gradient_tape import GradientTape
from core.numeric import complex_step, error_curve, finite_difference
from core.tensor import Tensor
from core.variable import Variable
from core.verify import check_gradients


def constant(value: object, dtype: object = None) -> Tensor:
    """A tensor that no tape watches by itself."""
    return Tensor(value, dtype)


__all__ = [
    "GradientTape", "Tensor", "Variable", "array", "check_gradients", "complex_step", "constant", "custom_gradient",
    "derivative", "error_curve", "finite_difference", "grad", "hessian", "hvp", "jacobian", "jvp", "stop_gradient",
    "value_and_grad", "vjp",
]  # fmt: skip
