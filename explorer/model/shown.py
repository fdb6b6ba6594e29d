"""What is looked at: a run at a step, the selected entry, what is hidden while a question is open, a detour.

Plain state with the rules by which it changes, for every reader of frames. It tells nobody: `explorer.shown` adds the
signals. Must not know Qt, a view, or who asked for the run.
"""

from dataclasses import dataclass, field

from core.run import Run
from core.timeline import Frame, Timeline
from explorer.drawing.picture import Picture
from explorer.model.detour import Detour


@dataclass(eq=False)
class Shown:
    """`frame` is the state after `step` of `timeline`, and `picture` its graph as it is folded now.

    Before there is a run `step` is the one that will be shown first. `veil` are the entries whose numbers are hidden
    because something about them is asked, None where nothing is. `detour` is the run that is shown in the place of
    the program's own; `afresh` tells whether the timeline continues no other, so that views start anew too.
    """

    timeline: Timeline | None = None
    picture: Picture | None = None
    frame: Frame | None = None
    step: int = 0
    selected: int | None = None
    veil: frozenset[int] | None = None
    detour: Detour | None = None
    afresh: bool = True
    _own: tuple[Timeline, Picture] | None = field(default=None, repr=False)

    @property
    def run(self) -> Run | None:
        """The run that is shown."""
        return self.timeline.run if self.timeline is not None else None

    @property
    def target(self) -> int | None:
        """The entry that is differentiated."""
        return self.run.target if self.run is not None else None

    @property
    def inspected(self) -> int | None:
        """The entry to inspect: the selected one, else that of the current step, else the target."""
        if self.selected is not None or self.frame is None:
            return self.selected
        return self.frame.current if self.frame.current is not None else self.target

    def show(self, timeline: Timeline, picture: Picture) -> None:
        """Take another run of the program and its graph; while a detour is shown, they wait behind it."""
        self._own = timeline, picture
        if self.detour is None:
            self._take(timeline, picture)

    def take_detour(self, detour: Detour | None) -> bool:
        """Show another run in the place of the program's own, which None puts back; whether anything changed."""
        if detour is self.detour:
            return False
        self.detour = detour
        if detour is not None:
            self._take(detour.timeline, detour.picture, of_other_length=True)
        elif self._own is not None:
            self._take(*self._own, of_other_length=True)
        return True

    def _take(self, timeline: Timeline, picture: Picture, of_other_length: bool = False) -> None:
        """Stay at the step and the entry where one was, as far as both runs have them.

        A run of the program with another tape continues the former one; a detour with another tape (`of_other_length`)
        is a new thing to look at.
        """
        old = self.timeline
        if old is not None and of_other_length and len(old.tape) != len(timeline.tape):
            old, self.step = None, 0
        if old is None or (len(old), len(old.tape)) != (len(timeline), len(timeline.tape)):
            self.selected = None
        at_end = old is not None and self.step >= len(old) > 0
        self.afresh, self.timeline, self.picture = old is None, timeline, picture
        self.go_to(len(timeline) if at_end else self.step)

    def forget(self, step: int = 0) -> None:
        """Show nothing until the next run, and that from `step` on."""
        self.timeline = self.picture = self.frame = self.selected = self.detour = self._own = None
        self.step, self.afresh = step, True

    def go_to(self, step: int) -> None:
        """Show a step, kept within the timeline; before there is a run, the one to begin with."""
        if self.timeline is None:
            self.step = max(step, 0)
            return
        self.step = min(max(step, 0), len(self.timeline))
        if self.frame is None or self.frame.timeline is not self.timeline or self.frame.step != self.step:
            self.frame = self.timeline.frame(self.step)

    def refold(self, picture: Picture) -> bool:
        """Show the same run with other groups open; whether the picture is of what is shown."""
        if picture.timeline is not self.timeline:
            return False
        self.picture = picture
        if self.detour is None:
            self._own = picture.timeline, picture
        return True

    def select(self, index: int | None) -> bool:
        """Select an entry, or nothing; whether there is such an entry."""
        if self.timeline is None or (index is not None and not 0 <= index < len(self.timeline.tape)):
            return False
        self.selected = index
        return True

    def set_veil(self, entries: frozenset[int] | None) -> bool:
        """Hide the numbers of entries about which something is asked; None ends it. Whether anything changed."""
        changed, self.veil = entries != self.veil, entries
        return changed
