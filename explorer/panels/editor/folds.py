"""Folding in the function editor: what belongs to a function, a class or a cell is hidden below its first line.

Which lines are hidden is kept by the lines themselves, so it moves with them while one types. Knows text by its
indentation, nothing of what it means.
"""

import re
from collections.abc import Sequence

from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit

_HEAD = re.compile(r"^(\s*)(?:async\s+)?(?:def|class)\b.*:\s*(?:#.*)?$")
_CELL = re.compile(r"^# ?%%")


def regions(lines: Sequence[str]) -> dict[int, int]:
    """By the line of each head, from 1, the last line that folds away below it."""
    found: dict[int, int] = {}
    open_heads: list[tuple[int, int]] = []  # indentation and line
    cell = last = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip())
        while open_heads and indent <= open_heads[-1][0]:
            _close(found, open_heads.pop()[1], last)
        if _CELL.match(line):
            _close(found, cell, last)
            cell = number
        if _HEAD.match(line):
            open_heads.append((indent, number))
        last = number
    for _, number in open_heads:
        _close(found, number, last)
    _close(found, cell, last)
    return found


def _close(found: dict[int, int], head: int, last: int) -> None:
    if head and last > head:
        found[head] = last


class Folds:
    """The folds of an editor."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        self._editor = editor
        self._known: tuple[int, dict[int, int]] = (-1, {})
        self._any = False

    def heads(self) -> dict[int, int]:
        """The lines that can be folded, with the last line that goes; found anew when the text has changed."""
        document = self._editor.document()
        if self._known[0] != document.revision():
            self._known = document.revision(), regions(self._editor.toPlainText().split("\n"))
        return self._known[1]

    def is_folded(self, line: int) -> bool:
        """Whether what belongs to this head is hidden."""
        return self._any and line in self.heads() and not self._block(line + 1).isVisible()

    def toggle(self, line: int) -> None:
        """Fold the head in this line, or unfold it."""
        if line in self.heads():
            self._show(line + 1, self.heads()[line], self.is_folded(line))

    def toggle_around(self, line: int) -> None:
        """The same of the innermost head that has this line."""
        around = [head for head, last in self.heads().items() if head <= line <= last]
        if around:
            self.toggle(max(around))

    def reveal(self, line: int) -> None:
        """Unfold what hides a line."""
        if self._any and not self._block(line).isVisible():
            for head, last in self.heads().items():
                if head < line <= last and self.is_folded(head):
                    self._show(head + 1, last, True)
            if not self._block(line).isVisible():
                self._show(1, self._editor.blockCount(), True)

    def tidy(self) -> None:
        """After an edit: what no head hides any more is seen again."""
        if not self._any:
            return
        hidden = {line for line in range(1, self._editor.blockCount() + 1) if not self._block(line).isVisible()}
        for head, last in self.heads().items():
            if head not in hidden and head + 1 in hidden:
                hidden -= set(range(head + 1, last + 1))
        for line in sorted(hidden):
            self._show(line, line, True)

    def _block(self, line: int) -> QTextBlock:
        return self._editor.document().findBlockByNumber(line - 1)

    def _show(self, first: int, last: int, shown: bool) -> None:
        document = self._editor.document()
        block = start = self._block(first)
        while block.isValid() and block.blockNumber() < last:
            block.setVisible(shown)
            block.setLineCount(1 if shown else 0)
            block = block.next()
        end = block.position() if block.isValid() else document.characterCount() - 1
        self._any = self._any or not shown
        document.markContentsDirty(start.position(), max(end - start.position(), 0))
        layout = document.documentLayout()
        assert isinstance(layout, QPlainTextDocumentLayout)
        layout.requestUpdate()
        layout.documentSizeChanged.emit(layout.documentSize())
        self._editor.viewport().update()
