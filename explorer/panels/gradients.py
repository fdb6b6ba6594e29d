"""The gradients panel: what the tape says beside what finite differences say, and what each way costs."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from explorer.theme import LIGHT, Theme, mono

TITLES = ("", "tape", "finite diff.", "error")
_HINTS = (
    "The derivative of the output by this input",
    "The adjoint of the input; dots: so far",
    "Central differences: the function run a little to both sides",
    "How far the two are apart, relative to the larger; a tick where they agree",
)
_Index = QModelIndex | QPersistentModelIndex
_ROOM_FOR_NOTE = 165
_Role = Qt.ItemDataRole


@dataclass(frozen=True)
class GradientRow:
    """One input: its derivative's name, the adjoint as text, and the check as text."""

    name: str
    tape: str
    complete: bool = False
    numeric: str = ""
    error: str = ""
    agrees: bool | None = None


class GradientModel(QAbstractTableModel):
    """Rows of gradients with their checks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self._rows: list[GradientRow] = []

    def show_gradients(self, rows: list[GradientRow]) -> None:
        """Show these rows."""
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows != self._rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(TITLES) - 1))

    def _text(self, row: GradientRow, column: int) -> str:
        if column == 3 and row.agrees is not None and row.complete:
            return f"{row.error} {'✓' if row.agrees else '✗'}"
        more = " …" if row.tape and not row.complete else ""
        return (row.name, row.tape + more, row.numeric, "")[column]

    def _color(self, row: GradientRow, column: int) -> str:
        if column == 1:
            return "adjoint" if row.complete else "muted"
        if column == 3:
            return "ok" if row.agrees else "error"
        return "text"

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
            case _Role.FontRole:
                return mono(12)
            case _Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        match role:
            case _Role.DisplayRole:
                return TITLES[section]
            case _Role.ToolTipRole:
                return _HINTS[section]
            case _Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class GradientsPanel(QWidget):
    """The table, and under it the cost of each way."""

    def __init__(self) -> None:
        super().__init__()
        self.model = GradientModel(self)
        self.table = QTableView()
        self.table.setObjectName("gradient_table")
        self.table.setAccessibleName("Gradients")
        self.table.setModel(self.model)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(28)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.ResizeToContents)
        self._note = QLabel()
        self._note.setObjectName("cost_label")
        self._note.setAccessibleName("Cost")
        self._note.setProperty("role", "muted")
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.RichText)
        self._note.setContentsMargins(12, 6, 12, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._note.setVisible(event.size().height() >= _ROOM_FOR_NOTE)

    def show_gradients(self, rows: list[GradientRow]) -> None:
        """Show these rows."""
        self.model.show_gradients(rows)

    def show_no_cost(self) -> None:
        """Say nothing about cost."""
        self._note.clear()

    def show_cost(self, pullbacks: int, runs: int, sweeps: int) -> None:
        """Say what reverse mode, finite differences and forward mode cost here."""
        self._note.setText(
            f"Reverse: <b>1</b> sweep, <b>{pullbacks:,}</b> pullbacks<br>"
            f"Forward: <b>{sweeps:,}</b> sweep{'' if sweeps == 1 else 's'}<br>"
            f"Finite differences: <b>{runs:,}</b> runs"
        )

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.model.theme = theme
        self.table.viewport().update()
