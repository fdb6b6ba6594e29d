"""What is asked of the engine about one text at one point: the run with its picture, the checks, the curve.

Pure functions for a worker thread, each stopped by its budget. Knows no widget.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from core import notation
from core.basics.errors import ProgramError
from core.checking.runs import checks, evaluator
from core.checking.timelines import Checks
from core.costs import memory
from core.language import parse
from core.language.machine.budget import Budget
from core.replay import Replay, path_of
from core.run import Run, record
from core.timeline import Timeline
from core.why import watch_disagreements
from explorer.drawing.layout import LayoutCancelled
from explorer.drawing.measure import Measure, estimated
from explorer.drawing.picture import Picture, picture_of
from explorer.first_values import is_telling, points
from explorer.model.curve import Curve, sensible_range
from explorer.model.direction import direction_of
from explorer.model.values import Value

MOST_WORK = 4_000_000
"""Numbers times entries beyond which nothing is checked: each number costs two runs."""
MOST_KEPT = 200_000
"""Entries beyond which the bytes that a tape keeps are not counted."""
MOST_REPLAYED = 5_000
"""Longer tapes are not worth compiling for one curve."""


@dataclass(frozen=True, eq=False)
class Question:
    """A text and where to look at it; `values` may name more inputs than the text has."""

    text: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    switches: Mapping[str, bool] = field(default_factory=dict)
    """Which inputs the user has switched to be watched or not; the others are as the text says."""
    output: str = ""
    mode: str = "reverse"
    direction: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Answer:
    """A run of the question, ready to be drawn; or the problem for which there is none."""

    question: Question
    run: Run | None = None
    timeline: Timeline | None = None
    picture: Picture | None = None
    problem: ProgramError | None = None
    warning: ProgramError | None = None
    disagreements: Mapping[str, str] = field(default_factory=dict)
    """By input, what to say where the program's own tape watches otherwise than the user has chosen."""


def answer(
    question: Question, previous: Answer | None, budget: Budget, tell: Callable[[str], object] = lambda stage: None,
    measure: Measure = estimated,
) -> Answer:  # fmt: skip
    """Parse, record, sweep and place. After a failure half-way there is a problem and a run, else one of them.

    `tell` hears what is being done; `measure` tells how wide the texts of the graph are.
    """
    tell("recording")
    try:
        run = _run(question, previous, budget)
        _go_on(budget)
        tell("sweeping")
        timeline = Timeline.of(run, direction_of(run, question.direction) if question.mode == "forward" else None)
        _go_on(budget)
        tell("placing the graph")
        old = previous.picture if previous else None
        picture = picture_of(timeline, old, lambda: budget.cancelled, measure)
    except ProgramError as error:
        return Answer(question, problem=error)
    except (MemoryError, RecursionError):
        return Answer(question, problem=ProgramError("There is not enough memory for this.", None, "Make it smaller."))
    except (GivenUp, LayoutCancelled):
        return Answer(question)
    except Exception as error:  # a fault of ours must not leave the window waiting for ever
        logging.exception("a program could not be shown")
        fault = ProgramError(f"This program could not be shown: {error}.", None, "The fault is ours, not the text's.")
        return Answer(question, problem=fault)
    failure = run.failure
    problem = ProgramError(failure.message, failure.span) if failure else None
    return Answer(question, run, timeline, picture, problem, warning_of(timeline), _disagreements(run))


def _disagreements(run: Run) -> dict[str, str]:
    told = {}
    for name, answer in watch_disagreements(run).items():
        where = f" (line {answer.span.line})" if answer.span is not None else ""
        told[name] = f"{answer.sentence.rstrip('.')}{where}. {answer.remedy}"
    return told


class GivenUp(Exception):
    """Nobody waits for the answer any more."""


def _go_on(budget: Budget) -> None:
    if budget.cancelled:
        raise GivenUp


def warning_of(timeline: Timeline) -> ProgramError | None:
    """Where nan or infinity begins, if it does: the program ran, but its numbers are lost."""
    if not timeline.troubled:
        return None
    index = min(timeline.troubled)
    sentence = notation.sentence(timeline, int(timeline.computed_at[index]))
    return ProgramError(sentence, timeline.tape[index].span)


