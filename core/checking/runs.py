"""The gradients of a run beside what finite differences of the same program say. Knows runs, no sweep's steps."""

from collections.abc import Callable
from typing import Any

import numpy as np

from core.checking.differences import BEST_STEP, finite_difference
from core.checking.verdict import AGREES, Check, compared, within
from core.run import Run, record

UNSURE = 4.0  # so many times its own uncertainty may a difference be off
MAX_ELEMENTS = 2_000


def evaluator(run: Run, budget: Any = None) -> Callable[..., Any]:
    """The run's program as a plain function of its watched inputs: the sum of the output's elements."""

    def evaluate(**moved: Any) -> Any:
        again = record(
            run.program, {**run.point, **moved}, watch=run.watched, target=run.target_name or None, budget=budget
        )
        return float("nan") if again.failure or again.value is None else float(np.sum(again.value))

    return evaluate


def checks(run: Run, gradients: dict[str, Any] | None = None, budget: Any = None) -> dict[str, Check]:
    """A check for every watched input with a gradient; inputs with very many elements are left out."""
    gradients = run.gradients() if gradients is None else gradients
    small = {
        name: value
        for name, value in run.point.items()
        if gradients.get(name) is not None and np.size(value) <= MAX_ELEMENTS
    }
    if not small:
        return {}
    evaluate = evaluator(run, budget)
    found = {
        name: compared(gradients[name], value)
        for name, value in finite_difference(evaluate, small, step=None).items()
    }
    return {
        name: check if check.agrees else _looked_at_again(name, check, gradients[name], run, evaluate)
        for name, check in found.items()
    }


def _looked_at_again(name: str, check: Check, gradient: Any, run: Run, evaluate: Callable[..., Any]) -> Check:
    """The check where the two differ: that may be all the difference can tell, or there may be a kink."""
    check = _as_far_as_differences_tell(name, check, gradient, run, evaluate)
    return check if check.agrees else _at_kink(name, check, gradient, run, evaluate)


def _as_far_as_differences_tell(
    name: str, check: Check, gradient: Any, run: Run, evaluate: Callable[..., Any]
) -> Check:
    """The check again, knowing how uncertain the difference is: by truncation, seen by another step, and by rounding.

    Beside a jump a difference tells nothing, so more than `AGREES` of the output is never let off.
    """
    point, value = np.asarray(run.point[name], float), abs(float(np.sum(run.value)))
    steps = BEST_STEP * np.maximum(1.0, np.abs(point))
    wider = np.asarray(finite_difference(evaluate, {name: run.point[name]}, 2 * float(np.max(steps)))[name])
    with np.errstate(all="ignore"):
        rounding = np.finfo(float).eps * value / steps
        unsure = np.minimum(UNSURE * (np.abs(check.difference - wider) + rounding), AGREES * max(1.0, value))
        size = AGREES * np.max(np.maximum(np.abs(gradient), np.abs(check.difference)))
        worst = float(np.max(np.abs(gradient - check.difference) / np.maximum(unsure, size)))
    return within(check.difference, AGREES * worst) if worst <= 1 else check


def _at_kink(name: str, check: Check, gradient: Any, run: Run, evaluate: Callable[..., Any]) -> Check:
    """The check again, knowing whether the slopes to both sides differ with the tape's gradient between them."""
    step = 1e-6
    right = np.asarray(finite_difference(evaluate, {name: run.point[name]}, step, "forward")[name])
    left = np.asarray(finite_difference(evaluate, {name: run.point[name]}, -step, "forward")[name])
    size = 1e-3 * np.maximum(1.0, np.maximum(abs(left), abs(right)))
    between = (np.minimum(left, right) - size <= gradient) & (gradient <= np.maximum(left, right) + size)
    kink = np.any(abs(right - left) > size) and np.all(between)
    return check._replace(verdict="kink") if kink else check
