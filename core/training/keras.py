"""The optimizers with Keras' formulas, which differ from PyTorch's in the last digits, and in where the decay acts.

Adam's eps is added before the mean of squares is corrected, RMSProp's under the root; velocities hold the rate of
their time; the weight decay shrinks the point instead of adding to the gradient. Knows vectors; knows no program.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.training.optimizers import Optimizer, Vector
from core.training.plan import Plan


class Descent:
    """Gradient descent; `momentum` and `nesterov` with a velocity that holds the rate."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.velocity: Vector | float = 0.0

    def moved(self, point: Vector, gradient: Vector, step: int) -> Vector:
        """The next point; steps count from 0."""
        plan, rate = self.plan, self.plan.rate_at(step)
        point = _shrunk(point, plan, step)
        if plan.optimizer == "gd":
            return point - rate * gradient
        self.velocity = plan.momentum * self.velocity - rate * gradient
        ahead = plan.momentum * self.velocity - rate * gradient if plan.optimizer == "nesterov" else self.velocity
        return point + ahead


class RMSProp:
    """Each number by the root of the running mean of its squared partial, eps under the root."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.squares: Vector | float = 0.0

    def moved(self, point: Vector, gradient: Vector, step: int) -> Vector:
        """The next point."""
        plan = self.plan
        self.squares = plan.memory * self.squares + (1.0 - plan.memory) * gradient * gradient
        return _shrunk(point, plan, step) - plan.rate_at(step) * gradient / np.sqrt(self.squares + plan.small)


class Adam:
    """Kingma and Ba (2015) as their section 2 rearranges it: the rate holds both corrections."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.means: Vector | float = 0.0
        self.squares: Vector | float = 0.0

    def moved(self, point: Vector, gradient: Vector, step: int) -> Vector:
        """The next point."""
        plan, count = self.plan, step + 1
        self.means = self.means + (gradient - self.means) * (1.0 - plan.beta1)
        self.squares = self.squares + (gradient * gradient - self.squares) * (1.0 - plan.beta2)
        rate = plan.rate_at(step) * np.sqrt(1.0 - plan.beta2**count) / (1.0 - plan.beta1**count)
        return _shrunk(point, plan, step) - rate * self.means / (np.sqrt(self.squares) + plan.small)


def _shrunk(point: Vector, plan: Plan, step: int) -> Vector:
    return point - plan.decay * plan.rate_at(step) * point


KERAS: dict[str, Callable[[Plan], Optimizer]] = {
    "gd": Descent, "momentum": Descent, "nesterov": Descent, "rmsprop": RMSProp, "adam": Adam,
}  # fmt: skip
