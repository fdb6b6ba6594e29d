"""The tutor: everything in the window that explains, questions and takes apart what is on the stage.

One part for each: why questions, mistakes and layers, the quiz, and the pages beside the graph. A part owns its panel
and its worker, and is wired to the window here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.theme import Theme
from explorer.tutor.checks import ChecksPage
from explorer.tutor.code import CodePage
from explorer.tutor.context import ContextMenus
from explorer.tutor.detours import Detours
from explorer.tutor.matrices import MatricesPage
from explorer.tutor.quiz import Quiz
from explorer.tutor.why import Why

if TYPE_CHECKING:
    from explorer.window import MainWindow


class Tutor(QObject):
    """All parts of it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.why = Why(window)
        self.detours = Detours(window)
        self.quiz = Quiz(window)
        self.code = CodePage(window)
        self.checks = ChecksPage(window)
        self.matrices = MatricesPage(window)
        self.parts = (self.why, self.detours, self.quiz, self.code, self.checks, self.matrices)
        self.context = ContextMenus(window)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        for part in self.parts:
            part.set_theme(theme)

    def close(self) -> None:
        """End all work."""
        for part in self.parts:
            part.close()
