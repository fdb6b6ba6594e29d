"""What is looked at, with signals: the model of the window's views and parts.

It follows the session (another run, other checks); everything else it is told. Knows no widget and no clock.
"""

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from core.checking.timelines import Checks
from core.timeline import Frame, Timeline
from explorer.drawing.picture import Picture
from explorer.model.detour import Detour
from explorer.model.shown import Shown
from explorer.session import Session


class ShownSignals(Shown, QObject):
    """A `Shown` that tells what has changed.

    Signals: `timeline_changed` (another run or none, with its picture; step and selection follow with their own),
    `step_changed`, `travelled` (the movement of the same step is further), `came_to_rest` (it is over),
    `selection_changed`, `picture_changed` (the same run is folded otherwise), `veil_changed`, `checks_changed`.
    """

    timeline_changed = Signal()
    step_changed = Signal()
    travelled = Signal()
    came_to_rest = Signal()
    selection_changed = Signal()
    picture_changed = Signal()
    veil_changed = Signal()
    checks_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        QObject.__init__(self, parent)
        Shown.__init__(self)
        self._session = session
        self.travel = 1.0
        """How far, from 0 to 1, the movement of the step is."""
        session.changed.connect(self._follow)
        session.checked.connect(self.checks_changed)

    @property
    def arrived(self) -> Frame | None:
        """The state of what has arrived: while the movement of a step is under way, that before it."""
        frame = self.frame
        if frame is None or self.travel >= 1.0 or not frame.step:
            return frame
        return frame.timeline.frame(frame.step - 1)

    @property
    def checks(self) -> Checks:
        """What finite differences say about the gradients that are shown; nothing while that is not known."""
        return self.detour.checks if self.detour is not None else self._session.checks

    @property
    def stale(self) -> bool:
        """Whether the run that is shown is not that of the present text."""
        return self._session.stale if self.detour is None else self.detour.stale

    def _follow(self) -> None:
        if self._session.timeline is not None and self._session.picture is not None:
            self.show(self._session.timeline, self._session.picture)

    def show(self, timeline: Timeline, picture: Picture) -> None:
        with QSignalBlocker(self):  # the step that comes with it is told after it
            super().show(timeline, picture)
        if self.detour is None:
            self._tell_all()

    def take_detour(self, detour: Detour | None) -> bool:
        with QSignalBlocker(self):
            changed = super().take_detour(detour)
        if changed and self.timeline is not None:
            self._tell_all()
        return changed

    def forget(self, step: int = 0) -> None:
        super().forget(step)
        self._tell_all()

    def _tell_all(self) -> None:
        self.travel = 1.0
        for signal in (self.timeline_changed, self.step_changed, self.selection_changed):
            signal.emit()

    def go_to(self, step: int, travel: float = 1.0) -> None:
        """Show a step whose movement has travelled this far; before there is a run, the step to begin with."""
        frame, before = self.frame, self.travel
        super().go_to(step)
        self.travel = travel
        if self.frame is not frame:
            self.step_changed.emit()
        elif travel != before:
            self.travelled.emit()
            if travel == 1.0:
                self.came_to_rest.emit()

    def refold(self, picture: Picture) -> bool:
        changed = super().refold(picture)
        if changed:
            if self.detour is None:
                self._session.keep_picture(picture)
            self.picture_changed.emit()
        return changed

    def select(self, index: int | None) -> bool:
        before = self.selected
        there = super().select(index)
        if self.selected != before:
            self.selection_changed.emit()
        return there

    def set_veil(self, entries: frozenset[int] | None) -> bool:
        changed = super().set_veil(entries)
        if changed:
            self.veil_changed.emit()
        return changed
