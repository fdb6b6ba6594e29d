"""Puts the gradients of the step, their checks and what the sweep costs into the table of gradients."""

from PySide6.QtCore import QObject

from explorer.model.rows import gradient_rows
from explorer.panels.gradients.panel import GradientsPanel
from explorer.session import sizes
from explorer.shown import ShownSignals


class GradientsPresenter(QObject):
    """Between what is shown and the panel; while something is asked the checks, which would tell, are left out."""

    def __init__(self, shown: ShownSignals, panel: GradientsPanel) -> None:
        super().__init__(panel)
        self._shown, self._panel = shown, panel
        shown.timeline_changed.connect(self._show_cost)
        for signal in (shown.step_changed, shown.veil_changed, shown.checks_changed):
            signal.connect(self._show_rows)

    def _show_rows(self) -> None:
        shown = self._shown
        checks = shown.checks if shown.veil is None else {}
        self._panel.show_gradients(gradient_rows(shown.frame, checks) if shown.frame is not None else [])

    def _show_cost(self) -> None:
        timeline = self._shown.timeline
        if timeline is None:
            self._panel.show_no_cost()
            return
        run = timeline.run
        numbers = sum(size for name, size in sizes(run.point).items() if name in run.watched)
        self._panel.show_cost(len(timeline.step_of_contribution), 2 * numbers, numbers)
