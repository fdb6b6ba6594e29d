"""Optimizers: how far a point moves, given the gradient there. All numbers of a point lie in one vector.

The formulas are PyTorch's, to the last digit in double precision. Knows vectors; knows no program.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from core.training.plan import Plan

Vector = np.ndarray
Evaluate = Callable[[Vector], tuple[float, Vector]]
"""The loss at a point, and its gradient there."""


class Optimizer(Protocol):
    """Moves a point; remembers what it needs of earlier gradients."""

    def moved(self, point: Vector, gradient: Vector, step: int) -> Vector:
        """The next point; steps count from 0."""


class Descent:
    """Gradient descent; `momentum` and `nesterov` are the heavy ball and Nesterov's way of looking ahead."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.speed: Vector | None = None

    def moved(self, point: Vector, gradient: Vector, step: int) -> Vector:
        """The next point; steps count from 0."""
        gradient = gradient + self.plan.decay * point
        if self.plan.optimizer == "gd":
            return point - self.plan.rate_at(step) * gradient
        self.speed = gradient if self.speed is None else self.plan.momentum * self.speed + gradient
        ahead = gradient + self.plan.momentum * self.speed if self.plan.optimizer == "nesterov" else self.speed
        return point - self.plan.rate_at(step) * ahead


class RMSProp:
    """Tieleman and Hinton (2012): each number by the root of the running mean of its squared partial."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.squares: Vector | float = 0.0

    def moved(self, point: Vector, gradient: Vector, step: int) -> Vector:
        """The next point."""
        gradient = gradient + self.plan.decay * point
        self.squares = self.plan.memory * self.squares + (1.0 - self.plan.memory) * gradient * gradient
        return point - self.plan.rate_at(step) * gradient / (np.sqrt(self.squares) + self.plan.small)


class Adam:
    """Kingma and Ba (2015), with both means corrected for their beginning at 0."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.means: Vector | float = 0.0
        self.squares: Vector | float = 0.0

    def moved(self, point: Vector, gradient: Vector, step: int) -> Vector:
        """The next point."""
        plan, count = self.plan, step + 1
        gradient = gradient + plan.decay * point
        self.means = plan.beta1 * self.means + (1.0 - plan.beta1) * gradient
        self.squares = plan.beta2 * self.squares + (1.0 - plan.beta2) * gradient * gradient
        scale = np.sqrt(self.squares) / np.sqrt(1.0 - plan.beta2**count) + plan.small
        return point - plan.rate_at(step) / (1.0 - plan.beta1**count) * self.means / scale


FIRST_ORDER: dict[str, Callable[[Plan], Optimizer]] = {
    "gd": Descent, "momentum": Descent, "nesterov": Descent, "rmsprop": RMSProp, "adam": Adam,
}  # fmt: skip
