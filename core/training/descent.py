"""A training of a program: losses step by step, and the point, or the whole run, at any of them.

Points are kept at intervals only; the one of another step is found by going on from the last that was kept. Knows
programs and how they are repeated; knows nothing of pictures.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from core.basics.budget import Budget
from core.basics.types import Point
from core.basics.words import say
from core.run import Run, record
from core.training.keras import KERAS
from core.training.optimizers import FIRST_ORDER, Optimizer, Vector
from core.training.plan import Plan, PlanError
from core.training.runner import Runner, Series
from core.training.second_order import Lbfgs, Newton, search
from core.training.troubles import Trouble, missing_values, reasons_to_stop, warnings_of

DATA = frozenset(
    ("x", "X", "y", "Y", "t", "T", "xs", "ys", "data", "target", "targets", "label", "labels", "inputs", "tokens")
)
KEPT = 1000  # points kept of one training, at most
NUMBERS = 2_000_000  # numbers in these points and in what optimizers remember beside them, at most
STILL = 1e-9  # a gradient below this is a minimum to second-order methods

Watcher = Callable[["Training"], object]


@dataclass
class Training:
    """What came of a training: `losses` before the first step and after each; why it stopped early, or "".

    `over` are the inputs that were moved, `point` is where it ended, `evaluations` how often the gradient was asked.
    `sizes` has for each of them the length of its gradient at every step that was taken from; `warnings` are sentences
    about what is odd, `trouble` the entry at which a number was lost. With a series each loss is that of its own value.
    """

    program: Any = field(repr=False)
    plan: Plan = field(repr=False)
    over: tuple[str, ...]
    start: Point = field(repr=False)
    runner: Runner = field(repr=False)
    losses: list[float] = field(default_factory=list)
    sizes: dict[str, array[float]] = field(default_factory=dict, repr=False)
    point: Point = field(default_factory=dict, repr=False)
    stopped: str = ""
    warnings: list[str] = field(default_factory=list)
    trouble: Trouble | None = None
    evaluations: int = 0
    _kept: dict[int, tuple[Vector, Optimizer | None]] = field(default_factory=dict, repr=False)

    def at(self, step: int) -> Point:
        """The point after so many steps; 0 is where it began. Raises IndexError beyond the last step."""
        return self.runner.point(self._vector(step))

    def points(self) -> Iterator[Point]:
        """The points of all steps, in order."""
        kept = sorted(self._kept)
        for first, last in zip(kept, [*kept[1:], len(self.losses)], strict=True):
            vector, optimizer = self._kept[first][0], deepcopy(self._kept[first][1])
            yield self.runner.point(vector)
            for step in range(first, last - 1):
                assert optimizer is not None
                vector = optimizer.moved(vector, self.runner.step_gradient(vector, step)[1], step)
                yield self.runner.point(vector)

    def taken_at(self, step: int) -> Point:
        """The same, with what the next step takes of the data: its batch, or its value of a series."""
        return self.runner.taken(self._vector(step), step)

    def kept_steps(self) -> list[int]:
        """The steps whose points are kept, so that `at` has them at once; also while the training goes on."""
        return sorted(self._kept.copy())

    def run_at(self, step: int, budget: Budget | None = None) -> Run:
        """The run whose gradient the next step follows, recorded: what is seen of a step when it is opened."""
        return record(self.program, self.taken_at(step), self.runner.watched, budget=budget)

    def gradient_at(self, step: int) -> dict[str, Any]:
        """The gradient that the next step follows, by input."""
        return self.runner.by_name(self.runner.step_gradient(self._vector(step), step)[1])

    def _vector(self, step: int) -> Vector:
        if not 0 <= step < len(self.losses):
            raise IndexError(step)
        last = step
        while last not in self._kept:
            last -= 1
        vector, optimizer = self._kept[last]
        optimizer = deepcopy(optimizer)
        for number in range(last, step):
            assert optimizer is not None
            vector = optimizer.moved(vector, self.runner.step_gradient(vector, number)[1], number)
        return vector

    def take(self, vector: Vector, loss: float, optimizer: Optimizer | None) -> None:
        """Note where a step led."""
        step, size = len(self.losses), len(vector)
        self.losses.append(loss)
        apart = max(self.plan.steps // KEPT, 3 * size * self.plan.steps // NUMBERS, 1)
        if optimizer is None or step % apart == 0:
            self._kept[step] = vector.copy(), deepcopy(optimizer)

    def measure(self, gradient: Vector) -> None:
        """Note how large the gradient is that a step follows."""
        for name, part in self.runner.parts.items():
            self.sizes.setdefault(name, array("d")).append(float(np.linalg.norm(gradient[part])))


def train(
    program: Any,
    point: Point,
    plan: Plan,
    series: Series | None = None,
    watcher: Watcher | None = None,
    budget: Budget | None = None,
) -> Training:
    """Descend from the point; raises PlanError where there is nothing to descend, in one sentence.

    A `series` gives an input another value in each step. The `watcher` sees the training after every step, in this
    thread; what it returns, if true, ends the training there. So does cancelling the `budget`, whose limits are those
    of each run that is recorded.
    """
    plan = replace(plan, keras=plan.keras or program.library == "tensorflow")
    over = plan.over or guessed(program)
    unknown = [name for name in over if name not in program.input_names]
    if unknown or not over:
        raise PlanError(_no_such_input(unknown, program))
    start = {one.name: point.get(one.name, one.default) for one in program.inputs}
    if lost := missing_values(start, over):
        raise PlanError(lost)
    runner = Runner(program, plan, start, over, series, budget)
    training = Training(program, plan, over, start, runner)
    steps = _first_order if plan.optimizer in FIRST_ORDER else _second_order
    vector = first = runner.vector(start)
    try:
        with np.errstate(all="ignore"):
            for vector, loss, gradient, optimizer in steps(runner, first, plan):
                training.take(vector, loss, optimizer)
                if gradient is not None:
                    training.measure(gradient)
                if runner.budget.cancelled or reasons_to_stop(training, loss, gradient):
                    break
                if watcher is not None and watcher(training):
                    break
    except PlanError as error:
        if not training.losses:
            raise
        training.stopped = "" if runner.budget.cancelled else say(
            "training.cannot-go-on", "Step {step} cannot be taken: {reason}", step=len(training.losses), reason=error
        )
    training.point, training.evaluations = runner.point(vector), runner.evaluations
    training.warnings += warnings_of(training)
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


Steps = Iterator[tuple[Vector, float, Vector | None, Optimizer | None]]
"""Where each step led, with the loss there, the gradient that is followed next, and the state of the optimizer."""


def _first_order(runner: Runner, vector: Vector, plan: Plan) -> Steps:
    optimizer = (KERAS if plan.keras else FIRST_ORDER)[plan.optimizer](plan)
    for step in range(plan.steps):
        loss, gradient = runner.step_gradient(vector, step)
        if not runner.takes_all and not runner.series:
            loss = runner.step_loss(vector, step)
        yield vector, loss, gradient, optimizer
        vector = optimizer.moved(vector, gradient, step)
    yield vector, runner.step_loss(vector, plan.steps), None, optimizer


def _second_order(runner: Runner, vector: Vector, plan: Plan) -> Steps:
    method = Lbfgs() if plan.optimizer == "lbfgs" else Newton(runner.hessian)
    loss, gradient = runner.loss_and_gradient(vector)
    yield vector, loss, gradient, None
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
        yield vector, loss, gradient, None
