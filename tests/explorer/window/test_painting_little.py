"""A step paints what it changes, and only that: if these fail, scrubbing is slow, or leaves remains behind."""

from collections import Counter

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from explorer.model.document import Document
from tests.explorer.conftest import rest

LOOP = "def f(a, x):\n    for i in range(60):\n        x = sin(x*a) + x\n    return x\n"
LINES = """def f(a, b):
    x = sin(a*b) + a
    y = tanh(b - x) * 2
    x = x*y + b
    y = exp(-y) * x
    return x*y
"""


class Painted(QObject):
    """How many pixels each widget was asked to paint."""

    def __init__(self) -> None:
        super().__init__()
        self.area: Counter[QWidget] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.area[watched] += sum(part.width() * part.height() for part in event.region())
        return False


@pytest.fixture(params=[LOOP, LINES], ids=["folded", "whole"])
def halfway(request, window, qtbot):
    """A window in the middle of a run, at rest."""
    window.files.start(Document(text=request.param, inputs={"a": 0.5, "b": 0.7, "x": 1.0}))
    rest(window, qtbot)
    window.player.seek(window.player.last // 2)
    come_to_rest(window, qtbot)
    return window


def come_to_rest(window, qtbot) -> None:
    """Let delayed pages and pictures be shown, and whatever moves arrive."""
    qtbot.waitUntil(lambda: not window.inspector._pace.isActive())
    while window.graph.is_moving:
        window.graph.advance(0.1)
    window.graph.settle()
    for _ in range(3):
        QApplication.processEvents()


def shown(window) -> np.ndarray:
    """What stands on the screen now, painted by nobody anew."""
    picture = window.screen().grabWindow(window.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), picture.width()).copy()


def test_a_step_paints_a_small_part_of_the_window(halfway):
    window, steps = halfway, 6
    painted = Painted()
    QApplication.instance().installEventFilter(painted)
    start = window.player.step
    for step in range(start + 1, start + 1 + steps):
        window.player.seek(step)
        for _ in range(2):
            QApplication.processEvents()
    QApplication.instance().removeEventFilter(painted)
    whole = {one: one.width() * one.height() * steps for one in (window, window.graph, window.tape.viewport())}
    shares = {one: painted.area[one] / area for one, area in whole.items()}
    assert 0 < shares[window.graph] < 0.6
    assert 0 < shares[window.tape.viewport()] < 0.5
    assert shares[window] < 0.05  # what lies behind the panels
    assert painted.area[window.playback.timeline] / steps < 0.5 * window.playback.timeline.width() * 40


def test_what_is_painted_in_parts_looks_as_if_it_were_painted_whole(halfway, qtbot):
    window = halfway
    start, last = window.player.step, window.player.last
    for step in (start + 1, start + 2, start - 3, 1, last, last - 4, start, start + 1):
        window.player.seek(step)
        QApplication.processEvents()
    come_to_rest(window, qtbot)
    before = shown(window)
    window.graph._repaint_all()
    for widget in (window, *window.findChildren(QWidget)):
        widget.update()
    for _ in range(3):
        QApplication.processEvents()
    different = np.argwhere(before != shown(window))
    assert not len(different), f"{len(different)} pixels, first at {different[0][::-1]}, last at {different[-1][::-1]}"


def test_a_contribution_on_its_way_leaves_nothing_behind(halfway, qtbot):
    window = halfway
    window.player.step_forward()
    for _ in range(9):
        window.player.tick(0.09)
        QApplication.processEvents()
    window.player.tick(2.0)
    come_to_rest(window, qtbot)
    before = shown(window)
    window.graph._repaint_all()
    for _ in range(3):
        QApplication.processEvents()
    different = np.argwhere(before != shown(window))
    assert not len(different), f"{len(different)} pixels, first at {different[0][::-1]}, last at {different[-1][::-1]}"


def test_while_steps_rush_by_the_inspector_waits(halfway, monkeypatch):
    """A page takes longer than a step, and nobody reads it while a key is held."""
    window, made = halfway, []
    monkeypatch.setattr(window.inspector, "_draw", lambda: made.append(window.player.step))
    window.inspector._pace.timeout.disconnect()
    for step in range(window.player.step, window.player.step + 5):
        window.player.seek(step)
    assert made == []
    monkeypatch.undo()
    window.inspector._pace.timeout.connect(window.inspector._draw)
    assert "What makes up" in window.inspector.toPlainText() or "Forward" in window.inspector.toPlainText()
