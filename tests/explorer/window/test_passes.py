"""Passes of a loop are chosen under the text: if these fail, a training shows one pass and never another."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSpinBox, QToolButton

from explorer.model.document import Document
from explorer.panels.inputs.model import VALUE
from tests.explorer.conftest import rest

TEXT = """import numpy as np
x = np.array([1.0, 2.0])
w = np.zeros(1)
lr = 0.1
for i in range(12):
    loss = np.sum((w*x - 1)**2)
    w = w - lr*np.sum(2*(w*x - 1)*x)
final = np.sum((w*x - 1)**2)
"""
X = np.array([1.0, 2.0])


def at_pass(number: int) -> float:
    """The parameter when a pass begins."""
    w = 0.0
    for _ in range(number - 1):
        w -= 0.1 * np.sum(2 * (w * X - 1) * X)
    return float(w)


@pytest.fixture
def opened(window, qtbot):
    window.files.start(Document(text=TEXT))
    rest(window, qtbot)
    return window


def choose(window, qtbot, word):
    menu = window.findChild(QToolButton, "pass_button").menu()
    next(action for action in menu.actions() if action.text() == word).trigger()
    rest(window, qtbot)


def test_the_first_pass_is_shown_and_any_other_can_be_typed(opened, qtbot):
    number = opened.findChild(QSpinBox, "pass_number")
    assert number.isVisible() and (number.value(), number.maximum()) == (1, 12)
    number.selectAll()
    qtbot.keyClicks(number, "7")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    rest(opened, qtbot)
    w = at_pass(7)
    assert opened.session.run.point["w"] == pytest.approx([w])
    assert opened.session.run.gradients()["w"] == pytest.approx([np.sum(2 * (w * X - 1) * X)])


def test_buttons_go_to_the_next_pass_and_the_menu_to_both_ends(opened, qtbot):
    qtbot.mouseClick(opened.findChild(QToolButton, "pass_next"), Qt.MouseButton.LeftButton)
    rest(opened, qtbot)
    assert opened.session.run.passes.at == 2
    choose(opened, qtbot, "The last pass")
    assert opened.session.run.passes.at == 12
    assert not opened.findChild(QToolButton, "pass_next").isEnabled()
    choose(opened, qtbot, "What follows the loop")
    assert opened.session.run.target_label == "final" and not opened.findChild(QSpinBox, "pass_number").isVisible()
    choose(opened, qtbot, "Through all passes")
    assert opened.session.run.gradients()["lr"] is not None
    choose(opened, qtbot, "The first pass")
    assert opened.session.run.passes.at == 1 and opened.session.run.gradients()["lr"] is None


def test_what_the_loop_has_made_is_set_in_the_first_pass_alone(opened, qtbot):
    model = opened.inputs.model
    row = next(number for number in range(model.rowCount()) if model.row(number).name == "w")
    assert model.flags(model.index(row, VALUE)) & Qt.ItemFlag.ItemIsEditable
    choose(opened, qtbot, "The last pass")
    assert not model.flags(model.index(row, VALUE)) & Qt.ItemFlag.ItemIsEditable
    assert "first pass" in model.data(model.index(row, VALUE), Qt.ItemDataRole.ToolTipRole)


def test_another_text_has_no_passes(opened, qtbot):
    choose(opened, qtbot, "The last pass")
    opened.files.start(Document(text="a*b"))
    rest(opened, qtbot)
    assert not opened.function.passes.isVisible() and opened.session.at is None


def test_the_number_has_room(opened):
    number = opened.findChild(QSpinBox, "pass_number")
    assert number.lineEdit().width() >= number.fontMetrics().horizontalAdvance("12")


HAND = "x = 3.0\nn = 4\nq = x**2\nf = q + 2*x\ndq = 1.0\ndx = 2*x\nprint(dx)"


def test_the_menu_offers_what_is_computed_from_inputs_first(window, qtbot):
    window.files.start(Document(text=HAND))
    rest(window, qtbot)
    assert window.session.run.target_label == "f"
    offered = [action.text() for action in window.outputs.button.menu().actions() if not action.isSeparator()]
    assert offered.index("q") < offered.index("n")
    next(action for action in window.outputs.button.menu().actions() if action.text() == "q").trigger()
    rest(window, qtbot)
    assert window.session.run.target_label == "q" and window.session.run.gradients()["x"] == 6.0


def test_numbers_worked_out_by_hand_stand_beside_the_tapes(window, qtbot):
    window.files.start(Document(text=HAND))
    rest(window, qtbot)
    told = window.findChild(QLabel, "by_hand_label")
    assert told.isVisible() and "dq by hand: the same ✓" in told.text()
    assert "dx by hand: 6, but ∂f/∂x is 8 ≠" in told.text()
    window.files.start(Document(text="a*b"))
    rest(window, qtbot)
    assert not told.isVisible()
