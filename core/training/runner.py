"""The loss of a program and its gradient, as functions of one vector: what optimizers ask.

The program is recorded where its path is new, and replayed elsewhere: in batches where the tape allows it, as text
otherwise. Knows programs and replay; knows no optimizer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from threading import RLock
from typing import Any

import numpy as np

from core.basics.budget import Budget
from core.basics.types import Point
from core.basics.words import say
from core.dependence import ancestors
from core.replay import Replay, replayable_run
from core.replay.batched import batched
from core.run import Run, record
from core.second_derivatives.matrices import hessian
from core.training.optimizers import Vector
from core.training.plan import Plan, PlanError

Series = Mapping[str, Sequence[Any]]
"""For an input the values it takes from step to step, gone round."""


class Runner:
    """Loss and gradient over all data, or over what a step takes of it. May be asked from several threads."""

    def __init__(
        self,
        program: Any,
        plan: Plan,
        start: Point,
        over: tuple[str, ...],
        series: Series | None = None,
        budget: Budget | None = None,
    ) -> None:
        self.program, self.plan, self.start, self.over = program, plan, dict(start), over
        self.budget = Budget() if budget is None else budget
        self.series = dict(series or {})
        self.shapes = {name: np.shape(start[name]) for name in over}
        ends = np.cumsum([0, *(prod(shape) for shape in self.shapes.values())]).tolist()
        self.parts = {name: slice(*ends[place : place + 2]) for place, name in enumerate(over)}
        self.evaluations = 0
        self.first: Run | None = None
        self._whole, self._part = Replay(self._recorded), Replay(self._recorded)
        self._order: tuple[int, np.ndarray] = -1, np.arange(0)  # an epoch, and in which order it takes the rows
        self._lock = RLock()

    @property
    def watched(self) -> list[str]:
        """The inputs that are moved or could be."""
        return [one.name for one in self.program.inputs if one.name in self.over or one.watched and not one.counts]

    def vector(self, point: Point) -> Vector:
        """The numbers that are moved, one after the other."""
        return np.concatenate([np.ravel(np.asarray(point[name], dtype=float)) for name in self.over])

    def point(self, vector: Vector) -> dict[str, Any]:
        """All inputs, with these numbers in the place of what is moved."""
        return self.start | self.by_name(vector.copy())

    def by_name(self, vector: Vector) -> dict[str, Any]:
        """The numbers of a vector, such as a gradient, for each input in its shape."""
        return {
            name: vector[self.parts[name]].reshape(shape) if shape else float(vector[self.parts[name]][0])
            for name, shape in self.shapes.items()
        }

    def loss_and_gradient(self, vector: Vector) -> tuple[float, Vector]:
        """The loss over all data, and its gradient."""
        return self._both(self.point(vector), self._whole)

    def step_loss(self, vector: Vector, step: int) -> float:
        """The loss that is told of a step: over all data, or of a series' value for this step."""
        with self._lock:
            return one_number(self._whole.value(**self.taken(vector, step, rows=False)))

    def step_gradient(self, vector: Vector, step: int) -> tuple[float, Vector]:
        """Loss and gradient over what this step takes of the data."""
        replay = self._whole if self._rows(step) is None else self._part
        return self._both(self.taken(vector, step), replay)

    @property
    def takes_all(self) -> bool:
        """Whether every step sees all data."""
        return not self.series and self._rows(0) is None

    def taken(self, vector: Vector, step: int, rows: bool = True) -> dict[str, Any]:
        """The point that a step sees: with its value of a series, and with the rows of its batch."""
        point = self.point(vector)
        for name, values in self.series.items():
            point[name] = np.asarray(values[step % len(values)], dtype=float)
        chosen = self._rows(step) if rows else None
        if chosen is not None:
            for name in self._data():
                point[name] = np.asarray(point[name])[chosen]
        return point

    def hessian(self, vector: Vector) -> np.ndarray:
        """The second derivatives, from the recorded reverse sweep."""
        run = record(self.program, self.point(vector), self.over, budget=self.budget.anew())
        matrix = np.asarray(hessian(run).values, dtype=float)
        order = [name for name in run.inputs if name in self.over]
        begins = dict(zip(order, np.cumsum([0, *(prod(self.shapes[name]) for name in order)][:-1]), strict=True))
        places = np.concatenate([begins[name] + np.arange(prod(self.shapes[name])) for name in self.over])
        return np.nan_to_num(matrix)[np.ix_(places, places)]

    def without_effect(self) -> list[str]:
        """Of the inputs that are moved, those on which the loss does not depend."""
        run = self.first
        if run is None or run.target is None:
            return []
        reached = set(ancestors(run.tape, [run.target], flows=True))
        return [name for name in self.over if run.inputs.get(name, -1) not in reached]

    def _recorded(self, point: Point) -> Any:
        """The path at a point, ready to be replayed."""
        changing = self.over if self.takes_all else self.watched
        run = record(self.program, point, changing, budget=self.budget.anew())
        if self.first is None:
            self.first = run
        if run.failure:
            where = run.failure.span
            raise PlanError(
                say("training.fails-in-line", "Line {line}: {message}", line=where.line, message=run.failure.message)
                if where
                else str(run.failure.message)
            )
        if run.target is None:
            one_number(run.value)
            raise PlanError(
                say("training.loss-without-parameters", "The loss does not depend on any input that is trained.")
            )
        one_number(run.value)
        fixed = {name: value for name, value in run.point.items() if name not in run.inputs}
        return batched(run.tape, run.target, run.inputs, self.over, fixed) or replayable_run(run)

    def _both(self, point: Point, replay: Replay) -> tuple[float, Vector]:
        self.evaluations += 1
        with self._lock:
            value, found = replay.value_and_gradient(**point)
        gradient = np.zeros(sum(prod(shape) for shape in self.shapes.values()))
        for name, part in self.parts.items():
            if found.get(name) is not None:
                gradient[part] = np.ravel(found[name])
        return one_number(value), gradient

    def _data(self) -> list[str]:
        """The inputs of which a step takes some rows: they have as many as the longest."""
        rest = [name for name in self.start if name not in self.over and np.ndim(self.start[name])]
        longest = max((len(self.start[name]) for name in rest), default=0)
        return [name for name in rest if len(self.start[name]) == longest]

    def _rows(self, step: int) -> np.ndarray | None:
        data = self._data() if self.plan.batch else []
        count = len(self.start[data[0]]) if data else 0
        if not 0 < self.plan.batch < count:
            return None
        epoch, place = divmod(step, count // self.plan.batch)
        known, order = self._order
        if known != epoch:
            order = np.random.default_rng((self.plan.seed, epoch)).permutation(count)
            self._order = epoch, order
        return order[place * self.plan.batch : (place + 1) * self.plan.batch]


def one_number(value: Any) -> float:
    """The loss as a float; raises PlanError where it is not one number."""
    if np.size(value) != 1:
        raise PlanError(
            say(
                "training.not-one-number",
                "A loss is one number, and this is an array of shape {shape}. Take its mean or its sum.",
                shape=np.shape(value),
            )
        )
    return float(np.asarray(value).reshape(()))
