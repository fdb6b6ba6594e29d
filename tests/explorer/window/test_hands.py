"""The window by keyboard alone: values, switches, focus that is seen and that never falls on something destructive."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.explorer.conftest import rest, type_text


def focused(window):
    return QApplication.focusWidget()


def test_the_window_opens_inside_the_screen(window):
    room = window.screen().availableSize()
    assert window.minimumWidth() <= room.width() and window.minimumHeight() <= room.height()


def test_a_value_is_edited_by_keyboard_alone(window, qtbot):
    window.actions_by_name["edit_inputs"].trigger()
    table = window.inputs.table
    qtbot.keyClick(table, Qt.Key.Key_Return)
    editor = table.indexWidget(table.currentIndex()) or focused(window)
    qtbot.keyClicks(editor, "4")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    rest(window, qtbot)
    assert window.session.point()["w1"] == 4.0


def test_a_watch_switch_is_reached_by_the_arrow_keys(window, qtbot):
    window.actions_by_name["edit_inputs"].trigger()
    table = window.inputs.table
    step = window.player.step
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    rest(window, qtbot)
    assert window.session.unwatched == {"w1"} and window.player.step == step
    qtbot.keyClick(table, Qt.Key.Key_Left)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 1


def test_a_closed_panel_leaves_the_keyboard_with_the_graph(window, qtbot):
    """Else the next Space presses New, and the text is gone."""
    type_text(window, qtbot, "x*y + sin(x)*3")
    text = window.function.editor.toPlainText()
    window.actions_by_name["break_it"].trigger()
    dock = window.docks.named("mistakes")
    close = dock.findChild(QPushButton) or dock
    close.setFocus()
    dock.hide()
    assert focused(window) is window.graph
    qtbot.keyClick(focused(window), Qt.Key.Key_Space)
    assert window.function.editor.toPlainText() == text


def test_a_dismissed_notice_leaves_the_keyboard_with_the_graph(window, qtbot):
    window.places.say("Wrote script.py.")
    notice = window.centre.notice
    dismiss = notice.findChild(QPushButton, "notice_dismiss")
    dismiss.setFocus()
    qtbot.keyClick(dismiss, Qt.Key.Key_Return)
    assert not notice.isVisible() and focused(window) is window.graph
    step = window.player.step
    qtbot.keyClick(focused(window), Qt.Key.Key_Right)
    assert window.player.step == step + 1


def test_what_asks_for_no_answer_leaves_by_itself(window):
    notice = window.centre.notice
    notice.say("Wrote script.py.")
    assert notice._leaving.isActive()
    notice.say("Unsaved work was replaced.", "Bring it back", lambda: None)
    assert not notice._leaving.isActive()
    notice.hide()


@pytest.mark.parametrize("page", ["graph", "plot", "code", "checks", "matrices"])
def test_escape_leaves_the_editor_whatever_page_is_shown(window, qtbot, page):
    """Else the keys that follow go into the text and break it."""
    window.centre.show_tab(page)
    editor = window.function.editor
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert focused(window) in (window.graph, window.playback.timeline)
    window.centre.show_tab("graph")


@pytest.mark.parametrize("name", ["graph", "tape", "inspector"])
def test_the_keyboard_is_seen_on_every_view(window, qtbot, name):
    """A keyboard user must see where the next key goes."""
    view = getattr(window, name)
    window.function.editor.setFocus()
    before = window.grab().toImage()
    view.setFocus()
    ring = window.keyboard.ring
    assert ring.isVisible() and ring.size() == view.size()
    assert window.grab().toImage() != before
