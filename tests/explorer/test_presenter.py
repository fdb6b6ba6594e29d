"""The presenter view: if these fail, a lecturer loses the layout, or cannot leave."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolBar


def visible(window) -> list[bool]:
    bars = [window.menuBar(), window.statusBar(), *window.findChildren(QToolBar)]
    return [widget.isVisible() for widget in (*bars, *window.docks.all)]


def geometry(window) -> list:
    """Where everything stands."""
    QApplication.processEvents()
    return [widget.geometry() for widget in (*window.docks.all, window.centre) if widget.isVisible()]


def test_one_key_enters_and_escape_returns_to_exactly_the_layout_before(window, qtbot):
    window.docks.inputs.hide()
    before, places, size = visible(window), geometry(window), window.size()
    step = window.playback.text.height()
    qtbot.keyClick(window.graph, Qt.Key.Key_F5)
    assert window.presenter.presenting and visible(window).count(True) == 1
    assert window.docks.function.isVisible() and window.graph.isVisible()
    assert window.playback.text.height() > step and window.playback.text.sentence.font().pixelSize() > 18
    qtbot.keyClick(window.graph, Qt.Key.Key_Right)  # the keys go on working
    assert window.player.step == 1
    qtbot.keyClick(window.graph, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.size() == size)
    assert visible(window) == before and geometry(window) == places
    assert window.playback.text.height() == step


def test_closing_while_presenting_keeps_the_usual_layout(window, make_window):
    window.docks.tape.hide()
    window.presenter.enter()
    window.close()
    again = make_window()
    assert not again.presenter.presenting and again.docks.inspector.isVisible() and not again.docks.tape.isVisible()
