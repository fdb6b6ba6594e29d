"""Labels that are read, and buttons with words, as the panels that ask and tell are made of."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton


def text_label(name: str, title: str, role: str = "text", form: Qt.TextFormat = Qt.TextFormat.PlainText) -> QLabel:
    """A label of several lines that can be selected; `title` is what a screen reader calls it."""
    label = QLabel()
    label.setObjectName(name)
    label.setAccessibleName(title)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(form)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def text_button(name: str, text: str, tip: str, slot: Callable[[], object], role: str = "") -> QPushButton:
    """A button that does `slot`, also by Return."""
    button = QPushButton(text)
    button.setObjectName(name)
    button.setToolTip(tip)
    if role:
        button.setProperty("role", role)
    button.setAutoDefault(True)
    button.clicked.connect(lambda: slot())
    return button
