"""One derivative found in five ways, how wrong differences are for each step size, and what each way costs.

Pure functions for a worker thread. Knows no widget.
"""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from core.basics.words import say
from core.checking.differences import (
    ErrorCurve,
    complex_step,
    error_curve,
    finite_difference,
    relative_error,
    suitable_step,
)
from core.codegen import compiled, tape_source
from core.costs import Cost, costs, growth, number_of_inputs, summary
from core.sweeps import tangents
from core.timeline import Timeline
from explorer.model.values import moved, place_text
from explorer.parts.checks.sheet import COMPLEX_STEP, Sheet, Way

STEPS = np.logspace(-16, 0, 33)
MOST_WORK = 4_000_000
"""Entries times numbers of an input beyond which nothing is evaluated again."""
NOT_ANALYTIC = frozenset((
    "abs", "sign", "maximum", "minimum", "clip", "relu", "relu6", "elu", "where", "max", "min", "floor", "ceil", "rint",
    "trunc", "mod", "hypot", "arctan2", "step", "softplus", "sigmoid", "silu", "logaddexp", "erf", "gelu",
))  # fmt: skip


def sheet(timeline: Timeline, name: str, element: int) -> Sheet:
    """The ways to the derivative by one number of an input."""
    run = timeline.run
    index = run.inputs.get(name)
    adjoint = timeline.frame(len(timeline)).adjoint(index) if index is not None else None
    if run.failure or run.target is None or index is None or adjoint is None:
        return Sheet(
            timeline, problem=say("checks.no-derivative-check", "There is no derivative by {name} to check.", name=name)
        )
    value = run.tape.primals[index]
    if np.size(value) * len(run.tape) > MOST_WORK:
        return Sheet(
            timeline,
            problem=say("checks.run-too-large-evaluated", "This run is too large to be evaluated again and again."),
        )
    exact, x = float(np.ravel(adjoint)[element]), float(np.ravel(value)[element])
    with np.errstate(all="ignore"):
        along = function_along(timeline, name, element)
        ways = (_tape(timeline, exact), *_others(timeline, index, element, along, x, exact))
        curves = _curves(along, x, exact)
    title = f"∂{run.target_label}/∂{name}{place_text(np.shape(value), element)}"
    return Sheet(timeline, title, "", ways, curves, growth(run), number_of_inputs(run), summary(run))


def function_along(timeline: Timeline, name: str, element: int) -> Callable[[Any], Any]:
    """The output (its elements summed) as a function of one number; nan where another branch would be taken."""
    run = timeline.run
    assert run.target is not None
    try:
        source = tape_source(run.tape, run.target, list(run.inputs.values()), short=True)
    except ValueError:  # an operation that is not in the op table
        return lambda x: float("nan")
    forward = compiled(source, floats=False)["forward"]
    values = [run.tape.primals[index] for index in run.inputs.values()]
    place = list(run.inputs).index(name)

    def along(x: Any) -> Any:
        changed = _with(values[place], element, x)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", np.exceptions.ComplexWarning)
                return np.sum(forward(*[*values[:place], changed, *values[place + 1 :]]))
        except Exception:  # another branch, or an operation that takes no complex numbers
            return float("nan")

    return along


def _with(value: Any, element: int, x: Any) -> Any:
    if not isinstance(x, complex):
        return moved(value, element, float(x))
    if np.ndim(value) == 0:
        return np.complex128(x)
    changed = np.array(value, dtype=complex)
    changed.flat[element] = x
    return changed


def _tape(timeline: Timeline, exact: float) -> Way:
    return Way(say("checks.tape-reverse-mode", "tape (reverse mode)"), exact, None, _cost(timeline, "reverse mode"))


def _others(
    timeline: Timeline, index: int, element: int, along: Callable[[Any], Any], x: float, exact: float
) -> tuple[Way, ...]:
    step = suitable_step(x)
    found = (
        ("forward mode", _tangent(timeline, index, element), _cost(timeline, "forward mode")),
        (COMPLEX_STEP, complex_step(along, x), None),
        ("central differences", finite_difference(along, x, step), _cost(timeline, "central differences")),
        ("forward differences", finite_difference(along, x, 1e-8, "forward"), _cost(timeline, "forward differences")),
    )
    return tuple(_judged(timeline, name, value, exact, cost) for name, value, cost in found)


def _judged(timeline: Timeline, name: str, value: float, exact: float, cost: Cost | None) -> Way:
    rounding = float(np.finfo(float).eps * max(1.0, abs(np.sum(timeline.run.value))))  # at a minimum nothing but this
    error = relative_error(value, exact, rounding) if np.isfinite(value) else None
    way = Way(name, float(value), error, cost)
    stopped = sorted({op.name for op in timeline.tape.ops} & NOT_ANALYTIC)
    if name == COMPLEX_STEP and not way.agrees and stopped:
        return Way(
            name,
            float(value),
            error,
            cost,
            say(
                "checks.not-made-complex-numbers", "{stopped}: not made for complex numbers", stopped=", ".join(stopped)
            ),
        )
    return way


def _tangent(timeline: Timeline, index: int, element: int) -> float:
    """One tangent sweep with a one at the element."""
    run = timeline.run
    direction = moved(np.zeros_like(run.tape.primals[index]) * 1.0, element, 1.0)
    assert run.target is not None
    tangent = tangents(run.tape, {index: direction})[run.target]
    return 0.0 if tangent is None else float(np.sum(tangent * run.seed))


def _curves(along: Callable[[Any], Any], x: float, exact: float) -> tuple[tuple[str, ErrorCurve], ...]:
    return (
        ("forward differences", error_curve(along, x, exact, STEPS, "forward")),
        ("central differences", error_curve(along, x, exact, STEPS, "central")),
        (COMPLEX_STEP, error_curve(along, x, exact, STEPS, "complex")),
    )


def _cost(timeline: Timeline, method: str) -> Cost:
    return next(cost for cost in costs(timeline.run) if cost.method == method)
