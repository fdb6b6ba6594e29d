"""Answers: if these fail, values jump while one types."""

from explorer.model.answer import Answer, answer
from explorer.model.question import Question


def point(text: str, previous: Answer | None = None, **given: float) -> dict:
    run = answer(Question(text, given), previous).run
    assert run is not None
    return dict(run.point)


def test_what_is_given_stays_and_what_was_there_stays_while_one_types():
    before = answer(Question("x*y"))
    assert point("a*x*y", before) == {"a": 0.5, "x": 2.0, "y": 3.0}
    assert point("a*x*y", before, x=7.0) == {"a": 2.0, "x": 7.0, "y": 3.0}


def test_what_was_there_goes_where_it_leads_to_no_numbers():
    before = answer(Question("x*y"))
    assert point("log(1 - x)", before) == {"x": 0.5}
