"""Which keys a focused widget needs for itself: if these fail, a shortcut takes them, or a widget takes a shortcut."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QSlider, QTabBar, QTableView, QWidget

from explorer.window.keys import needs_key

KEYS = ("Left", "Right", "Space", "Return", "Delete", "A")
NEEDED = {
    QPushButton: {"Space", "Return"}, QTabBar: {"Left", "Right", "Space"}, QComboBox: {"Left", "Right", "Space"},
    QTableView: {"Return", "Delete"}, QSlider: {"Left", "Right"}, QWidget: set(),
}  # fmt: skip


@pytest.mark.parametrize("kind", NEEDED)
def test_each_kind_of_widget_needs_its_own_keys(qtbot, kind):
    widget = kind()
    qtbot.addWidget(widget)
    assert {name for name in KEYS if needs_key(widget, getattr(Qt.Key, f"Key_{name}"))} == NEEDED[kind]


def test_the_slider_of_the_timeline_leaves_its_keys_to_the_player(qtbot):
    slider = QSlider()
    slider.setObjectName("timeline_slider")
    qtbot.addWidget(slider)
    assert not needs_key(slider, Qt.Key.Key_Left)