def _run(question: Question, previous: Answer | None, budget: Budget) -> Run:
    known = previous.run.program if previous and previous.run else None
    program = known if known and known.text == question.text else parse(question.text)
    former = previous.run.point if previous and previous.run else {}
    watch = [one.name for one in program.inputs if question.switches.get(one.name, one.watched)]
    output = question.output if question.output in program.names else None
    tried = points(program, question.values, former)
    runs = [record(program, next(tried), watch, output, budget)]
    while not (telling := is_telling(runs[-1])) and not budget.cancelled and (point := next(tried, None)) is not None:
        runs.append(record(program, point, watch, output, budget))
    return runs[-1] if telling else runs[0]


class Studied(NamedTuple):
    """What was worked out about a run after it was shown: checks, bytes kept at each step, and the curve."""

    checks: Checks
    memory: np.ndarray
    curve: Curve | None


def study(timeline: Timeline, plotted: tuple[str, int] | None, known: Studied | None, budget: Budget) -> Studied:
    """What takes longer than the run itself; what is known of it already is not worked out again."""
    run = timeline.run
    if known is None:
        kept = memory(timeline) if len(run.tape) <= MOST_KEPT else np.zeros(0)
        known = Studied(_checked(run, budget), kept, None)
    return known._replace(curve=curve(run, *plotted, budget) if plotted else None)


def _checked(run: Run, budget: Budget) -> Checks:
    numbers = sum(np.size(value) for value in run.point.values())
    wanted = not run.failure and numbers * len(run.tape) <= MOST_WORK
    return checks(run, budget=budget) if wanted else {}


def curve(run: Run, name: str, element: int, budget: Budget) -> Curve | None:
    """The output along one number of an input; None where there is no such line."""
    if run.failure or name not in run.point or np.size(run.value) != 1:
        return None
    value = run.point[name]
    places = np.size(value)
    if not 0 <= element < places or places * len(run.tape) > 20_000_000:
        return None
    x = float(np.ravel(value)[element])
    xs = np.linspace(*sensible_range(x), 161 if len(run.tape) < 2_000 else 41)
    output_at = _repeated(run, name, budget)
    ys = np.array([output_at(**{name: moved(value, element, float(to))}) for to in xs])
    gradient = run.gradients()[name]
    slope = None if gradient is None else float(np.ravel(gradient)[element])
    title = name + place_text(np.shape(value), element)
    output = run.tape[run.target].label if run.target is not None else run.program.output
    return Curve(name, element, title, output, xs, ys, x, float(np.ravel(run.value)[0]), slope)


def _repeated(run: Run, name: str, budget: Budget) -> Callable[..., float]:
    """The output as a function of one input, to be asked many times.

    Replayed as compiled code while the program takes the branches it took, recorded anew where it takes others;
    only recorded where replay has no text for it.
    """
    recorded = evaluator(run, budget)
    if name not in run.inputs or len(run.tape) > MOST_REPLAYED:
        return recorded
    target = run.target_name or None
    replay = Replay(lambda point: path_of(record(run.program, {**run.point, **point}, run.watched, target, budget)))
    watched = {one: run.point[one] for one in run.inputs}

    def output_at(**moved: Any) -> float:
        if budget.cancelled:
            return float("nan")
        try:
            return float(np.sum(replay.value(**{**watched, **moved})))
        except (ValueError, TypeError, NotImplementedError):
            return recorded(**moved)

    return output_at


def place_text(shape: tuple[int, ...], element: int) -> str:
    """Where a number stands in an array, as it is typed: [1, 2]; nothing for a scalar."""
    return f"[{', '.join(str(at) for at in np.unravel_index(element, shape))}]" if shape else ""


def moved(value: Value, element: int, to: float) -> Value:
    """The value with one of its numbers changed."""
    if np.ndim(value) == 0:
        return float(to)
    changed = np.array(value, dtype=float)
    changed.flat[element] = to
    return changed
