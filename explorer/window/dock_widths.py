"""How wide the docks at either side are to be, also after a window that was too narrow for it.

Only a drag with the mouse changes what is wanted; a narrow window squeezes the docks for as long as it is narrow.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow


class DockWidths(QObject):
    """Keeps the width of each side, and gives it back whenever there is room again."""

    def __init__(self, area: QMainWindow, sides: Sequence[Sequence[QDockWidget]]) -> None:
        super().__init__(area)
        self._area, self._sides = area, sides
        self._wanted: list[int] = []
        self.paused = False
        for watched in (area, *(dock for side in sides for dock in side)):
            watched.installEventFilter(self)

    def want(self, widths: Sequence[int]) -> None:
        """From now on each side is to be so wide; nothing: as it is when the window has its size."""
        self._wanted = list(widths)
        self.apply()

    def apply(self) -> None:
        """Make each side as wide as is wanted, as far as there is room."""
        firsts = [self._shown(side) for side in self._sides]
        if self.paused:
            return
        if not self._wanted and self._area.isVisible():
            self._wanted = [first.width() if first is not None else 0 for first in firsts]
        pairs = [(first, wide) for first, wide in zip(firsts, self._wanted) if first is not None and wide]
        self._area.resizeDocks([dock for dock, _ in pairs], [wide for _, wide in pairs], Qt.Orientation.Horizontal)

    def _shown(self, side: Sequence[QDockWidget]) -> QDockWidget | None:
        return next((dock for dock in side if not dock.isHidden() and not dock.isFloating()), None)

    def _note(self) -> None:
        """A drag at the border of a side."""
        shown = [self._shown(side) for side in self._sides]
        if all(shown) and self._wanted:
            self._wanted = [dock.width() for dock in shown if dock is not None]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.paused:
            if watched is self._area:
                QTimer.singleShot(0, self, self.apply)
            elif QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
                self._note()
        return super().eventFilter(watched, event)
