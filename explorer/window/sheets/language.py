"""The page `Language`: what can be typed, generated from the tables that the parser itself uses."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from core.basics.words import say
from core.language.reference import language_page


def _space(document: QTextDocument) -> None:
    """Air around headings, and lists that are not pushed far to the right."""
    document.setIndentWidth(20)
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        heading = form.headingLevel() > 0
        form.setTopMargin(18 if heading else 3)
        form.setBottomMargin(6 if heading else 3)
        form.setLineHeight(120, 1)
        cursor = QTextCursor(block)
        cursor.setBlockFormat(form)
        if heading:
            letters = QTextCharFormat()
            letters.setFontPointSize(15 if form.headingLevel() == 1 else 11.5)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.mergeCharFormat(letters)
        block = block.next()


class LanguageSheet(QDialog):
    """The page, with a field to find words on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        self.setObjectName("language_sheet")
        self.setWindowTitle(say("window.language", "The language"))
        self.resize(760, 720)
        self.page = QTextBrowser()
        self.page.setObjectName("language_page")
        self.page.setAccessibleName(say("window.language", "The language"))
        self.page.setToolTip(say("window.all-typed-function-editor", "All that can be typed in the function editor"))
        self.page.document().setDocumentMargin(22)
        self.page.setMarkdown(language_page())
        _space(self.page.document())
        self.field = QLineEdit()
        self.field.setObjectName("language_find")
        self.field.setAccessibleName(say("window.find-page", "Find on this page"))
        self.field.setPlaceholderText(say("window.find-example-softmax", "Find, for example softmax"))
        self.field.setToolTip(say("window.find-word-enter-goes", "Find a word; Enter goes to the next"))
        self.field.setClearButtonEnabled(True)
        self.field.textEdited.connect(lambda words: self.find_words(words, onward=False))
        self.field.returnPressed.connect(lambda: self.find_words(self.field.text(), onward=True))
        self._found = QLabel()
        self._found.setProperty("role", "muted")
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 4)
        row.addWidget(self.field, 1)
        row.addWidget(self._found)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.addLayout(row)
        column.addWidget(self.page, 1)
        self.field.setFocus()
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.addAction(say("window.close", "Close"), QKeySequence("Esc"), self.close)

    def find_words(self, words: str, onward: bool) -> bool:
        """Go to the words: from the top, or to their next place, round at the end."""
        if not onward:
            self.page.moveCursor(self.page.textCursor().MoveOperation.Start)
        found = bool(words) and self.page.find(words, QTextDocument.FindFlag(0))
        if words and not found and onward:
            self.page.moveCursor(self.page.textCursor().MoveOperation.Start)
            found = self.page.find(words)
        self._found.setText(say("window.not-page", "not on this page") if words and not found else "")
        return found
