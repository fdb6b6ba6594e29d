"""The strip at the left of the function editor: line numbers, the line of the step, and breakpoints to click."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from core.basics.words import say
from explorer.look.theme import LIGHT, Theme
from explorer.panels.editor.folds import Folds

_RIGHT = 12
_LEFT = 16
"""Room for the mark of a breakpoint."""


class Gutter(QWidget):
    """Line numbers; a click beside one asks for a breakpoint there, or to remove it."""

    line_clicked = Signal(int)
    fold_clicked = Signal(int)

    def __init__(
        self, editor: QPlainTextEdit, lines: Callable[[], Iterator[tuple[int, int]]], folds: Folds,
        quiet: Callable[[int], str],
    ) -> None:  # fmt: skip
        """`lines` gives the number of each line of the editor that is in sight, and how far down it begins.

        `quiet` says why a line does not run, "" where it does.
        """
        super().__init__(editor)
        self.setObjectName("gutter")
        self.setAccessibleName(say("editor.line-numbers-breakpoints", "Line numbers and breakpoints"))
        self.setToolTip(say("editor.click-stop-or-fold", "Click to stop at this line, or no longer (F9); at ▾ to fold"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._editor, self._lines, self._folds, self._quiet = editor, lines, folds, quiet
        self._theme: Theme = LIGHT
        self._breakpoints: frozenset[int] = frozenset()
        self._current, self._color = 0, "adjoint"

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.update()

    def show_breakpoints(self, lines: frozenset[int]) -> None:
        """Mark the lines that have a breakpoint."""
        self._breakpoints = lines
        self.setAccessibleDescription(
            say("editor.breakpoints-lines", "breakpoints at lines {lines}", lines=sorted(lines)) if lines else ""
        )
        self.update()

    def show_current(self, line: int, color: str) -> None:
        """Mark the line of the current step; 0: none."""
        if (line, color) != (self._current, self._color):
            lines, self._current, self._color = (self._current, line), line, color
            height = self._editor.fontMetrics().height()
            for number, top in self._lines():
                if number in lines:
                    self.update(0, top, self.width(), height)

    def follow(self, area: QRect, scrolled: int) -> None:
        """Scroll with the text."""
        if scrolled:
            self.scroll(0, scrolled)
        else:
            self.update(0, area.y(), self.width(), area.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._editor.font())
        height, heads = self._editor.fontMetrics().height(), self._folds.heads()
        for number, top in self._lines():
            if top > event.rect().bottom() or top + height < event.rect().top():
                continue
            painter.setPen(self._theme.color(self._color if number == self._current else "faint"))
            box = QRect(0, top, self.width() - _RIGHT, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, str(number))
            if self._quiet(number):
                painter.drawText(QRect(0, top, _LEFT, height), Qt.AlignmentFlag.AlignHCenter, "–")
            if number in heads:
                sign = "▸" if self._folds.is_folded(number) else "▾"
                painter.drawText(QRect(self.width() - _RIGHT, top, _RIGHT, height), Qt.AlignmentFlag.AlignHCenter, sign)
            if number in self._breakpoints:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color("error"))
                painter.drawEllipse(QPointF(9, top + height / 2), 4.5, 4.5)

    def _line_at(self, y: float) -> int:
        """The line at a height; 0 where there is none."""
        height = self._editor.fontMetrics().height()
        return next((number for number, top in self._lines() if top <= y < top + height), 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if number := self._line_at(event.position().y()):
            fold = number in self._folds.heads() and event.position().x() >= self.width() - _RIGHT
            (self.fold_clicked if fold else self.line_clicked).emit(number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            told = self._quiet(self._line_at(event.pos().y()))
            QToolTip.showText(event.globalPos(), told or self.toolTip(), self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        digits = max(2, len(str(self._editor.blockCount())))
        return QSize(_LEFT + self._editor.fontMetrics().horizontalAdvance("0") * digits + _RIGHT - 4, 0)
