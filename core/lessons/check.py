"""What is wrong with a lesson, found by running it: for authors, and for the test of every lesson that is shipped.

Anchors that are never reached, answers that the engine does not confirm, mistakes that cannot be told apart, numbers
that cannot be computed where they stand, texts too long for their place, terms nobody introduced, claims that do not
hold to the printed digit. Problems are data, with their places in the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.basics.budget import Budget
from core.basics.errors import ProgramError
from core.basics.span import Span
from core.basics.words import sentences
from core.lessons.checking import sentences as told
from core.lessons.checking.claimed import problems_of_claims
from core.lessons.checking.house import problems_of_house
from core.lessons.checking.moments import problems_of_moment
from core.lessons.checking.order import Shelf, problems_of_needs, problems_of_order, problems_of_terms
from core.lessons.checking.worlds import Worlds
from core.lessons.form.positions import FIRST_LINE
from core.lessons.lesson import Lesson, Problem, Spot
from core.lessons.variants import NoVariant, variant

SEEDS = (1, 2, 3)


def no_shelf(id: str) -> Lesson | None:
    """No other lessons are at hand."""
    return None


def problems_of(lesson: Lesson, shelf: Shelf = no_shelf, strict: bool = False) -> list[Problem]:
    """Everything that is wrong, in the order of the file; `strict` asks for what every shipped lesson has too."""
    found = [*problems_of_needs(lesson, shelf), *problems_of_terms(lesson, shelf), *problems_of_order(lesson)]
    found += _problems_of_run(lesson)
    if strict:
        found += problems_of_house(lesson)
    if not found and lesson.vary:
        found += _problems_of_variants(lesson)
    return sorted(dict.fromkeys(found), key=lambda problem: problem.spot)


def _problems_of_run(lesson: Lesson) -> Iterator[Problem]:
    try:
        worlds = Worlds(lesson, Budget().begun())
    except ProgramError as error:
        yield _of_program(lesson, error.span, sentences(error.message, error.hint))
        return
    except (ValueError, TypeError) as error:
        yield Problem(_spot(lesson, "inputs"), told.INPUTS.say(problem=str(error)))
        return
    if (failure := worlds.own.run.failure) is not None and not worlds.expects_failure:
        yield _of_program(lesson, failure.span, str(failure.message))
        return
    for moment in lesson.moments:
        yield from problems_of_moment(moment, worlds)
    yield from problems_of_claims(lesson, worlds.own)


def _of_program(lesson: Lesson, span: Span | None, sentence: str) -> Problem:
    """What is wrong with the program, at the line of the lesson's file."""
    first = lesson.spots.get(f"program.{FIRST_LINE}")
    if first is None or span is None:
        return Problem(_spot(lesson, "program"), told.PROGRAM.say(problem=sentence))
    return Problem(Spot(first.line + span.line - 1, span.column), told.PROGRAM.say(problem=sentence))


def _problems_of_variants(lesson: Lesson) -> Iterator[Problem]:
    for seed in SEEDS:
        try:
            variant(lesson, seed)
        except NoVariant as error:
            yield Problem(_spot(lesson, "vary"), error.args[0])
            return


def _spot(lesson: Lesson, key: str) -> Spot:
    return lesson.spots.get(key, Spot(1, 1))
