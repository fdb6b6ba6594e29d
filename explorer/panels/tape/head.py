"""The tape as an object: its light, what it watches, what it keeps, and what happens when it is asked again."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.roles import give_role
from explorer.look.theme import Theme
from explorer.panels.small.menu_button import menu_button, new_menu
from explorer.panels.tape.memory_strip import MemoryStrip, bytes_text

_ROOM_FOR_STRIP = 300


class TapeState(NamedTuple):
    """How the tape stands at a step: a light ("recording", "recorded", "asked", "used up", "kept"), and its notes."""

    light: str
    watched: tuple[str, ...]
    notes: tuple[str, ...] = ()


_LIGHTS = {
    "empty": (say("tape.empty", "○ empty"), "muted", say("tape.nothing-recorded-yet", "Nothing is recorded yet")),
    "recording": (
        say("tape.recording", "● recording"),
        "error",
        say("tape.forward-sweep-writes-tape", "The forward sweep writes on the tape"),
    ),
    "recorded": (
        say("tape.recorded", "■ recorded"),
        "primal",
        say("tape.all-computed-tape", "All that was computed is on the tape"),
    ),
    "asked": (
        say("tape.being-read", "◀ being read"),
        "adjoint",
        say("tape.reverse-sweep-reads-tape", "The reverse sweep reads the tape"),
    ),
    "followed": (
        say("tape.being-followed", "▶ being read"),
        "tangent",
        say("tape.tangent-sweep-reads-tape", "The tangent sweep reads the tape from its beginning"),
    ),
    "used up": (
        say("tape.light-used-up", "∅ used up"),
        "muted",
        say("tape.tape-asked-once-freed", "The tape was asked once and has freed what it kept"),
    ),
    "kept": (
        say("tape.kept", "■ kept"),
        "ok",
        say("tape.persistent-tape-keeps-everything", "A persistent tape keeps everything and may be asked again"),
    ),
}
_ROOM_FOR_WORDS = 290


class TapeHead(QWidget):
    """Shows the state; asks whether the tape shall be persistent, and to ask it again."""

    persistent_requested = Signal(bool)
    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tape_head")
        self._light = _label("tape_light", say("tape.state-tape", "State of the tape"))
        self._state, self._narrow = "", False
        self._watched = _label("tape_watched", say("tape.watched-inputs", "Watched inputs"))
        self._watched.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._most = _label("tape_bytes", say("tape.bytes-kept", "Bytes kept"))
        self._most.setToolTip(
            say("tape.most-tape-keeps-once", "The most that the tape keeps at once for the reverse sweep")
        )
        self.more = menu_button("tape_more", say("tape.more", "More about the tape: persistent, ask again"))
        self.more.setText("⋯")
        menu = new_menu(self.more)
        self.persistent = menu.addAction(say("tape.persistent-tape", "Persistent tape"))
        self.persistent.setCheckable(True)
        self.persistent.setObjectName("tape_persistent")
        self.persistent.setToolTip(
            say(
                "tape.persistent-true-tape-frees",
                "With persistent=True the tape frees nothing and may be asked more than once",
            )
        )
        self.persistent.toggled.connect(self.persistent_requested)
        self.again = menu.addAction(say("tape.ask-tape-again", "Ask the tape again"))
        self.again.setObjectName("ask_again")
        self.again.setToolTip(say("tape.ask-gradient-second-time", "Ask for the gradient a second time (A)"))
        self.again.triggered.connect(self.asked)
        menu.setToolTipsVisible(True)
        self.strip = MemoryStrip()
        self.note = _label("tape_note", say("tape.about-tape", "About the tape"))
        self.note.setWordWrap(True)
        self._arrange()

    def _arrange(self) -> None:
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self._light)
        upper.addStretch(1)
        upper.addWidget(self.more)
        lower.addWidget(self._watched, 1)
        lower.addWidget(self._most)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 10, 5)
        column.setSpacing(3)
        for part in (upper, lower):
            column.addLayout(part)
        column.addWidget(self.strip)
        column.addWidget(self.note)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.strip.set_theme(theme)

    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.more,)

    def make_room(self, width: int, height: int) -> None:
        """In a low panel the strip goes, so that the entries can be read; in a narrow one the light has no words."""
        self.strip.setVisible(height >= _ROOM_FOR_STRIP)
        self._narrow = width < _ROOM_FOR_WORDS
        self._show_light()

    def show_state(self, state: TapeState) -> None:
        """Show how the tape stands."""
        text, role, hint = _LIGHTS[state.light]
        self._state = text
        self._show_light()
        self._light.setToolTip(f"{text}: {hint}")
        give_role(self._light, role)
        names = ", ".join(state.watched)
        self._watched.setText(
            say("tape.watches", "watches {names}", names=names)
            if names
            else say("tape.watches-nothing", "watches nothing")
        )
        self._watched.setToolTip(self._watched.text())
        self.say(" ".join(state.notes))

    def show_nothing(self) -> None:
        """There is no tape."""
        self.show_state(TapeState("empty", ()))
        self._watched.clear()
        self.show_memory(np.zeros(0), 0)
        self.strip.show_step(0)

    def _show_light(self) -> None:
        self._light.setText(self._state[:1] if self._narrow else self._state)
        self._light.setAccessibleDescription(self._state)

    def show_memory(self, kept: np.ndarray, turn: int) -> None:
        """Show the bytes kept at each step."""
        self._most.setText(say("tape.keeps", "keeps {bytes}", bytes=bytes_text(int(kept.max()))) if len(kept) else "")
        self.strip.show_memory(kept, turn)

    def show_persistent(self, persistent: bool) -> None:
        """Set the switch without asking for anything."""
        quiet = self.persistent.blockSignals(True)
        self.persistent.setChecked(persistent)
        self.persistent.blockSignals(quiet)

    def say(self, sentence: str, role: str = "muted") -> None:
        """Say something under the strip; nothing hides it."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
        give_role(self.note, role)


class TapePanel(QWidget):
    """The head over the table of entries."""

    def __init__(self, table: QWidget) -> None:
        super().__init__()
        self.head = TapeHead()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(table, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.make_room(self.width(), self.height())


def _label(name: str, accessible: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setAccessibleName(accessible)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "muted")
    return label
