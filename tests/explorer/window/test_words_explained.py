"""Words and movements in the window: if these fail, a beginner asks in vain what a word or a number means."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from explorer.parts.glossary import part
from tests.explorer.conftest import rest


@pytest.fixture
def hover(monkeypatch):
    """What is told where the pointer rests."""
    told: list[str] = []
    monkeypatch.setattr(part.QToolTip, "showText", lambda place, text, *rest: told.append(text))

    def ask(widget, place: QPoint) -> str:
        told.clear()
        QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place)))
        return told[0] if told else ""

    return ask


def test_headers_of_the_tape_explain_their_words_with_numbers(window, hover):
    window.player.seek(window.player.last)
    window.shown.select(0)
    header = window.tape.horizontalHeader()
    told = [
        hover(header.viewport(), QPoint(header.sectionViewportPosition(column) + 5, 8)) for column in (3, 4)
    ]
    assert "Here w1 = 5." in told[0] and "moves f by about 0.36" in told[1]


def test_a_word_of_the_sentence_explains_itself(window, hover):
    sentence = window.playback.text.sentence
    window.player.seek(window.player.last // 2 + 3)
    found = set()
    for x in range(0, sentence.width(), 6):
        for y in range(6, sentence.height(), 12):
            place = QPoint(x, y)
            if sentence.word_at(place).strip(".,") == "partial":
                found.add(hover(sentence, place))
    assert any("how far the result of one operation moves" in told for told in found)


def test_while_something_is_asked_no_number_is_told(window):
    window.player.seek(window.player.last)
    window.shown.select(0)
    window.shown.set_veil(frozenset({0}))
    assert "0.36" not in window.parts["glossary"].explain("adjoint")
    window.shown.set_veil(None)


def test_the_sheet_of_keys_has_the_words_and_scrolls_inside_a_small_screen(window, qtbot):
    window.actions_by_name["shortcuts"].trigger()
    sheet = window.findChild(QApplication.activeModalWidget().__class__, "shortcut_sheet")
    room = window.screen().availableSize()
    assert sheet.width() <= room.width() and sheet.height() <= room.height()
    area = sheet.findChild(QScrollArea)
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert "pullback" in texts and "persistent" in texts
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    last = sheet.findChildren(QLabel)[-1]
    assert area.viewport().rect().contains(last.mapTo(area.viewport(), last.rect().bottomLeft()))
    sheet.reject()


def test_a_nudge_shows_how_far_everything_moves(window, qtbot):
    """By hand: moving w1 from 5 to 5.01 moves 3*w1² + 2*w1*w2 at (5, 3) by 0.3603."""
    window.shown.select(0)
    window.graph.setFocus()
    plain = window.graph.grab().toImage()
    qtbot.keyClick(window.graph, Qt.Key.Key_N)
    rest(window, qtbot)
    nudging, target = window.parts["nudging"], window.shown.target
    assert nudging.nudged == 0
    moves = window.graph._light.moves
    assert moves[0] == "+0.01" and moves[target] == "+0.36"
    assert "moves f by 0.3603" in window.centre.notice.label.text()
    assert window.graph.grab().toImage() != plain
    qtbot.keyClick(window.graph, Qt.Key.Key_Escape)
    assert nudging.nudged is None and window.graph._light.lit is None


def test_a_nudge_ends_with_the_next_step(window, qtbot):
    window.shown.select(1)
    window.actions_by_name["nudge"].trigger()
    rest(window, qtbot)
    assert window.parts["nudging"].nudged == 1
    window.player.seek(3)
    assert window.parts["nudging"].nudged is None and not window.graph._light.moves


def test_keys_of_one_letter_can_be_switched_off_and_stay_off(window, make_window, qtbot):
    window.shown.select(0)
    window.actions_by_name["letter_keys"].trigger()
    zoom = window.graph.camera.zoom
    for key in (Qt.Key.Key_N, Qt.Key.Key_W, Qt.Key.Key_Plus, Qt.Key.Key_4, Qt.Key.Key_K):
        qtbot.keyClick(window.graph, key)
    rest(window, qtbot)
    assert window.parts["nudging"].nudged is None and window.graph.camera.zoom == zoom
    assert not window.actions_by_name["legend"].isChecked()
    qtbot.keyClick(window.graph, Qt.Key.Key_Right)  # arrows and keys with Ctrl go on
    assert window.player.step == 1
    window.close()
    again = make_window()
    assert not again.letters.on and not again.actions_by_name["letter_keys"].isChecked()
    again.actions_by_name["letter_keys"].trigger()
    again.shown.select(0)
    again.graph.setFocus()
    qtbot.keyClick(again.graph, Qt.Key.Key_N)
    rest(again, qtbot)
    assert again.parts["nudging"].nudged == 0
