"""A matrix of derivatives as a table model; cells are coloured by size, and hold their number and its sign."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from core import notation
from core.basics.words import say
from core.second_derivatives.matrices import Matrix
from explorer.look.theme import LIGHT, Theme, mono

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
STRONGEST = 150  # of 255: how much colour the largest cell has


class MatrixModel(QAbstractTableModel):
    """Blue for positive, orange for negative, the stronger the larger."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self._matrix: Matrix | None = None
        self._largest = 0.0

    def show_matrix(self, matrix: Matrix | None) -> None:
        """Show a matrix, or nothing."""
        self.beginResetModel()
        self._matrix = matrix
        finite = np.abs(matrix.values[np.isfinite(matrix.values)]) if matrix is not None else np.zeros(0)
        self._largest = float(finite.max(initial=0.0))
        self.endResetModel()

    def _color(self, value: float) -> QColor | None:
        if not value or not np.isfinite(value) or not self._largest:
            return None
        share = abs(value) / self._largest
        return self.theme.color("primal_strong" if value > 0 else "adjoint_strong", round(20 + STRONGEST * share))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._matrix is None else len(self._matrix.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._matrix is None else len(self._matrix.columns)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid() or self._matrix is None:
            return None
        value = float(self._matrix.values[index.row(), index.column()])
        match role:
            case _Role.DisplayRole:
                return notation.number(value, 4)
            case _Role.ToolTipRole | _Role.AccessibleTextRole:
                row, column = self._matrix.rows[index.row()], self._matrix.columns[index.column()]
                return say(
                    "matrices.by",
                    "{row} by {column}: {value}",
                    row=row,
                    column=column,
                    value=notation.number(value, 12),
                )
            case _Role.BackgroundRole:
                return self._color(value)
            case _Role.ForegroundRole:
                return self.theme.color("error" if not np.isfinite(value) else "text")
            case _Role.FontRole:
                return mono(12)
            case _Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if self._matrix is None:
            return None
        names = self._matrix.columns if orientation == Qt.Orientation.Horizontal else self._matrix.rows
        if role == _Role.DisplayRole and 0 <= section < len(names):
            return names[section]
        return mono(11) if role == _Role.FontRole else None
