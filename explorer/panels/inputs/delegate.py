"""How the cells of the inputs are drawn and edited: names, values, sliders to drag, watch switches."""

import math

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from core import notation
from core.basics.words import say
from explorer.look.theme import LIGHT, mono
from explorer.panels.inputs.model import SLIDER, WATCH, InputModel, InputRow, slider_value

_Index = QModelIndex | QPersistentModelIndex
_MARGIN = 10


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
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex() == index:
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
                if row.note:
                    self._text(painter, box.adjusted(0, 0, -3, 0), "≠", "warning", Qt.AlignmentFlag.AlignRight)
            case 4:
                text = str(model.data(index)) if row.direction is not None else say(
                    "inputs.not-watched",
                    "not watched"
                )
                color = "muted" if row.direction is None else "adjoint"
                self._text(painter, box.adjusted(4, 0, -8, 0), text, color, Qt.AlignmentFlag.AlignRight)

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
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("pressed"))
        painter.drawRoundedRect(groove, 2, 2)
        if math.isnan(share):  # such a value lies nowhere on it
            return
        at = left + width * min(max(share, 0.0), 1.0)
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
        editor.setAccessibleName(say("inputs.value", "Value"))
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
        if index.column() == WATCH and isinstance(event, QMouseEvent):
            return self._click_switch(event, model, index)
        return super().editorEvent(event, model, option, index)

    def _click_switch(self, event: QMouseEvent, model: QAbstractItemModel, index: _Index) -> bool:
        """The whole cell is the switch; Qt's own would be where it would draw the box."""
        if event.button() == Qt.MouseButton.LeftButton and event.type() == QEvent.Type.MouseButtonRelease:
            role = Qt.ItemDataRole.CheckStateRole
            on = Qt.CheckState(index.data(role)) == Qt.CheckState.Checked
            model.setData(index, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked, role)
        return True
