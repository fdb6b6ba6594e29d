"""Presenter view: the graph, the function and the words of the step, large, and nothing else; then all as it was."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMainWindow, QToolBar, QWidget

from core.basics.words import say
from explorer.drawing.measure import SMALL
from explorer.graph.view import GraphView
from explorer.look.sizes import text_size
from explorer.look.theme import LIGHT, Theme
from explorer.panels.editor.editor import CODE_PIXELS, FunctionEditor
from explorer.panels.playback.panel import PlaybackPanel
from explorer.panels.playback.step_text import STEP_PIXELS
from explorer.panels.small.notice import Notice
from explorer.parts.part import Commands, Part
from explorer.parts.presenting.pointer import Pointer
from explorer.places import Places

_LARGE, _LARGEST = 1.75, 2.5
_SENTENCE, _CODE, _SMALLEST = 0.031, 0.03, 0.02
"""Shares of the height of the screen: letters of the sentence, of the text, and of numbers in the graph."""
_USUAL_HEIGHT = 900
_FUNCTION = 0.28
"""Share of the width for the function; the rest is for the graph."""
_HINT_MS = 3_000


class Arrangement(Protocol):
    """The panels round the graph, of which a hall sees the function only."""

    def put_aside(self) -> None:
        """Hide all but the function, and remember where everything is."""

    def bring_back(self) -> None:
        """Everything where it was."""

    def give_function(self, width: int) -> None:
        """Make the function so wide."""


class Presenter(Part):
    """Switches the window to the presenter view and back to exactly the layout before."""

    def __init__(
        self,
        window: QMainWindow,
        docks: Arrangement,
        places: Places,
        notice: Notice,
        editor: FunctionEditor,
        graph: GraphView,
        playback: PlaybackPanel,
        step_forward: Callable[[], None],
        step_back: Callable[[], None],
    ) -> None:
        """`step_forward` and `step_back` are what the keys of a clicker do."""
        super().__init__(window)
        self._window, self._docks, self._places, self._notice = window, docks, places, notice
        self._editor, self._graph, self._playback = editor, graph, playback
        self._theme = LIGHT
        self._hidden: list[QWidget] = []
        self._state = Qt.WindowState.WindowNoState
        self._largest = graph.largest
        self.presenting = False
        self._hint = QLabel(say("presenting.esc-leaves", "Esc leaves"), window)
        self._hint.setObjectName("presenter_hint")
        self._hint.setAccessibleName(say("presenting.how-leave-presenter-view", "How to leave the presenter view"))
        self._hint.hide()
        self._keys = [QShortcut(QKeySequence(key), window) for key in ("Esc", "PgDown", "PgUp")]
        for key, work in zip(self._keys, (self.leave, step_forward, step_back)):
            key.setEnabled(False)
            key.activated.connect(work)
        self._pointer = Pointer(window)
        window.installEventFilter(self)

    def commands(self) -> Commands:
        return {"present": self.toggle}

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def toggle(self) -> None:
        """Enter, or leave."""
        if self.presenting:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Hide what a hall need not see, and write large."""
        window = self._window
        self.presenting, self._state = True, window.windowState()
        self._largest = self._graph.largest
        bars = [window.menuBar(), window.statusBar(), *window.findChildren(QToolBar)]
        self._hidden = [bar for bar in bars if bar.isVisible()]
        for bar in self._hidden:
            bar.hide()
        self._notice.quiet = True
        self._notice.hide()
        self._docks.put_aside()
        self._write_for(window.screen().size().height())
        self._places.show_page("graph")
        window.setWindowState(self._state | Qt.WindowState.WindowFullScreen)
        self._graph.setFocus()
        for key in self._keys:
            key.setEnabled(True)
        self._pointer.follow()
        self._show_hint()
        QTimer.singleShot(0, self, self._share_width)

    def _write_for(self, height: int) -> None:
        """Letters that the last row of a hall can read on a screen of this height."""
        self._playback.set_large(max(_LARGE, _SENTENCE * height / STEP_PIXELS / text_size()))
        self._editor.set_large(max(_LARGE, _CODE * height / CODE_PIXELS / text_size()))
        self._editor.wrap(True)
        self._graph.largest = max(_LARGEST, _LARGEST * height / _USUAL_HEIGHT)
        self._graph.least = _SMALLEST * height / SMALL

    def _show_hint(self) -> None:
        ground, letters = self._theme.text, self._theme.panel
        self._hint.setStyleSheet(
            f"background: {ground}; color: {letters}; border-radius: 10px; padding: 8px 18px; font-size: 19px"
        )
        self._hint.show()
        self._hint.raise_()
        QTimer.singleShot(_HINT_MS, self._hint, self._hint.hide)

    def _share_width(self) -> None:
        if self.presenting:
            self._docks.give_function(round(self._window.width() * _FUNCTION))
            self._graph.show_from_start(animated=False)
            self._hint.adjustSize()
            self._hint.move((self._window.width() - self._hint.width()) // 2, 60)

    def leave(self) -> None:
        """All as it was."""
        if not self.presenting:
            return
        self.presenting = False
        for key in self._keys:
            key.setEnabled(False)
        self._pointer.leave()
        self._playback.set_large(1.0)
        self._editor.set_large(1.0)
        self._editor.wrap(False)
        self._window.setWindowState(self._state)
        for bar in self._hidden:
            bar.show()
        self._hidden = []
        self._docks.bring_back()
        self._graph.largest, self._graph.least = self._largest, 0.0
        self._notice.quiet = False
        self._hint.hide()
        self._graph.fit(animated=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._share_width()
        return super().eventFilter(watched, event)
