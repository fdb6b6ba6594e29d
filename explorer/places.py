"""What a part may ask of the window it is in, and nothing more: places for its widgets, sentences, file names.

The window implements it, and tests can; so parts never know a window.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QDockWidget, QWidget


class Places(Protocol):
    """The window, as a part knows it."""

    def dock(self, name: str, title: str, widget: QWidget) -> QDockWidget:
        """A panel that shares the place of the inspector, hidden until it is asked for."""

    def page(self, name: str, tab: str, title: str, widget: QWidget, tip: str, roomy: bool = False) -> None:
        """A page in the middle, behind those that are there; for a `roomy` one the panels at the right and the player
        give way while it is shown.
        """

    def over(self, widget: QWidget) -> None:
        """A line over all pages, seen while it is not hidden."""

    def show_page(self, name: str) -> None:
        """Show a page and let the keyboard go there."""

    def lock(self, page: str) -> None:
        """Show this page and no other, or with "" any again."""

    def bring_forward(self, dock: QDockWidget, widget: QWidget | None = None) -> None:
        """Show a dock before those that share its place, and let the keyboard go to a widget of it."""

    def say(self, sentence: str, answer: str = "", on_answer: Callable[[], object] | None = None) -> None:
        """Say one thing, and where `answer` is given offer it."""

    def ask_file(self, title: str, name: str, filters: str) -> tuple[Path, str] | None:
        """Ask for the name of a file to write, proposing one; with the filter that was chosen. None: given up."""

    def ask_line(self, title: str, question: str, text: str) -> str | None:
        """Ask for a line of text, proposing one. None: given up."""
