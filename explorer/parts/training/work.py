"""What the page of training asks the engine: trainings, the surface under them, and what is seen of one step.

Pure functions for a worker thread; `tangent_at` is quick enough for the window's own. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from core.basics.budget import Budget
from core.basics.words import say
from core.field import Field, FieldError, Place, contours, field_over
from core.notation import number
from core.run import Run, record
from core.training import Plan, PlanError, Training, guessed, read_plan, train
from core.training.in_text import TrainingInText, training_in_text
from core.training.plan import text_of
from core.training.predictions import Predictions, boundary, predictions
from core.training.statistics import changes, histograms
from explorer.model.study import curve
from explorer.model.values import Value
from explorer.parts.training.hill import Axes, Hill
from explorer.parts.training.landscape import Landscape, Look, Scene
from explorer.parts.training.race import Number

ARROWS = 13
LONG, CELLS = 4_000, 44
"""Entries of a tape whose losses are asked for cell by cell, and how many cells then lie along each side."""
LEVELS = 12
RAVINE = 8.0
"""So many times higher than the lowest quarter: what lies between needs levels by ratio."""
LEAST_SHARE = 1e-4
"""Of the height, where levels by ratio begin."""
ROOM = 0.16
"""Of what is shown, around a path, on each side."""
MOST_GROWN = 2.0
"""How many times wider than at first the picture may become so that a path fits."""

Point = dict[str, Value]
Window = tuple[float, float, float, float]
"""Left, right, bottom and top."""


def trainable(program: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The inputs that could be trained, and those that look like parameters."""
    names = tuple(one.name for one in program.inputs if not one.counts)
    return names, tuple(name for name in guessed(program) if name in names)


def sizes_of(point: Point, over: Sequence[str]) -> dict[str, int]:
    """How many numbers each of these inputs has."""
    return {name: int(np.size(point[name])) for name in over if name in point and np.size(point[name])}


def plan_of(text: str) -> Plan | None:
    """The plan that a document holds; None where it holds none that can be read."""
    try:
        return read_plan(text) if text else None
    except PlanError:
        return None


def text_of_plan(plan: Plan) -> str:
    """A plan as a document holds it."""
    return text_of(plan)


# --- trainings --------------------------------------------------------------------------------------------------


def train_all(
    program: Any, point: Point, plans: Sequence[Plan], series: Mapping[str, Sequence[Value]],
    told: Callable[[str, Training], object], cancelled: Callable[[], bool],
) -> str:  # fmt: skip
    """Train with each plan in turn, the first one first; tells of each as it goes on. Why one cannot be trained."""
    for plan in plans:

        def watch(training: Training, name: str = plan.optimizer) -> bool:
            told(name, training)
            return cancelled()

        try:
            told(plan.optimizer, train(program, point, plan, series, watch))
        except PlanError as error:
            return str(error)
        if cancelled():
            break
    return ""


def suggested_rates(hill: Hill, point: Point) -> dict[str, float]:
    """A rate for each optimizer with which it gets somewhere from here, and does not fly off.

    The steepest curvature along the gradient bounds the rate of plain descent: 1/L is safe for a function whose
    gradient changes no faster than L (Nesterov, Introductory Lectures, 2004). Those that divide
    by the gradient's size go about a rate a step, whatever the loss.
    """
    here = hill.vector(point)
    reach = float(np.abs(here).max(initial=0.0))
    with np.errstate(all="ignore"):
        slope = hill.slope(here)
        size, step = float(np.linalg.norm(slope)), 1e-4 * max(reach, 1.0)
        bend = float(np.linalg.norm(hill.slope(here - step * slope / size) - slope)) / step if size else 0.0
    safe = _rounded(min(1.0 / bend, 1.0)) if np.isfinite(bend) and bend > 1e-9 else 0.1
    far = _rounded(min(max(reach / 25, 0.01), 0.5))
    return {
        "gd": safe, "momentum": safe, "nesterov": safe, "rmsprop": far, "adam": far,
        "lbfgs": 1.0, "newton": 1.0,
    }  # fmt: skip


