"""Questions hide what they ask, right answers are right in any form, and each misconception is recognised alone."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.basics.errors import ProgramError
from core.language import parse
from core.notation import bar
from core.quiz import (
    CONCEPTS,
    KINDS,
    MISCONCEPTIONS,
    Question,
    add_to_score,
    add_wrong,
    check,
    empty_score,
    hints,
    question_at,
    questions,
    read_answer,
    read_score,
    summary,
    worksheet,
)
from core.quiz.feedback import misconceptions, same
from core.run import Run, record
from core.timeline import Timeline

W = np.array([[1.0, 2.0], [0.5, -1.0]])
X = np.array([[0.3, 0.7], [1.1, -0.4]])


def run_of(text: str, **point: Any) -> Run:
    return record(parse(text), point)


def asked(text: str, point: dict[str, Any], kind: str, place: int = 0) -> Question:
    return [one for one in questions(Timeline.of(run_of(text, **point))) if one.kind == kind][place]


SEED = Timeline.of(run_of("z = 3*w1**2 + 2*w1*w2", w1=5.0, w2=3.0))
LAYER = Timeline.of(run_of("y = sum(tanh(x @ w + b))", x=X, w=W, b=np.array([0.5, -0.5])))
ALL = [*questions(SEED), *questions(LAYER)]


@pytest.mark.parametrize("question", ALL, ids=lambda question: f"{question.kind}-{question.step}")
def test_the_right_answer_is_right_and_hints_do_not_fail(question: Question) -> None:
    text = json.dumps(np.asarray(question.answer).tolist())
    feedback = check(question, text)
    assert feedback.right, feedback
    assert feedback.misconception == ""
    stages = hints(question)
    assert len(stages) == 3 and all(stages)
    assert question.text.endswith("?") and question.concept in CONCEPTS.values()


@pytest.mark.parametrize("question", ALL, ids=lambda question: f"{question.kind}-{question.step}")
def test_what_is_asked_is_not_among_what_is_known(question: Question) -> None:
    known = question.known()
    tape = question.timeline.tape
    asked_label = tape.label(question.index)
    assert (asked_label if question.kind == "value" else bar(asked_label)) not in known or question.kind in (
        "partial",
        "contribution",
    )
    assert question_at(question.timeline, question.step) is not None


def test_each_kind_is_asked_of_the_seed_function() -> None:
    assert {question.kind for question in questions(SEED)} == set(KINDS)
    assert [question.answer for question in questions(SEED, ["gradient"])] == [10.0, 36.0]
    assert [question.answer for question in questions(SEED, ["adjoint"])] == [36.0]
    assert question_at(SEED, 1) is None, "an input is given, there is nothing to predict"


def test_large_or_infinite_answers_are_not_asked_for() -> None:
    assert questions(Timeline.of(run_of("y = x*x", x=np.ones(100)))) == []
    assert all(one.kind != "value" for one in questions(Timeline.of(run_of("y = log(x)", x=0.0))))


EXPRESSIONS = [
    ("v4 * w2 is not it", None),
    ("6 + 30", 36.0),
    ("v̄3·2 + v̄1·2·w1", 36.0),
    ("bar(v3)*2 + adj(v1)*2*w1", 36.0),
    ("6×w1 + 6", 36.0),
    ("w1² + 11", 36.0),
    ("w1^2 + 11", 36.0),
    ("-(−36)", 36.0),
    ("3.6e1", 36.0),
    ("sqrt(1296)", 36.0),
]


@pytest.mark.parametrize(("text", "value"), EXPRESSIONS)
def test_an_answer_may_be_an_expression(text: str, value: float | None) -> None:
    (question,) = questions(SEED, ["adjoint"])
    feedback = check(question, text)
    assert feedback.right is (value is not None)
    assert feedback.sentence.endswith(".")


def test_an_answer_may_be_a_product_of_matrices() -> None:
    question = next(one for one in questions(LAYER, ["contribution"]) if "x receive" in one.text)
    label = LAYER.tape.label(question.source or 0)
    assert check(question, f"bar({label}) @ w.T").right
    assert check(question, f"{bar(label)} @ wᵀ").right


REFUSED = ["", "x.__class__", "__import__('os')", "open(1)", "[1, [2]]", "w1 if 1 else 2", "nothere", "lambda: 1",
           "'a'", "w1; 2", "(" * 200, "9" * 500, "w1 @ w2", "sin(w1, w2)", "True", "1 < 2", "[i for i in w1]",
           "1if w1 else 2", "'\\d'", "1 is w1"]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(ProgramError) as caught:
        read_answer(text, {"w1": 5.0, "w2": 3.0})
    assert caught.value.message.endswith(("." if "?" not in caught.value.message else "?", "."))
    (question,) = questions(SEED, ["adjoint"])
    assert not check(question, text).right


@given(st.text(max_size=40))
def test_no_answer_breaks_the_reader(text: str) -> None:
    try:
        read_answer(text, {"w1": 5.0})
    except ProgramError as error:
        assert error.message


def test_an_answer_within_half_a_per_cent_is_right() -> None:
    (question,) = questions(SEED, ["adjoint"])
    assert check(question, "36.1").right and not check(question, "36.5").right


BROADCAST = {"x": X, "b": np.array([0.5, -0.5])}
CAUGHT: list[tuple[str, Question, str]] = [
    ("forgot to add", asked("z = 3*w1**2 + 2*w1*w2", {"w1": 5.0, "w2": 3.0}, "adjoint"), "30"),
    ("forgot to add", asked("z = 3*w1**2 + 2*w1*w2", {"w1": 5.0, "w2": 3.0}, "gradient", 1), "6"),
    ("forgot to add", asked("y = x*x + 5*x + exp(x)", {"x": 1.5}, "adjoint"), "5 + exp(1.5)"),
    ("multiplied the contributions", asked("z = 3*w1**2 + 2*w1*w2", {"w1": 5.0, "w2": 3.0}, "adjoint"), "180"),
    ("forgot the upstream factor", asked("y = 7*sin(x)", {"x": 0.4}, "contribution", 1), "cos(x)"),
    ("forgot the upstream factor", asked("y = 7*sin(x)", {"x": 0.4}, "gradient"), "cos(x)"),
    ("forgot the local slope", asked("y = 7*sin(x)", {"x": 0.4}, "contribution", 1), "7"),
    ("swapped operands", asked("y = 11*(a*b)", {"a": 2.0, "b": 5.0}, "contribution", 1), "11*a"),
    ("swapped operands", asked("y = a*b", {"a": 2.0, "b": 5.0}, "partial"), "2"),
    ("swapped operands", asked("y = a - b", {"a": 2.0, "b": 5.0}, "value"), "3"),
    ("swapped operands", asked("y = a/b", {"a": 2.0, "b": 5.0}, "value"), "5/2"),
    ("wrong sign", asked("y = 5*cos(x)", {"x": 0.4}, "contribution", 1), "5*sin(x)"),
    ("wrong sign", asked("y = cos(x)", {"x": 0.4}, "partial"), "sin(x)"),
    ("wrong sign", asked("z = 3*w1**2 + 2*w1*w2", {"w1": 5.0, "w2": 3.0}, "gradient", 1), "-36"),
    ("used the output for the input", asked("y = sin(x)", {"x": 1.2}, "partial"), "cos(sin(1.2))"),
    ("used the output for the input", asked("y = 3*log(x)", {"x": 5.0}, "contribution", 1), "3/log(5)"),
    ("used the input for the output", asked("y = tanh(x)", {"x": 0.4}, "partial"), "1 - x**2"),
    ("used the input for the output", asked("y = 3*exp(x)", {"x": 0.4}, "contribution", 1), "3*x"),
    ("forgot the transpose", asked("y = sum(2*(x @ w))", {"x": X, "w": W}, "contribution", 2),
     json.dumps((np.full((2, 2), 2.0) @ W).tolist())),
    ("forgot the transpose", asked("y = sum((x @ w)*x)", {"x": X, "w": W}, "contribution", 4),
     json.dumps((X @ X).tolist())),
    ("forgot to sum the broadcast axis", asked("y = x + b", BROADCAST, "contribution", 1), "[[1, 1], [1, 1]]"),
    ("forgot to sum the broadcast axis", asked("y = x*b", BROADCAST, "contribution", 1), json.dumps(X.tolist())),
]  # fmt: skip


@pytest.mark.parametrize(("name", "question", "text"), CAUGHT)
def test_a_misconception_is_recognised(name: str, question: Question, text: str) -> None:
    feedback = check(question, text)
    assert not feedback.right
    assert feedback.misconception == name, (question.text, question.answer, feedback)
    assert feedback.sentence.endswith(".") and "{" not in feedback.sentence


@pytest.mark.parametrize("name", sorted(MISCONCEPTIONS))
def test_every_misconception_has_an_answer_that_only_it_explains(name: str) -> None:
    """Without this, a misconception could hide behind one that is tried before it."""
    alone = []
    for wanted, question, text in CAUGHT:
        value = read_answer(text, question.known())
        found = {
            which
            for which, wrong in misconceptions(question)
            if same(value, wrong) and not same(wrong, question.answer)
        }
        alone += [text] if wanted == name and found == {name} else []
    assert alone


def test_a_wrong_answer_that_shows_nothing_is_just_wrong() -> None:
    (question,) = questions(SEED, ["adjoint"])
    feedback = check(question, "1234")
    assert (feedback.right, feedback.misconception, feedback.sentence) == (False, "", "That is not it.")
    assert check(question, "[1, 2]").sentence == "The answer is a single number."


def test_hints_go_from_words_to_symbols_to_numbers_and_keep_the_result() -> None:
    (question,) = questions(SEED, ["adjoint"])
    first, second, third = hints(question)
    assert first.startswith("w1 is used in 2 places")
    assert "w2" not in first and "× w1" in second and third.endswith("6 + 30")
    assert "36" not in first + second + third


def test_the_score_counts_by_concept_and_survives_a_file() -> None:
    score = empty_score()
    later = add_to_score(score, "the chain rule", True)
    later = add_to_score(later, "the chain rule", False, hints=2, misconception="wrong sign")
    assert score == empty_score(), "a score is not changed, a new one is made"
    assert later["concepts"]["the chain rule"] == {"asked": 2, "right": 1, "wrong": 0, "hints": 2}
    assert read_score(json.loads(json.dumps(later))) == later
    assert "the chain rule: 1 of 2" in summary(later) and "wrong sign" in summary(later)
    assert summary(score) == "Nothing answered yet."


@pytest.mark.parametrize(
    "data",
    [None, 3, [], {"version": 9}, {"version": 1, "concepts": 4}, {"version": 1, "concepts": {"values": {"asked": -1}}},
     {"version": 1, "misconceptions": {"invented": 2, "wrong sign": "many"}}],
)  # fmt: skip
def test_a_broken_score_is_an_empty_one(data: Any) -> None:
    assert read_score(data) == empty_score()


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_a_worksheet_asks_and_its_key_answers(form: Any) -> None:
    sheet = worksheet(SEED.run, "Reuse", form)
    for value in ("105", "36"):
        assert value in sheet.answers and value not in sheet.questions
    for text in ("w1²", "z = v2 + v4", "Reuse", "At w1 = 5, w2 = 3."):
        assert text in sheet.questions
    assert len(sheet.questions.split("\n")) == len(sheet.answers.split("\n"))


def test_a_worksheet_in_html_is_text_only() -> None:
    sheet = worksheet(run_of("y = x*2 if x < 3 else 0.0", x=1.0), "<b>", "html")
    assert "x &lt; 3" in sheet.questions and "<b>" not in sheet.questions
    assert "script" not in sheet.questions


def test_the_second_hint_for_a_value_says_more_than_the_question() -> None:
    steps = Timeline.of(record(parse("w1**2 * w2"), {"w1": 5.0, "w2": 3.0}))
    for question in questions(steps, ("value",)):
        second = hints(question)[1]
        assert second not in question.text and "=" in second


def test_wrong_answers_are_counted_and_said() -> None:
    score = add_wrong(add_wrong(empty_score(), "values"), "values", "wrong sign")
    score = add_to_score(score, "values", right=False)
    assert "values: 0 of 1, 2 wrong answers" in summary(read_score(score)) and "wrong sign" in summary(score)
