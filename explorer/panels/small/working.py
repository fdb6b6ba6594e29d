"""What is being worked out, in the status bar: appears after a moment, and offers to stop it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from core.basics.words import say

APPEARS_MS = 50


class Working(QWidget):
    """A word, a moving bar and a Stop button; `stage` tells what is being done at the moment."""

    stop_requested = Signal()

    def __init__(self, stage: Callable[[], str]) -> None:
        super().__init__()
        self.setObjectName("working")
        self._stage = stage
        self._label = QLabel()
        self._label.setProperty("role", "muted")
        bar = QProgressBar()
        bar.setObjectName("working_bar")
        bar.setAccessibleName(say("small.work-under-way", "Work under way"))
        bar.setToolTip(say("small.work-under-way-2", "Work is under way"))
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(110)
        self.stop = QPushButton(say("small.stop", "Stop"))
        self.stop.setObjectName("stop_button")
        self.stop.setAccessibleName(say("small.stop-work", "Stop the work"))
        self.stop.setToolTip(say("small.give-up-being-worked", "Give up what is being worked out (Ctrl+.)"))
        self.stop.setStyleSheet("padding: 1px 10px")
        self.stop.clicked.connect(self.stop_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        for widget in (self._label, bar, self.stop):
            row.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setInterval(APPEARS_MS)
        self._timer.timeout.connect(self._show_stage)
        self.hide()

    def show_busy(self, busy: bool) -> None:
        """Work began or ended."""
        if busy and not self._timer.isActive():
            self._timer.start()
        elif not busy:
            self._timer.stop()
            self.hide()

    def _show_stage(self) -> None:
        self._label.setText(f"{self._stage() or 'working'}…".capitalize())
        self.show()
