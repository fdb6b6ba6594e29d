"""The playback panel: sentence and formula of the current step, the transport keys, the timeline, speed and unit."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.icons import icon
from explorer.look.theme import LIGHT, Theme
from explorer.look.typesetting import Typesetter
from explorer.panels.playback.step_text import StepText
from explorer.panels.playback.timeline_slider import TimelineSlider
from explorer.panels.small.menu_button import menu_button

_KEYS = ("to_start", "step_back", "play", "step_forward", "to_end")
UNIT_NAMES = {
    "event": say("playback.event", "event"),
    "entry": say("playback.entry", "entry"),
    "line": say("playback.line", "line"),
    "pass": say("playback.loop-pass", "loop pass"),
    "call": say("playback.function-call", "function call"),
}


class PlaybackPanel(QFrame):
    """Views of the player; its buttons are the actions of the same names."""

    speed_requested = Signal(float)
    step_requested = Signal(int)
    unit_requested = Signal(str)

    def __init__(self, actions: Mapping[str, QAction], speeds: tuple[float, ...], typesetter: Typesetter) -> None:
        super().__init__()
        self.setObjectName("playback")
        self.setProperty("role", "panel")
        self._theme = LIGHT
        self._buttons = {name: _button(actions[name], name) for name in _KEYS}
        self._buttons["play"].setProperty("role", "primary")
        self._playing = False
        self.text = StepText(typesetter)
        self.timeline = TimelineSlider()
        self.timeline.valueChanged.connect(self.step_requested)
        self._speeds = speeds
        self._speed, self._unit = self._speed_button(), self._unit_button(actions)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(4)
        column.addWidget(self.text)
        column.addWidget(self.timeline)
        column.addLayout(self._row())

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(5)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._speed)
        row.addWidget(self._unit)
        return row

    def _speed_button(self) -> QToolButton:
        button, menu = (
            menu_button(
                "speed_button", say("playback.how-fast-steps-played", "How fast the steps are played ([ and ])")
            ),
            QMenu(self),
        )
        for speed in self._speeds:
            action = menu.addAction(f"{speed:g}×")
            action.setToolTip(
                say("playback.play-times-fast-usual", "Play {speed:g} times as fast as usual", speed=speed)
            )
            action.triggered.connect(lambda _=False, speed=speed: self.speed_requested.emit(speed))
        button.setMenu(menu)
        return _slim(button)

    def _unit_button(self, actions: Mapping[str, QAction]) -> QToolButton:
        button, menu = (
            menu_button(
                "unit_button",
                say("playback.step-arrow-keys-play", "What a step of the arrow keys and of Play is (1 to 5)"),
            ),
            QMenu(self),
        )
        for unit in UNIT_NAMES:
            menu.addAction(actions[f"by_{unit}"])
        button.setMenu(menu)
        return _slim(button)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.timeline.set_theme(theme)
        self.text.set_theme(theme)
        for name, button in self._buttons.items():
            color = theme.on_accent if name == "play" else theme.text
            shown = "pause" if name == "play" and self._playing else name
            button.setIcon(icon(shown, color, theme.faint))

    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.timeline, *self._buttons.values(), self._speed, self._unit)

    def set_large(self, large: float) -> None:
        """Write so many times larger; in large writing the buttons go, for there are keys."""
        self.text.set_large(large)
        self.timeline.set_large(large)
        for widget in (*self._buttons.values(), self._speed, self._unit):
            widget.setVisible(large == 1.0)

    def show_timeline(self, last: int, turn: int, failed: bool, second: str = "reverse") -> None:
        """Reach over steps 0..last with the turn between the sweeps; `failed`: the last step is a failure."""
        self.timeline.show_timeline(last, turn, failed, second)

    def expect(self, sentences: Sequence[str]) -> None:
        """Sentences like these will be said of the run that is shown now."""
        self.text.expect(sentences)

    def show_step(self, step: int, travel: float) -> None:
        """Stand at a step."""
        self.timeline.show_step(step, travel)

    def show_playing(self, playing: bool) -> None:
        """Make the play key a pause key, or back."""
        self._playing = playing
        self._buttons["play"].setText(say("playback.pause", "Pause") if playing else say("playback.play", "Play"))
        self.set_theme(self._theme)

    def show_speed(self, speed: float) -> None:
        """Show the speed."""
        self._speed.setText(say("playback.speed", "speed {speed:g}× ▾", speed=speed))

    def show_unit(self, unit: str) -> None:
        """Show the unit of a step."""
        self._unit.setText(say("playback.by", "by {unit_names} ▾", unit_names=UNIT_NAMES[unit]))

    def show_sentence(self, sentence: str, formula: str = "", latex: str = "", color: str = "muted") -> None:
        """Say what this step does, and how it reads in symbols."""
        self.text.show_text(sentence, formula, latex, color)


def _slim(button: QToolButton) -> QToolButton:
    button.setStyleSheet(
        "QToolButton { padding: 1px 6px; text-align: left } QToolButton::menu-indicator { image: none; width: 0 }"
    )
    return button


def _button(action: QAction, name: str) -> QPushButton:
    button = QPushButton(say("playback.play", "Play") if name == "play" else "")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where it is: Space goes on to play
    button.setObjectName(f"button_{name}")
    button.setAccessibleName(action.text())
    button.setToolTip(action.toolTip())
    button.setStyleSheet("padding: 6px 0")
    button.setIconSize(QSize(18, 18))
    button.setFixedWidth(86 if name == "play" else 40)
    button.clicked.connect(action.trigger)
    return button
