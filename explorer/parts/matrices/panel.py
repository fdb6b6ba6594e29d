"""The page of matrices: the Jacobian and the Hessian as tables whose cells are coloured by size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QPushButton, QTableView, QVBoxLayout, QWidget

from core.basics.words import say
from explorer.look.theme import Theme
from explorer.parts.matrices.model import MatrixModel

if TYPE_CHECKING:
    from explorer.parts.matrices.work import Matrices, Table

_ROW = 25


class MatricesPanel(QWidget):
    """Two tables, one above the other; and the way to the graph of the reverse sweep."""

    sweep_requested = Signal()
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("matrices_panel")
        self.jacobian, self.hessian = (
            TableView("jacobian", say("matrices.jacobian", "Jacobian")),
            TableView("hessian", say("matrices.hessian", "Hessian")),
        )
        self.open_sweep = QPushButton(say("matrices.differentiate-again", "Differentiate again"))
        self.open_sweep.setObjectName("matrices_again")
        self.open_sweep.setToolTip(
            say("matrices.open-reverse-sweep-graph", "Open the reverse sweep as a graph one layer up (D)")
        )
        self.open_sweep.clicked.connect(self.sweep_requested)
        row = QHBoxLayout()
        told = QLabel(
            say(
                "matrices.rows-differentiated-columns-blue",
                "Rows: what is differentiated. Columns: by what. Blue: positive, orange: negative.",
            )
        )
        told.setProperty("role", "muted")
        told.setWordWrap(True)
        row.addWidget(told, 1)
        row.addWidget(self.open_sweep)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 6)
        column.addLayout(row)
        column.addWidget(self.jacobian, 2)
        column.addWidget(self.hessian, 3)
        column.addStretch(0)

    def show_matrices(self, found: Matrices) -> None:
        """Show both tables."""
        self.jacobian.show_table(found.jacobian)
        self.hessian.show_table(found.hessian)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        for view in (self.jacobian, self.hessian):
            view.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()


class TableView(QWidget):
    """One matrix under its name, over what there is to say about it."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.model = MatrixModel(self)
        self.title = QLabel(title)
        self.title.setStyleSheet("font-weight: 600")
        self.sentence = QLabel()
        self.sentence.setObjectName(f"{name}_sentence")
        self.sentence.setProperty("role", "muted")
        self.sentence.setWordWrap(True)
        self.table = QTableView()
        self.table.setObjectName(f"{name}_table")
        self.table.setAccessibleName(title)
        self.table.setToolTip(
            say("matrices.output-all-watched-inputs", "The {title} of the output by all watched inputs", title=title)
        )
        self.table.setModel(self.model)
        self.table.setMinimumHeight(2 * _ROW)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.horizontalHeader().setDefaultSectionSize(92)
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.table.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.title, self.sentence):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addStretch(0)

    def show_table(self, table: Table) -> None:
        """Show a matrix, or why there is none."""
        matrix = table.matrix
        size = f"  {len(matrix.rows)} × {len(matrix.columns)}" if matrix is not None else ""
        self.title.setText(table.title + size)
        self.sentence.setText(table.sentence)
        self.model.show_matrix(matrix)
        self.table.setAccessibleDescription(table.sentence)
        self.table.setVisible(matrix is not None)
        self.table.setMaximumHeight(_ROW * (self.model.rowCount() + 2))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.model.theme = theme
        self.table.viewport().update()
