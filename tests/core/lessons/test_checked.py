"""Every lesson that is shipped passes the check that authors use, and the check finds what is wrong."""

import pytest

from core.lessons.check import problems_of
from core.lessons.lesson import Lesson, Spot
from core.lessons.reading import lesson_from_text
from tests.core.lessons.learners import IDS, lesson_of

LESSON = '''lesson = 1
title = "Checked"
minutes = 1
program = """
def f(w1, w2):
    return 3*w1**2 + 2*w1*w2
"""
inputs = { w1 = 5.0, w2 = 3.0 }

[[claim]]
that = "gradient(w1)"
is = "36"
source = "by hand"

[[moment]]
at = "turn()"
on = "f"
say = "f is {value(f)}."

[[moment]]
at = "contributions(w1) == 1 and next() == w1"
ask = { kind = "number", question = "What comes of it?", answer = "adjoint_final(w1)" }
hints = ["Look.", "Add.", "6 and 30."]

[[moment.mistake]]
name = "forgot to add"
gives = "30"

[[moment]]
at = "end()"
break = { mistake = "overwrite", task = "Break it." }
'''


def on_shelf(id: str) -> Lesson | None:
    return lesson_of(id) if id in IDS else None


def found(text: str) -> list[tuple[str, int]]:
    """The ids of what is wrong, and the lines."""
    problems = problems_of(lesson_from_text(text, "checked"), on_shelf)
    return [(getattr(problem.sentence, "id", ""), problem.spot.line) for problem in problems]


@pytest.mark.parametrize("id", IDS)
def test_nothing_is_wrong_with_a_shipped_lesson(id: str) -> None:
    """Anchors are reached, answers confirmed, mistakes told apart, claims hold to the printed digit."""
    assert [str(problem) for problem in problems_of(lesson_of(id), on_shelf, strict=True)] == []


def test_nothing_is_wrong_with_the_lesson_that_is_broken_below() -> None:
    assert found(LESSON) == []


@pytest.mark.parametrize(
    ("old", "new", "id", "line"),
    [
        ('at = "turn()"', 'at = "contributions(w2) == 2"', "lessons.not-reached", 16),
        ('at = "turn()"', "at = 'done(entry(\"w1*w1\"))'", "lessons.not-reached-since", 16),
        ('on = "f"', 'on = "w3"', "lessons.points-nowhere", 17),
        ("{value(f)}", "{adjoint(w1)}", "lessons.number-not-here", 18),
        ("f is {value(f)}.", "f is " + "very " * 80 + "large.", "lessons.too-long", 18),
        ("f is {value(f)}.", "f has an adjoint.", "lessons.term", 18),
        ('answer = "adjoint_final(w1)"', 'answer = "hessian()[1][1]"', "lessons.answer-is-none", 22),
        ('answer = "adjoint_final(w1)"', 'answer = "value(w1) + w2"', "lessons.no-answer", 22),
        ('gives = "30"', 'gives = "36"', "lessons.mistake-is-right", 27),
        ('gives = "30"', 'gives = "36.1"', "lessons.mistake-is-right", 27),
        ('gives = "30"', 'gives = "30"\n[[moment.mistake]]\nname = "wrong sign"\ngives = "30.01"',
         "lessons.mistakes-alike", 30),
        ('at = "end()"', 'at = "turn()"', "lessons.break-too-early", 30),
        ('is = "36"', 'is = "36.1"', "lessons.claim-off", 11),
        ('that = "gradient(w1)"', 'that = "loss(3)"', "lessons.claim-not-computed", 11),
        ("3*w1**2", "3*w3**2", "lessons.claim-off", 11),
        ("3*w1**2", "3*w1)", "lessons.program", 6),
        ("w2 = 3.0", "w3 = 3.0", "lessons.program", 4),
        ("minutes = 1", 'minutes = 1\nneeds = ["nobody-wrote-this"]', "lessons.no-such-lesson", 4),
        ('title = "Checked"', f'title = "{"x" * 61}"', "lessons.too-long", 2),
        ('title = "Checked"', 'title = "Checked"\nvary = { w1 = [5, 5], w2 = [3, 3] }', "lessons.no-variant", 3),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_where_it_is(old: str, new: str, id: str, line: int) -> None:
    assert old in LESSON
    assert (id, line) in found(LESSON.replace(old, new, 1))


def test_lessons_that_need_each_other_are_told() -> None:
    one = lesson_from_text(LESSON.replace("minutes = 1", 'minutes = 1\nneeds = ["other"]'), "checked")
    other = lesson_from_text(LESSON.replace("minutes = 1", 'minutes = 1\nneeds = ["checked"]'), "other")
    problems = problems_of(one, {"checked": one, "other": other}.get)
    assert [(getattr(problem.sentence, "id", ""), problem.spot) for problem in problems] == [
        ("lessons.circle", Spot(4, 9))
    ]


def test_a_question_before_anything_was_shown_is_refused() -> None:
    begins = LESSON.index("[[moment]]")
    ends = LESSON.index("[[moment]]", begins + 1)
    assert ("lessons.asks-first", 16) in found(LESSON[:begins] + LESSON[ends:])
