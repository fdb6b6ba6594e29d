"""One of a few, as buttons side by side: all choices are seen, the arrow keys go from one to the next.

Knows nothing of what is chosen.
"""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy


class Segments(QFrame):
    """Each choice is (value, title, tooltip); `chosen` tells that the user chose another."""

    chosen = Signal()

    def __init__(self, name: str, title: str, choices: Sequence[tuple[Hashable, str, str]]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("role", "segments")
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self.buttons: dict[Hashable, QPushButton] = {}
        for value, words, hint in choices:
            button = QPushButton(words)
            button.setObjectName(f"{name}_{value}")
            button.setAccessibleName(f"{title}: {words}")
            button.setToolTip(hint)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("role", "segment")
            self._group.addButton(button)
            self.buttons[value] = button
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.buttonClicked.connect(self.chosen)

    @property
    def value(self) -> Hashable:
        """The value of the choice that is made."""
        return next((value for value, button in self.buttons.items() if button.isChecked()), None)

    def choose(self, value: Hashable) -> None:
        """Make a choice; says nothing."""
        self.buttons[value].setChecked(True)
