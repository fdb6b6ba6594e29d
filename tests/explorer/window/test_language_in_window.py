"""Real programs in the window: if these fail, pasting, stopping, choosing an output or changing inputs fails."""

import threading

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QLabel

from core.basics.budget import Budget
from explorer.model import answer
from explorer.model.document import Document
from explorer.storage.settings import Settings
from explorer.window.sheets.limits import LimitsSheet
from tests.explorer.conftest import rest, set_value

BRANCHES = """\
def f(x):
    if x > 10:
        y = x * 100
    else:
        y = x * x
    print("y is", y)
    return y + 1
"""


def paste(window, qtbot, text: str) -> None:
    """Replace the function by pasting."""
    QGuiApplication.clipboard().setText(text)
    window.function.editor.selectAll()
    window.function.editor.paste()
    window.take_text()
    rest(window, qtbot)


def show(window, qtbot, document: Document) -> None:
    window.files.start(document)
    rest(window, qtbot)


def grey(window) -> str:
    """The text that is drawn as not taken."""
    faint = window.theme.color("faint")
    marks = window.function.editor.extraSelections()
    return " ".join(mark.cursor.selectedText() for mark in marks if mark.format.foreground().color() == faint)


def test_a_long_program_is_pasted_and_run(window, qtbot):
    lines = [f"    x = sin(x) * {1 + k / 1000}" for k in range(400)]
    paste(window, qtbot, "\n".join(["def f(x):", *lines, "    return x", ""]))
    assert window.session.problem is None and len(window.session.run.tape) == 801
    window.player.to_end()
    assert window.player.step == window.player.last


def test_what_is_printed_is_shown_and_goes_when_nothing_is(window, qtbot):
    paste(window, qtbot, BRANCHES)
    strip = window.function.printed
    assert strip.isVisible() and strip.text.toPlainText().startswith("y is")
    paste(window, qtbot, "x*x")
    assert not strip.isVisible()


def test_the_branch_that_was_not_taken_is_grey_until_it_is(window, qtbot):
    paste(window, qtbot, BRANCHES)
    set_value(window, qtbot, "x", "2")
    assert "x * 100" in grey(window) and "x * x" not in grey(window)
    set_value(window, qtbot, "x", "20")
    assert "x * x" in grey(window) and "x * 100" not in grey(window)


def test_any_name_can_be_differentiated(window, qtbot):
    show(window, qtbot, Document("a = x*x\nb = a*x\nb", {"x": 3.0}))
    offered = {action.text(): action for action in window.outputs.button.menu().actions()}
    offered["a"].trigger()
    rest(window, qtbot)
    assert window.session.run.gradients() == {"x": 6.0} and window.outputs.button.text() == "of a ▾"
    assert window.document().output == "a"
    paste(window, qtbot, "x*x*x")  # the name is gone, and nothing breaks
    assert window.session.problem is None and window.session.run.gradients() == {"x": 27.0}


def test_an_input_assigned_in_the_text_changes_without_touching_the_text(window, qtbot):
    text = "x = 3.0\nw = tf.Variable(2.0)\ny = x*w*w\ny"
    paste(window, qtbot, text)
    assert window.session.run.value == 12.0
    set_value(window, qtbot, "x", "5")
    set_value(window, qtbot, "w", "1")
    assert window.session.run.value == 5.0 and window.function.editor.toPlainText() == text


def test_an_input_that_the_text_does_not_watch_can_be_watched(window, qtbot):
    show(window, qtbot, Document("c = tf.constant(3.0)\nx = tf.Variable(2.0)\nc*x"))
    assert not window.session.is_watched("c")
    window.session.set_watched("c", True)
    rest(window, qtbot)
    assert window.session.run.gradients()["c"] == 2.0 and window.document().watched == ("c",)


def test_work_can_be_stopped_and_the_window_is_free_at_once(window, qtbot, monkeypatch):
    """The button appears after a moment; the last good run stays; the next text is answered."""
    run, gate = window.session.run, threading.Event()
    monkeypatch.setattr(answer, "parse", lambda text: gate.wait(10))
    window.function.editor.setPlainText("x + 1")
    window.take_text()
    working = window.menus.working
    qtbot.waitUntil(working.isVisible)
    assert window.actions_by_name["stop_work"].isEnabled()
    qtbot.mouseClick(working.stop, Qt.MouseButton.LeftButton)
    assert not window.session.busy and not working.isVisible() and window.session.run is run
    assert "Stopped" in window.findChild(QLabel, "problem_label").text()
    monkeypatch.undo()
    gate.set()
    paste(window, qtbot, "x + 2")
    assert window.session.problem is None


