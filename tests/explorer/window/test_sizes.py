"""Sizes of texts and of the layout: if these fail, people who need large letters, or a hall, cannot read."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from explorer.app import create_window
from explorer.look.sizes import set_text_size, text_size
from tests.explorer.conftest import rest


@pytest.fixture(autouse=True)
def usual_size():
    yield
    set_text_size(1.0)


def press(window, qtbot, key, with_control=Qt.KeyboardModifier.ControlModifier) -> None:
    qtbot.keyClick(window.graph, key, with_control)
    QApplication.processEvents()


def sizes(window) -> dict[str, float]:
    """How large things are written in different corners of the window."""
    return {
        "menu": window.menuBar().fontInfo().pixelSize(),
        "editor": window.function.editor.font().pixelSize(),
        "sentence": window.playback.text.sentence.font().pixelSize(),
        "row of the tape": window.tape.rowHeight(0),
        "row of the inputs": window.inputs.table.rowHeight(0),
        "title": window.docks.tape.card.height(),
        "status": window.findChild(QLabel, "status_label").fontInfo().pixelSize(),
    }


def test_control_plus_minus_and_zero_resize_all_texts_but_the_graph(window, qtbot):
    before, zoom = sizes(window), window.graph.camera.zoom
    press(window, qtbot, Qt.Key.Key_Plus)
    larger = sizes(window)
    assert all(larger[name] > before[name] for name in before), (before, larger)
    press(window, qtbot, Qt.Key.Key_Minus)
    press(window, qtbot, Qt.Key.Key_Minus)
    smaller = sizes(window)
    assert all(smaller[name] < before[name] for name in before), (before, smaller)
    press(window, qtbot, Qt.Key.Key_0)
    assert sizes(window) == before
    press(window, qtbot, Qt.Key.Key_Plus, Qt.KeyboardModifier.NoModifier)
    assert window.graph.camera.zoom > zoom and sizes(window) == before


def test_the_size_is_kept(window, make_window, qtbot):
    window.appearance.write(1.5)
    large = sizes(window)
    window.close()
    again = make_window()
    assert text_size() == 1.5
    kept = sizes(again)
    assert {name: kept[name] for name in ("menu", "editor", "sentence", "title")} == {
        name: large[name] for name in ("menu", "editor", "sentence", "title")
    }


@pytest.mark.parametrize("stored", ["0.01", "99", "large", ""])
def test_a_stored_size_that_no_one_could_use_is_not_taken(window, stored):
    window.settings._store.setValue("text_size", stored)
    assert window.settings.text_size == 1.0


def test_at_twice_the_size_everything_left_is_inside_the_window_and_whole(window, qtbot):
    window.resize(1366, 768)
    window.appearance.write(2.0)
    QApplication.processEvents()
    assert window.docks.calm
    for widget in window.playback.controls():
        if widget.isVisible():
            assert window.rect().contains(widget.mapTo(window, widget.rect().bottomRight())), widget.objectName()
    play = window.findChild(QPushButton, "button_play")
    assert play.width() >= play.fontMetrics().horizontalAdvance(play.text()) + play.iconSize().width()
    text = window.playback.text
    assert text.sentence.geometry().bottom() <= text.formula.geometry().top() + 2 <= text.height()


def test_a_first_start_is_calm_and_one_key_shows_the_rest(window, qtbot):
    window.settings._store.clear()
    fresh = create_window()
    qtbot.addWidget(fresh)
    fresh.show()
    rest(fresh, qtbot)
    shown = {dock.objectName() for dock in fresh.docks.all if dock.isVisible()}
    assert shown == {"function_dock", "inputs_dock"} and fresh.graph.isVisible()
    fresh.graph.setFocus()
    fresh.actions_by_name["panels"].trigger()
    shown = {dock.objectName() for dock in fresh.docks.all if dock.isVisible()}
    assert {"tape_dock", "inspector_dock", "gradients_dock"} <= shown
    fresh.actions_by_name["panels"].trigger()
    assert fresh.docks.calm
    fresh.close()


def test_the_sentence_is_the_largest_text_and_its_panel_no_higher_than_it_needs(window, qtbot):
    window.player.seek(10)
    text = window.playback.text
    assert 17 <= text.sentence.font().pixelSize() <= 18 and text.formula._pixels == 22
    assert text.height() - text.formula.height_for(text.width()) - text.sentence.height() <= 30


@pytest.mark.parametrize("height", [720, 1080, 1440, 2160])
def test_the_presenter_writes_three_hundredths_of_the_screen(window, height):
    presenting = window.parts["presenting"]
    presenting.enter()
    window.resize(16 * height // 9, height)
    presenting._write_for(height)
    assert window.playback.text.sentence.font().pixelSize() >= 0.03 * height - 0.5
    assert window.function.editor.font().pixelSize() >= 0.03 * height - 0.5
    presenting.leave()
    assert window.playback.text.sentence.font().pixelSize() == 17 and window.function.editor.font().pixelSize() == 13


def test_a_clicker_steps_in_the_presenter_view_only(window, qtbot):
    step = window.player.step
    qtbot.keyClick(window.graph, Qt.Key.Key_PageDown)
    assert window.player.step == step
    window.parts["presenting"].enter()
    for _ in range(2):
        qtbot.keyClick(window.graph, Qt.Key.Key_PageDown)
    assert window.player.step == step + 2
    qtbot.keyClick(window.graph, Qt.Key.Key_PageUp)
    assert window.player.step == step + 1
    window.parts["presenting"].leave()


def test_the_presenter_keeps_marked_code_in_view_and_has_a_pointer(window, qtbot):
    window.parts["presenting"].enter()
    QApplication.processEvents()
    editor = window.function.editor
    for step in range(1, window.player.last + 1):
        window.player.seek(step)
        frame = editor._frame()
        if not frame.isEmpty():
            assert editor.viewport().rect().intersects(frame)
    pointer = window.parts["presenting"]._pointer
    assert not pointer.isVisible()
    place = window.graph.mapToGlobal(QPoint(60, 60))
    no = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove, QPointF(60, 60), QPointF(place), no, no, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window.graph, event)
    assert pointer.isVisible() and pointer.geometry().contains(window.graph.mapTo(window, QPoint(60, 60)))
    window.parts["presenting"].leave()
    assert not pointer.isVisible()


def test_the_marked_text_of_a_long_line_is_scrolled_to(window, qtbot):
    window.files.start(window.document())
    editor = window.function.editor
    editor.setPlainText("def f(a, b):\n    return a*b*a*b*a*b*a*b*a*b*a*b*a*b*a*b*a*b*a*b*a*b + sin(a*b)\n")
    window.take_text()
    rest(window, qtbot)
    window.docks.size()
    seen = 0
    for step in range(1, window.player.last + 1):
        window.player.seek(step)
        frame = editor._frame()
        if 0 < frame.width() < 0.6 * editor.viewport().width():
            seen += 1
            assert editor.viewport().rect().adjusted(-3, 0, 3, 0).contains(frame), step
    assert seen
    window.player.seek(1)  # an input stands at the beginning of its line
    assert editor.horizontalScrollBar().value() == 0


