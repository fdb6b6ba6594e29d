"""The tutor: everything in the window that explains, questions and takes apart what is on the stage.

One part for each: why questions, mistakes and layers, the quiz, and the pages beside the graph. A part owns its panel
and its worker, and is wired to the window here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.look.theme import Theme
from explorer.parts.checks.part import ChecksPage
from explorer.parts.code.part import CodePage
from explorer.parts.matrices.part import MatricesPage
from explorer.parts.mistakes.part import Detours
from explorer.parts.quiz.part import Quiz
from explorer.parts.why.part import Why
from explorer.window.context_menus import ContextMenus

if TYPE_CHECKING:
    from explorer.window.window import MainWindow


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
