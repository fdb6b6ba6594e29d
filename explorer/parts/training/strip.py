"""A line over the pages while a step of a training is open: which one, its neighbours, and the way back.

Emits requests. Knows no training.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from core.basics.words import say
from explorer.look.icons import icon
from explorer.look.theme import Theme


class Strip(QFrame):
    """Signals: `moved` (by so many steps) and `left`."""

    moved = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("training_strip")
        self.words = QLabel()
        self.words.setObjectName("training_strip_words")
        self.words.setAccessibleName(say("training.strip", "The step of the training that is open"))
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.before = _button("training_strip_before", "", say("training.strip-before", "Open the step before"))
        self.after = _button("training_strip_after", "", say("training.strip-after", "Open the next step"))
        self.leave = _button(
            "training_strip_leave",
            say("training.strip-leave", "Back to the training"),
            say("training.strip-leave-hint", "Give the inputs their own values again"),
        )
        self.before.clicked.connect(lambda: self.moved.emit(-1))
        self.after.clicked.connect(lambda: self.moved.emit(1))
        self.leave.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        for button in (self.before, self.after, self.leave):
            row.addWidget(button)
        self.hide()

    def show_step(self, step: int, last: int, loss: str) -> None:
        """Say which step is open."""
        told = say(
            "training.strip-step", "Step {step} of {last} of the training is open: loss {loss}",
            step=f"{step:,}", last=f"{last:,}", loss=loss,
        )  # fmt: skip
        self.words.setText(told)
        self.before.setEnabled(step > 0)
        self.after.setEnabled(step < last)
        self.show()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.setStyleSheet(
            f"#training_strip {{ background: {theme.adjoint_soft}; border: none;"
            f" border-bottom: 1px solid {theme.adjoint_mid}; }}"
        )
        for button, name in ((self.before, "step_back"), (self.after, "step_forward")):
            button.setIcon(icon(name, theme.text, theme.faint))


def _button(name: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setAutoDefault(False)
    button.setStyleSheet("padding: 3px 8px")
    return button
