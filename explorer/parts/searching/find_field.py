"""The field that finds entries: words go out as they are typed, Enter asks for the next, Escape leaves."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from core.basics.words import say
from explorer.look.icons import icon
from explorer.look.roles import mark
from explorer.look.theme import Theme


class FindField(QLineEdit):
    """A line for words; it shows whether they were found."""

    find_requested = Signal(str, bool)
    """The words, and whether the next place is wanted rather than the first."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("find_field")
        self.setAccessibleName(say("searching.find-entry", "Find an entry"))
        self.setPlaceholderText(say("searching.find-entry-2", "Find entry"))
        self.setToolTip(
            say(
                "searching.find-entry-name-formula",
                "Find an entry by name, formula or operation; Enter goes to the next (Ctrl+F)",
            )
        )
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(120)
        self.setMaximumWidth(190)
        self._lens = self.addAction(icon("find", "black"), QLineEdit.ActionPosition.LeadingPosition)
        self.textEdited.connect(lambda words: self.find_requested.emit(words, False))
        self.returnPressed.connect(lambda: self.find_requested.emit(self.text(), True))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._lens.setIcon(icon("find", theme.muted))

    def show_found(self, found: int) -> None:
        """Mark the words as found or not; `found` is how often."""
        mark(self, "invalid", not found and bool(self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
