"""The quiz: if these fail, an answer can be read off while it is asked for, or a right answer is not taken."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from core.events import AdjointAccumulated
from core.language import parse
from core.notation import number
from core.quiz import KINDS, questions
from core.run import record
from core.timeline import Timeline
from explorer.parts.quiz.work import last_step, next_question, veiled
from explorer.storage.examples import example
from tests.explorer.conftest import rest, set_value
from tests.explorer.window.test_window import cells


@pytest.fixture
def asked(window, qtbot):
    """A window with the first question open."""
    window.player.to_start()
    qtbot.keyClick(window.graph, Qt.Key.Key_Q)
    return window


def said(window, name: str) -> str:
    return window.findChild(QLabel, name).text()


def answer(window, qtbot, text: str) -> None:
    field = window.findChild(QLineEdit, "quiz_answer")
    field.setText(text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_the_key_asks_and_the_player_does_not_pass_the_answer(asked, qtbot):
    quiz = asked.parts["quiz"]
    assert quiz.asking and "v1 = w1²" in said(asked, "quiz_question")
    limit = asked.player.step
    for go in (asked.player.to_end, asked.player.step_forward, lambda: asked.player.seek(limit + 3)):
        go()
        asked.player.tick(10.0)
        assert asked.player.step == limit
    asked.player.step_back()
    assert asked.player.step == limit - 1


def test_the_right_answer_reveals_the_step_and_counts(asked, qtbot):
    answer(asked, qtbot, "w1 * w1")
    assert said(asked, "quiz_feedback").startswith("✓")
    assert not asked.parts["quiz"].asking and asked.player.step == 3
    assert "values: 1 of 1" in said(asked, "quiz_score")
    assert asked.settings.quiz_score["concepts"]["values"]["right"] == 1


def test_a_wrong_answer_names_the_misconception_and_does_not_count(window, qtbot):
    window.parts["quiz"]._choose("contribution")
    while "v4" not in said(window, "quiz_question"):
        window.parts["quiz"].reveal()
        window.parts["quiz"].ask_next()
    window.parts["quiz"].reveal()
    window.parts["quiz"].ask_next()
    question = window.parts["quiz"].question
    answer(window, qtbot, "0.123")
    assert said(window, "quiz_feedback").startswith("✗") and window.parts["quiz"].asking
    answer(window, qtbot, f"-({number(question.answer)})")
    assert "wrong sign" in said(window, "quiz_feedback")
    answer(window, qtbot, number(question.answer, 12))
    assert said(window, "quiz_feedback").startswith("✓")
    assert window.settings.quiz_score["misconceptions"]["wrong sign"] == 1
    assert window.settings.quiz_score["concepts"]["the chain rule"]["right"] == 0


def test_three_hints_and_then_no_more(asked):
    for count in (1, 2, 3, 4):
        asked.parts["quiz"].hint()
        assert said(asked, "quiz_hints").count("Hint") == min(count, 3)
    assert not asked.parts["quiz"].panel.hint.isEnabled()


def test_revealing_tells_the_answer_and_counts_as_not_known(asked):
    asked.parts["quiz"].reveal()
    assert "The answer is 25" in said(asked, "quiz_feedback")
    assert "values: 0 of 1" in said(asked, "quiz_score")


def test_while_a_question_is_open_nothing_else_gives_the_answer(window, qtbot):
    """Finite differences, the plot, the code, the inspector and Why? would."""
    window.player.to_start()
    window.parts["quiz"]._choose("gradient")
    question = window.parts["quiz"].question
    assert all(not row[2] and not row[3] for row in cells(window, "gradient_table"))
    tabs = window.centre.findChild(type(window.centre._bar), "centre_tabs")
    assert [tabs.isTabEnabled(place) for place in range(tabs.count())] == [True] + [False] * (tabs.count() - 1)
    qtbot.keyClick(window.graph, Qt.Key.Key_W)
    assert not window.parts["why"].dock.isVisible()
    for entry in veiled(question):
        window.shown.select(entry)
        assert "hidden until" in window.inspector.toPlainText()
    window.parts["quiz"].stop()
    window.player.to_end()  # before that the tape has no number that they could be held against
    assert all(row[2] for row in cells(window, "gradient_table"))
    assert all(tabs.isTabEnabled(place) for place in range(tabs.count()))


@pytest.mark.parametrize("kind", KINDS)
def test_the_answer_has_not_arrived_at_the_step_where_it_is_asked(kind):
    """For every question of the seed function: what is asked is not yet in the frame."""
    document = example("seed")
    line = Timeline.of(record(parse(document.text), document.inputs))
    for question in questions(line, [kind]):
        frame = line.frame(last_step(question))
        if kind == "value":
            assert frame.primal(question.index) is None
        elif kind in ("adjoint", "gradient"):
            assert len(frame.contributions(question.index)) < frame.expected_contributions(question.index)
        else:
            event = line.event(question.step)
            assert isinstance(event, AdjointAccumulated) and frame.step < question.step


def test_the_last_question_ends_the_quiz(window, qtbot):
    assert next_question(window.session.timeline, len(window.session.timeline)) is None
    window.parts["quiz"]._step = window.player.last
    window.parts["quiz"].ask_next()
    assert "last question" in said(window, "quiz_question") and not window.parts["quiz"].asking


def test_another_value_ends_the_question(asked, qtbot):
    set_value(asked, qtbot, "w1", "2")
    rest(asked, qtbot)
    assert not asked.parts["quiz"].asking and "has changed" in said(asked, "quiz_question")


def test_closing_the_panel_hides_nothing_any_more(asked):
    asked.parts["quiz"].dock.hide()
    assert not asked.parts["quiz"].asking


def test_a_worksheet_has_questions_and_its_key_the_answers(window, qtbot, tmp_path: Path):
    for ending in (".html", ".md"):
        sheet = tmp_path / f"sheet{ending}"
        window.parts["worksheet"].write(sheet)
        rest(window, qtbot)
        asked, key = sheet.read_text("utf-8"), (tmp_path / f"sheet-answers{ending}").read_text("utf-8")
        assert "v4 = v3 × w2" in asked and "105" not in asked and "105" in key
        assert "sheet-answers" in window.centre.notice.label.text()
    window.parts["worksheet"].write(tmp_path / "none" / "sheet.html")
    rest(window, qtbot)
    assert "was not written" in window.centre.notice.label.text()
