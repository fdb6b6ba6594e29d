"""Running a program at a point: as a whole, or one pass of the loop with which it trains.

Knows runs and passes; knows nothing of steps, words or drawing.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from core.basics.budget import Budget
from core.basics.errors import ProgramError
from core.basics.types import Point, Value
from core.basics.words import say
from core.language.interface.first_values import points
from core.running.once import Passes, Run, WorkedOut, plain, run_at
from core.running.passes import At, NoSuchPass, recorded_pass

if TYPE_CHECKING:
    from core.language.program import Program

__all__ = ["At", "NoSuchPass", "Passes", "Run", "WorkedOut", "is_telling", "plain", "record"]

LARGE = 1e6
"""A value beyond which other first values are tried."""
LONGEST = 20_000
"""Entries of a run that is not tried again."""


def record(
    program: Program,
    point: Point | None = None,
    watch: Collection[str] | None = None,
    target: str | None = None,
    budget: Budget | None = None,
    at: At | None = None,
) -> Run:
    """Run the program at the point, recording on a tape; what the point does not name takes first values.

    Where those lead to numbers that cannot be read, such as nan, others are tried. `watch` names the inputs that are
    differentiated (when None, all but those that the text uses as counts or declares constant); `target` names the
    value that is differentiated (the program's output when None). All tries share the `budget`. A failure is part of
    the result, not an exception. Of a program with a loop that trains only one pass is recorded: that `at` which one
    wants to look, the first or, for a target, the one that made it when None. Raises ProgramError for a target that the
    program does not know, and for a pass that there is not.
    """
    _check_target(program, target)
    watch = [one.name for one in program.inputs if one.watched] if watch is None else watch
    budget = (Budget() if budget is None else budget).begun()
    one_pass = recorded_pass(program, point or {}, watch, target, budget, at)
    if one_pass is not None:
        return one_pass
    tried = points(program.inputs, point or {})
    run = first = run_at(program, next(tried), watch, target, budget)
    for other in tried:
        if is_telling(run):
            break
        run = run_at(program, other, watch, target, budget)
        if budget.used_up():  # in the middle of another try, perhaps
            return first
    return run if is_telling(run) else first


def is_telling(run: Run) -> bool:
    """Whether a run leads to numbers that can be read; one that failed or is long is not worth another try."""
    if run.failure or len(run.tape) > LONGEST:
        return True
    with np.errstate(all="ignore"):
        return all(map(_is_readable, run.tape.primals))


def _is_readable(primal: Value) -> bool:
    return -LARGE < primal < LARGE if primal.__class__ is float else bool(np.all(np.abs(primal) < LARGE))


def _check_target(program: Program, target: str | None) -> None:
    known = (*program.names, *program.input_names)
    if target and target not in known and target != program.output:
        message = say("run.no-such-value", "The program has no value `{target}` to differentiate.", target=target)
        raise ProgramError(
            message,
            None,
            say("run.it-has", "It has {names}.", names=", ".join(dict.fromkeys(known))) if known else "",
        )
