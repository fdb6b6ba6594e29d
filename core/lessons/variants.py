"""Class variants: the same lesson with other numbers, drawn by a seed, so that neighbours cannot copy.

The same seed gives the same numbers everywhere. Numbers for which some question has no clear answer are drawn again.
Claims are of the published numbers and are left out. Knows lessons and their runs.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np

from core.basics.budget import Budget
from core.basics.errors import ProgramError
from core.basics.words import say
from core.lessons.checking.moments import problems_of_moment
from core.lessons.checking.worlds import Worlds
from core.lessons.lesson import Lesson

TRIES = 40


class NoVariant(ValueError):
    """A lesson that has no other numbers, or none with which all its questions make sense."""


def variant(lesson: Lesson, seed: int) -> Lesson:
    """The lesson with the numbers of a seed; raises NoVariant."""
    if not lesson.vary:
        raise NoVariant(say("lessons.no-vary", "The lesson does not say how its numbers vary (`vary`)."))
    unknown = [name for name in lesson.vary if name not in lesson.inputs]
    if unknown:
        raise NoVariant(
            say("lessons.vary-unknown", "`vary` names `{name}`, which is not in `inputs`.", name=unknown[0])
        )
    first = ""
    for number in range(TRIES):
        drawn = random.Random(f"{lesson.id} {seed} {number}")
        inputs = {name: drawn_value(value, lesson.vary.get(name), drawn) for name, value in lesson.inputs.items()}
        varied = replace(lesson, inputs=inputs, claims=())
        problem = _problem(varied) if inputs != dict(lesson.inputs) else "-"
        if not problem:
            return varied
        first = first or f"{', '.join(f'{name} = {value}' for name, value in inputs.items())}: {problem}"
    raise NoVariant(
        say(
            "lessons.no-variant",
            "In {count} draws no numbers were found with which every question has a clear answer. The first: {problem}",
            count=TRIES,
            problem=first,
        )
    )


def drawn_value(value: Any, bounds: tuple[float, float, float] | None, drawn: random.Random) -> Any:
    """A value of an input with other numbers: each in its bounds, in whole steps; itself where there are none."""
    if bounds is None:
        return value
    if isinstance(value, list):
        return [drawn_value(one, bounds, drawn) for one in value]
    low, high, step = bounds
    return round(low + step * drawn.randint(0, int(np.floor((high - low) / step + 1e-9))), 10)


def _problem(lesson: Lesson) -> str:
    """Why a moment is not reached, an answer not computed, or a mistake not told apart; "" where all is well."""
    try:
        worlds = Worlds(lesson, Budget().begun())
    except (ProgramError, ValueError) as error:
        return str(error)
    if worlds.own.run.failure is not None and not worlds.expects_failure:
        return str(worlds.own.run.failure.message)
    return next((one.sentence for moment in lesson.moments for one in problems_of_moment(moment, worlds)), "")
