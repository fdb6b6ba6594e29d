"""Answers without a window: one call from a question to a run that can be drawn."""

from core.language.machine.budget import Budget
from explorer.model.answer import answer
from explorer.model.question import Question


def test_a_question_is_answered_by_itself() -> None:
    found = answer(Question("w1*w2", {"w1": 5.0, "w2": 3.0}))
    assert found.problem is None and found.run is not None and found.picture is not None
    assert found.run.value == 15.0
    assert len(found.picture.model) == 3


def test_a_question_keeps_its_limits() -> None:
    text = "x = a\nfor i in range(1000):\n    x = x*a\nx"
    assert answer(Question(text, {"a": 1.0})).problem is None
    stopped = answer(Question(text, {"a": 1.0}, limits=Budget(entries=10)))
    assert stopped.problem is not None and "10 entries" in str(stopped.problem)
    assert stopped.run is not None and len(stopped.run.tape) < 1000


def test_watching_and_the_direction_are_part_of_the_question() -> None:
    found = answer(Question("a*b", {"a": 2.0, "b": 3.0}, {"b": False}, mode="forward", direction={"a": 7.0}))
    assert found.run is not None and found.timeline is not None and found.run.target is not None
    assert set(found.run.watched) == {"a"}
    speed = found.timeline.frame(len(found.timeline)).adjoint(found.run.target)
    assert speed == 21.0  # b times how fast a moves


def test_a_text_with_an_error_has_a_problem_and_no_run() -> None:
    found = answer(Question("w1 +"))
    assert found.run is None and found.problem is not None
