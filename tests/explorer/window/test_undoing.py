"""Undo: if these fail, a slip of the hand costs work."""

from PySide6.QtCore import Qt

from explorer.model.document import Document
from tests.explorer.conftest import rest, set_value, type_text

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LOOP = "def f(a, x):\n    for i in range(40):\n        x = sin(x*a) + x\n    return x\n"


def undo(window, qtbot, where=None) -> None:
    qtbot.keyClick(where or window.graph, Qt.Key.Key_Z, CONTROL)
    rest(window, qtbot)


def redo(window, qtbot) -> None:
    qtbot.keyClick(window.graph, Qt.Key.Key_Z, CONTROL | SHIFT)
    rest(window, qtbot)


def test_a_typed_value_comes_back_and_goes_again(window, qtbot):
    set_value(window, qtbot, "w1", "7")
    assert window.session.point()["w1"] == 7
    undo(window, qtbot)
    assert window.session.point()["w1"] == 5
    redo(window, qtbot)
    assert window.session.point()["w1"] == 7


def test_a_slider_that_is_pulled_is_one_change(window, qtbot):
    for value in (5.1, 5.2, 5.4, 6.0):
        window.session.set_input("w1", value)
    rest(window, qtbot)
    undo(window, qtbot)
    assert window.session.point()["w1"] == 5


def test_a_watch_switch_comes_back(window, qtbot):
    window.session.set_watched("w2", False)
    rest(window, qtbot)
    assert "w2" not in window.session.run.watched
    undo(window, qtbot)
    assert "w2" in window.session.run.watched


def test_folding_comes_back(window, qtbot):
    window.files.start(Document(text=LOOP, inputs={"a": 0.5, "x": 1.0}))
    rest(window, qtbot)
    before = window.shown.picture.opened
    window.parts["folding"].unfold_all()
    rest(window, qtbot)
    assert window.shown.picture.opened != before
    undo(window, qtbot)
    assert window.shown.picture.opened == before
    redo(window, qtbot)
    assert window.shown.picture.opened is None


def test_whatever_new_and_examples_replaced_comes_back(window, qtbot):
    type_text(window, qtbot, "a*b + sin(a)")
    set_value(window, qtbot, "a", "2.5")
    window.show_example("baydin")
    rest(window, qtbot)
    window.start_anew()
    rest(window, qtbot)
    undo(window, qtbot)
    undo(window, qtbot)
    assert window.function.editor.toPlainText() == "a*b + sin(a)" and window.session.point()["a"] == 2.5


def test_text_and_values_are_undone_in_the_order_in_which_they_changed(window, qtbot):
    seed = window.function.editor.toPlainText()
    type_text(window, qtbot, "w1*w2")
    set_value(window, qtbot, "w2", "4")
    undo(window, qtbot, window.function.editor)
    assert window.session.point()["w2"] == 3 and window.function.editor.toPlainText() == "w1*w2"
    for _ in range(12):
        undo(window, qtbot, window.function.editor)
        window.take_text()
        if window.function.editor.toPlainText() == seed:
            break
    assert window.function.editor.toPlainText() == seed
