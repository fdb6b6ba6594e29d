"""Play, step and scrub through the steps of a training, as through a tape; what the step is, in a sentence.

Emits requests. Knows no training.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.icons import icon
from explorer.look.roles import give_role
from explorer.look.theme import LIGHT, Theme
from explorer.look.wording import unquoted

KEYS = {
    "to_start": say("training.to-start", "Before the first step (Home)"),
    "step_back": say("training.step-back", "A step back (Left)"),
    "play": say("training.play", "Play the steps, or pause (Space)"),
    "step_forward": say("training.step-forward", "The next step (Right)"),
    "to_end": say("training.to-end", "After the last step (End)"),
}


class StepSlider(QSlider):
    """A slider over steps; a click goes there at once."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("training_slider")
        self.setAccessibleName(say("training.slider", "Steps of the training"))
        self.setToolTip(say("training.slider-hint", "Drag to any step of the training"))
        self.setRange(0, 0)

    def _seek(self, event: QMouseEvent) -> None:
        share = (event.position().x() - 6) / max(self.width() - 12, 1)
        self.setValue(round(min(max(share, 0.0), 1.0) * self.maximum()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._seek(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._seek(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._seek(event)


class Transport(QWidget):
    """Signals: `step_requested`, `asked` (the name of a key), `opened` (show this step's tape), `compared`."""

    step_requested = Signal(int)
    asked = Signal(str)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._playing = False
        self.sentence = QLabel()
        self.sentence.setObjectName("training_sentence")
        self.sentence.setAccessibleName(say("training.step-words", "Step of the training"))
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setMinimumHeight(36)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.slider = StepSlider()
        self.slider.valueChanged.connect(self.step_requested)
        self.buttons = {name: self._key(name) for name in KEYS}
        self.open = QPushButton(say("training.open-step", "Open this step"))
        self.open.setObjectName("training_open")
        self.open.setAutoDefault(False)
        self.open.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the steps
        self.open.setToolTip(say("training.open-hint", "Show the tape, the graph and both sweeps of this step"))
        self.open.clicked.connect(self.opened)
        self.place = QLabel()
        self.place.setObjectName("training_place")
        self.place.setProperty("role", "mono")
        self.place.setMinimumWidth(104)
        self.place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setSpacing(5)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addSpacing(6)
        row.addWidget(self.slider, 1)
        row.addWidget(self.place)
        row.addSpacing(6)
        row.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 0, 14, 4)
        column.setSpacing(2)
        column.addWidget(self.sentence)
        column.addLayout(row)

    def _key(self, name: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName(f"training_{name}")
        button.setAccessibleName(KEYS[name])
        button.setToolTip(KEYS[name])
        button.setStyleSheet("padding: 5px 0")
        button.setIconSize(QSize(16, 16))
        button.setFixedWidth(36)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the steps
        button.clicked.connect(lambda: self.asked.emit(name))
        return button

    def show_step(self, step: int, known: int, last: int) -> None:
        """Stand at a step, of `known` that there are, of `last` that were asked for."""
        quiet = self.slider.blockSignals(True)
        self.slider.setRange(0, known)
        self.slider.setValue(step)
        self.slider.blockSignals(quiet)
        self.place.setText(say("training.place", "step {step:,} of {last:,}", step=step, last=last))

    def show_sentence(self, sentence: str, role: str = "muted") -> None:
        """Say what the step is, or what is wrong."""
        self.sentence.setText(unquoted(sentence))
        give_role(self.sentence, role)

    def show_able(self, able: bool) -> None:
        """Whether there are steps."""
        for name, button in self.buttons.items():
            button.setEnabled(able or name in ("play", "step_forward"))
        self.open.setEnabled(able)

    def show_playing(self, playing: bool) -> None:
        """Make the play key a pause key, or back."""
        if playing != self._playing:
            self._playing = playing
            self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        for name, button in self.buttons.items():
            button.setIcon(icon("pause" if name == "play" and self._playing else name, theme.text, theme.faint))
