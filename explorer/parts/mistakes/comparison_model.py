"""Right and wrong adjoints side by side as a table model; rows are written out when they are looked at."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core import notation
from core.basics.words import say
from core.mistakes import Comparison
from explorer.look.theme import LIGHT, Theme, mono

MARK, ENTRY, RIGHT, WRONG = range(4)
TITLES = (
    "",
    say("mistakes.adjoint", "adjoint"),
    say("mistakes.right", "right"),
    say("mistakes.wrong", "wrong"),
)
_HINTS = (
    say("mistakes.where-two-differ-where", "✗ where the two differ; ✗✗ where it first goes wrong"),
    say("mistakes.adjoint-entry", "The adjoint of the entry"),
    say("mistakes.should", "What it should be"),
    say("mistakes.comes-out-mistake", "What comes out with the mistake"),
)
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class ComparisonModel(QAbstractTableModel):
    """One row per entry, from the output back, as the reverse sweep goes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self._rows: tuple[Comparison, ...] = ()
        self._labels: tuple[str, ...] = ()
        self._first: int | None = None

    def show_rows(self, rows: tuple[Comparison, ...], labels: tuple[str, ...], first: int | None) -> None:
        """Show these rows; `first` is the entry at which it first goes wrong."""
        self.beginResetModel()
        self._rows, self._labels, self._first = rows[::-1], labels, first
        self.endResetModel()

    def entry(self, row: int) -> int:
        """The entry that a row is about."""
        return self._rows[row].entry

    def row_of_first(self) -> int | None:
        """The row of the entry that first goes wrong."""
        return None if self._first is None else len(self._rows) - 1 - self._first

    def _text(self, row: Comparison, column: int) -> str:
        if column == MARK:
            return "✗✗" if row.entry == self._first else "✗" if row.differs else ""
        if column == ENTRY:
            return notation.bar(self._labels[row.entry])
        value = row.right if column == RIGHT else row.wrong
        return "none" if value is None else notation.number(value, 6)

    def _color(self, row: Comparison, column: int) -> str:
        if column in (MARK, WRONG) and (row.differs or row.entry == self._first):
            return "error"
        return "adjoint" if column in (RIGHT, WRONG) else "text"

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(TITLES)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        match role:
            case _Role.DisplayRole | _Role.ToolTipRole:
                return self._text(row, column)
            case _Role.ForegroundRole:
                return self.theme.color(self._color(row, column))
            case _Role.BackgroundRole if row.entry == self._first:
                return self.theme.color("error_soft")
            case _Role.FontRole:
                return mono(12)
            case _Role.TextAlignmentRole if column in (RIGHT, WRONG):
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        match role:
            case _Role.DisplayRole:
                return TITLES[section]
            case _Role.ToolTipRole:
                return _HINTS[section]
            case _Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if section >= RIGHT else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None
