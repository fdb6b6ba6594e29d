"""The player: a cursor that moves over the steps of a timeline.

`Playhead` is plain arithmetic; `Player` is the same with signals. Neither knows what a step shows, nor
owns a clock: time enters through `tick(seconds)` alone.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 128.0, 512.0)
STEP_SECONDS = 0.9
"""How long one step takes at speed 1."""


@dataclass
class Playhead:
    """Where we are: a step in 0..last, and how far (0..1) that step's movement has travelled."""

    last: int = 0
    step: int = 0
    travel: float = 1.0
    playing: bool = False
    speed: float = 1.0
    stops: np.ndarray | None = None
    """The steps at which to stand, in order; None: all."""
    halts: np.ndarray | None = None
    """For each step whether playing ends there; None: nowhere."""
    section: tuple[int, int] | None = None
    """The steps between which playing goes round."""

    @property
    def moving(self) -> bool:
        """Whether time changes anything."""
        return self.playing or self.travel < 1.0

    def seek(self, step: int) -> None:
        """Stand at the end of `step`, kept within the timeline."""
        self.step = min(max(step, 0), self.last)
        self.travel = 1.0

    def advance(self) -> None:
        """Begin the next step; at the last one finish it and stop."""
        following = self._following()
        if following is not None:
            self.step, self.travel = following, 0.0
        else:
            self.travel, self.playing = 1.0, False

    def _following(self) -> int | None:
        """The step that comes next: the next stop, but no further than a halt; round, where a section is played."""
        if self.playing and self.section and self.section[0] < self.section[1] <= self.step:
            return self.section[0]
        if self.step >= self.last:
            return None
        following = self.step + 1
        if self.stops is not None:
            later = self.stops[np.searchsorted(self.stops, self.step, side="right") :]
            following = int(later[0]) if len(later) else self.last
        if self.playing and self.section and self.step < self.section[1]:
            following = min(following, self.section[1])
        between = self._halts_in(self.step + 1, following) if self.playing else np.zeros(0, dtype=int)
        return int(between[0]) if len(between) else following

    def _halts_in(self, first: int, last: int) -> np.ndarray:
        """The halts from one step to another, both included."""
        found = () if self.halts is None else np.flatnonzero(self.halts[first : last + 1]) + first
        return np.asarray(found, dtype=int)

    def tick(self, seconds: float) -> None:
        """Let `seconds` pass: the movement travels on, and while playing the next steps begin."""
        left = seconds * self.speed / STEP_SECONDS
        while left > 0 and self.moving:
            arriving = self.travel < 1.0
            used = min(left, 1.0 - self.travel)
            self.travel += used
            left -= used
            if self.travel >= 1.0 - 1e-9:
                self.travel = 1.0
                self.playing = self.playing and not (arriving and len(self._halts_in(self.step, self.step)))
                if not self.playing:
                    return
                self.advance()

    def play(self) -> None:
        """Play on from here; from the last step, once more from the start."""
        if self.step >= self.last and self.travel >= 1.0:
            self.seek(self.section[0] if self.section else 0)
        self.playing = self.last > 0


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

    def _stop(self) -> None:
        if self.playing:
            self._head.playing = False
            self.playing_changed.emit(False)

    def _tell(self) -> None:
        self.moved.emit(self.step, self.travel)
