"""Presenter view: the graph, the function and the words of the step, large, and nothing else; then all as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QToolBar, QWidget

if TYPE_CHECKING:
    from explorer.window.window import MainWindow

_LARGE, _LARGEST = 1.75, 2.5
_HINT_MS = 3_000


class Presenter:
    """Switches the window to the presenter view and back to exactly the layout before."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._docks: QByteArray | None = None
        self._hidden: list[QWidget] = []
        self._state = Qt.WindowState.WindowNoState
        self._largest = window.graph.largest
        self._hint = QLabel("Esc leaves", window)
        self._hint.setObjectName("presenter_hint")
        self._hint.setAccessibleName("How to leave the presenter view")
        self._hint.hide()
        self._escape = QShortcut(QKeySequence("Esc"), window)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self.leave)

    @property
    def presenting(self) -> bool:
        """Whether the presenter view is on."""
        return self._docks is not None

    def toggle(self) -> None:
        """Enter, or leave."""
        if self.presenting:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Hide what a hall need not see, and write large."""
        window = self._window
        self._docks, self._state = window.docks.area.saveState(), window.windowState()
        window.docks.widths.paused = True
        window.graph.largest, self._largest = _LARGEST, window.graph.largest
        bars = [window.menuBar(), window.statusBar(), *window.findChildren(QToolBar)]
        docks = [dock for dock in window.docks.all if dock is not window.docks.function]
        self._hidden = [widget for widget in (*bars, *docks) if widget.isVisible()]
        window.centre.notice.quiet = True
        window.centre.notice.hide()
        for widget in self._hidden:
            widget.hide()
        window.docks.function.show()
        self._write(_LARGE)
        window.centre.show_tab("graph")
        window.setWindowState(self._state | Qt.WindowState.WindowFullScreen)
        window.graph.setFocus()
        self._escape.setEnabled(True)
        theme = window.theme
        self._hint.setStyleSheet(
            f"background: {theme.text}; color: {theme.panel}; border-radius: 10px; padding: 8px 18px; font-size: 19px"
        )
        self._hint.show()
        self._hint.raise_()
        QTimer.singleShot(_HINT_MS, self._hint, self._hint.hide)
        QTimer.singleShot(0, window, self.share_width)

    def share_width(self) -> None:
        """A good quarter for the function, the rest for the graph; again whenever the window has a new size."""
        window = self._window
        if self.presenting:
            width = round(window.width() * 0.28)
            window.docks.area.resizeDocks([window.docks.function], [width], Qt.Orientation.Horizontal)
            window.graph.fit(animated=False)
            self._hint.adjustSize()
            self._hint.move((window.width() - self._hint.width()) // 2, 60)

    def leave(self) -> None:
        """All as it was."""
        if self._docks is None:
            return
        window = self._window
        self._escape.setEnabled(False)
        self._write(1.0)
        window.setWindowState(self._state)
        for widget in self._hidden:
            widget.show()
        window.docks.area.restoreState(self._docks)
        self._docks, self._hidden = None, []
        window.graph.largest = self._largest
        window.docks.widths.paused = False
        window.centre.notice.quiet = False
        QTimer.singleShot(0, window.docks.widths, window.docks.widths.apply)
        self._hint.hide()
        window.graph.fit(animated=False)

    def layout(self) -> QByteArray:
        """The places of the docks to be remembered: those outside the presenter view."""
        return self._docks if self._docks is not None else self._window.docks.area.saveState()

    def _write(self, large: float) -> None:
        self._window.playback.set_large(large)
        self._window.function.editor.set_large(large)
