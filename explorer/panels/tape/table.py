"""The tape panel: the Wengert list as a table with a pointer at the entry of the current step."""

from functools import lru_cache

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from core.basics.words import say
from core.timeline import Frame, Timeline
from explorer.look.inline import Face
from explorer.look.sizes import fixed, px, text_size
from explorer.look.theme import Theme, figures
from explorer.panels.small.numbers import fitted
from explorer.panels.tape.model import ADJOINT, NUMBER, OPERATION, POINTER, PRIMAL, TapeModel

_WIDE, _NARROW = 420, 250
_SIDE = 6  # pixels beside the text of a cell


@lru_cache(maxsize=8)
def _face(size: float) -> Face:
    """The letters of cells at a size of texts."""
    return Face(lambda: figures(fixed(12.5 * size)))
_Index = QModelIndex | QPersistentModelIndex


class TapeTable(QTableView):
    """The entries; choosing a row asks to select that entry."""

    entry_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tape_table")
        self.setAccessibleName(say("tape.tape", "Tape"))
        self.setToolTip(
            say("tape.tape-recorded-order-click", "What the tape recorded, in order; click a line to select the entry")
        )
        self.tape_model = TapeModel(self)
        self.setModel(self.tape_model)
        self.setItemDelegate(_TapeDelegate(self))
        self.setShowGrid(False)
        self.setStyleSheet("selection-background-color: transparent")
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._size_columns()

    def _size_columns(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(20)
        rows.setDefaultSectionSize(26)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(OPERATION, QHeaderView.ResizeMode.Stretch)
        for column, width in ((POINTER, 20), (NUMBER, 38)):
            self.setColumnWidth(column, width)

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show another tape."""
        self.tape_model.show_timeline(timeline)
        digits = len(str(self.tape_model.rowCount()))
        self.setColumnWidth(NUMBER, px(22 + 8 * max(digits, 2)))
        self._share_width()

    def show_gaps(self, gaps: dict[int, str]) -> None:
        """Mark the entries before which recording was stopped."""
        self.tape_model.gaps = gaps
        self.viewport().update()

    def show_frame(self, frame: Frame, arrived: Frame | None = None) -> None:
        """Show another step, with its entry in sight; numbers are those of `arrived`, where some are on their way."""
        self.tape_model.show_frame(frame, arrived)
        if frame.current is not None:
            self._bring_into_sight(self.tape_model.index(frame.current, OPERATION))

    def _bring_into_sight(self, index: QModelIndex) -> None:
        """Scroll where the line cannot be seen whole; then by half a page, so that the next steps find it in place."""
        box = self.visualRect(index)
        if box.top() < 0 or box.bottom() > self.viewport().height():
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def select_entry(self, index: int | None) -> None:
        """Mark the selected entry without asking for anything."""
        selection = self.selectionModel()
        quiet = self.blockSignals(True)
        if index is None:
            selection.clearSelection()
        elif index != self.selected_entry() and index < self.tape_model.rowCount():
            self.setCurrentIndex(self.tape_model.index(index, OPERATION))
        self.blockSignals(quiet)

    def selected_entry(self) -> int | None:
        """The entry that is marked as selected."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.tape_model.set_theme(theme)
        self._share_width()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.tape_model.theme.color("panel"))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Numbers take what they need, so that the operation has the rest."""
        width = self.viewport().width() / text_size()
        digits, most = (6, 130) if width > _WIDE else (4, 92)
        narrow = width <= _NARROW
        self.setColumnHidden(NUMBER, narrow or (width <= _WIDE and self.tape_model.rowCount() >= 1_000))
        for column in (PRIMAL, ADJOINT):
            letters = self.tape_model.letters(column, digits)
            self.setColumnWidth(column, px(min(max(round(7.3 * letters) + 24, 58 if narrow else 68), most)))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        entry = self.selected_entry()
        if entry is not None:
            self.entry_chosen.emit(entry)


class _TapeDelegate(QStyledItemDelegate):
    """Paints the cells: a ground for the entry at work, a text, a line under each row, a frame for the selected one.

    It draws by hand what a delegate would ask the style for, at a tenth of the cost: rows are painted at every step.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model, row, column, box = index.model(), index.row(), index.column(), option.rect
        assert isinstance(model, TapeModel)
        ground = model.ground(row)
        if ground:
            painter.fillRect(box, model.theme.color(ground))
        self._write(painter, model, row, column, box)
        painter.setPen(model.theme.color("border"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if row in model.gaps:
            painter.setPen(QPen(model.theme.color("warning"), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(box.topLeft(), box.topRight())
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(model.theme.color("selection"), 2))
            painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
            painter.drawLine(box.left(), box.top() + 1, box.right(), box.top() + 1)
            if column == POINTER:
                painter.fillRect(box.left(), box.top(), 3, box.height(), model.theme.color("selection"))

    @staticmethod
    def _write(painter: QPainter, model: TapeModel, row: int, column: int, box: QRect) -> None:
        room, face = box.width() - 2 * _SIDE, _face(text_size())
        number = model.number_at(row, column)
        text = fitted(number[0], face, room, digits=number[2]) if number is not None else model.text(row, column)
        if text:
            piece = face.lay_out(text, 0.0 if column == POINTER else float(max(room, 1)))
            x = box.right() - _SIDE - piece.width if column in (PRIMAL, ADJOINT) else box.left() + _SIDE
            baseline = box.top() + (box.height() + face.metrics.ascent() - face.metrics.descent()) / 2
            piece.draw(painter, x, baseline, model.theme.color(model.color(row, column)))
