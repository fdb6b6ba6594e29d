"""A button that opens a menu; its arrow is part of its text, so that it stands where it should in every style."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton

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


def new_menu(button: QToolButton) -> QMenu:
    """An empty menu for the button, in place of the one it had, which goes as soon as nothing of it is at work."""
    old, menu = button.menu(), QMenu(button)
    button.setMenu(menu)
    if old is not None:
        old.deleteLater()
    return menu
