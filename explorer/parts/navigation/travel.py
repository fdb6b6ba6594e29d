"""Travelling through the steps: by which unit one goes, where playing stops, the section it goes round, bookmarks.

Moves the player over the timeline it is given; where steps lead is the engine's navigation. Knows no widget.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QObject, Signal

from core.basics.errors import ProgramError
from core.basics.words import say
from core.navigation import UNITS, Breakpoint, Steps, hits, parse_breakpoint
from core.timeline import Timeline
from explorer.player import Player

__all__ = ["UNITS", "Travel"]


class Travel(QObject):
    """The ways through one timeline."""

    changed = Signal()
    """Breakpoints, bookmarks, the section or the unit are others."""
    said = Signal(str)

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._timeline: Timeline | None = None
        self._steps: Steps | None = None
        self._hits: dict[str, np.ndarray] = {}
        self.unit = "event"
        self.breakpoints: list[Breakpoint] = []
        self.bookmarks: dict[int, str] = {}
        self.section: tuple[int | None, int | None] = (None, None)

    # --- the timeline ----------------------------------------------------------------------------------

    def set_timeline(self, timeline: Timeline | None) -> None:
        """Travel through another timeline, whose length the player has been told."""
        self._timeline, self._steps, self._hits = timeline, None, {}
        last = len(timeline) if timeline else 0
        if any(place is not None and place > last for place in self.section):
            self.section = (None, None)
        self._tell()

    @property
    def steps(self) -> Steps | None:
        """Where one may go in the timeline; made when it is first needed, for it reads the whole tape."""
        if self._steps is None and self._timeline is not None:
            self._steps = Steps(self._timeline)
        return self._steps

    def hits(self) -> np.ndarray:
        """The steps at which a breakpoint stops."""
        found = [self._hits_of(one) for one in self.breakpoints]
        return np.unique(np.concatenate(found)).astype(int) if found else np.zeros(0, dtype=int)

    def _hits_of(self, one: Breakpoint) -> np.ndarray:
        if self._timeline is None:
            return np.zeros(0, dtype=int)
        if one.text not in self._hits:
            self._hits[one.text] = hits(self._timeline, one, self.steps)
        return self._hits[one.text]

    def count(self, text: str) -> int:
        """At how many steps a breakpoint stops."""
        return next((len(self._hits_of(one)) for one in self.breakpoints if one.text == text), 0)

    def _tell(self) -> None:
        """Let the player and everybody else know."""
        timeline, steps = self._timeline, self.steps if self.unit != "event" else None
        self._player.set_stops(steps.stops(self.unit) if steps else None)
        halts = None
        if timeline is not None and self.breakpoints:
            halts = np.zeros(len(timeline) + 1, dtype=bool)
            halts[self.hits()] = True
        self._player.set_halts(halts)
        self._player.set_section(self.whole_section())
        self.changed.emit()

    # --- going -----------------------------------------------------------------------------------------

    def set_unit(self, unit: str) -> None:
        """Step and play by "event", "entry", "line", "pass" or "call"."""
        if unit in UNITS and unit != self.unit:
            self.unit = unit
            self._tell()

    def forward(self) -> None:
        """The next step of the unit; the movement of a single event is shown."""
        if self.unit == "event":
            self._player.step_forward()
        else:
            self.go_by(self.unit)

    def back(self) -> None:
        """Where the last step of the unit began."""
        if self.unit == "event":
            self._player.step_back()
        else:
            self.go_by(self.unit, forward=False)

    def go_by(self, unit: str, forward: bool = True) -> None:
        """One step of any unit."""
        if self.steps is not None:
            move = self.steps.next if forward else self.steps.previous
            self._player.seek(move(self._player.step, unit))

    def over(self, forward: bool = True) -> None:
        """To the next step that is no deeper in calls."""
        if self.steps is not None:
            self._player.seek(self.steps.over(self._player.step, forward))

    def into(self) -> None:
        """Into the next call."""
        if self.steps is not None:
            self._player.seek(self.steps.into(self._player.step))

    def out(self) -> None:
        """Out of the present call."""
        if self.steps is not None:
            self._player.seek(self.steps.out(self._player.step))

    # --- breakpoints -----------------------------------------------------------------------------------

    def toggle(self, text: str) -> bool:
        """Set a breakpoint, or remove it where it is set; says what is wrong with it and returns False."""
        known = next((one for one in self.breakpoints if one.text == text.strip()), None)
        if known is not None:
            self.breakpoints.remove(known)
        else:
            try:
                tape = self._timeline.tape if self._timeline else None
                self.breakpoints.append(parse_breakpoint(text, tape))
            except ProgramError as error:
                self.said.emit(f"{error.message} {error.hint}".strip())
                return False
        self._tell()
        if known is None and self._timeline is not None and not self.count(text.strip()):
            self.said.emit(
                say(
                    "navigation.stopping-noted-though-run",
                    "Stopping at “{text}” is noted, though this run has no such step.",
                    text=text.strip(),
                )
            )
        return True

    def first_hit(self, one: Breakpoint) -> int:
        """The first step at which a breakpoint stops; where the player stands when there is none."""
        found = self._hits_of(one)
        return int(found[0]) if len(found) else self._player.step

    def clear_breakpoints(self) -> None:
        """Stop nowhere."""
        self.breakpoints = []
        self._tell()

    def lines(self) -> frozenset[int]:
        """The lines of the text that have a breakpoint."""
        return frozenset(one.wanted for one in self.breakpoints if one.kind == "line")

    def run_to_hit(self, forward: bool = True) -> None:
        """Go at once to the next (or last) step at which a breakpoint stops; to the end where there is none."""
        places, step = self.hits(), self._player.step
        ahead = places[places > step] if forward else places[places < step]
        if len(ahead):
            self._player.seek(int(ahead[0] if forward else ahead[-1]))
        elif not self.breakpoints:
            self.said.emit(
                say(
                    "navigation.no-breakpoints-click-beside",
                    "There are no breakpoints: click beside a line number, or press F9.",
                )
            )
        else:
            self._player.seek(self._player.last if forward else 0)

    # --- section and bookmarks -------------------------------------------------------------------------

    def whole_section(self) -> tuple[int, int] | None:
        """The section between its marks; None while one is missing."""
        start, end = self.section
        return None if start is None or end is None else (start, end)

    def mark_section(self, start: int | None = None, end: int | None = None) -> None:
        """Set the start or the end of the section that is played round; a mark that no longer fits goes."""
        first, last = self.section
        if start is not None:
            first, last = start, last if last is not None and last > start else None
        if end is not None:
            first, last = first if first is not None and first < end else None, end
        self.section = (first, last)
        self._tell()

    def clear_section(self) -> None:
        """Play straight on."""
        self.section = (None, None)
        self._tell()

    def bookmark(self, step: int, note: str) -> None:
        """Keep a step with a note."""
        self.bookmarks[step] = note.strip()
        self._tell()

    def drop_bookmark(self, step: int) -> None:
        """Forget a bookmark."""
        if self.bookmarks.pop(step, None) is not None:
            self._tell()

    def go_to_bookmark(self, forward: bool = True) -> None:
        """Go to the next bookmark, or to the last one; round at the ends."""
        steps = sorted(step for step in self.bookmarks if step <= self._player.last)
        if not steps:
            self.said.emit(say("navigation.no-bookmarks-ctrl-b", "There are no bookmarks: Ctrl+B keeps this step."))
            return
        here = self._player.step
        ahead = [step for step in steps if step > here] if forward else [step for step in steps if step < here][::-1]
        self._player.seek((ahead or (steps if forward else steps[::-1]))[0])

    def restore(self, breakpoints: Sequence[str], bookmarks: Mapping[int, str]) -> None:
        """Take the breakpoints and bookmarks of a document; what cannot be read is left out."""
        self.breakpoints, self.section = [], (None, None)
        for text in breakpoints:
            try:
                self.breakpoints.append(parse_breakpoint(text))
            except ProgramError:
                if text.replace(" ", "") == text:  # the label of an entry, which no text could be checked against yet
                    self.breakpoints.append(Breakpoint(text, "entry", text))
        self.bookmarks = dict(bookmarks)
        self._tell()
