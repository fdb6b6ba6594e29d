"""The losses of a loop that trains, pass by pass: from one run where the text names them, else from some passes.

Knows runs and passes; knows nothing of optimizers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.basics.budget import Budget, LimitReached
from core.basics.types import Point
from core.language.passes.watching import Watching
from core.running.once import Run
from core.running.passes import recorded_pass
from core.tape import Tape, set_recorders
from core.tensor import untracked

SOME = 40
"""Passes that are recorded where no name in the text holds the loss."""


def losses_by_pass(program: Any, point: Point, run: Run, watch: Sequence[str], budget: Budget) -> dict[int, float]:
    """The loss in each pass of the run's loop, by its number from 1: all of them, or some evenly spread.

    `run` is the first pass, recorded at the point.
    """
    assert run.passes is not None
    count = run.passes.count
    name = run.tape.names.get(run.target) if run.target is not None else None
    if name is not None and name in program.names:
        found = _watched(program, point, run.passes.line, name, budget)
        if len(found) == count and np.isclose(found[0], float(np.reshape(run.value, ())), rtol=1e-9, atol=0.0):
            return dict(enumerate(found, 1))
    numbers = np.unique(np.linspace(1, count, min(count, SOME)).round().astype(int)).tolist()
    losses = {}
    for number in numbers:
        try:
            one = recorded_pass(program, point, watch, None, budget, number)
        except LimitReached:
            break
        if one is not None and np.size(one.value) == 1 and one.value is not None:
            losses[number] = float(np.reshape(one.value, ()))
    return losses


def _watched(program: Any, point: Point, line: int, name: str, budget: Budget) -> list[float]:
    """What the name holds at the end of every pass."""
    follower, idle = Watching(line, name), Tape(watches_variables=False)
    before = set_recorders((idle,))
    try:
        inputs = {one.name: untracked(point.get(one.name, one.default)) for one in program.inputs}
        program.machine.run(inputs, idle, budget, None, follower)
    finally:
        set_recorders(before)
    return follower.found
