"""What goes wrong while training, each in one sentence: numbers that are lost, steps too long, nothing to learn.

Knows trainings by what they tell; knows no optimizer.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection
from typing import Any, NamedTuple, Protocol

import numpy as np

from core.basics.budget import Budget
from core.basics.span import Span
from core.basics.types import Point
from core.basics.words import say
from core.run import Run

GROWN = 10.0  # a loss so many times the first is told as growing


class Trouble(NamedTuple):
    """The entry at which a number was lost first: when `step` is opened, its value, or in the sweep its adjoint."""

    step: int
    entry: int
    label: str
    span: Span | None
    in_sweep: bool


class Told(Protocol):
    """What is read of a training, and what is written."""

    losses: list[float]
    sizes: dict[str, array[float]]
    stopped: str
    trouble: Trouble | None
    runner: Any

    def run_at(self, step: int, budget: Budget | None = None) -> Run:
        """The run of a step."""


def missing_values(point: Point, over: Collection[str]) -> str:
    """What is missing in the data, in a sentence; "" where nothing is."""
    for name, value in point.items():
        if name in over:
            continue
        lost = np.argwhere(np.isnan(np.asarray(value, dtype=float)))
        if len(lost):
            place = ", ".join(map(str, lost[0].tolist()))
            return say(
                "training.missing-value", "The data has a missing value: {name} is nan. Fill it in, or leave it out.",
                name=f"`{name}[{place}]`" if place else f"`{name}`",
            )  # fmt: skip
    return ""


def reasons_to_stop(training: Told, loss: float, gradient: np.ndarray | None) -> bool:
    """Whether loss or gradient is not a number any more; says so, and at which entry it began."""
    sound = gradient is None or bool(np.isfinite(gradient).all())
    if np.isfinite(loss) and sound:
        return False
    step = len(training.losses) - 1
    training.trouble = trouble = _first_lost(training.run_at(step), step)
    where = _where(trouble)
    if not np.isfinite(loss):
        training.stopped = say(
            "training.not-finite", "The loss is {loss} after step {step}: the training stops there.{where}",
            loss=str(loss), step=step, where=where,
        )  # fmt: skip
    else:
        training.stopped = say(
            "training.gradient-not-finite",
            "The gradient is not finite after step {step}: the training stops there.{where}",
            step=step, where=where,
        )  # fmt: skip
    return True


def _where(trouble: Trouble | None) -> str:
    if trouble is None:
        return ""
    line = trouble.span.line if trouble.span else 0
    if trouble.in_sweep:
        return say(
            "training.lost-in-sweep", " The adjoint of `{label}` (line {line}) is the first in the sweep that is lost.",
            label=trouble.label, line=line,
        )  # fmt: skip
    return say(
        "training.lost-at", " It begins at `{label}` (line {line}).", label=trouble.label, line=line
    )  # fmt: skip


def _first_lost(run: Run, step: int) -> Trouble | None:
    """The first entry whose value is not finite, else the first in the sweep whose adjoint is not."""
    with np.errstate(all="ignore"):
        values = [index for index, value in enumerate(run.tape.primals) if not np.all(np.isfinite(value))]
        if values:
            return _trouble(run, step, values[0], in_sweep=False)
        adjoints = run.all_adjoints()
        lost = [index for index, one in enumerate(adjoints) if one is not None and not np.all(np.isfinite(one))]
    return _trouble(run, step, lost[-1], in_sweep=True) if lost else None


def _trouble(run: Run, step: int, entry: int, in_sweep: bool) -> Trouble:
    return Trouble(step, entry, run.tape.label(entry), run.tape[entry].span, in_sweep)


def warnings_of(training: Told) -> list[str]:
    """What is odd about a training, in sentences."""
    found: list[str] = [
        say("training.no-effect", "The loss does not depend on `{name}`: it stays as it is.", name=name)
        for name in training.runner.without_effect()
        if not any(training.sizes.get(name, ()))
    ]
    told = [loss for loss in training.losses[:1] + training.losses[-2:] if loss == loss]  # nan says nothing of growth
    first, last = (told[0], told[-1]) if told else (0.0, 0.0)
    if last > GROWN * max(abs(first), 1e-12):
        found.append(
            say(
                "training.diverges", "The loss grows, from {first:.4g} to {last:.4g}: the rate is too large for it.",
                first=first,
                last=last,
            )
        )
    return found
