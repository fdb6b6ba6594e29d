"""What the pictures of a surface show: the loss over two numbers of the inputs, a point on it, and paths. Data only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.field import Contour, Field, Tangent
    from core.training.predictions import Boundary, Predictions
    from explorer.model.curve import Curve


@dataclass(frozen=True, eq=False)
class Landscape:
    """The loss on a grid, cut at levels, with gradients on a coarser one."""

    field: Field
    contours: Sequence[Contour]
    arrows: Sequence[Tangent]

    @cached_property
    def levels(self) -> np.ndarray:
        """The values at which it is cut, from the lowest up."""
        return np.array([one.level for one in self.contours])

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of the grid."""
        xs, ys = self.field.xs, self.field.ys
        return float(xs[0]), float(xs[-1]), float(ys[0]), float(ys[-1])


@dataclass(frozen=True, eq=False)
class Path:
    """Where an optimizer went: rows of the two numbers; `step` is the row up to which it is followed."""

    optimizer: str
    points: np.ndarray
    step: int

    @property
    def here(self) -> tuple[float, float]:
        """Where it is at its step."""
        place = min(self.step, len(self.points) - 1)
        return float(self.points[place, 0]), float(self.points[place, 1])


@dataclass(frozen=True, eq=False)
class Scene:
    """All that a picture of a surface draws; without a landscape there is a sentence that says why."""

    landscape: Landscape | None = None
    tangent: Tangent | None = None
    paths: tuple[Path, ...] = ()
    problem: str = ""
    curve: Curve | None = None
    """Where only one number is trained: the loss along it."""


@dataclass(frozen=True, eq=False)
class Look:
    """What one of the small pictures shows of a step; `missing` says why there is nothing."""

    view: str
    missing: str = ""
    bars: tuple[tuple[str, np.ndarray, np.ndarray], ...] = ()
    fit: Predictions | None = None
    area: Boundary | None = None
    border: tuple[np.ndarray, ...] = ()
    rows: tuple[tuple[str, float, float, float], ...] = ()
