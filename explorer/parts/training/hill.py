"""The loss as a hill over two of its numbers: heights and slopes, from the program's recorded path repeated.

One hill serves as long as program, data and what is trained stay; it is made once, which takes longer than a frame,
and asked from several threads. Knows how a training repeats a program; knows no picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from core.field import Place, Tangent
from core.training import Plan
from core.training.runner import Runner

Axes = tuple[Place, Place]


class Hill:
    """The loss of a program over the inputs that are trained, the others as they are at a point."""

    def __init__(self, program: Any, point: dict[str, Any], over: Sequence[str]) -> None:
        self.program, self.over = program, tuple(over)
        self._data = {name: value for name, value in point.items() if name not in self.over}
        self._runner = Runner(program, Plan(over=self.over), dict(point), self.over)

    def is_of(self, program: Any, point: dict[str, Any], over: Sequence[str]) -> bool:
        """Whether it is of this program with these data."""
        same = program is self.program and tuple(over) == self.over
        return same and all(np.array_equal(point[name], value, equal_nan=True) for name, value in self._data.items())

    def vector(self, point: dict[str, Any]) -> np.ndarray:
        """The numbers of a point that are trained, one after the other."""
        return self._runner.vector(point)

    def slope(self, vector: np.ndarray) -> np.ndarray:
        """The gradient there. Raises ValueError where there is none, with a sentence."""
        return self._runner.loss_and_gradient(vector)[1]

    def touch(self, point: dict[str, Any], at: Axes, x: float, y: float) -> Tangent:
        """The plane that touches the hill at a place; nan where the program fails."""
        first, second = (self._index(one) for one in at)
        vector = self.vector(point)
        vector[first], vector[second] = x, y
        try:
            loss, slope = self._runner.loss_and_gradient(vector)
        except (ValueError, ArithmeticError):
            return Tangent(x, y, np.nan, np.nan, np.nan)
        return Tangent(x, y, loss, float(slope[first]), float(slope[second]))

    def arrows(self, point: dict[str, Any], at: Axes, xs: np.ndarray, ys: np.ndarray) -> list[Tangent]:
        """Such planes on a grid, row by row."""
        return [self.touch(point, at, float(x), float(y)) for y in ys for x in xs]

    def heights(
        self, point: dict[str, Any], at: Axes, xs: np.ndarray, ys: np.ndarray, given_up: Callable[[], bool]
    ) -> np.ndarray:
        """The loss (ny, nx) on a grid, cell by cell; nan where the program fails, and once nobody waits for it."""
        first, second = (self._index(one) for one in at)
        vector, found = self.vector(point), np.full((len(ys), len(xs)), np.nan)
        for row, y in enumerate(ys):
            if given_up():
                break
            vector[second] = y
            for column, x in enumerate(xs):
                vector[first] = x
                try:
                    found[row, column] = self._runner.step_loss(vector, 0)
                except (ValueError, ArithmeticError):
                    continue
        return found

    def _index(self, place: Place) -> int:
        part, shape = self._runner.parts[place.name], self._runner.shapes[place.name]
        return int(part.start + (np.ravel_multi_index(place.at, shape) if place.at else 0))
