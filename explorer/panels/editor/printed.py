"""What the program printed: a quiet strip under the editor, there only when something was printed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QVBoxLayout

from core.basics.words import say
from explorer.look.theme import mono

_MOST_LINES = 5
_MOST_LETTERS = 20_000


class PrintedStrip(QFrame):
    """A heading and the printed lines, to be read and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("printed_strip")
        title = QLabel(say("editor.printed", "PRINTED"))
        title.setProperty("role", "title")
        title.setContentsMargins(12, 6, 0, 0)
        self.text = QPlainTextEdit()
        self.text.setObjectName("printed_text")
        self.text.setAccessibleName(say("editor.printed-program", "Printed by the program"))
        self.text.setToolTip(say("editor.program-printed", "What the program printed"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(mono(12))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.text.document().setDocumentMargin(2)
        self.text.setViewportMargins(8, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(self.text)
        self.hide()

    def show_printed(self, printed: str) -> None:
        """Show what was printed; nothing hides the strip."""
        shown = printed if len(printed) <= _MOST_LETTERS else printed[:_MOST_LETTERS] + "\n…"
        shown = shown.rstrip("\n")
        if shown != self.text.toPlainText():
            self.text.setPlainText(shown)
            lines = min(shown.count("\n") + 1, _MOST_LINES)
            self.text.setFixedHeight(lines * self.text.fontMetrics().lineSpacing() + 8)
        self.setVisible(bool(shown))
