"""Training that the text itself does: its losses, and every pass of its loop as a step that can be opened.

Is read as a `Training` is, so that curves and steps are shown in one way. Knows runs and their passes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.basics.budget import Budget
from core.basics.errors import ProgramError
from core.basics.types import Point
from core.run import Run, record
from core.running.series import losses_by_pass


@dataclass
class TrainingInText:
    """What a loop in the text does: `losses[k]` in its pass k + 1, at the point with which that begins.

    Where the text gives its loss no name, only some `steps` have one that is known; the others are nan. `over` are the
    numbers that the loop moves, `line` where it is.
    """

    program: Any = field(repr=False)
    start: Point = field(repr=False)
    over: tuple[str, ...]
    line: int
    steps: tuple[int, ...] = field(repr=False)
    losses: list[float]
    first: Run = field(repr=False)
    stopped: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def point(self) -> Point:
        """Where the loop ended."""
        assert self.first.passes is not None
        return self.first.passes.values.get(None, self.at(len(self.losses) - 1))

    def at(self, step: int) -> Point:
        """The point at which a pass begins; 0 is where the first does. Raises IndexError beyond the last."""
        if not 0 <= step < len(self.losses):
            raise IndexError(step)
        assert self.first.passes is not None
        kept = self.first.passes.values.get(step + 1)
        return {**self.first.point, **kept} if kept is not None else self.run_at(step).point

    def run_at(self, step: int, budget: Budget | None = None) -> Run:
        """The pass, recorded: what is seen of a step when it is opened."""
        return record(self.program, self.start, budget=budget, at=step + 1)

    def gradient_at(self, step: int) -> dict[str, Any]:
        """The gradient in a pass, by the numbers that the loop moves."""
        found = self.run_at(step).gradients()
        return {name: found.get(name) for name in self.over}


def training_in_text(program: Any, point: Point, budget: Budget | None = None) -> TrainingInText | None:
    """The training that the program does at a point; None where no loop of it trains."""
    budget = (Budget() if budget is None else budget).begun()
    watch = [one.name for one in program.inputs if one.watched]
    try:
        first = record(program, point, watch, budget=budget, at=1)
    except ProgramError:  # there is no such pass
        return None
    if first.passes is None or first.target is None:
        return None
    losses = losses_by_pass(program, point, first, watch, budget)
    told = [losses.get(number, float("nan")) for number in range(1, first.passes.count + 1)]
    steps = tuple(number - 1 for number in losses)
    return TrainingInText(program, dict(point), first.passes.states, first.passes.line, steps, told, first)
