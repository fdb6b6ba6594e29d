"""Why?: if these fail, a question about a gradient is not answered, or not marked where the answer lies."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument

from core.language import parse
from core.run import record
from core.timeline import Timeline
from explorer.look.theme import LIGHT
from explorer.parts.why.panel import why_page
from explorer.parts.why.work import reasons_for_entry, reasons_for_input
from tests.explorer.conftest import rest, set_value, type_text

ROUNDED = "def f(x, y):\n    return floor(x) * y"
CASES = [
    (ROUNDED, {"x": 2.5, "y": 1.0}, "x", "none", "rounds"),
    ("def f(x):\n    return relu(x - 3) * 2", {"x": 1.0}, "x", "zero", ""),
    ("def f(x):\n    return log(x) * 2", {"x": 0.0}, "x", "not finite", ""),
    ("def f(x):\n    return sqrt(x)", {"x": 0.0}, "x", "not finite", ""),
    ("def f(x):\n    return exp(x * 10)", {"x": 2.0}, "x", "so large", ""),
    ("def f(x):\n    return sigmoid(sigmoid(x - 20))", {"x": 2.0}, "x", "so small", ""),
    ("def f(x):\n    return 3*x", {"x": 2.0}, "x", "= 3", ""),
]


def timeline(text: str, point: dict) -> Timeline:
    return Timeline.of(record(parse(text), point))


@pytest.mark.parametrize(("text", "point", "name", "question", "words"), CASES)
def test_each_kind_of_question_arises_where_it_should(qapp, text, point, name, question, words):
    found = reasons_for_input(timeline(text, point), name)
    assert question in found.told[0].question
    assert words in found.told[0].answer.reason
    page = QTextDocument()
    page.setHtml(why_page(found, LIGHT))
    assert found.told[0].answer.reason.replace("`", "") in page.toPlainText()


def test_an_output_that_is_no_number_is_explained_first():
    told = reasons_for_input(timeline("def f(x, c):\n    return x + log(c)", {"x": 2.0, "c": -1.0}), "x").told
    assert [one.question for one in told] == ["Why is f not finite?", "Why is ∂f/∂x = 1?"]
    assert "no real logarithm of a negative number, -1" in told[0].answer.reason


def test_an_entry_without_a_way_to_the_output_is_explained():
    line = timeline("def f(x):\n    y = x * 2\n    return x * 3", {"x": 2.0})
    unused = next(i for i in range(len(line.tape)) if line.tape.label(i) == "y")
    assert "computed without y" in reasons_for_entry(line, unused).told[0].answer.reason


def test_the_libraries_stand_side_by_side_at_a_kink():
    found = reasons_for_input(timeline("def f(x):\n    return abs(x) * 2", {"x": 0.0}), "x")
    assert [kink.jax for kink in found.kinks] == ["1"]
    page = why_page(found, LIGHT)
    assert all(name in page for name in ("TensorFlow", "PyTorch", "JAX")) and "1 ≠" in page


def test_a_large_gradient_has_a_remedy_and_a_plain_one_has_none():
    assert reasons_for_input(timeline(*CASES[4][:2]), "x").first.remedy
    assert not reasons_for_input(timeline(*CASES[6][:2]), "x").first.remedy


def test_the_key_asks_about_what_is_selected_and_marks_the_break(window, qtbot):
    type_text(window, qtbot, ROUNDED.replace("\n    ", "\n"))
    set_value(window, qtbot, "x", "2.5")
    window.shown.select(0)
    qtbot.keyClick(window.graph, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: not window.desk.busy("why"))
    text = window.parts["why"].panel.toPlainText()
    assert "Why is ∂f/∂x none?" in text and "What to do:" in text
    assert window.parts["why"].dock.isVisible()
    assert window.shown.selected is not None


def test_a_link_selects_its_entry(window, qtbot):
    window.parts["why"].ask_entry(0)
    qtbot.waitUntil(lambda: not window.desk.busy("why"))
    window.parts["why"].panel.entry_chosen.emit(4)
    assert window.shown.selected == 4


def test_another_run_takes_the_answer_away(window, qtbot):
    window.parts["why"].ask_entry(0)
    qtbot.waitUntil(lambda: not window.desk.busy("why"))
    set_value(window, qtbot, "w1", "2")
    rest(window, qtbot)
    assert "press W" in window.parts["why"].panel.toPlainText()


def test_context_menus_offer_why_on_nodes_rows_and_inputs(window):
    menus = window.context
    for found in (0, 4, "w1"):
        titles = [action.text() for action in menus.menu(found).actions()]
        assert titles[0].startswith("Why?")
        assert any("again" in title for title in titles) == (found in (0, "w1"))


def test_why_never_fails_on_values_of_any_shape():
    line = timeline("def f(x):\n    return sum(maximum(x, x.T))", {"x": np.eye(2)})
    for index in range(len(line.tape)):
        assert reasons_for_entry(line, index).told


def test_with_nothing_selected_the_gradient_that_is_missing_is_asked_about(window, qtbot):
    type_text(window, qtbot, "def f(a, b):\n    return a*2")
    window.shown.select(None)
    qtbot.keyClick(window.graph, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: not window.desk.busy("why"))
    assert "Why is ∂f/∂b none?" in window.parts["why"].panel.toPlainText()


def test_a_click_on_a_gradient_makes_it_the_one_that_is_asked_about(window, qtbot):
    type_text(window, qtbot, "def f(a, b):\n    return a*2")
    table = window.gradients.table
    place = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.shown.selected == window.session.run.inputs["a"]
    window.parts["why"].ask()
    qtbot.waitUntil(lambda: not window.desk.busy("why"))
    assert "∂f/∂a" in window.parts["why"].panel.toPlainText()
