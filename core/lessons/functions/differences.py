"""Finite differences of the lesson's program, in plain floats, and how far they are off."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.basics.words import say
from core.checking.differences import Scheme, finite_difference, relative_error
from core.checking.runs import evaluator
from core.lessons.functions.numbers import gradient
from core.lessons.study import Known
from core.navigation.grammar import Function
from core.navigation.logic import Unknown
from core.navigation.places import Missing, Place

STEPS = [10.0**-power for power in range(16)]


def difference(known: Known, one: Place, step: float) -> Any:
    """(f(x + h) - f(x)) / h."""
    return _difference(known, one, step, "forward")


def central_difference(known: Known, one: Place, step: float) -> Any:
    """(f(x + h) - f(x - h)) / 2h."""
    return _difference(known, one, step, "central")


def _difference(known: Known, one: Place, step: float, scheme: Scheme) -> Any:
    run = known["timeline"].run
    name = next((name for name, index in run.inputs.items() if index == one.index), None)
    if name is None:
        label = known["timeline"].tape.label(one.index)
        raise Missing(say("lessons.not-an-input", "`{name}` is not a watched input.", name=label))
    evaluate = evaluator(run)
    return finite_difference(lambda x: evaluate(**{name: x}), run.point[name], float(step), scheme)


def error(known: Known, one: Place, step: float) -> float:
    """How far the central difference is from the gradient, relative to it."""
    exact = gradient(known, one)
    if exact is None:
        raise Unknown(say("lessons.no-gradient", "There is no gradient to compare with."))
    return relative_error(exact, central_difference(known, one, step))


def best_step(known: Known, one: Place) -> float:
    """The power of ten for which the central difference is least off."""
    return STEPS[int(np.argmin([error(known, one, step) for step in STEPS]))]


FUNCTIONS = (
    Function("difference", ("entry", "number"), difference, "(f(x + h) - f(x)) / h"),
    Function("central_difference", ("entry", "number"), central_difference, "(f(x + h) - f(x - h)) / 2h"),
    Function("error", ("entry", "number"), error, "the relative error of the central difference with h"),
    Function("best_step", ("entry",), best_step, "the power of ten as h with which that is least"),
)
