"""Puts what is shown into the table of the tape: the entries, the step, the selection."""

from PySide6.QtCore import QObject

from explorer.panels.tape.table import TapeTable
from explorer.shown import ShownSignals


class TapePresenter(QObject):
    """Between what is shown and the table."""

    def __init__(self, shown: ShownSignals, table: TapeTable) -> None:
        super().__init__(table)
        self._shown, self._table = shown, table
        shown.timeline_changed.connect(lambda: table.show_timeline(shown.timeline))
        shown.step_changed.connect(self._show_step)
        shown.came_to_rest.connect(self._show_step)
        shown.selection_changed.connect(self._show_selection)
        table.entry_chosen.connect(shown.select)

    def _show_step(self) -> None:
        if self._shown.frame is not None:
            self._table.show_frame(self._shown.frame, self._shown.arrived)

    def _show_selection(self) -> None:
        if self._shown.timeline is not None:
            self._table.select_entry(self._shown.selected)
