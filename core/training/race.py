"""Several optimizers from one point, side by side: the path of each over two numbers. Knows trainings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.basics.types import Point
from core.field import Place
from core.training.descent import Training, train
from core.training.plan import Plan


@dataclass(frozen=True, eq=False)
class Track:
    """Where an optimizer went: the two numbers before the first step and after each, with the losses there."""

    plan: Plan
    training: Training
    xs: np.ndarray
    ys: np.ndarray

    @property
    def losses(self) -> list[float]:
        """The loss at every place."""
        return self.training.losses


def race(program: Any, point: Point, plans: Sequence[Plan], at: tuple[Place, Place]) -> list[Track]:
    """The tracks of all plans from the point."""
    return [track(train(program, point, plan), at) for plan in plans]


def track(training: Training, at: tuple[Place, Place]) -> Track:
    """Where a training went, over two numbers."""
    points = list(training.points())
    xs, ys = (np.array([one.of(point) for point in points]) for one in at)
    return Track(training.plan, training, xs, ys)