def test_a_program_that_does_not_end_ends_in_a_sentence(window, qtbot):
    window.session.set_limits(Budget(entries=2_000, seconds=5.0))
    rest(window, qtbot)
    paste(window, qtbot, "x = 1.0001\nwhile True:\n    x = x*x\n")
    problem = window.session.problem
    assert problem is not None and "2,000" in problem.message
    assert len(window.session.run.tape) >= 1_000


def test_limits_are_used_and_remembered(window, qtbot):
    sheet = LimitsSheet(window.session.limits)
    qtbot.addWidget(sheet)
    sheet.limits_chosen.connect(window.settings.save_limits)
    sheet.fields["entries"].setValue(5_000)
    sheet.seconds.setValue(3.5)
    sheet._accept()
    limits = Settings(window.settings._store).limits()
    assert (limits.entries, limits.seconds) == (5_000, 3.5)


@pytest.mark.parametrize("stored", ["nonsense", "-3", "0", ""])
def test_limits_that_are_damaged_are_as_usual(window, stored):
    window.settings._store.setValue("limits/entries", stored)
    assert window.settings.limits().entries == Budget().entries


def test_the_page_about_the_language_is_that_of_the_parser(window, qtbot):
    window.actions_by_name["language"].trigger()
    from explorer.window.sheets.language import LanguageSheet

    sheet = window.findChild(LanguageSheet)
    assert "GradientTape" in sheet.page.toPlainText()
    assert sheet.find_words("softmax", onward=False) and not sheet.find_words("no such word", onward=False)
    sheet.close()


def test_a_click_beside_a_line_sets_and_removes_a_breakpoint(window, qtbot):
    gutter = window.function.editor.gutter
    (number, top), *_ = list(window.function.editor.visible_lines())[1:]
    for lines in ({2}, set()):
        qtbot.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=QPoint(5, top + 4))
        assert window.parts["navigation"].travel.lines() == lines and number == 2


def test_f9_sets_a_breakpoint_at_the_cursor_or_at_the_entry(window, qtbot):
    window.function.editor.setFocus()
    window.function.editor.moveCursor(QTextCursor.MoveOperation.End)
    line = window.function.editor.cursor_line()
    qtbot.keyClick(window.function.editor, Qt.Key.Key_F9)
    assert window.parts["navigation"].travel.lines() == {line}
    window.graph.setFocus()
    window.shown.select(3)
    qtbot.keyClick(window.graph, Qt.Key.Key_F9)
    assert {str(one) for one in window.parts["navigation"].travel.breakpoints} == {f"line {line}", "v2"}


def test_the_menu_of_a_node_stops_there_and_leads_there(window, qtbot):
    window.graph.fit(animated=False)
    node = 4
    place = window.graph.camera.to_screen(*window.graph.model.positions[node].tolist())
    found = window.graph.entry_for(window.graph.node_at(QPointF(*place)))
    titles = {action.text(): action for action in window.context.menu(found).actions()}
    titles["Stop at v3"].trigger()
    assert [str(one) for one in window.parts["navigation"].travel.breakpoints] == ["v3"]
    titles["Go to where v3 is computed"].trigger()
    assert window.shown.frame.current == node


def test_breakpoints_and_bookmarks_are_kept_in_the_document(window, qtbot, tmp_path):
    marks = window.parts["navigation"]
    marks.travel.toggle("line 2")
    marks.travel.bookmark(4, "here it turns")
    window.files.save_path(tmp_path / "marks.json")
    show(window, qtbot, Document("x"))
    assert marks.travel.breakpoints == [] and marks.travel.bookmarks == {}
    window.files.open_path(tmp_path / "marks.json")
    rest(window, qtbot)
    assert marks.travel.lines() == {2} and marks.travel.bookmarks == {4: "here it turns"}
    rows = [marks.panel.list.item(row).text() for row in range(marks.panel.list.count())]
    assert len(rows) == 2 and "here it turns" in rows[1]
