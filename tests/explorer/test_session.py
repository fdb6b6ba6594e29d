"""The session: if these fail, the window freezes, shows answers to old questions, or loses the last good run."""

import numpy as np
import pytest

from core.basics.budget import Budget
from core.language import parse
from core.run import record
from explorer.app import create_window
from explorer.desk import Desk
from explorer.model.document import Document
from explorer.model.study import curve
from explorer.session import Session


@pytest.fixture
def desk(qtbot):
    made = Desk()
    yield made
    made.close()


@pytest.fixture
def session(desk, qtbot):
    made = Session(desk)
    made.set_all(Document("def f(w1, w2):\n    return 3*w1**2 + 2*w1*w2", {"w1": 5.0, "w2": 3.0}))
    settle(made, qtbot)
    return made


def settle(session, qtbot):
    qtbot.waitUntil(lambda: not session.busy)


def test_the_run_timeline_picture_and_checks_belong_together(session):
    assert session.run.value == 105.0 and session.timeline.run is session.run
    assert session.picture.timeline is session.timeline
    assert {name: round(check.difference, 6) for name, check in session.checks.items()} == {"w1": 36.0, "w2": 10.0}


def test_a_small_change_is_answered_before_the_call_returns_or_soon_after(session, qtbot):
    with qtbot.waitSignal(session.changed):
        session.set_input("w1", 1.0)
    assert session.run.value == 9.0


def test_values_are_remembered_while_an_input_is_away(session, qtbot):
    for text in ("w2", "w1*w2"):
        session.set_text(text)
        settle(session, qtbot)
    assert session.run.value == 15.0


def test_what_was_chosen_for_another_program_is_not_used_for_the_next_and_found_again_by_an_undo(session, qtbot):
    """Else a pasted program fails over a matrix, or ignores its own values, because an old input had the same name."""
    matrix, first = np.ones((4, 2)), "def loss(x, W):\n    hidden = tanh(x @ W)\n    return mean(hidden**2)\n"
    session.set_text(first)
    settle(session, qtbot)
    session.set_input("x", matrix)
    session.set_input("W", np.ones((2, 3)))
    session.set_watched("x", False)
    session.set_text(first.replace("tanh", "sin"))  # an edit
    settle(session, qtbot)
    assert session.point()["x"] is matrix and session.unwatched == {"x"}
    session.set_text("import tensorflow as tf\nx = tf.Variable(3.0)\nwith tf.GradientTape() as tape:\n    y = x**2\n")
    settle(session, qtbot)
    assert session.problem is None and session.point() == {"x": 3.0} and not session.unwatched
    session.set_text(first.replace("tanh", "sin"))
    settle(session, qtbot)
    assert session.point()["x"] is matrix and session.unwatched == {"x"}


def test_bad_text_keeps_the_last_good_run(session, qtbot):
    run = session.run
    with qtbot.waitSignal(session.problem_changed):
        session.set_text("w1 +")
    assert session.run is run and session.stale and session.problem.span.line == 1
    session.set_text("w1 + 1")
    settle(session, qtbot)
    assert session.problem is None and not session.stale


def test_unwatched_inputs_leave_the_tape(session, qtbot):
    session.set_watched("w2", False)
    settle(session, qtbot)
    assert set(session.run.inputs) == {"w1"} and session.point() == {"w1": 5.0, "w2": 3.0}


def test_the_places_of_the_graph_stay_when_only_a_value_changes(session, qtbot):
    before = session.picture.model
    session.set_input("w2", 4.0)
    settle(session, qtbot)
    assert np.array_equal(session.picture.model.positions, before.positions)


def test_one_number_of_an_array_is_changed(session, qtbot):
    session.set_all(Document("(a*a).sum()", {"a": np.array([1.0, 2.0])}))
    session.set_element("a", 1, 5.0)
    settle(session, qtbot)
    assert session.run.value == 26.0
    session.plot_along("a", 1)
    qtbot.waitUntil(lambda: session.curve is not None)
    assert (session.curve.title, session.curve.x, session.curve.slope) == ("a[1]", 5.0, 10.0)


def test_a_vector_output_has_no_curve(session, qtbot):
    session.set_all(Document("a*a", {"a": np.array([1.0, 2.0])}))
    session.plot_along("a", 0)
    settle(session, qtbot)
    assert session.curve is None


def test_another_value_of_the_program_can_be_differentiated(session, qtbot):
    session.set_text("z = w1*w2\nz + w1")
    session.set_output("z")
    settle(session, qtbot)
    assert session.run.value == 15.0
    assert session.run.gradients() == {"w1": 3.0, "w2": 5.0}


@pytest.mark.parametrize("text", ["3", "print(1)", "'a'", "f = lambda x: 2\nf(len([1]))"])
def test_a_program_that_records_nothing_is_shown_as_such(text, qtbot):
    """The tables and the stage once took the rows of the run before for those of the empty tape."""
    window = create_window()
    qtbot.addWidget(window)
    window.function.editor.setPlainText(text)
    window.take_text()
    qtbot.waitUntil(lambda: not window.session.busy and window.session.run.program.text == text)
    assert window.tape.model().rowCount() == 0
    assert len(window.session.timeline) == 0


def test_a_fault_of_ours_is_a_sentence_and_the_session_goes_on(desk, qtbot, monkeypatch, caplog):
    session = Session(desk)
    monkeypatch.setattr("explorer.model.answer.picture_of", lambda *_: 1 / 0)
    session.set_text("x*x")
    qtbot.waitUntil(lambda: session.problem is not None)
    assert "could not be shown" in session.problem.message
    monkeypatch.undo()
    session.set_text("x*x*x")
    qtbot.waitUntil(lambda: session.run is not None)


def test_a_curve_across_a_branch_has_the_programs_values(qtbot):
    """Replay must notice that another branch is taken, and record there."""
    run = record(parse("y = x*x if x > 1 else 3*x\ny"), {"x": 2.0})
    drawn = curve(run, "x", 0, Budget())
    assert drawn.ys.tolist() == pytest.approx([x * x if x > 1 else 3 * x for x in drawn.xs])
    assert min(drawn.xs) < 1 < max(drawn.xs)
