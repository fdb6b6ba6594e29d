"""Puts the gradients of the step, their checks and what the sweep costs into the table of gradients."""

from PySide6.QtCore import QObject

from core.notation import number
from explorer.model.rows import gradient_rows
from explorer.panels.gradients.panel import GradientsPanel
from explorer.session import Session, sizes
from explorer.shown import ShownSignals


class GradientsPresenter(QObject):
    """Between what is shown and the panel; while something is asked the checks, which would tell, are left out."""

    def __init__(self, session: Session, shown: ShownSignals, panel: GradientsPanel) -> None:
        super().__init__(panel)
        self._session, self._shown, self._panel = session, shown, panel
        for signal in (session.changed, session.checked, shown.veil_changed):
            signal.connect(self._show_by_hand)
        shown.timeline_changed.connect(self._show_cost)
        for signal in (shown.step_changed, shown.veil_changed, shown.checks_changed, shown.came_to_rest):
            signal.connect(self._show_rows)

    def _show_rows(self) -> None:
        shown = self._shown
        checks = shown.checks if shown.veil is None else {}
        frame = shown.arrived
        self._panel.show_gradients(gradient_rows(frame, checks) if frame is not None else [])

    def _show_by_hand(self) -> None:
        found = self._session.by_hand if self._shown.veil is None else ()
        self._panel.show_by_hand([(one.name, f"∂{one.of}/∂{one.by}", number(one.by_hand), number(one.tape), one.same)
                                  for one in found])  # fmt: skip

    def _show_cost(self) -> None:
        timeline = self._shown.timeline
        if timeline is None:
            self._panel.show_no_cost()
            return
        run = timeline.run
        numbers = sum(size for name, size in sizes(run.point).items() if name in run.watched)
        self._panel.show_cost(len(timeline.step_of_contribution), 2 * numbers, numbers)
