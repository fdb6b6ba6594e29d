"""How wide the docks at either side are to be, also after a window that was too narrow for it.

Until a drag with the mouse that is what is usual for the window's width. A narrow window squeezes the docks for as
long as it is narrow.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow


class DockWidths(QObject):
    """Keeps the width of each side, and gives it back whenever there is room again."""

    def __init__(self, area: QMainWindow, sides: Sequence[Sequence[QDockWidget]]) -> None:
        super().__init__(area)
        self._area, self._sides = area, [list(side) for side in sides]
        self._wanted: list[int] = []
        self._usual: Callable[[int], Sequence[int]] | None = None
        self.paused = False
        for watched in (area, *(dock for side in sides for dock in side)):
            watched.installEventFilter(self)

    def add(self, side: int, dock: QDockWidget) -> None:
        """Another dock at a side, behind those that are there."""
        self._sides[side].append(dock)
        dock.installEventFilter(self)

    def want(self, widths: Sequence[int]) -> None:
        """From now on each side is to be so wide; nothing: as it is when the window has its size."""
        self._wanted, self._usual = list(widths), None
        self.apply()

    def want_usual(self, usual: Callable[[int], Sequence[int]]) -> None:
        """Until somebody drags, each side is to be as wide as is usual for the width of the window."""
        self._usual = usual
        self.apply()

    def apply(self) -> None:
        """Make each side as wide as is wanted, as far as there is room."""
        firsts = [self._shown(side) for side in self._sides]
        if self.paused:
            return
        if self._usual is not None:
            self._wanted = list(self._usual(self._area.width()))
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
            self._wanted, self._usual = [dock.width() for dock in shown if dock is not None], None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and not self.paused:
            if watched is self._area or event.type() == QEvent.Type.Show:
                QTimer.singleShot(0, self, self.apply)
            elif QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
                self._note()
        return super().eventFilter(watched, event)
