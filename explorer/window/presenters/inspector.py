"""Puts the inspected entry into the inspector, unless something about it is asked."""

from PySide6.QtCore import QObject

from explorer.panels.inspector.inspector import Inspector
from explorer.shown import ShownSignals


class InspectorPresenter(QObject):
    """Between what is shown and the inspector."""

    def __init__(self, shown: ShownSignals, inspector: Inspector) -> None:
        super().__init__(inspector)
        self._shown, self._inspector = shown, inspector
        for signal in (shown.step_changed, shown.selection_changed, shown.veil_changed):
            signal.connect(self._show)
        inspector.entry_chosen.connect(shown.select)

    def _show(self) -> None:
        index, frame, veil = self._shown.inspected, self._shown.frame, self._shown.veil
        if index is None or frame is None:
            self._inspector.show_nothing()
        elif veil is not None and index in veil:
            self._inspector.show_veiled(frame, index)
        else:
            self._inspector.show_entry(frame, index)
