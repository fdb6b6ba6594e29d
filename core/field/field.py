"""The output over a grid of two numbers of the inputs, and its gradient there.

The recorded program is computed again for the whole grid in one call. Where it branches otherwise, it is recorded
there, and that path is followed where it holds. Knows programs and replay; knows nothing of pictures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt
from typing import Any

import numpy as np

from core.basics.budget import Budget
from core.basics.types import Point
from core.basics.words import say
from core.dependence import descendants
from core.field.places import Place
from core.replay import Replay, replayable_run
from core.replay.lanes import in_lanes
from core.run import Run, record

FINEST, COARSEST = 400, 24  # cells along a side
AFFORDABLE = 8_000_000  # numbers computed for one field that is to be there at once
MOST_PATHS = 200  # paths that are recorded for one field
SECONDS = 5.0  # that the paths of one field may take
ARROWS = 15

Range = tuple[float, float]


class FieldError(ValueError):
    """There is no field; the message says why in one sentence."""


@dataclass(frozen=True, eq=False)
class Field:
    """`values[j, i]` is the output where the number at `x` is xs[i] and the one at `y` is ys[j]; the rest is `point`.

    `paths` is how many ways through the program were met; `unknown` says how many cells were not reached (nan).
    """

    program: Any = field(repr=False)
    point: Point = field(repr=False)
    x: Place
    y: Place
    xs: np.ndarray = field(repr=False)
    ys: np.ndarray = field(repr=False)
    values: np.ndarray = field(repr=False)
    paths: int = 1
    unknown: int = 0


@dataclass(frozen=True)
class Tangent:
    """The output at a point of a field, and its partials with respect to the two numbers."""

    x: float
    y: float
    value: float
    slope_x: float
    slope_y: float


def field_over(
    program: Any,
    point: Point,
    at: tuple[Place, Place],
    x_range: Range,
    y_range: Range,
    count: int = 0,
    run: Run | None = None,
    budget: Budget | None = None,
) -> Field:
    """The output over a grid of `count` times `count` cells, as fine as is quick where that is 0.

    A `run` of the program at the point, if there is one, need not be recorded again. No path is recorded any more once
    the `budget` (a few seconds when None) is used up. Raises FieldError where the output is not one number.
    """
    budget = (Budget(seconds=SECONDS) if budget is None else budget).begun()
    x, y = at
    point = {one.name: point.get(one.name, one.default) for one in program.inputs}
    run = _recorded(program, point, at) if run is None or not {x.name, y.name} <= set(run.inputs) else run
    if run.failure or np.size(run.value) != 1:
        raise FieldError(
            run.failure.message
            if run.failure
            else say("field.not-one-number", "The output is not one number, so it has no height over the inputs.")
        )
    count = count or fineness(run, at)
    xs, ys = np.linspace(*x_range, count), np.linspace(*y_range, count)
    columns = [one.ravel() for one in np.meshgrid(xs, ys)]
    values, paths, unknown = _followed(program, point, at, columns, run, budget)
    return Field(program, point, x, y, xs, ys, values.reshape(count, count), paths, unknown)


def fineness(run: Run, at: tuple[Place, Place]) -> int:
    """How many cells along a side can be computed at once."""
    moved = descendants(run.tape, [run.inputs[one.name] for one in at if one.name in run.inputs])
    numbers = sum(np.size(run.tape.primals[index]) for index in moved)
    return int(np.clip(sqrt(AFFORDABLE / max(numbers, 1)), COARSEST, FINEST))


def _recorded(program: Any, point: Point, at: tuple[Place, Place]) -> Run:
    return record(program, point, {one.name for one in at})


def _followed(
    program: Any, point: Point, at: tuple[Place, Place], columns: list[np.ndarray], run: Run, budget: Budget
) -> tuple[np.ndarray, int, int]:
    """The values, path after path: each is computed where no other has held, and kept where it holds."""
    values = np.full(len(columns[0]), np.nan)
    left = np.arange(len(values))
    paths = 1
    while True:
        found, held = _on_path(run, point, at, [one[left] for one in columns])
        values[left[held]] = found[held]
        left = left[~held]
        if not len(left) or paths == MOST_PATHS or budget.used_up():
            return values, paths, len(left)
        cell, left = left[len(left) // 2], np.delete(left, len(left) // 2)
        run = _recorded(program, at[1].put(at[0].put(point, columns[0][cell]), columns[1][cell]), at)
        paths += 1
        if not run.failure and np.size(run.value) == 1:
            values[cell] = float(np.reshape(run.value, ()))


def _on_path(
    run: Run, point: Point, at: tuple[Place, Place], columns: list[np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Values and where the run's path holds. What fails on a path fails wherever that is taken."""
    lanes = len(columns[0])
    given: dict[int, np.ndarray] = {}
    for place, column in zip(at, columns, strict=True):
        index = run.inputs[place.name]
        if place.at:
            primal = np.asarray(run.tape.primals[index])
            spread = given.get(index, np.repeat(primal[None], lanes, axis=0))
            spread.reshape(lanes, primal.size)[:, np.ravel_multi_index(place.at, primal.shape)] = column
            given[index] = spread
        else:
            given[index] = column
    if run.failure or np.size(run.value) != 1:
        return in_lanes(run.tape, None, given)
    values, held = in_lanes(run.tape, run.target, given)
    return (np.full(lanes, float(np.reshape(run.value, ()))) if run.target is None else values), held


class Slopes:
    """Gradients on a field, from the tape: recorded where a path is new, and replayed elsewhere."""

    def __init__(self, program: Any, point: Point, at: tuple[Place, Place]) -> None:
        self.program, self.at = program, at
        self.point = {one.name: point.get(one.name, one.default) for one in program.inputs}
        self._replay = Replay(lambda there: replayable_run(_recorded(program, there, at)))

    def tangent(self, x: float, y: float) -> Tangent:
        """The plane that touches the field there; nan where the program fails."""
        there = self.at[1].put(self.at[0].put(self.point, x), y)
        try:
            value, found = self._replay.value_and_gradient(**there)
        except ValueError:
            return Tangent(x, y, np.nan, np.nan, np.nan)
        slopes = [
            0.0 if found.get(one.name) is None else float(np.asarray(found[one.name])[one.at]) for one in self.at
        ]
        return Tangent(x, y, float(np.asarray(value).reshape(-1)[0]), *slopes)

    def arrows(self, x_range: Range, y_range: Range, count: int = ARROWS) -> list[Tangent]:
        """Tangents at the middles of a coarse grid, row by row."""
        xs, ys = (low + (np.arange(count) + 0.5) / count * (high - low) for low, high in (x_range, y_range))
        return [self.tangent(float(x), float(y)) for y in ys for x in xs]
