"""The player: a playhead with signals.

Does not know what a step shows and owns no clock; `explorer.model.playhead` has the arithmetic.
"""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Signal

from explorer.model.playhead import SPEEDS, Playhead


class Player(QObject):
    """A playhead that says when it moved, began or stopped to play, or changed its speed."""

    moved = Signal(int, float)
    playing_changed = Signal(bool)
    speed_changed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._head = Playhead()

    @property
    def step(self) -> int:
        """The step we stand at."""
        return self._head.step

    @property
    def last(self) -> int:
        """The last step of the timeline."""
        return self._head.last

    @property
    def travel(self) -> float:
        """How far the movement of this step is, 0..1."""
        return self._head.travel

    @property
    def playing(self) -> bool:
        """Whether steps follow one another by themselves."""
        return self._head.playing

    @property
    def moving(self) -> bool:
        """Whether `tick` would change anything."""
        return self._head.moving

    @property
    def speed(self) -> float:
        """How many times faster than the usual pace."""
        return self._head.speed

    def set_length(self, last: int, step: int = 0) -> None:
        """Take a timeline whose last step is `last`, and stand at `step`."""
        self._head.last = max(last, 0)
        self._head.stops = self._head.halts = self._head.section = None
        self._stop()
        self._head.seek(step)
        self._tell()

    def set_stops(self, stops: np.ndarray | None) -> None:
        """Stand only at these steps (in order) while playing; None: at all."""
        self._head.stops = stops

    def set_halts(self, halts: np.ndarray | None) -> None:
        """End playing at the steps for which this array is true; None: nowhere."""
        self._head.halts = halts

    def set_section(self, section: tuple[int, int] | None) -> None:
        """Play round between two steps; None: straight on."""
        self._head.section = section

    def seek(self, step: int) -> None:
        """Stop and stand at the end of `step`."""
        self._stop()
        self._head.seek(step)
        self._tell()

    def step_forward(self) -> None:
        """Stop and let the next step begin; its movement travels as time passes."""
        self._stop()
        self._head.advance()
        self._tell()

    def step_back(self) -> None:
        """Stop and stand at the end of the step before."""
        self.seek(self.step - 1)

    def to_start(self) -> None:
        """Stand before everything."""
        self.seek(0)

    def to_end(self) -> None:
        """Stand after everything."""
        self.seek(self.last)

    def toggle(self) -> None:
        """Play, or pause."""
        if self.playing:
            self._stop()
        else:
            self._head.play()
            self.playing_changed.emit(self.playing)
        self._tell()

    def set_speed(self, speed: float) -> None:
        """Play `speed` times as fast as usual."""
        if speed > 0 and speed != self.speed:
            self._head.speed = speed
            self.speed_changed.emit(speed)

    def shift_speed(self, by: int) -> None:
        """Go `by` places up or down the list of speeds."""
        nearest = min(range(len(SPEEDS)), key=lambda i: abs(SPEEDS[i] - self.speed))
        self.set_speed(SPEEDS[min(max(nearest + by, 0), len(SPEEDS) - 1)])

    def tick(self, seconds: float) -> None:
        """Let time pass."""
        before = (self.step, self.travel, self.playing)
        self._head.tick(seconds)
        if before[2] != self.playing:
            self.playing_changed.emit(self.playing)
        if before != (self.step, self.travel, self.playing):
            self._tell()

    def commands(self) -> dict[str, Callable[[], object]]:
        """By the name of an action what it does."""
        return {
            "play": self.toggle,
            "to_start": self.to_start,
            "to_end": self.to_end,
            "faster": lambda: self.shift_speed(1),
            "slower": lambda: self.shift_speed(-1),
        }

    def _stop(self) -> None:
        if self.playing:
            self._head.playing = False
            self.playing_changed.emit(False)

    def _tell(self) -> None:
        self.moved.emit(self.step, self.travel)
