"""Tape Explorer's engine: reverse- and forward-mode automatic differentiation on NumPy, usable without the app.

To understand what is done here, read `core.tutorial` first. `parse` and `record` take programs given as text; the
language behind them is loaded only when one of them is called: it is several times as large as the engine.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from core import numpy_protocol  # noqa: F401 - lets tensors answer NumPy
from core.checking.differences import complex_step, error_curve, finite_difference
from core.checking.functions import check_gradients
from core.custom import custom_gradient
from core.derivatives import derivative, grad, hessian, hvp, jacobian, jvp, value_and_grad, vjp
from core.functions import *  # noqa: F403
from core.functions import array, stop_gradient
from core.gradient_tape import GradientTape
from core.tensor import Tensor
from core.variable import Variable

if TYPE_CHECKING:
    from core.language import Program
    from core.run import Run


def constant(value: object, dtype: object = None) -> Tensor:
    """A tensor that no tape watches by itself: of a number, an array or nested lists, in NumPy's `dtype` if given.

    The value is copied. Raises TypeError for an object that is not a number or an array.
    """
    return Tensor(value, dtype)


def parse(text: str) -> Program:
    """The program that a text stands for; raises `ProgramError` with the place of the first thing wrong."""
    from core.language import parse

    return parse(text)


def record(
    program: Program,
    point: Mapping[str, object] | None = None,
    watch: Collection[str] | None = None,
    target: str | None = None,
) -> Run:
    """Run a program at a point while a tape records it: its value, its tape and, where it failed, why.

    `point` gives inputs their values (a number or an array; missing ones take their defaults), `watch` names those
    that are differentiated and `target` the value whose derivatives are asked. Raises `ProgramError` for a target that
    the program does not have.
    """
    from core.run import record

    return record(program, point, watch, target)


__all__ = [
    "GradientTape", "Tensor", "Variable", "array", "check_gradients", "complex_step", "constant", "custom_gradient",
    "derivative", "error_curve", "finite_difference", "grad", "hessian", "hvp", "jacobian", "jvp", "parse",
    "record", "stop_gradient", "value_and_grad", "vjp",
]  # fmt: skip
