"""L-BFGS and Newton's method: steps that know how the gradient itself changes. For small problems.

Each moves along a direction and then looks for a length that goes down enough (Wolfe's conditions, found by
bisection: Lewis and Overton, 2013). Knows vectors and a function that gives loss and gradient.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from core.training.optimizers import Evaluate, Vector

MEMORY = 10
TRIES = 30
ENOUGH, FLATTER = 1e-4, 0.9


class Lbfgs:
    """Nocedal (1980): the inverse Hessian as the last few steps and what the gradient did along them."""

    def __init__(self) -> None:
        self.pairs: deque[tuple[Vector, Vector]] = deque(maxlen=MEMORY)

    def direction(self, gradient: Vector, point: Vector) -> Vector:
        """Downhill, by the two loops over the remembered pairs."""
        q, shares = gradient.copy(), []
        for step, change in reversed(self.pairs):
            share = float(step @ q) / float(step @ change)
            shares.append(share)
            q -= share * change
        if self.pairs:
            step, change = self.pairs[-1]
            q *= float(step @ change) / float(change @ change)
        else:
            q /= max(float(np.linalg.norm(gradient)), 1.0)
        for (step, change), share in zip(self.pairs, reversed(shares), strict=True):
            q += (share - float(change @ q) / float(step @ change)) * step
        return -q

    def learn(self, step: Vector, change: Vector) -> None:
        """Remember a step, where the gradient grew along it."""
        if float(step @ change) > 1e-12 * float(np.linalg.norm(step)) * float(np.linalg.norm(change)):
            self.pairs.append((step, change))


class Newton:
    """Newton's method; where the Hessian is not positive definite, as much of the identity is added as it takes."""

    def __init__(self, hessian: Callable[[Vector], np.ndarray]) -> None:
        self._hessian = hessian

    def direction(self, gradient: Vector, point: Vector) -> Vector:
        """To the minimum of the parabola that fits here."""
        matrix, added = self._hessian(point), 0.0
        for _ in range(TRIES):
            try:
                lower = np.linalg.cholesky(matrix + added * np.eye(len(point)))
            except np.linalg.LinAlgError:
                added = max(2.0 * added, 1e-3 * max(float(np.abs(matrix).max()), 1.0))
                continue
            return -np.asarray(np.linalg.solve(lower.T, np.linalg.solve(lower, gradient)))
        return -gradient

    def learn(self, step: Vector, change: Vector) -> None:
        """Newton's method asks anew at each point."""


def search(
    evaluate: Evaluate, point: Vector, loss: float, gradient: Vector, direction: Vector, first: float
) -> tuple[Vector, float, Vector]:
    """The point along the direction that is lower enough and flatter enough, with loss and gradient there."""
    slope = float(gradient @ direction)
    low, high, length = 0.0, np.inf, first
    best = point, loss, gradient
    for _ in range(TRIES):
        there = point + length * direction
        found, slant = evaluate(there)
        if not np.isfinite(found) or found > loss + ENOUGH * length * slope:
            high = length
        else:
            best = there, found, slant
            if float(slant @ direction) >= FLATTER * slope:
                break
            low = length
        length = 2.0 * length if np.isinf(high) else 0.5 * (low + high)
    return best
