"""The presenter view: if these fail, a lecturer loses the layout, or cannot leave."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolBar


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
    assert window.parts["presenting"].presenting and visible(window).count(True) == 1
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
    window.parts["presenting"].enter()
    window.close()
    again = make_window()
    assert not again.parts["presenting"].presenting
    assert again.docks.inspector.isVisible() and not again.docks.tape.isVisible()


def test_nothing_disturbs_the_audience_but_the_way_out_is_said(window, qtbot):
    usual = window.graph.largest
    window.parts["presenting"].enter()
    window.centre.notice.say("Saved.")
    assert not window.centre.notice.isVisible()
    hint = window.findChild(QLabel, "presenter_hint")
    assert hint.isVisible() and "Esc" in hint.text()
    assert window.graph.largest > 2
    window.parts["presenting"].leave()
    assert not hint.isVisible() and window.graph.largest == usual == 2


def test_docks_have_their_width_back_after_a_narrow_window(window, qtbot):
    window.resize(1480, 920)
    window.docks.size()
    QApplication.processEvents()
    before = [dock.width() for dock in (window.docks.function, window.docks.tape)]
    toggle = window.parts["presenting"].toggle
    for narrow in (lambda: window.resize(1010, 700), toggle, toggle):
        narrow()
        QApplication.processEvents()
    window.resize(1480, 920)
    widths = lambda: [dock.width() for dock in (window.docks.function, window.docks.tape)]  # noqa: E731
    qtbot.waitUntil(lambda: widths() == before)


def test_another_document_is_seen_whole(window, qtbot):
    window.graph.zoom_by(5)
    window.show_example("baydin")
    qtbot.waitUntil(lambda: window.graph.model is not None)
    camera = window.graph.camera
    window.graph.fit(animated=False)
    assert window.graph.camera == camera