def _rounded(rate: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is at most a tenth above the rate."""
    power = 10.0 ** np.floor(np.log10(rate))
    return float(next(step * power for step in (10.0, 5.0, 2.0, 1.0) if step * power <= rate * 1.1))


def found_in(run: Run, point: Point, budget: Budget) -> TrainingInText | None:
    """The training that the text does itself; None where no loop of it trains."""
    return training_in_text(run.program.whole, point, budget)


def sentence(training: Training | TrainingInText, step: int) -> str:
    """What a step did."""
    losses = training.losses
    if isinstance(training, TrainingInText):
        return say(
            "training.pass", "In pass {number} of the loop in line {line}, which moves {names}, the loss is {loss}.",
            number=f"{step + 1:,}", line=training.line, names=", ".join(training.over), loss=number(losses[step], 6),
        )  # fmt: skip
    if step >= len(losses) - 1 and training.stopped:
        return str(training.stopped)
    if step == 0:
        told = say("training.step-0", "Before the first step the loss is {loss}.", loss=number(losses[0], 6))
    else:
        lengths = [sizes[step - 1] for sizes in training.sizes.values() if len(sizes) >= step]
        before, loss = losses[step - 1], losses[step]
        told = say(
            "training.step", "Step {step} took the loss from {before} to {loss}; the gradient had length {length}, and "
            "the rate was {rate}.",
            step=f"{step:,}", before=number(before, 6), loss=number(loss, 6),
            length=number(float(np.linalg.norm(lengths)), 4), rate=number(training.plan.rate_at(step - 1), 4),
        )  # fmt: skip
    return " ".join([told, *training.warnings])


# --- the surface ------------------------------------------------------------------------------------------------


def place(point: Point, chosen: Number) -> Place:
    """One number of the inputs as the engine calls it."""
    name, element = chosen
    shape = np.shape(point[name])
    return Place(name, tuple(int(one) for one in np.unravel_index(element, shape)) if shape else ())


def window_around(point: Point, axes: tuple[Number, Number], tracks: Sequence[np.ndarray] = ()) -> Window:
    """What to look at: zero and the point, and as much of the paths as fits."""
    found: list[float] = []
    for axis, (name, element) in enumerate(axes):
        here = float(np.ravel(np.asarray(point[name], dtype=float))[element])
        half = max(1.2 * abs(here), 1.5) if np.isfinite(here) else 1.5
        low, high = -half, half
        gone = [track[:, axis][np.isfinite(track[:, axis])] for track in tracks if len(track)]
        if gone and (numbers := np.concatenate(gone)).size:
            reach = MOST_GROWN * half
            first, last = (float(np.clip(one, here - reach, here + reach)) for one in (numbers.min(), numbers.max()))
            room = ROOM * (high - low)
            low, high = min(low, first - room), max(high, last + room)
        found += [low, high]
    return found[0], found[1], found[2], found[3]


def ground_at(
    hill: Hill, start: Point, around: Point, axes: tuple[Number, Number], window: Window, given_up: Callable[[], bool]
) -> tuple[Scene, dict[str, float]]:
    """The surface over two numbers, the others as they are `around`, or why there is none; and rates for the start."""
    at = place(around, axes[0]), place(around, axes[1])
    try:
        with np.errstate(all="ignore"):
            touching = hill.touch(around, at, at[0].of(around), at[1].of(around))
            rates = suggested_rates(hill, start)
            found = _field(hill, around, at, window, given_up)
            if not np.isfinite(found.values).any():
                return Scene(
                    problem=say("training.no-surface", "There is no surface here: the loss is not finite.")
                ), {}
            xs, ys = (_middles(one) for one in (window[:2], window[2:]))
            land = Landscape(found, contours(found, cuts(found.values)), hill.arrows(around, at, xs, ys))
    except (FieldError, PlanError) as error:
        return Scene(problem=str(error)), {}
    return Scene(land, touching), rates


def curve_at(
    hill: Hill, run: Run, along: Number, ends: tuple[float, float], budget: Budget
) -> tuple[Scene, dict[str, float]]:
    """The loss along the one number that is trained, or why there is none; and rates for the start."""
    try:
        rates = suggested_rates(hill, dict(run.point))
    except PlanError as error:
        return Scene(problem=str(error)), {}
    found = curve(run, *along, budget, ends)
    if found is None:
        return Scene(problem=say("training.no-curve", "There is no curve here: the loss is not one number.")), {}
    return Scene(curve=found), rates


def _field(hill: Hill, point: Point, at: Axes, window: Window, given_up: Callable[[], bool]) -> Field:
    """The losses: of a short program all in one call, of a long one cell by cell, which is repeated in batches."""
    run = record(hill.program, point, {one.name for one in at})
    ranges = window[:2], window[2:]
    if run.failure or len(run.tape) < LONG:
        return field_over(hill.program, point, at, *ranges, run=run)
    xs, ys = (np.linspace(*one, CELLS) for one in ranges)
    return Field(hill.program, point, *at, xs, ys, hill.heights(point, at, xs, ys, given_up))


def _middles(ends: tuple[float, float]) -> np.ndarray:
    """Places for arrows, with as much room at the ends as half of that between them."""
    return np.asarray(ends[0] + (np.arange(ARROWS) + 0.5) / ARROWS * (ends[1] - ends[0]))


def cuts(values: np.ndarray) -> np.ndarray:
    """Where to cut a surface so that bands are of about one width: closer near the bottom, by ratio in a ravine."""
    finite = values[np.isfinite(values)]
    low, high = float(finite.min()), float(finite.max())
    span, near = high - low, float(np.quantile(finite, 0.25)) - low
    if span <= 0:
        return np.zeros(0)
    if near * RAVINE > span:
        return low + span * (np.arange(1, LEVELS + 1) / (LEVELS + 1)) ** 1.5
    return low + np.geomspace(max(near, LEAST_SHARE * span) / 10, span, LEVELS + 1)[:-1]


def moved(point: Point, axes: tuple[Number, Number], x: float, y: float) -> Point:
    """The point with two numbers changed."""
    across, up = place(point, axes[0]), place(point, axes[1])
    return dict(up.put(across.put(point, x), y))


# --- one step ---------------------------------------------------------------------------------------------------


def look_at(training: Training | TrainingInText, step: int, view: str, since: int, known: Predictions | None) -> Look:
    """The small picture of a step; `known` are predictions at another one, with which it is quick."""
    if view == "histograms":
        return Look(view, bars=tuple((name, *found) for name, found in histograms(training, step).items()))
    if view == "changes":
        told = changes(training, since, step)
        return Look(view, rows=tuple((str(one), one.before, one.after, one.partial_after) for one in told))
    if view != "fit":
        return Look(view)
    point = training.at(step)
    found = predictions(training.program, point, training.over) if known is None else known.at(point)
    if found is None or (found.targets is None and found.rows.shape[-1] != 2):
        return Look(view, say("training.no-data", "The program holds no predictions against data, so there is no fit."))
    area = boundary(found, point)
    border: tuple[np.ndarray, ...] = ()
    if area is not None:
        border = tuple(lines_at(area.xs, area.ys, area.values, found.level))
    return Look(view, fit=found, area=area, border=border)


def lines_at(xs: np.ndarray, ys: np.ndarray, values: np.ndarray, level: float) -> list[Any]:
    """The lines on which a grid has a value."""
    from contourpy import contour_generator

    return list(contour_generator(xs, ys, values, name="serial").lines(level))
