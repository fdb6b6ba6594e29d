"""What a name holds at the end of every pass of a loop, from one run of the program. Knows locals; knows no tape."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.language.machine.locals import Locals
from core.language.machine.objects import number_in
from core.language.passes.loops import Loop
from core.tensor import Tensor


class Watching:
    """A follower that notes the number that a name holds whenever a pass of the loop in `line` is over."""

    def __init__(self, line: int, name: str) -> None:
        self.line, self.name = line, name
        self.found: list[float] = []
        self._begun = 0

    def begin(self, here: Locals, loop: Loop) -> None:
        """A pass of the loop begins, so that the one before is over."""
        if getattr(loop, "lineno", 0) == self.line:
            self._note(here)
            self._begun += 1

    def left(self, here: Locals, loop: Loop) -> None:
        """The loop is over."""
        if getattr(loop, "lineno", 0) == self.line:
            self._note(here)

    def _note(self, here: Locals) -> None:
        if len(self.found) < self._begun:
            self.found.append(_number(here.get(self.name, here.run.globals.get(self.name))))


def _number(value: Any) -> float:
    """The value as a float; nan where it is not one number."""
    held = number_in(value)
    primal = held.primal if isinstance(held, Tensor) else held
    try:
        return float(np.asarray(primal, dtype=float).reshape(()))
    except (TypeError, ValueError):
        return float("nan")
