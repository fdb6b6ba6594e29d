"""A button that opens a menu; its arrow is part of its text, so that it stands where it should in every style."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

_SHAPE = "QToolButton { padding: 5px 9px } QToolButton::menu-indicator { image: none; width: 0 }"


def menu_button(name: str, tooltip: str) -> QToolButton:
    """The button, to be given a text and a menu."""
    button = QToolButton()
    button.setObjectName(name)
    button.setToolTip(tooltip)
    button.setAccessibleName(tooltip)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setStyleSheet(_SHAPE)
    return button
