"""What changed between two steps of a training, as a table: the numbers that moved most first.

Shown rows that others have worked out. Knows no training.
"""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from core.basics.words import say
from core.notation import number
from explorer.look.theme import LIGHT, Theme
from explorer.panels.small.page import Page

HEADS = (
    "",
    say("training.before", "before"),
    say("training.after", "after"),
    say("training.change", "change"),
    say("training.partial", "partial"),
)


class Row(NamedTuple):
    """One number that changed, and the partial with respect to it now."""

    name: str
    before: float
    after: float
    partial: float


class ChangesView(QWidget):
    """Signal: `since_changed` (another step to compare with)."""

    since_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._rows: Sequence[Row] = ()
        self._words = ""
        self.since = QSpinBox()
        self.since.setObjectName("training_since")
        self.since.setAccessibleName(say("training.since", "Step to compare with"))
        self.since.setPrefix(say("training.since-step", "since step") + " ")
        self.since.setMinimumWidth(130)
        self.since.valueChanged.connect(self.since_changed)
        self.table = QLabel()
        self.table.setObjectName("training_changes")
        self.table.setAccessibleName(say("training.changes", "What changed"))
        self.table.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.table.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self.table)
        scroll.viewport().setAutoFillBackground(False)
        self.table.setAutoFillBackground(False)
        row = QHBoxLayout()
        row.addWidget(self.since)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(row)
        column.addWidget(scroll, 1)

    def show_steps(self, last: int, since: int) -> None:
        """Offer the steps up to the one that is looked at."""
        quiet = self.since.blockSignals(True)
        self.since.setRange(0, max(last, 0))
        self.since.setValue(since)
        self.since.blockSignals(quiet)

    def show_rows(self, rows: Sequence[Row], words: str) -> None:
        """Show what changed."""
        self._rows, self._words = rows, words
        page = Page(self._theme)
        if words:
            page.text(words, "muted")
        if rows:
            page.table(HEADS, [_cells(one) for one in rows])
        self.table.setText(page.result())

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.show_rows(self._rows, self._words)


def _cells(row: Row) -> tuple[str, ...]:
    change = row.after - row.before
    told = ("+" if change > 0 else "") + number(change, 3)
    cells = (row.name, number(row.before, 5), number(row.after, 5), told, number(row.partial, 4))
    return tuple(escape(cell) for cell in cells)
