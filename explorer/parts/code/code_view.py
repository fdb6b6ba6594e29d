"""Python text to be read: coloured, with an arrow and a frame at the line of the current step.

Knows lines; nothing of what they say.
"""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from core.basics.words import say
from explorer.look.theme import LIGHT, Theme, mono
from explorer.panels.editor.highlighting import PythonHighlighter

_MARGIN = 26


class CodeView(QPlainTextEdit):
    """Lines that can be pointed at."""

    line_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("code_view")
        self.setAccessibleName(say("code.derivative-code", "Derivative code"))
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(mono(12.5))
        self.document().setDocumentMargin(_MARGIN)
        self._theme = LIGHT
        self._line: int | None = None
        self._color = "primal"
        self._chosen: tuple[int, ...] = ()
        self._highlighter = PythonHighlighter(self.document(), self._theme)

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.toPlainText():
            self._line, self._chosen = None, ()
            self.setPlainText(text)
            self._draw()

    def mark_line(self, line: int | None, color: str) -> None:
        """Mark the line of the current step, in `primal` or `adjoint`, and bring it into sight."""
        if (line, color) != (self._line, self._color):
            self._line, self._color = line, color
            self._draw()
            if line is not None:
                self._bring_into_sight(line)

    def mark_chosen(self, lines: tuple[int, ...]) -> None:
        """Mark the lines of the selected entry."""
        if lines != self._chosen:
            self._chosen = lines
            self._draw()

    def marked_text(self) -> str:
        """The line of the current step."""
        return self.document().findBlockByNumber(self._line - 1).text().strip() if self._line else ""

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.setFont(mono(12.5))
        self._highlighter.set_theme(theme)
        self._draw()

    def _bring_into_sight(self, line: int) -> None:
        bar = self.verticalScrollBar()
        first = self.firstVisibleBlock().blockNumber() + 1
        if not first <= line < first + bar.pageStep():
            bar.setValue(line - 1 - bar.pageStep() // 2)

    def _draw(self) -> None:
        marks = [self._mark(line, "selection", 45) for line in self._chosen]
        if self._line is not None:
            marks.append(self._mark(self._line, f"{self._color}_soft", 255))
        self.setExtraSelections(marks)
        self.viewport().update()

    def _mark(self, line: int, color: str, alpha: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        mark.format.setBackground(self._theme.color(color, alpha))
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        return mark

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.textCursor().hasSelection():
            self.line_chosen.emit(self.cursorForPosition(event.position().toPoint()).blockNumber() + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return selects the entry of the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.line_chosen.emit(self.textCursor().blockNumber() + 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._line is None:
            return
        block = self.document().findBlockByNumber(self._line - 1)
        box = self.blockBoundingGeometry(block).translated(self.contentOffset())
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color(f"{self._color}_strong"))
        painter.setFont(mono(11))
        arrow = "▲" if self._color == "adjoint" else "▶"
        painter.drawText(QRectF(4, box.top(), _MARGIN - 6, box.height()), Qt.AlignmentFlag.AlignCenter, arrow)
        line = QRectF(_MARGIN, box.top(), self.viewport().width() - 2 * _MARGIN, box.height())
        painter.drawRoundedRect(line.adjusted(-3.5, -0.5, 3.5, 1.5), 3, 3)  # clear of underscores
