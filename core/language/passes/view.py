"""How a program is run for one pass of its loop, or for what follows the loop, with the loop's states as inputs.

Knows programs' machines; knows nothing of sweeps.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.basics.budget import Budget
from core.language.machine.machine import Machine
from core.language.machine.objects import number_in
from core.language.machine.outcome import Outcome
from core.language.passes.follower import OnePass
from core.language.passes.states import State
from core.tensor import Tensor, place_on, untracked


@dataclass(frozen=True, eq=False)
class View:
    """What of a program is run: the pass of this `number`, or with None what follows the loop.

    The loop begins at `starts`, and its `states` are replaced when the pass begins. `aim` is the name of what is
    differentiated in a pass, or how many entries after its beginning it is recorded; where the text `asks` for a
    gradient it is what it asks that of. `seen` is told who followed the run.
    """

    loop: ast.AST
    number: int | None
    exits: int
    states: tuple[State, ...]
    starts: Mapping[str, Any]
    aim: str | int | None = None
    asks: bool = False
    seen: Callable[[OnePass], object] | None = None

    def execute(
        self, machine: Machine, inputs: Mapping[str, Any], tape: Any, budget: Budget, target: str | None
    ) -> tuple[Outcome, OnePass]:
        """Run; a failure half-way is part of the outcome."""
        given = {state.name: inputs[state.name] for state in self.states if state.name in inputs}
        own = {name: value for name, value in inputs.items() if name not in given}
        own |= {name: untracked(self.starts[name]) for name in given.keys() & self.starts.keys()}
        follower = OnePass(self.loop, self.number, self.exits, self.states, given)
        outcome = machine.run(own, tape, budget, target, follower)
        if self.seen is not None:
            self.seen(follower)
        if target is None and self.number is not None and not self.asks and not outcome.failure:
            aimed = self._aimed(follower, tape)
            outcome = replace(outcome, value=aimed, target_value=aimed)
        return outcome, follower

    def _aimed(self, follower: OnePass, tape: Any) -> Any:
        if follower.here is None or follower.began is None or self.aim is None:
            return None
        if isinstance(self.aim, str):
            return number_in(follower.here.get(self.aim, follower.here.run.globals.get(self.aim)))
        index = follower.began + self.aim
        if index >= len(tape):
            return None
        found: Tensor = untracked(tape.primals[index])
        place_on(found, tape, index)
        return found
