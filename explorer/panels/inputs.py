"""The inputs panel: a table with a value editor, a slider and a watch switch for each input."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core import notation
from explorer.panels.input_model import NAME, SLIDER, VALUE, WATCH, InputModel, InputRow, slider_value
from explorer.theme import LIGHT, Theme, mono

_Index = QModelIndex | QPersistentModelIndex
_HINT = "Type numbers, vectors or matrices: [[1,\u00a02],\u00a0[3,\u00a04]]"
_MARGIN = 10
_ROOM_FOR_HINT = 150


class InputsPanel(QWidget):
    """The table, and a sentence under it."""

    def __init__(self) -> None:
        super().__init__()
        self.model = InputModel(self)
        self.table = InputTable(self.model)
        self._hint = QLabel(_HINT)
        self._hint.setObjectName("input_hint")
        self._hint.setWordWrap(True)
        self._hint.setContentsMargins(12, 6, 12, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._hint)
        self.model.refused.connect(self.show_problem)
        self.show_problem("")

    def show_inputs(self, rows: list[InputRow]) -> None:
        """Show these inputs; an array has the place of the slider for its text."""
        self.model.show_inputs(rows)
        self.table.clearSpans()
        for number in range(len(rows)):
            if self.model.scalar_range(number) is None:
                self.table.setSpan(number, VALUE, 1, 2)

    def show_problem(self, sentence: str) -> None:
        """Say why a value was not taken; nothing brings back the hint."""
        self._problem = sentence
        self._hint.setText(sentence or _HINT)
        self._make_room()
        self._hint.setProperty("role", "error" if sentence else "muted")
        self._hint.style().unpolish(self._hint)
        self._hint.style().polish(self._hint)

    def _make_room(self) -> None:
        """The hint goes where the table needs its place; a problem stays."""
        self._hint.setVisible(bool(self._problem) or self.height() >= _ROOM_FOR_HINT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.table.set_theme(theme)


class InputTable(QTableView):
    """The table of inputs; in its slider column + and - and the arrow keys change the value."""

    def __init__(self, model: InputModel) -> None:
        super().__init__()
        self.setObjectName("input_table")
        self.setAccessibleName("Inputs")
        self.setModel(model)
        self._inputs = model
        self._painter = InputDelegate(self)
        self.setItemDelegate(self._painter)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.clicked.connect(self._edit_value)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self._size_columns()

    def _size_columns(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(NAME, 62)
        self.setColumnWidth(WATCH, 56)
        self.setColumnWidth(SLIDER, 108)

    def _edit_value(self, index: QModelIndex) -> None:
        if index.column() == VALUE:
            self.edit(index)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._painter.theme = theme
        self.viewport().update()

    def keys_of_slider(self, key: int) -> int:
        """How many notches a key moves the slider that the table stands on; 0: none."""
        if self.currentIndex().column() != SLIDER:
            return 0
        notches = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Minus: -1}
        return (notches | {Qt.Key.Key_Left: -1}).get(Qt.Key(key), 0)

    def nudge(self, row: int, notches: int) -> None:
        """Move the slider of a row by hundredths of its range."""
        reach = self._inputs.scalar_range(row)
        if reach is not None:
            share = (float(self._inputs.row(row).value) - reach[0]) / (reach[1] - reach[0])
            self._inputs.request_value(row, slider_value(share + notches / 100, reach))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        notches = self.keys_of_slider(event.key())
        if notches:
            self.nudge(self.currentIndex().row(), notches)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        """Keys that the table needs for itself while its cell can use them."""
        if self.keys_of_slider(event.key()):
            return True
        column = self.currentIndex().column()
        typed = event.text().strip() != "" and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return (column == VALUE and typed) or (column == WATCH and event.key() == Qt.Key.Key_Space)


class InputDelegate(QStyledItemDelegate):
    """Paints names, values and sliders, and lets the mouse drag a slider."""

    theme = LIGHT

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect
        painter.setPen(self.theme.color("border"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        view = self.parent()
        if isinstance(view, InputTable) and view.hasFocus() and view.currentIndex() == index:
            painter.setPen(self.theme.color("focus"))
            painter.drawRoundedRect(QRectF(box).adjusted(1.5, 2.5, -1.5, -3.5), 5, 5)
        self._paint_cell(painter, box, index)
        painter.restore()

    def _paint_cell(self, painter: QPainter, box: QRect, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, InputModel)
        row = model.row(index.row())
        match index.column():
            case 0:
                self._text(painter, box.adjusted(12, 0, 0, 0), row.name, "text", Qt.AlignmentFlag.AlignLeft)
            case 1:
                self._value(painter, box.adjusted(4, 0, -8, 0), row, str(model.data(index)))
            case 2:
                reach = model.scalar_range(index.row())
                if reach is not None:
                    self._slider(painter, box, (float(row.value) - reach[0]) / (reach[1] - reach[0]))
            case 3:
                self._switch(painter, box, row.watched)

    def _value(self, painter: QPainter, box: QRect, row: InputRow, text: str) -> None:
        """A number at the right; an array from the left, with its shape at the right."""
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        shape = notation.shape_text(row.value)
        if not shape:
            self._text(painter, box, text, "primal", right)
            return
        self._text(painter, box, shape, "muted", right)
        self._text(painter, box.adjusted(14, 0, -12 - 8 * len(shape), 0), text, "primal", left)

    def _text(self, painter: QPainter, box: QRect, text: str, color: str, side: Qt.AlignmentFlag) -> None:
        painter.setFont(mono(12.5))
        painter.setPen(self.theme.color(color))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _slider(self, painter: QPainter, box: QRect, share: float) -> None:
        left, width = box.left() + _MARGIN, box.width() - 2 * _MARGIN
        middle = box.center().y() + 0.5
        groove = QRectF(left, middle - 2, width, 4)
        at = left + width * min(max(share, 0.0), 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("pressed"))
        painter.drawRoundedRect(groove, 2, 2)
        painter.setBrush(self.theme.color("primal_strong"))
        painter.drawRoundedRect(QRectF(left, middle - 2, at - left, 4), 2, 2)
        painter.setBrush(self.theme.color("panel"))
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(self.theme.color("primal_strong"))
        pen.setWidthF(2)
        painter.setPen(pen)
        painter.drawEllipse(QPointF(at, middle), 6, 6)

    def _switch(self, painter: QPainter, box: QRect, on: bool) -> None:
        square = QRectF(0, 0, 15, 15)
        square.moveCenter(QRectF(box).center())
        painter.setPen(self.theme.color("primal_strong" if on else "border_strong"))
        painter.setBrush(self.theme.color("primal_strong" if on else "panel"))
        painter.drawRoundedRect(square, 3.5, 3.5)
        if on:
            pen = painter.pen()
            pen.setColor(self.theme.color("on_accent"))
            pen.setWidthF(2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            x, y = square.left(), square.top()
            tick = ((3.8, 7.8), (6.5, 10.5), (11.3, 4.8))
            painter.drawPolyline([QPointF(x + right, y + down) for right, down in tick])

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        editor = super().createEditor(parent, option, index)
        editor.setFont(mono(12.5))
        editor.setAccessibleName("Value")
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        box: QRect = option.rect
        wide = max(box.width(), 200 if len(str(index.data(Qt.ItemDataRole.EditRole))) > 12 else 0)
        editor.setGeometry(box.adjusted(0, 1, wide - box.width(), -2))

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        if index.column() == SLIDER and isinstance(event, QMouseEvent) and isinstance(model, InputModel):
            box: QRect = option.rect
            reach = model.scalar_range(index.row())
            if reach is not None and event.buttons() & Qt.MouseButton.LeftButton:
                share = (event.position().x() - box.left() - _MARGIN) / (box.width() - 2 * _MARGIN)
                model.request_value(index.row(), slider_value(share, reach))
                return True
            return False
        return super().editorEvent(event, model, option, index)
