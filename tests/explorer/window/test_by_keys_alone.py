"""A whole session by Tab, arrows and Return alone: if this fails, somebody without a mouse is shut out somewhere.

The keyboard visits every widget that takes it, and each time the window looks different.
"""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QTabBar, QWidget

from tests.explorer.conftest import rest

MOST = 120  # presses of Tab until all have been visited
LEAST_PIXELS = 12  # that must look different where the keyboard is


def pixels(window: QWidget) -> np.ndarray:
    QApplication.processEvents()
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()).copy()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def tab_to(qtbot, window, wanted: QWidget) -> None:
    """Press Tab until a widget has the keyboard."""
    for _ in range(MOST):
        if focused() is wanted:
            return
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    pytest.fail(f"Tab never reaches {wanted.objectName()}")


def is_empty_bar(widget: QWidget) -> bool:
    """Qt keeps bars for panels that share a place, also while they are alone there."""
    return isinstance(widget, QTabBar) and widget.count() < 2


def wanting_keyboard(window) -> set[QWidget]:
    """Whatever is shown, enabled, and takes the keyboard by Tab."""
    taking = Qt.FocusPolicy.TabFocus
    return {
        one
        for one in window.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & taking and one.focusProxy() is None
        and one.window() is window and not one.objectName().startswith("qt_")
        and not is_empty_bar(one)
    }  # fmt: skip


def test_tab_visits_every_widget_and_each_time_it_is_seen(window, qtbot):
    window.player.seek(3)
    rest(window, qtbot)
    visited: dict[QWidget, int] = {}
    before, last = pixels(window), None
    for _ in range(MOST):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        after, widget = pixels(window), focused()
        if widget is last:  # a page with links: each is visited
            continue
        if widget in visited:
            break
        last = widget
        visited[widget] = int((before != after).sum())
        before = after
    dim = [widget for widget, changed in visited.items() if changed < LEAST_PIXELS]
    unseen = [widget.objectName() for widget in dim if not is_empty_bar(widget)]
    assert not unseen, unseen
    missing = wanting_keyboard(window) - set(visited)
    assert not missing, [(type(one).__name__, one.objectName()) for one in missing]


def test_a_session_without_a_mouse(window, qtbot, monkeypatch):
    """Edits a value, steps, breaks a rule, asks why, exports, and comes back, by keys that anybody has."""
    focus = focused()
    assert focus is window.graph
    tab_to(qtbot, window, window.inputs.table)
    qtbot.keyClick(window.inputs.table, Qt.Key.Key_Return)
    qtbot.keyClicks(focused(), "4")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    rest(window, qtbot)
    assert window.session.point()["w1"] == 4
    tab_to(qtbot, window, window.playback.timeline)
    step = window.player.step
    qtbot.keyClick(window.playback.timeline, Qt.Key.Key_Right)
    assert window.player.step == step + 1
    qtbot.keyClick(focused(), Qt.Key.Key_End)
    assert window.player.step == window.player.last
    tab_to(qtbot, window, window.tape)
    qtbot.keyClick(window.tape, Qt.Key.Key_Down)
    assert window.shown.selected is not None
    qtbot.keyClick(focused(), Qt.Key.Key_W)
    rest(window, qtbot)
    assert window.docks.named("why").isVisible()
    qtbot.keyClick(focused(), Qt.Key.Key_B)
    rest(window, qtbot)
    assert window.docks.named("mistakes").isVisible()
    qtbot.keyClick(focused(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    rest(window, qtbot)
    dialog = QApplication.activeModalWidget() or next(d for d in window.findChildren(QDialog) if d.isVisible())
    assert dialog.isVisible()
    start = QApplication.focusWidget()
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not None and dialog.isAncestorOf(QApplication.focusWidget()), start
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.keyboard.go_home()
    qtbot.keyClick(focused(), Qt.Key.Key_Home)
    assert window.player.step == 0


def test_tab_passes_through_the_editor_but_indents_once_one_types(window, qtbot):
    editor = window.function.editor
    tab_to(qtbot, window, editor)
    text = editor.toPlainText()
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert focused() is not editor and editor.toPlainText() == text
    tab_to(qtbot, window, editor)
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert focused() is editor and editor.toPlainText() != text
