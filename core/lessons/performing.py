"""The reverse sweep performed by the learner, step by step: which questions are asked, and which numbers are given.

Lessons fade: first all but one number is given, then all but three, at last none. The quiz's own questions and judge
serve here too. Knows timelines and the quiz.
"""

from __future__ import annotations

from core.lessons.lesson import Given
from core.quiz import Question, questions
from core.timeline import Timeline

KINDS = ("contribution", "adjoint")
LEFT: dict[Given, int] = {"all but one": 1, "all but three": 3}


def performed(timeline: Timeline, given: Given) -> list[Question]:
    """The questions, in the order of the sweep; where numbers are given, the last ones are left to be found."""
    found = _without_repeats(questions(timeline, KINDS))
    return found[-LEFT[given] :] if given in LEFT else found


def _without_repeats(found: list[Question]) -> list[Question]:
    """Where an adjoint is asked for, the contribution that completes it is not asked for as well."""
    sums = {question.step for question in found if question.kind == "adjoint"}
    return [question for question in found if question.kind == "adjoint" or question.step not in sums]
