"""Keys that belong to the widget that has the keyboard, before they are taken as shortcuts."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QSlider, QTabBar

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


def needs_key(widget: QObject | None, key: int) -> bool:
    """Whether the focused widget needs this key for itself."""
    if isinstance(widget, QAbstractButton):
        return key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if isinstance(widget, QTabBar | QComboBox):
        return key in (*_ARROWS, Qt.Key.Key_Space)
    if isinstance(widget, QAbstractItemView):
        return key in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return isinstance(widget, QSlider) and widget.objectName() != "timeline_slider" and key in _ARROWS
