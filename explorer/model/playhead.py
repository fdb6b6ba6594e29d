"""The playhead: a cursor that moves over the steps of a timeline.

Plain arithmetic. It does not know what a step shows and owns no clock: time enters through `tick(seconds)` alone.
"""

from dataclasses import dataclass

import numpy as np

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
