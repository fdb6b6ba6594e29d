"""What is asked of the engine about one text at one point: the run with its picture, the checks, the curve.

Pure functions for a worker thread, each stopped by its budget. Knows no widget.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from core import notation
from core.checks import Check, checks, evaluator
from core.errors import ProgramError
from core.language import parse
from core.language.budget import Budget
from core.language.program import Program
from core.record import Run, record
from core.timeline import Timeline
from explorer.curve import Curve, sensible_range
from explorer.graph.layout import LayoutCancelled
from explorer.picture import Picture, picture_of
from explorer.values import Value

Checks = dict[str, Check]
MOST_WORK = 4_000_000
"""Numbers times entries beyond which nothing is checked: each number costs two runs."""
FIRST_VALUE = 1.0


@dataclass(frozen=True, eq=False)
class Question:
    """A text and where to look at it; `values` may name more inputs than the text has."""

    text: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    unwatched: frozenset[str] = frozenset()
    output: str = ""


@dataclass(frozen=True, eq=False)
class Answer:
    """A run of the question, ready to be drawn; or the problem for which there is none."""

    question: Question
    run: Run | None = None
    timeline: Timeline | None = None
    picture: Picture | None = None
    problem: ProgramError | None = None
    warning: ProgramError | None = None


def answer(question: Question, previous: Answer | None, budget: Budget) -> Answer:
    """Parse, record, sweep and place. After a failure half-way there is a problem and a run, else one of them."""
    try:
        run = _run(question, previous, budget)
        timeline = Timeline.of(run)
        old = previous.picture if previous else None
        picture = picture_of(timeline, old, lambda: budget.cancelled)
    except ProgramError as error:
        return Answer(question, problem=error)
    except (MemoryError, RecursionError):
        return Answer(question, problem=ProgramError("There is not enough memory for this.", None, "Make it smaller."))
    except LayoutCancelled:
        return Answer(question)
    failure = run.failure
    problem = ProgramError(failure.message, failure.span) if failure else None
    return Answer(question, run, timeline, picture, problem, warning_of(timeline))


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
    point = point_of(program, question.values)
    watch = [name for name in point if name not in question.unwatched]
    return record(program, point, watch, question.output or None, budget)


def point_of(program: Program, values: Mapping[str, Value]) -> dict[str, Value]:
    """A value for every input: the one given, else its default in the text, else one."""
    point = {}
    for one in program.inputs:
        given = values.get(one.name, one.default)
        point[one.name] = FIRST_VALUE if given is None else given
    return point


def study(run: Run, plotted: tuple[str, int] | None, known: Checks, budget: Budget) -> tuple[Checks, Curve | None]:
    """What takes longer than the run itself: the checks, unless known, and the curve that is looked at."""
    numbers = sum(np.size(value) for value in run.point.values())
    if not known and not run.failure and numbers * len(run.tape) <= MOST_WORK:
        known = checks(run, budget=budget)
    return known, curve(run, *plotted, budget) if plotted else None


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
    output_at = evaluator(run, budget)
    ys = np.array([output_at(**{name: moved(value, element, float(to))}) for to in xs])
    gradient = run.gradients()[name]
    slope = None if gradient is None else float(np.ravel(gradient)[element])
    title = name + place_text(np.shape(value), element)
    output = run.tape[run.target].label if run.target is not None else run.program.output
    return Curve(name, element, title, output, xs, ys, x, float(np.ravel(run.value)[0]), slope)


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
