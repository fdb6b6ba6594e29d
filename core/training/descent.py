"""A training of a program: losses step by step, and the point at any of them.

The program is recorded where its path is new and replayed elsewhere. Points are kept at intervals only; the one of
another step is found by going on from the last that was kept. Knows programs and replay; knows nothing of pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.basics.types import Point
from core.basics.words import say
from core.replay import Replay
from core.run import record
from core.second_derivatives.matrices import hessian
from core.training.optimizers import FIRST_ORDER, Vector
from core.training.plan import Plan, PlanError
from core.training.second_order import Lbfgs, Newton, search

DATA = frozenset(("x", "X", "y", "Y", "t", "T", "xs", "ys", "data", "target", "targets", "label", "labels", "inputs"))
KEPT = 200  # points kept of one training
STILL = 1e-9  # a gradient below this is a minimum to second-order methods


@dataclass
class Training:
    """What came of a training: `losses` before the first step and after each; why it stopped early, or "".

    `over` are the inputs that were moved, `point` is where it ended, `evaluations` how often the gradient was asked.
    """

    program: Any = field(repr=False)
    plan: Plan = field(repr=False)
    over: tuple[str, ...]
    start: Point = field(repr=False)
    losses: list[float] = field(default_factory=list)
    point: Point = field(default_factory=dict)
    stopped: str = ""
    evaluations: int = 0
    _kept: dict[int, tuple[Vector, Any]] = field(default_factory=dict, repr=False)

    def at(self, step: int) -> Point:
        """The point after so many steps; 0 is where it began. Raises IndexError beyond the last step."""
        if not 0 <= step < len(self.losses):
            raise IndexError(step)
        last = max(one for one in self._kept if one <= step)
        runner = _Runner(self.program, self.plan, self.start, self.over)
        vector, optimizer = self._kept[last]
        if optimizer is None:
            return runner.point(vector)
        optimizer = deepcopy(optimizer)
        for number in range(last, step):
            vector = optimizer.moved(vector, runner.batch_gradient(vector, number), number)
        return runner.point(vector)


def train(program: Any, point: Point, plan: Plan) -> Training:
    """Descend from the point; raises PlanError where there is nothing to descend, in one sentence."""
    over = plan.over or guessed(program)
    unknown = [name for name in over if name not in program.input_names]
    if unknown or not over:
        raise PlanError(_no_such_input(unknown, program))
    start = {one.name: point.get(one.name, one.default) for one in program.inputs}
    runner = _Runner(program, plan, start, over)
    training = Training(program, plan, over, start)
    steps = _first_order if plan.optimizer in FIRST_ORDER else _second_order
    vector = first = runner.vector(start)
    for there, loss, optimizer in steps(runner, first, plan):
        vector = there
        step = len(training.losses)
        training.losses.append(loss)
        if optimizer is None or step % max(plan.steps // KEPT, 1) == 0:
            training._kept[step] = vector.copy(), deepcopy(optimizer)
        if not np.isfinite(loss):
            training.stopped = say(
                "training.not-finite", "The loss is {loss} after step {step}: the training stops there.",
                loss=str(loss), step=step,
            )  # fmt: skip
            break
    training.point, training.evaluations = runner.point(vector), runner.evaluations
    return training


def guessed(program: Any) -> tuple[str, ...]:
    """The inputs that look like parameters: all that are differentiated, but for those that are called as data are."""
    watched = [one.name for one in program.inputs if one.watched and not one.counts]
    return tuple(name for name in watched if name not in DATA) or tuple(watched)


def _no_such_input(unknown: list[str], program: Any) -> str:
    if not unknown:
        return say("training.no-parameters", "The program has no input that could be trained.")
    known = ", ".join(program.input_names) or "-"
    return say(
        "training.unknown-input",
        "The program has no input `{name}`; its inputs: {known}.",
        name=unknown[0],
        known=known,
    )


def _first_order(runner: _Runner, vector: Vector, plan: Plan) -> Iterator[tuple[Vector, float, Any]]:
    optimizer = FIRST_ORDER[plan.optimizer](plan)
    yield vector, runner.loss(vector), optimizer
    for step in range(plan.steps):
        vector = optimizer.moved(vector, runner.batch_gradient(vector, step), step)
        yield vector, runner.loss(vector), optimizer


def _second_order(runner: _Runner, vector: Vector, plan: Plan) -> Iterator[tuple[Vector, float, Any]]:
    method = Lbfgs() if plan.optimizer == "lbfgs" else Newton(runner.hessian)
    loss, gradient = runner.loss_and_gradient(vector)
    yield vector, loss, None
    for step in range(plan.steps):
        if float(np.max(np.abs(gradient), initial=0.0)) < STILL:
            return
        direction = method.direction(gradient, vector)
        there, loss, slant = search(
            runner.loss_and_gradient, vector, loss, gradient, direction, plan.rate_at(step)
        )
        if there is vector:
            return
        method.learn(there - vector, slant - gradient)
        vector, gradient = there, slant
        yield vector, loss, None


class _Runner:
    """The loss of a program and its gradient, as functions of one vector."""

    def __init__(self, program: Any, plan: Plan, start: Point, over: tuple[str, ...]) -> None:
        self._program, self._plan, self._start, self._over = program, plan, dict(start), over
        self._shapes = {name: np.shape(start[name]) for name in over}
        self._whole, self._part = (Replay.of_program(program, lambda one, at: record(one, at)) for _ in range(2))
        self.evaluations = 0
        self._batches: dict[int, Any] = {}

    def vector(self, point: Point) -> Vector:
        """The numbers that are moved, one after the other."""
        return np.concatenate([np.ravel(np.asarray(point[name], dtype=float)) for name in self._over])

    def point(self, vector: Vector) -> Point:
        """All inputs, with these numbers in the place of what is moved."""
        found, begin = dict(self._start), 0
        for name, shape in self._shapes.items():
            end = begin + int(np.prod(shape))
            part = vector[begin:end].reshape(shape)
            found[name] = part if shape else float(part)
            begin = end
        return found

    def loss(self, vector: Vector) -> float:
        """The loss over all data."""
        return _one_number(self._whole.value(**self._floats(self.point(vector))))

    def loss_and_gradient(self, vector: Vector) -> tuple[float, Vector]:
        """The loss over all data, and its gradient."""
        return self._both(self.point(vector), self._whole)

    def batch_gradient(self, vector: Vector, step: int) -> Vector:
        """The gradient over the rows that this step takes."""
        point = dict(self.point(vector))
        rows = self._rows(step)
        if rows is None:
            return self._both(point, self._whole)[1]
        for name in self._data():
            point[name] = np.asarray(point[name])[rows]
        return self._both(point, self._part)[1]

    def hessian(self, vector: Vector) -> np.ndarray:
        """The second derivatives, from the recorded reverse sweep."""
        run = record(self._program, self.point(vector), self._over)
        matrix = np.asarray(hessian(run).values, dtype=float)
        order = [name for name in run.inputs if name in self._over]
        sizes = {name: int(np.prod(self._shapes[name])) for name in order}
        begins = dict(zip(order, np.cumsum([0, *sizes.values()][:-1]), strict=True))
        places = np.concatenate([begins[name] + np.arange(sizes[name]) for name in self._over])
        return np.nan_to_num(matrix)[np.ix_(places, places)]

    def _both(self, point: Point, replay: Replay) -> tuple[float, Vector]:
        self.evaluations += 1
        value, found = replay.value_and_gradient(**self._floats(point))
        parts = [
            np.zeros(self._shapes[name]) if found.get(name) is None else np.asarray(found[name], dtype=float)
            for name in self._over
        ]
        return _one_number(value), np.concatenate([np.ravel(part) for part in parts])

    def _floats(self, point: Point) -> Point:
        return {name: value if np.shape(value) else float(value) for name, value in point.items()}

    def _data(self) -> list[str]:
        """The inputs of which a step takes some rows: they have as many as the longest."""
        rest = [name for name in self._start if name not in self._over and np.ndim(self._start[name])]
        longest = max((len(self._start[name]) for name in rest), default=0)
        return [name for name in rest if len(self._start[name]) == longest]

    def _rows(self, step: int) -> np.ndarray | None:
        data = self._data() if self._plan.batch else []
        count = len(self._start[data[0]]) if data else 0
        if not 0 < self._plan.batch < count:
            return None
        whole = count // self._plan.batch
        epoch, place = divmod(step, whole)
        if epoch not in self._batches:
            self._batches = {epoch: np.random.default_rng((self._plan.seed, epoch)).permutation(count)}
        return np.asarray(self._batches[epoch][place * self._plan.batch : (place + 1) * self._plan.batch])


def _one_number(value: Any) -> float:
    if np.size(value) != 1:
        raise PlanError(
            say(
                "training.not-one-number",
                "A loss is one number, and this is an array of shape {shape}. Take its mean or its sum.",
                shape=np.shape(value),
            )
        )
    return float(np.asarray(value).reshape(()))
