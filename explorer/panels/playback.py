"""The playback panel: the sentence of the current step, the transport keys, the timeline and the speed."""

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout

from explorer.icons import icon
from explorer.panels.menu_button import menu_button
from explorer.panels.timeline_slider import TimelineSlider
from explorer.theme import LIGHT, Theme, mono

_LINES = 4
_KEYS = ("to_start", "step_back", "play", "step_forward", "to_end")


class PlaybackPanel(QFrame):
    """Views of the player; its buttons are the actions of the same names."""

    speed_requested = Signal(float)
    step_requested = Signal(int)

    def __init__(self, actions: Mapping[str, QAction], speeds: tuple[float, ...]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._theme = LIGHT
        self._buttons = {name: _button(actions[name], name) for name in _KEYS}
        self._buttons["play"].setProperty("role", "primary")
        self._playing = False
        self._sentence = _sentence_label()
        self._text = ("", "", "muted")
        self.timeline = TimelineSlider()
        self.timeline.valueChanged.connect(self.step_requested)
        self._speeds = speeds
        self._speed = self._speed_button()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(6)
        column.addWidget(self._sentence)
        column.addLayout(self._row())

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in self._buttons.values():
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(6)
        row.addWidget(self.timeline, 1)
        row.addWidget(self._speed, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _speed_button(self) -> QToolButton:
        button, menu = menu_button("speed_button", "How fast the steps are played ([ and ])"), QMenu(self)
        for speed in self._speeds:
            action = menu.addAction(f"{speed:g}×")
            action.triggered.connect(lambda _=False, speed=speed: self.speed_requested.emit(speed))
        button.setMenu(menu)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.timeline.set_theme(theme)
        for name, button in self._buttons.items():
            color = theme.on_accent if name == "play" else theme.text
            shown = "pause" if name == "play" and self._playing else name
            button.setIcon(icon(shown, color, theme.faint))
        self.show_sentence(*self._text)

    def show_timeline(self, last: int, turn: int, failed: bool) -> None:
        """Reach over steps 0..last with the turn between the sweeps; `failed`: the last step is a failure."""
        self.timeline.show_timeline(last, turn, failed)

    def show_step(self, step: int, travel: float) -> None:
        """Stand at a step."""
        self.timeline.show_step(step, travel)

    def show_playing(self, playing: bool) -> None:
        """Make the play key a pause key, or back."""
        self._playing = playing
        self._buttons["play"].setText("Pause" if playing else "Play")
        self.set_theme(self._theme)

    def show_speed(self, speed: float) -> None:
        """Show the speed."""
        self._speed.setText(f"Speed {speed:g}× ▾")

    def show_sentence(self, sentence: str, formula: str = "", color: str = "muted") -> None:
        """Say what this step does, and how it reads in symbols."""
        self._text = (sentence, formula, color)
        family = escape(", ".join(f"'{name}'" for name in mono().families()), quote=True)
        style = f"font-family:{family}; color:{getattr(self._theme, color)}"
        maths = f'<span style="{style}">{escape(formula)}</span>'
        self._sentence.setText(f"{escape(sentence)}{'<br>' + maths if formula else ''}")
        self._sentence.setAccessibleDescription(f"{sentence} {formula}".strip())
        self._sentence.setToolTip(formula if len(formula) > 120 else "")


def _sentence_label() -> QLabel:
    label = QLabel()
    label.setObjectName("step_sentence")
    label.setAccessibleName("Step")
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    label.setStyleSheet("font-size: 13px")
    label.setFixedHeight(_LINES * label.fontMetrics().lineSpacing() + 6)
    return label


def _button(action: QAction, name: str) -> QPushButton:
    button = QPushButton("Play" if name == "play" else "")
    button.setObjectName(f"button_{name}")
    button.setAccessibleName(action.text())
    button.setToolTip(action.toolTip())
    button.setStyleSheet("padding: 6px 0")
    button.setIconSize(QSize(18, 18))
    button.setFixedWidth(86 if name == "play" else 40)
    button.clicked.connect(action.trigger)
    return button
