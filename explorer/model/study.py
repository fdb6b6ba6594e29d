"""What is worked out about a run after it is shown, because it takes longer: checks, bytes kept, and a curve.

Pure functions for a worker thread, each stopped by its budget. Knows no widget.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from core.basics.budget import Budget
from core.basics.types import Structure
from core.checking.by_hand import Compared, compared_by_hand
from core.checking.runs import checks, evaluator
from core.checking.timelines import Checks
from core.costs import memory
from core.replay import Replay, replayable_run
from core.run import Run, record
from core.timeline import Timeline
from explorer.model.curve import Curve, range_around
from explorer.model.values import moved, place_text

MOST_KEPT = 200_000
"""Entries beyond which the bytes that a tape keeps are not counted."""
MOST_REPLAYED = 5_000
"""Longer tapes are not worth compiling for one curve."""


class Studied(NamedTuple):
    """What was worked out about a run after it was shown: checks, the bytes kept at each step, and the derivatives
    that the text works out by hand, beside those of the tape.
    """

    checks: Checks
    memory: np.ndarray
    by_hand: Sequence[Compared] = ()


def study(timeline: Timeline, budget: Budget) -> Studied:
    """What takes longer than the run itself."""
    run, budget = timeline.run, budget.begun()
    kept = memory(timeline) if len(run.tape) <= MOST_KEPT else np.zeros(0)
    by_hand = compared_by_hand(run) if len(run.tape) <= MOST_KEPT else []
    return Studied({} if run.failure else checks(run, budget=budget), kept, by_hand)


def curve(
    run: Run, name: str, element: int, budget: Budget, ends: tuple[float, float] | None = None
) -> Curve | None:
    """The output along one number of an input, around it or between `ends`; None where there is no such line."""
    y = None if run.failure else _one_number(run.value)
    if y is None or name not in run.point:
        return None
    value = run.point[name]
    places = np.size(value)
    if not 0 <= element < places or places * len(run.tape) > 20_000_000:
        return None
    x = float(np.ravel(value)[element])
    xs = np.linspace(*(ends or range_around(x)), 161 if len(run.tape) < 2_000 else 41)
    output_at = _repeated(run, name, budget)
    ys = np.array([output_at(**{name: moved(value, element, float(to))}) for to in xs])
    gradient = run.gradients()[name]
    slope = None if gradient is None else float(np.ravel(gradient)[element])
    title = name + place_text(np.shape(value), element)
    output = run.tape[run.target].label if run.target is not None else run.program.output
    return Curve(name, element, title, output, xs, ys, x, y, slope)


def _one_number(value: Structure) -> float | None:
    """The real number that an output is, alone or in brackets; None for anything else a program may return."""
    try:
        numbers = np.asarray(value)
    except (ValueError, TypeError):  # lists of uneven lengths
        return None
    return float(numbers.ravel()[0]) if numbers.size == 1 and numbers.dtype.kind in "biuf" else None


def _repeated(run: Run, name: str, budget: Budget) -> Callable[..., float]:
    """The output as a function of one input, to be asked many times.

    Replayed as compiled code while the program takes the branches it took, recorded anew where it takes others;
    only recorded where replay has no text for it.
    """
    recorded = evaluator(run, budget)
    if name not in run.inputs or len(run.tape) > MOST_REPLAYED:
        return recorded
    target = run.target_name or None
    replay = Replay(
        lambda point: replayable_run(record(run.program, {**run.point, **point}, run.watched, target, budget))
    )
    watched = {one: run.point[one] for one in run.inputs}

    def output_at(**moved: Any) -> float:
        if budget.used_up():
            return float("nan")
        try:
            return float(np.sum(replay.value(**{**watched, **moved})))
        except (ValueError, TypeError, NotImplementedError):
            return recorded(**moved)

    return output_at
