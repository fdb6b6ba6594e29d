"""The window as its parts know it: see `explorer.places`."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QFileDialog, QInputDialog, QLineEdit, QWidget

from explorer.window.centre import Centre
from explorer.window.docks import Docks


class WindowPlaces:
    """`Places` over the docks and the middle of a window, which is the `parent` of its dialogs."""

    def __init__(self, parent: QWidget, docks: Docks, centre: Centre) -> None:
        self._parent, self._docks, self._centre = parent, docks, centre

    def dock(self, name: str, title: str, widget: QWidget) -> QDockWidget:
        return self._docks.add_behind(name, title, widget)

    def page(self, name: str, tab: str, title: str, widget: QWidget, tip: str, roomy: bool = False) -> None:
        self._centre.add_page(name, tab, title, widget, tip, roomy)

    def over(self, widget: QWidget) -> None:
        self._centre.add_over(widget)

    def show_page(self, name: str) -> None:
        self._centre.show_tab(name)

    def lock(self, page: str) -> None:
        self._centre.lock(page)

    def bring_forward(self, dock: QDockWidget, widget: QWidget | None = None) -> None:
        dock.show()
        dock.raise_()
        if widget is not None:
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def say(self, sentence: str, answer: str = "", on_answer: Callable[[], object] | None = None) -> None:
        self._centre.notice.say(sentence, answer, on_answer)

    def ask_file(self, title: str, name: str, filters: str) -> tuple[Path, str] | None:
        file, chosen = QFileDialog.getSaveFileName(self._parent, title, str(Path.home() / name), filters)
        return (Path(file), chosen) if file else None

    def ask_line(self, title: str, question: str, text: str) -> str | None:
        line, given = QInputDialog.getText(self._parent, title, question, QLineEdit.EchoMode.Normal, text)
        return line if given else None
