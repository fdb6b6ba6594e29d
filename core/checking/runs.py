"""The gradients of a run beside what finite differences of the same program say. Knows runs, no sweep's steps.

Few numbers are moved one by one, many in random directions. Where plain differences confirm a gradient that is all;
the rest is for the judge.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.basics.budget import Budget
from core.basics.types import Adjoint, Structure
from core.checking.differences import relative_error
from core.checking.doubt import UNSURE, Doubt
from core.checking.judge import judged
from core.checking.program_slopes import ProgramSlopes
from core.checking.reasons import LATE_PASS, SAMPLED
from core.checking.recorded import Recorded
from core.checking.verdict import AGREES, SKIPPED, Check, Word
from core.checking.ways import FEW, SIGNS, Sample, Ways
from core.run import Run, record

MOST_WORK = 8_000_000
"""Entries recorded again beyond which nothing is checked."""
MOST_PASSES = 400_000
"""The same for a pass of a loop, before which all earlier ones run again each time."""
WORTH_SAMPLING = 1_000_000
"""Entries recorded again beyond which even few numbers are moved together."""
SAMPLED_CLOSELY = 1e-4
"""How far a slope along a random direction may be off, relative to the largest number of the gradient."""

TINY = float(np.finfo(float).tiny)


def evaluator(run: Run, budget: Budget | None = None) -> Callable[..., float]:
    """The run's program as a plain function of its watched inputs: the sum of the output's elements."""

    def evaluate(**moved: Any) -> float:
        again = record(
            run.program, {**run.point, **moved}, watch=run.watched, target=run.target_name or None, budget=budget
        )
        return float("nan") if again.failure else _total(again.value)

    return evaluate


def _total(value: Structure) -> float:
    """The sum of a value's elements; nan where they are not numbers, as where another branch returns a text."""
    try:
        return float(np.sum(value))
    except (TypeError, ValueError):
        return float("nan")


def checks(run: Run, gradients: dict[str, Any] | None = None, budget: Budget | None = None) -> dict[str, Check]:
    """A check for every watched input with a gradient; `skipped` where that takes too long or was given up.

    All the runs for it share one `budget`.
    """
    budget = (Budget() if budget is None else budget).begun()
    adjoints: list[Adjoint] = []

    def sweep() -> list[Adjoint]:
        if not adjoints:
            adjoints.extend(run.all_adjoints())
        return adjoints

    gradients = run.gradients(sweep()) if gradients is None else gradients
    known = {name: gradients[name] for name in run.point if gradients.get(name) is not None}
    ways = ways_for(run, list(known))
    work = 2 * sum(map(len, ways.values())) * run.work
    if run.passes is not None and run.passes.at != "all" and work > MOST_PASSES:
        return dict.fromkeys(known, SKIPPED._replace(told=LATE_PASS))
    if work > MOST_WORK:
        return dict.fromkeys(known, SKIPPED)
    program = ProgramSlopes(evaluator(run, budget), run.point, float(np.sum(run.value)) if known else 0.0)
    recorded = Recorded(run, sweep, lambda: budget.used_up() is not None)
    found = {}
    with np.errstate(all="ignore"):
        for name, gradient in known.items():
            check = _checked(name, np.asarray(gradient, dtype=float), ways[name], run, program, recorded)
            found[name] = SKIPPED if budget.used_up() else check
    return found


def ways_for(run: Run, names: list[str]) -> dict[str, Ways]:
    """How each input is moved: by itself number for number, unless there are many of them or the tape is long."""
    shapes = {name: np.shape(run.point[name]) for name in names}
    numbers = {name: int(np.prod(shape)) for name, shape in shapes.items()}
    total = sum(numbers.values())
    many = total > FEW or 2 * total * run.work > WORTH_SAMPLING
    return {name: Ways(shape, many and numbers[name] > SIGNS) for name, shape in shapes.items()}


def _checked(
    name: str, gradient: np.ndarray, ways: Ways, run: Run, program: ProgramSlopes, recorded: Recorded
) -> Check:
    """The check of one input."""
    expected, sizes = ways.along(gradient), ways.sizes(np.asarray(run.point[name], dtype=float))
    found = np.array(
        [program.central(program.along(name, way), size) for way, size in zip(ways.all, sizes, strict=True)]
    )
    allowed = AGREES * np.maximum(np.abs(expected), np.abs(found))
    if ways.sampled:
        allowed = np.full(len(ways), SAMPLED_CLOSELY * np.max(np.abs(gradient)))
    open_places = np.nonzero(~(np.isfinite(expected) & (np.abs(expected - found) <= allowed)))[0]
    if not len(open_places):
        return _check(ways, found, relative_error(expected, found), "agrees", "")
    allowed = np.where(np.isfinite(allowed), allowed, 0.0)
    word, told, settled = judged(
        Doubt(name, ways, gradient, expected, found, allowed, sizes, open_places), run, program, recorded
    )
    error = relative_error(expected, settled.slopes)
    if word == "agrees":  # relative to what such differences can tell
        off = np.abs(expected - settled.slopes) / np.maximum(np.maximum(allowed, UNSURE * settled.unsure), TINY)
        error = min(error, AGREES * float(np.max(off)))
    return _check(ways, settled.slopes, error, word, told)


def _check(ways: Ways, found: np.ndarray, error: float, word: Word, told: str) -> Check:
    """The check in the form of the input: a difference for each of its numbers, or a sample."""
    if ways.sampled:
        told = told or (_sampled_told(ways) if word == "agrees" else "")
        return Check(None, error, word, told, Sample(ways, found))
    difference = found.reshape(ways.shape) if ways.shape else float(found[0])
    return Check(difference, error, word, told)


def _sampled_told(ways: Ways) -> str:
    return SAMPLED.say(count=len(ways), numbers=f"{int(np.prod(ways.shape)):,}", odds=f"{2 ** len(ways):,}")
