"""What the parts of the tutor have in common: the window, a worker, and how a panel is brought forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QScrollArea, QWidget

from explorer.look.theme import Theme
from explorer.worker import Worker

if TYPE_CHECKING:
    from explorer.window.window import MainWindow

PATIENCE = 0.04
"""Seconds to wait for an answer before the window goes on without."""


class Part(QObject):
    """One part of the tutor."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.worker = Worker(self)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""

    def close(self) -> None:
        """End all work."""
        self.worker.close()


def scrolled(panel: QWidget) -> QScrollArea:
    """A panel that may be taller than its place."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(panel)
    panel.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def bring_forward(dock: QDockWidget, widget: QWidget | None = None) -> None:
    """Show a dock before those that share its place; and let the keyboard go to a widget of it."""
    dock.show()
    dock.raise_()
    if widget is not None:
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
