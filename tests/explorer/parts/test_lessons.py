"""Lessons in the window: if these fail, somebody who is led through one is left standing, or is told an answer."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from core.lessons.curves import curve_of
from core.lessons.functions.elsewhere import read_mistake
from core.lessons.lesson import Break, Perform, Predict
from core.lessons.performing import performed
from core.lessons.reading import lesson_from_text
from core.lessons.shapes import SHAPES
from explorer.parts.lessons.content import marked_up, read_aloud
from tests.core.lessons.learners import answer_to
from tests.explorer.conftest import rest


def text(window, name: str) -> str:
    label = window.findChild(QLabel, f"lesson_{name}")
    return "" if label.isHidden() else label.text()


def button(window, name: str) -> QPushButton:
    return window.findChild(QPushButton, f"lesson_{name}")


def click(window, qtbot, name: str) -> None:
    assert not button(window, name).isHidden(), name
    qtbot.mouseClick(button(window, name), Qt.MouseButton.LeftButton)
    rest(window, qtbot)


def answer(window, qtbot, said: str) -> None:
    field = window.findChild(QLineEdit, "lesson_answer")
    field.setText(said)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def step(window, qtbot, times: int = 1) -> None:
    for _ in range(times):
        qtbot.keyClick(window.graph, Qt.Key.Key_Right)


@pytest.fixture
def tour(window, qtbot):
    window.actions_by_name["tour"].trigger()
    rest(window, qtbot)
    return window


def next_by_key(window, qtbot) -> None:
    qtbot.keyClick(window.focusWidget() or window.graph, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)


def test_the_tour_is_walked_by_keys_in_fewer_than_a_hundred(tour, qtbot):
    """Seventeen steps, an answer, an edit, and the moments that only say something."""
    window, lessons, keys = tour, tour.parts["lessons"], 0
    while not lessons.walk.is_finished:
        keys += 1
        assert keys < 60
        content = lessons.panel.content
        if content.field:
            answer(window, qtbot, "0.06" if "0.01" in content.question else "6 + 30")
        elif content.next:
            next_by_key(window, qtbot)
        elif window.player.step < window.player.last:
            step(window, qtbot)
        else:
            window.function.editor.setPlainText("def f(w1, w2):\n    return 3*w1**2 + 4*w1*w2")
            window.take_text()
            rest(window, qtbot)
    assert window.settings.lessons_finished == {"tour"}
    while lessons.panel.content.next:
        next_by_key(window, qtbot)
    assert "You can step through a function" in text(window, "text")
    assert "One product" in text(window, "text") and button(window, "way").text() == "Next lesson"


def test_it_points_at_the_window_and_waits_for_the_step(tour, qtbot):
    lessons = tour.parts["lessons"]
    assert lessons.ring.isVisible() and lessons.ring.width() == tour.function.width()
    click(tour, qtbot, "next")
    assert lessons.ring.width() == tour.inputs.width()
    click(tour, qtbot, "next")
    assert "Take a step" in text(tour, "question") and button(tour, "next").isHidden()
    step(tour, qtbot)
    assert "That was a step forward" in text(tour, "text")
    assert tour.graph._light.found == (tour.session.run.inputs["w1"],)


def test_a_panel_that_is_put_away_comes_when_it_is_spoken_of(tour, qtbot):
    tour.docks.tape.hide()
    lessons = tour.parts["lessons"]
    while "read backwards" not in lessons.panel.content.text:
        next_by_key(tour, qtbot) if lessons.panel.content.next else step(tour, qtbot)
    assert not tour.docks.tape.isHidden() and lessons.ring.width() == tour.tape_panel.width()


def test_playing_stops_where_something_is_due(tour, qtbot):
    click(tour, qtbot, "next")
    click(tour, qtbot, "next")
    tour.actions_by_name["play"].trigger()
    for _ in range(400):
        tour.player.tick(0.02)
        if not tour.player.playing:
            break
    assert not tour.player.playing and tour.player.step == 1


@pytest.fixture
def asked(tour, qtbot):
    """Where the tour asks what will stand at w1: 6 has arrived, 30 comes."""
    for _ in range(60):
        content = tour.parts["lessons"].panel.content
        if content.field and "0.01" not in content.question:
            return tour
        if content.field:
            answer(tour, qtbot, "0.06")
            continue
        next_by_key(tour, qtbot) if content.next else step(tour, qtbot)
    raise AssertionError("the question never came")


def test_a_named_mistake_gets_its_sentence_and_the_answers_stay_side_by_side(asked, qtbot):
    answer(asked, qtbot, "30")
    assert text(asked, "answers").startswith("✗ You said 30.") and "added up" in text(asked, "answers")
    assert not button(asked, "check").isHidden()
    answer(asked, qtbot, "36")
    assert "You said 36" in text(asked, "answers") and "Ways add" in text(asked, "then")
    assert button(asked, "check").isHidden() and not button(asked, "next").isHidden()


def test_after_the_right_answer_return_goes_on(asked, qtbot):
    """Else it reaches the graph, from there the editor, and a second one replaces the text."""
    text_before = asked.function.editor.toPlainText()
    answer(asked, qtbot, "36")
    assert asked.focusWidget() is button(asked, "next")
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_Return)
    assert "Step on to the end" in text(asked, "question") and asked.focusWidget() is asked.graph
    assert asked.function.editor.toPlainText() == text_before


def test_hints_come_one_by_one_and_the_answer_when_asked_for(asked, qtbot):
    for rung in (1, 2, 3):
        click(asked, qtbot, "hint")
        assert text(asked, "hints").count("Hint ") == rung
    assert button(asked, "hint").isHidden()
    click(asked, qtbot, "reveal")
    assert "36" in text(asked, "answers")


def test_what_cannot_be_read_is_said_and_does_not_count(asked, qtbot):
    answer(asked, qtbot, "six")
    assert text(asked, "answers") and not button(asked, "check").isHidden()
    assert not asked.parts["lessons"].walk.met.get(12)


def test_an_edit_that_takes_the_ground_away_offers_the_way_back(asked, qtbot):
    asked.function.editor.setPlainText("def g(a):\n    return a*a")
    asked.take_text()
    rest(asked, qtbot)
    lessons = asked.parts["lessons"]
    while lessons.panel.content.next:
        next_by_key(asked, qtbot)
    assert "w1" in text(asked, "text") or lessons.walk.is_finished
    if not lessons.walk.is_finished:
        click(asked, qtbot, "way")
        assert "w1**2" in asked.function.editor.toPlainText()


def test_leaving_takes_everything_that_points_away(asked, qtbot):
    click(asked, qtbot, "leave")
    lessons = asked.parts["lessons"]
    assert lessons.dock.isHidden() and lessons.ring.isHidden() and not asked.graph._light.found
    step(asked, qtbot)  # nobody listens any more


def test_a_lesson_is_chosen_from_the_list(window, qtbot):
    window.actions_by_name["lessons"].trigger()
    lessons = window.parts["lessons"]
    sheet = lessons.sheet
    rows = [sheet.list.item(row).text() for row in range(sheet.list.count())]
    place = next(row for row, line in enumerate(rows) if "Reuse adds" in line)
    sheet.list.setCurrentRow(place)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    rest(window, qtbot)
    assert lessons.walk.lesson.id == "reuse-adds" and window.session.point() == {"w1": 5.0, "w2": 3.0}


def test_a_first_start_invites_to_the_tour(window, qtbot):
    assert window.settings.is_new and not window.settings.is_new
    window.greet()
    assert "New here?" in text(window, "title")
    click(window, qtbot, "way")
    assert window.parts["lessons"].walk.lesson.id == "tour"


def test_what_is_shown_is_written_as_the_draft_of_a_lesson(window, qtbot, tmp_path, monkeypatch):
    window.player.seek(13)
    monkeypatch.setattr(window.places, "ask_line", lambda *_: "The first way")
    window.actions_by_name["bookmark"].trigger()
    monkeypatch.setattr(window.places, "ask_file", lambda *_: (tmp_path / "mine", ""))
    window.actions_by_name["save_lesson"].trigger()
    text = (tmp_path / "mine.toml").read_text(encoding="utf-8")
    drafted = lesson_from_text(text, "mine")
    assert "3*w1**2" in drafted.program and "The first way" in text
    window.parts["lessons"].begin(str(tmp_path / "mine.toml"))
    rest(window, qtbot)
    assert window.parts["lessons"].walk.lesson.id == "mine"


def test_marks_in_texts_are_shown_and_powers_are_left_alone():
    assert marked_up("a *term*, `w1**2` <b> and 2*x*y") == "a <b>term</b>, <code>w1**2</code> &lt;b&gt; and 2*x*y"
    assert read_aloud("a *term*, `w1**2`") == "a term, w1**2"


@pytest.mark.parametrize("id", ["tour", "one-product", "reuse-adds"])
def test_a_lesson_is_walked_to_its_end_by_mouse(window, qtbot, id):
    """Every question answered, every task done with the window's own buttons; nothing is passed over."""
    lessons = window.parts["lessons"]
    lessons.begin(id)
    rest(window, qtbot)
    for _ in range(200):
        content, walk = lessons.panel.content, lessons.walk
        if walk.is_finished and not content.next:
            break
        if content.next:
            click(window, qtbot, "next")
        elif content.field:
            window.findChild(QLineEdit, "lesson_answer").setText(right_answer(walk))
            click(window, qtbot, "check")
        elif content.choices:
            index = int(right_answer(walk))
            qtbot.mouseClick(window.findChild(QPushButton, f"lesson_choices_{index}"), Qt.MouseButton.LeftButton)
        elif content.waiting and not content.way and window.player.step == window.player.last:
            do_it(window, qtbot, walk)
        elif content.way and window.player.step == window.player.last:
            click(window, qtbot, "way")
        else:
            window.actions_by_name["step_forward"].trigger()
    assert walk.is_finished and not walk.stale
    assert all(walk.met[one.number].right for one in walk.lesson.moments if one.counts)


def right_answer(walk) -> str:
    """What somebody who knows answers to what is open."""
    task = walk.prompt.moment.task
    if isinstance(task, Perform):
        question = performed(walk.study.timeline, task.given)[walk.prompt.done]
        return repr(np.asarray(question.answer, dtype=float).tolist())
    if isinstance(task, Predict):
        return str(SHAPES.index(curve_of(task, walk.study, walk.learner).shape) + 1)
    return answer_to(walk.prompt.moment, walk)


def do_it(window, qtbot, walk) -> None:
    """What a task wants that no step does: a broken rule, another value, another text."""
    task = walk.prompt.moment.task
    if isinstance(task, Break):
        window.parts["mistakes"].make(read_mistake(task.mistake, task.op, task.change))
        rest(window, qtbot)
        window.actions_by_name["back"].trigger()
    elif task.by:
        for name, value in task.by.items():
            window.session.set_input(name, value)
    else:
        window.function.editor.setPlainText(task.program or window.function.editor.toPlainText().replace("2*", "4*"))
        window.take_text()
    rest(window, qtbot)
