"""What every lesson that is shipped has, over what any lesson must have."""

from __future__ import annotations

from collections.abc import Iterator

from core.lessons.checking import sentences as told
from core.lessons.lesson import Ask, Lesson, Predict, Problem, Spot

MOMENTS, QUESTIONS, MISTAKES = 6, 2, 2


def problems_of_house(lesson: Lesson) -> Iterator[Problem]:
    """What is missing."""
    if len(lesson.moments) < MOMENTS:
        yield Problem(Spot(1, 1), told.FEW_MOMENTS.say(count=MOMENTS))
    asked = [one for one in lesson.moments if isinstance(one.task, Ask | Predict) and len(one.mistakes) >= MISTAKES]
    if len(asked) < QUESTIONS:
        yield Problem(Spot(1, 1), told.FEW_QUESTIONS.say(count=QUESTIONS, mistakes=MISTAKES))
    if not any(claim.source.strip() for claim in lesson.claims):
        yield Problem(Spot(1, 1), told.NO_CLAIM.say())
    for moment in asked:
        if not moment.hints:
            yield Problem(moment.spot("ask", "predict"), told.NO_HINTS.say())
