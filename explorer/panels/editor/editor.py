"""The function editor: Python text with line numbers, colours, the mark of the current step and of a problem.

Knows text and spans, nothing of what the text means.
"""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

from core.basics.lines import with_plain_lines
from core.basics.span import Span
from core.basics.words import say
from explorer.look.theme import LIGHT, Theme, mono
from explorer.panels.editor import typing_keys
from explorer.panels.editor.folds import Folds
from explorer.panels.editor.gutter import Gutter
from explorer.panels.editor.highlighting import PythonHighlighter
from explorer.panels.editor.undo_steps import UndoSteps
from explorer.sources.pasted import cleaned

CODE_PIXELS = 13.0
_BESIDE = 12  # pixels that are left beside what is scrolled to


class FunctionEditor(QPlainTextEdit):
    """Where the function is typed."""

    text_edited = Signal(str)
    place_chosen = Signal(int, int)
    left = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    said = Signal(str)
    """What became of something that was pasted."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("function_editor")
        self.setAccessibleName(say("editor.function", "Function"))
        self.setAccessibleDescription(
            say("editor.function-python-escape-leaves", "The function in Python; Escape leaves the editor")
        )
        self.setPlaceholderText(say("editor.type-function-such-3", "Type a function, such as 3*w1**2 + 2*w1*w2"))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(mono(CODE_PIXELS))
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" "))
        self._theme = LIGHT
        self._pixels = CODE_PIXELS
        self._span: Span | None = None
        self._span_color = "adjoint"
        self._problem: Span | None = None
        self._selected: Span | None = None
        self._skipped: tuple[Span, ...] = ()
        self._beyond = 0
        self._reasons: dict[Span, str] = {}
        self._callers: tuple[Span, ...] = ()
        self._last_text = ""
        self._undo_steps = UndoSteps()
        self._framed = QRect()  # where the frame of the mark was painted last
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._highlighter = PythonHighlighter(self.document(), self._theme)
        self.folds = Folds(self)
        self.gutter = Gutter(self, self.visible_lines, self.folds, self.why_quiet)
        self.gutter.fold_clicked.connect(self.toggle_fold)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self.gutter.follow)
        self.textChanged.connect(self._tell_text)
        self.cursorPositionChanged.connect(self._follow_cursor)
        self._make_room()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.setFont(mono(self._pixels))
        self._highlighter.set_theme(theme)
        self.gutter.set_theme(theme)
        self._draw_marks()

    def set_large(self, large: float) -> None:
        """Write so many times larger."""
        self._pixels = CODE_PIXELS * large
        self.setFont(mono(self._pixels))
        self._make_room()

    def wrap(self, wrapped: bool) -> None:
        """Break long lines, or let them go on out of sight."""
        mode = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(mode.WidgetWidth if wrapped else mode.NoWrap)

    def set_text(self, text: str) -> None:
        """Show another function; the history of edits starts anew."""
        if text != self.toPlainText():
            self._forget_marks()
            self.setPlainText(text)

    def _forget_marks(self) -> None:
        self._span = self._problem = self._selected = None
        self._skipped = self._callers = ()

    def mark(self, span: Span | None, color: str = "adjoint", callers: tuple[Span, ...] = ()) -> None:
        """Mark the text of the current step, in `primal` or `adjoint`, and more quietly the calls that led to it."""
        if (span, color, callers) != (self._span, self._span_color, self._callers):
            self._span, self._span_color, self._callers = span, color, callers
            self.gutter.show_current(span.line if span else 0, color)
            self._draw_marks()
            if span is not None and not self.hasFocus():
                self.bring_into_sight(span.line)
                self._bring_across(span)

    def mark_skipped(self, spans: Sequence[Span], reasons: Mapping[Span, str] | None = None) -> None:
        """Grey what did not run; hovering tells the reason where there is one."""
        self._reasons = dict(reasons or {})
        if tuple(spans) != self._skipped:
            self._skipped = tuple(spans)
            self._draw_marks()
            self.gutter.update()

    def mark_beyond(self, line: int) -> None:
        """Grey what follows a line, because it does not run; 0: nothing."""
        if line != self._beyond:
            self._beyond = line
            self._draw_marks()
            self.gutter.update()

    def show_line(self, line: int) -> None:
        """Bring a line to the top, with the keyboard on it."""
        self.folds.reveal(line)
        block = self.document().findBlockByNumber(line - 1)
        cursor = QTextCursor(block)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(block.firstLineNumber())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def reason_at(self, line: int, column: int) -> str:
        """Why the text at this place does not run; "" where it does."""
        if 0 < self._beyond < line:
            return say("editor.beyond", "This comes after the cell up to which the text runs")
        reasons = {span: say("editor.branch-not-taken", "This branch was not taken") for span in self._skipped}
        return next((told for span, told in (reasons | self._reasons).items() if span.contains(line, column)), "")

    def toggle_fold(self, line: int = 0) -> None:
        """Fold or unfold the function, class or cell of a line; 0: the one that the keyboard is in."""
        if line:
            self.folds.toggle(line)
        else:
            self.folds.toggle_around(self.cursor_line())
            if not self.textCursor().block().isVisible():
                self._leave_fold()
        self.gutter.update()

    def _leave_fold(self) -> None:
        """The keyboard goes to the line under which it was folded away."""
        block = self.textCursor().block()
        while block.isValid() and not block.isVisible():
            block = block.previous()
        self.setTextCursor(QTextCursor(block))

    def _follow_cursor(self) -> None:
        self.folds.reveal(self.cursor_line())
        self._draw_marks()

    def why_quiet(self, line: int) -> str:
        """Why a line as a whole does not run; "" where it does."""
        if not self._skipped and not self._beyond:
            return ""
        text = self.document().findBlockByNumber(line - 1).text()
        return self.reason_at(line, len(text) - len(text.lstrip()) + 1) if text.strip() else ""

    def cursor_line(self) -> int:
        """The line that the keyboard is on."""
        return self.textCursor().blockNumber() + 1

    def mark_selected(self, span: Span | None) -> None:
        """Mark the text of the selected entry."""
        if span != self._selected:
            self._selected = span
            self._draw_marks()

    def go_to(self, span: Span) -> None:
        """Select a text, to edit it."""
        self.setTextCursor(_cursor(self, span))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def bring_into_sight(self, line: int) -> None:
        """Scroll to a line, where it cannot be seen; without word wrap the scroll bar counts lines."""
        self.folds.reveal(line)
        bar = self.verticalScrollBar()
        first, row = bar.value(), self.document().findBlockByNumber(line - 1).firstLineNumber()
        if not first <= row < first + bar.pageStep():
            bar.setValue(row - bar.pageStep() // 2)

    def _bring_across(self, span: Span) -> None:
        """Scroll sideways no further than is needed to see the marked text."""
        left = self.cursorRect(_cursor_at(self, span.line, span.column)).left()
        right = self.cursorRect(_cursor_at(self, span.end_line, span.end_column)).right()
        bar, wide = self.horizontalScrollBar(), self.viewport().width()
        if bar.value() + right <= wide:
            bar.setValue(0)  # lines are read from their beginnings
        elif left < 0 or right - left >= wide:
            bar.setValue(bar.value() + left - _BESIDE)
        elif right > wide:
            bar.setValue(bar.value() + right - wide + _BESIDE)

    def mark_problem(self, span: Span | None) -> None:
        """Underline what is wrong, or nothing."""
        if span != self._problem:
            self._problem = span
            self._draw_marks()

    def marked_calls(self) -> list[str]:
        """The texts of the calls that are marked as leading to the current step."""
        return [_cursor(self, span).selectedText() for span in self._callers]

    def marked_text(self) -> str:
        """The text that carries the mark of the current step."""
        return _cursor(self, self._span).selectedText() if self._span else ""

    def _tell_text(self) -> None:
        text = self.toPlainText()
        if text != self._last_text:
            self._last_text = text
            self._forget_marks()
            self.folds.tidy()
            self._draw_marks()
            self.text_edited.emit(text)

    def _draw_marks(self) -> None:
        marks = [self._grey(span) for span in (*self._skipped, *self._rest())]
        marks += [self._underline(span) for span in self._callers]
        if self._selected:
            marks.append(self._mark(self._selected, self._theme.color("selection", 45)))
        if self._span:
            marks.append(self._mark(self._span, self._theme.color(f"{self._span_color}_soft")))
        marks += [self._bracket(place) for place in typing_keys.bracket_pair(self.textCursor())]
        if self._problem:
            marks.append(self._squiggle(self._problem))
        self.setExtraSelections(marks)
        for frame in (self._framed, self._frame()):
            self.viewport().update(frame.adjusted(-2, -2, 2, 2))

    def _rest(self) -> tuple[Span, ...]:
        """What is beyond the last line that runs."""
        last = self.blockCount()
        end = len(self.document().lastBlock().text()) + 1
        return (Span(self._beyond + 1, 1, last, end),) if 0 < self._beyond < last else ()

    def _mark(self, span: Span, fill: QColor) -> QTextEdit.ExtraSelection:
        mark = _selection(_cursor(self, span))
        mark.format.setBackground(fill)
        return mark

    def _grey(self, span: Span) -> QTextEdit.ExtraSelection:
        mark = _selection(_cursor(self, span))
        mark.format.setForeground(self._theme.color("faint"))
        mark.format.setFontItalic(True)
        return mark

    def _underline(self, span: Span) -> QTextEdit.ExtraSelection:
        mark = _selection(_cursor(self, span))
        mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        mark.format.setUnderlineColor(self._theme.color(_outline(self._span_color)))
        mark.format.setToolTip(
            say("editor.operation-step-belongs-call", "The operation of this step belongs to this call")
        )
        return mark

    def _squiggle(self, span: Span) -> QTextEdit.ExtraSelection:
        cursor = _cursor(self, span)
        if not cursor.hasSelection() and not cursor.movePosition(
            QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor
        ):
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
        mark = _selection(cursor)
        mark.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        mark.format.setUnderlineColor(self._theme.color("error"))
        mark.format.setBackground(self._theme.color("error_soft"))
        return mark

    def _bracket(self, place: int) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.document())
        cursor.setPosition(place)
        cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
        mark = _selection(cursor)
        mark.format.setBackground(self._theme.color("pressed"))
        return mark

    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter.sizeHint().width(), 4, 6, 0)
        self.gutter.update()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            cursor = self.cursorForPosition(event.pos())
            told = self.reason_at(cursor.blockNumber() + 1, cursor.positionInBlock() + 1)
            QToolTip.showText(event.globalPos(), told, self) if told else QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        cursor = self.textCursor()
        if not cursor.hasSelection():
            self.place_chosen.emit(cursor.blockNumber() + 1, typing_keys.column(cursor))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by Tab goes on by Tab, until a key says that the text is meant; then Tab indents."""
        super().focusInEvent(event)
        self.setTabChangesFocus(event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.setTabChangesFocus(False)
        if self._undo_steps.begins(event.key(), event.text(), event.timestamp()):
            self.document().setModified(False)  # Qt joins what is typed to the step before only while this is set
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_requested.emit()
        elif not typing_keys.type_key(self, event):
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Files are not for the text: whoever is around it opens them."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste; what is not Python's is taken away, as a step of its own that can be undone."""
        text = with_plain_lines(source.text())
        clean, told = cleaned(text)
        cursor = self.textCursor()
        start = cursor.selectionStart()
        cursor.insertText(text)
        if told:
            end = cursor.position()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(clean)
            self.said.emit(told)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        width = self.gutter.sizeHint().width()
        self.gutter.setGeometry(QRect(inside.left(), inside.top() + 4, width, inside.height() - 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("panel"))
        painter.end()
        super().paintEvent(event)
        self._framed = self._frame()
        if not self._framed.isEmpty():
            self._paint_frame(self._framed)

    def _frame(self) -> QRect:
        """Where the marked text stands, if it is within one line."""
        span = self._span
        if span is None or span.line != span.end_line:
            return QRect()
        cursor = _cursor(self, span)
        end = QTextCursor(cursor)
        cursor.setPosition(cursor.selectionStart())
        return self.cursorRect(cursor).united(self.cursorRect(end)).adjusted(-1, 0, 0, -1)

    def _paint_frame(self, frame: QRect) -> None:
        """A thin frame around the marked text, so that the mark is not colour alone."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color(_outline(self._span_color), 150))
        painter.drawRoundedRect(frame.toRectF().translated(0.5, 0.5), 3, 3)

    def visible_lines(self) -> Iterator[tuple[int, int]]:
        """The number and the upper edge of every line that can be seen."""
        block = self.firstVisibleBlock()
        while block.isValid():
            top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
            if top > self.viewport().height():
                break
            if block.isVisible():
                yield block.blockNumber() + 1, round(top)
            block = block.next()


def _selection(cursor: QTextCursor) -> QTextEdit.ExtraSelection:
    selection = QTextEdit.ExtraSelection()
    selection.cursor = cursor
    selection.format = QTextCharFormat()
    return selection


def _cursor(editor: QPlainTextEdit, span: Span) -> QTextCursor:
    """A cursor that has selected the text of `span`."""
    cursor = QTextCursor(editor.document())
    cursor.setPosition(typing_keys.position(editor.document(), span.line, span.column))
    end = typing_keys.position(editor.document(), span.end_line, span.end_column)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _cursor_at(editor: QPlainTextEdit, line: int, column: int) -> QTextCursor:
    cursor = QTextCursor(editor.document())
    cursor.setPosition(typing_keys.position(editor.document(), line, column))
    return cursor


def _outline(color: str) -> str:
    return color if color == "error" else f"{color}_strong"
